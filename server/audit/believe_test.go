package audit_test

import (
	"testing"

	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/staff"
)

// The audit believes nobody: what can't be checked is an alarm by itself.
func TestNothingIsBelieved(t *testing.T) {
	day := int64(24 * 60 * 60 * 1000)
	manual := func(by string, bp int64) func(*chain, *receipt.Receipt) {
		return func(c *chain, r *receipt.Receipt) {
			if _, err := r.SetDiscount(1, receipt.Manual{BP: bp, By: by}); err != nil {
				c.Fatal(err)
			}
		}
	}
	for name, test := range map[string]struct {
		change func(*chain, *receipt.Receipt)
		want   []string
	}{
		"as it should be":          {func(*chain, *receipt.Receipt) {}, nil},
		"no rules":                 {func(_ *chain, r *receipt.Receipt) { r.Rules = 0 }, []string{"rules"}},
		"rules of below nothing":   {func(_ *chain, r *receipt.Receipt) { r.Rules = -1 }, []string{"rules"}},
		"rules of the future":      {func(_ *chain, r *receipt.Receipt) { r.Rules = 1 << 40 }, []string{"rules"}},
		"what they may give":       {manual("senior", 1000), nil},
		"more than they may give":  {manual("senior", 1100), []string{"manual"}},
		"nobody gave it":           {manual("", 1000), []string{"giver"}},
		"somebody unknown gave it": {manual("nobody", 9000), []string{"giver"}},
		"a cashier gave it":        {manual("e", 500), []string{"giver"}},
		"of another store":         {manual("far", 500), []string{"giver"}},
		"two discounts by hand": {func(c *chain, r *receipt.Receipt) {
			manual("senior", 1000)(c, r)
			if _, err := r.SetDiscount(0, receipt.Manual{BP: 1000, By: "senior"}); err != nil {
				c.Fatal(err)
			}
		}, []string{"manual"}},
		"a label of a kopeck":  {func(_ *chain, r *receipt.Receipt) { r.Lines[0].LabelSum = 1; r.UseRules(nil, nil) }, []string{"label"}},
		"a label of before":    {func(_ *chain, r *receipt.Receipt) { r.Lines[0].LabelSum = 90_00; r.UseRules(nil, nil) }, nil},
		"scanned two days ago": {func(_ *chain, r *receipt.Receipt) { r.Lines[0].At -= 2 * day }, []string{"time"}},
		"scanned tomorrow":     {func(_ *chain, r *receipt.Receipt) { r.Lines[0].At += day }, []string{"time"}},
		"parked yesterday":     {func(_ *chain, r *receipt.Receipt) { r.Lines[0].At -= day; r.Parked = "p" }, nil},
		"a price of two days ago": {func(_ *chain, r *receipt.Receipt) {
			r.Lines[0].At -= 2 * day
			r.Lines[0].Price = 1
			r.UseRules(nil, nil)
		}, []string{"price", "time"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChain(t)
			c.put(
				refdata.Row{Table: refdata.Employees, Value: staff.Employee{ID: "senior", Role: staff.Senior, DiscountBP: 1000}},
				refdata.Row{Table: refdata.Employees, Value: staff.Employee{ID: "far", Role: staff.Senior, Store: "2"}},
				refdata.Row{Table: refdata.Employees, Value: staff.Employee{ID: "e", Role: staff.Cashier}})
			r := c.open()
			c.scan(r, "1", 100_00)
			test.change(c, r)
			c.pay(r)
			c.alarms(test.want...)
		})
	}
}

// A register does not go back to rules of before.
func TestOlderRules(t *testing.T) {
	c := newChain(t)
	before := c.open()
	c.scan(before, "1", 100_00)
	before.Opened -= 1000
	c.promote(half())
	r := c.open()
	c.scan(r, "1", 100_00)
	c.pay(r)
	c.pay(before) // it was opened before, and parked or forgotten
	c.alarms()
	late := c.open()
	c.scan(late, "1", 100_00)
	late.UseRules(nil, nil)
	late.Rules = before.Rules
	c.pay(late)
	c.alarms("rules")
}

// A return names the sale that it takes back.
func TestReturns(t *testing.T) {
	c := newChain(t)
	sold := c.open()
	c.scan(sold, "1", 100_00)
	c.pay(sold)
	back := func(original string) {
		c.n++
		r := receipt.New(receipt.Opening{ID: "back" + original, Number: receipt.NumberOf("1", 1, uint64(c.n)), Type: receipt.Return, Shift: 1,
			At: now.UnixMilli(), Zone: 180, Date: "2026-11-22", Cashier: "e", Store: "1", Rules: 1}, nil)
		r.Original = original
		c.scan(r, "1", 100_00)
		if err := r.Pay([]receipt.Tender{{Kind: receipt.Card, Amount: r.Total}}, now.UnixMilli()); err != nil {
			t.Fatal(err)
		}
		raw, err := fact.Encode(fact.Header{Device: "d", Epoch: 1, Seq: uint64(c.n), Kind: fact.ReturnRegistered, Version: 1,
			At: now.UnixMilli(), Zone: 180, Store: "1", Till: 1}, r)
		if err != nil {
			t.Fatal(err)
		}
		c.facts = append(c.facts, raw)
		c.look()
	}
	back(sold.ID)
	c.alarms()
	back("nothing")
	back("")
	c.alarms("return", "return")
}
