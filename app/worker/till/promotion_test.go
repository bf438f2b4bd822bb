package till

import (
	"encoding/json"
	"fmt"
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/sync"
)

// tenOff takes ten percent off milk.
func tenOff(version int, bp int64) refdata.Row {
	return refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: pricing.Rule{
		ID: "milk", Version: version, Name: catalogue.Text{RU: "Молочные дни"}, Kind: pricing.LineRule,
		Goods: pricing.Goods{SKUs: []catalogue.SKU{"1001"}}, Off: pricing.Off{BP: bp},
	}}}
}

// hear brings the reference data of the office to the register.
func (p *shop) hear() {
	p.t.Helper()
	answer, err := p.office.pull(fmt.Sprintf("%s?since=%d", wire.Pull.Path, p.book.cursor))
	if err != nil {
		p.t.Fatal(err)
	}
	var page wire.Changes
	if err := json.NewDecoder(answer.Body).Decode(&page); err != nil {
		p.t.Fatal(err)
	}
	if err := (feed{p.Session}).Apply(page); err != nil {
		p.t.Fatal(err)
	}
}

func TestOpenReceiptKeepsItsPromotions(t *testing.T) {
	p := newSelling(t)
	p.office.put(t, tenOff(1, 1000))
	p.hear()
	first := p.scan(milk)
	if first.Total != 8091 || len(first.Saved) != 1 || first.Saved[0].Version != 1 || first.Saved[0].Name.RU != "Молочные дни" {
		t.Fatalf("total %d, saved %+v; 89.90 less 10 %% are 80.91", first.Total, first.Saved)
	}
	p.office.put(t, tenOff(2, 5000))
	p.hear()
	if again := p.scan(milk); again.Total != 16182 || again.Lines[0].Applied[0].Version != 1 {
		t.Errorf("the open receipt comes to %d by version %d", again.Total, again.Lines[0].Applied[0].Version)
	}
	p.restart()
	p.signIn("2222")
	if state := p.phase(bridge.PhaseSelling); state.Receipt.Total != 16182 {
		t.Errorf("after a restart it comes to %d", state.Receipt.Total)
	}
	paid := p.payCash(p.scan(milk))
	if paid.Total != 24273 || paid.Rules == 0 || paid.Store != "12" {
		t.Errorf("paid %d by rules %d in %q", paid.Total, paid.Rules, paid.Store)
	}
	if next := p.scan(milk); next.Total != 4495 || next.Lines[0].Applied[0].Version != 2 {
		t.Errorf("the next one comes to %d: %+v", next.Total, next.Lines[0].Applied)
	}
}

func TestCouponsCardsAndLimits(t *testing.T) {
	p := newSelling(t)
	rule := func(id string, priority int, change func(*pricing.Rule)) refdata.Row {
		r := pricing.Rule{ID: id, Version: 1, Name: catalogue.Text{RU: id}, Kind: pricing.LineRule, Priority: priority,
			Goods: pricing.Goods{SKUs: []catalogue.SKU{"1001"}}, Off: pricing.Off{BP: 1000}}
		change(&r)
		return refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: r}}
	}
	p.office.put(t,
		rule("serial", 3, func(r *pricing.Rule) { r.Coupon = pricing.Coupon{Prefix: "AB", Length: 6}; r.Off.BP = 5000 }),
		rule("gold", 2, func(r *pricing.Rule) { r.Who.Groups = []string{"gold"}; r.Off.BP = 2000; r.LimitCustomer = 1 }),
		refdata.Row{Table: refdata.CustomerCards, Value: refdata.Card{Card: loyal, Customer: "c1", Name: "Анна", Groups: []string{"gold"}}},
	)
	p.hear()
	p.scan(milk)
	if d := p.scan(loyal); d.Total != 7192 || len(d.Groups) != 1 {
		t.Errorf("with the card %d, groups %v", d.Total, d.Groups)
	}
	paid := p.payCash(*p.phase(bridge.PhaseSelling).Receipt)
	if len(paid.Saved) != 1 || paid.Saved[0].Times != 1 {
		t.Errorf("saved %+v", paid.Saved)
	}
	p.scan(milk)
	if d := p.scan(loyal); d.Total != 8990 {
		t.Errorf("the second time it is %d", d.Total)
	}
	d := p.scan("AB1234")
	if d.Total != 4495 || len(d.Coupons) != 1 {
		t.Errorf("with the coupon %d %v", d.Total, d.Coupons)
	}
	p.payCash(d)
	p.restart() // what was had is known from the receipts
	p.signIn("2222")
	p.scan(milk)
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: "AB1234"}); errcode.Of(err) != errcode.CouponUsed {
		t.Errorf("a used coupon: %v", err)
	}
	if d := p.scan(loyal); d.Total != 8990 {
		t.Errorf("after a restart it is %d", d.Total)
	}
}

func TestExplain(t *testing.T) {
	p := newSelling(t)
	goods := pricing.Goods{SKUs: []catalogue.SKU{"1001"}}
	p.office.put(t, tenOff(1, 1000), refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: pricing.Rule{
		ID: "three", Version: 4, Name: catalogue.Text{RU: "3 по цене 2"}, Kind: pricing.MultiRule, Priority: 5, Goods: goods, Buy: 2, Get: 1}}},
		refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: pricing.Rule{
			ID: "pens", Name: catalogue.Text{RU: "Ручки"}, Kind: pricing.LineRule, Goods: pricing.Goods{Categories: []string{"none"}}, Off: pricing.Off{BP: 1}}}})
	p.hear()
	p.scan(milk)
	d := p.scan(milk)
	if len(d.Prompts) != 1 || d.Prompts[0].Rule != "three" || d.Prompts[0].Pieces != 1 {
		t.Errorf("prompts %+v", d.Prompts)
	}
	why, err := p.Explain(t.Context(), bridge.LineRef{N: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(why.Rules) != 2 || why.Others != 1 || why.Rules[0].Why != pricing.WhyCount || why.Rules[0].Missing != 1 ||
		why.Rules[1].Why != pricing.WhyApplied || why.Rules[1].Amount != money.Amount(1798) {
		t.Errorf("why %+v", why)
	}
	p.scan(milk)
	why, err = p.Explain(t.Context(), bridge.LineRef{N: 1})
	if err != nil || why.Rules[0].Amount != 8990 || why.Rules[1].Why != pricing.WhyLost || why.Rules[1].By.RU != "3 по цене 2" {
		t.Errorf("with three: %+v, %v", why, err)
	}
	if _, err := p.Explain(t.Context(), bridge.LineRef{N: 9}); errcode.Of(err) != errcode.NoLine {
		t.Errorf("a line that is not there: %v", err)
	}
}
