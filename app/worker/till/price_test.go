package till

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"tillsight/app/bridge"
	"tillsight/app/worker/journal"
	"tillsight/app/worker/till/open"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// goldList gives gold customers milk at amount.
func goldList(amount money.Amount) []refdata.Row {
	return []refdata.Row{
		{Table: refdata.PriceLists, Value: refdata.PriceList{List: pricing.List{ID: "gold", Version: 1, Name: catalogue.Text{RU: "Золотые цены"},
			Who: pricing.Who{Groups: []string{"gold"}}}}},
		{Table: refdata.ListPrices, Value: catalogue.Price{List: "gold", SKU: "1001", From: 1, Amount: amount}},
		{Table: refdata.CustomerCards, Value: refdata.Card{Card: loyal, Customer: "c1", Name: "Анна", Groups: []string{"gold"}}},
	}
}

// The card brings the prices of its lists to what was scanned before and after
// it; the receipt keeps them over a change of the list and a restart; without the
// card they are gone.
func TestPriceListFollowsTheCard(t *testing.T) {
	p := newSelling(t)
	p.office.put(t, goldList(80_00)...)
	p.hear()
	if d := p.scan(milk); d.Total != 89_90 || d.Repriced != nil || len(d.Lines[0].Offers) != 2 {
		t.Fatalf("without a card %d: %+v", d.Total, d.Lines)
	}
	d := p.scan(loyal)
	if d.Total != 80_00 || len(d.Lines) != 1 || d.Lines[0].List != "gold" || d.Lines[0].Shelf() != 89_90 {
		t.Errorf("with the card %d: %+v", d.Total, d.Lines)
	}
	if r := d.Repriced; r == nil || r.Lines != 1 || r.Sum != -9_90 || !r.Card || len(r.Lists) != 1 || r.Lists[0].RU != "Золотые цены" {
		t.Errorf("repriced %+v", r)
	}
	p.office.put(t, goldList(70_00)...)
	p.hear()
	if d := p.scan(pen); d.Total != 80_00+25_00 {
		t.Errorf("with a pen %d", d.Total)
	}
	p.restart()
	p.signIn("2222")
	if got := p.phase(bridge.PhaseSelling).Receipt; got.Total != 80_00+25_00 || got.Lines[0].Price != 80_00 {
		t.Errorf("after a restart %d: %+v", got.Total, got.Lines)
	}
	why, err := p.Explain(t.Context(), bridge.LineRef{N: 1})
	if err != nil || len(why.Prices) != 1 || why.Prices[0].Why != pricing.WhyApplied || why.Prices[0].Price != 80_00 {
		t.Errorf("why %+v, %v", why.Prices, err)
	}
	d, err = p.RemoveCard(t.Context(), struct{}{})
	if err != nil || d.Total != 89_90+25_00 || d.Card != "" || d.Customer != "" || d.Repriced == nil || d.Repriced.Card || d.Repriced.Sum != 9_90 {
		t.Errorf("the card taken off: %+v, %v", d, err)
	}
	paid := p.payCash(p.scan(loyal))
	if paid.Total != 80_00+25_00 || len(paid.Sources) != 1 || paid.Sources[0].Name.RU != "Золотые цены" {
		t.Errorf("paid %d by %+v", paid.Total, paid.Sources)
	}
	if d := p.scan(milk); d.Total != 89_90 {
		t.Errorf("the next customer pays %d", d.Total)
	}
	if d := p.scan(loyal); d.Total != 70_00 {
		t.Errorf("the next gold customer pays %d", d.Total)
	}
}

// A promotion that there are two of in all is over at the till after two, what it
// sold itself counted even before the server says so, over a restart too.
func TestPromotionLimitedInAll(t *testing.T) {
	p := newSelling(t)
	row := tenOff(1, 5000)
	promotion := row.Value.(refdata.Promotion)
	promotion.Rule.LimitTotal = 2
	p.office.put(t, refdata.Row{Table: refdata.Promotions, Value: promotion})
	p.hear()
	if paid := p.payCash(p.scan(milk)); paid.Total != 44_95 || paid.Saved[0].Times != 1 {
		t.Fatalf("the first: %d, %+v", paid.Total, paid.Saved)
	}
	p.restart()
	p.signIn("2222")
	p.scan(milk)
	if d := p.scan(milk); d.Total != 44_95+89_90 {
		t.Errorf("one is left: %d", d.Total)
	}
	p.payCash(*p.phase(bridge.PhaseSelling).Receipt)
	if d := p.scan(milk); d.Total != 89_90 {
		t.Errorf("none is left: %d", d.Total)
	}
	why, err := p.Explain(t.Context(), bridge.LineRef{N: 1})
	if err != nil || why.Rules[0].Why != pricing.WhyAllUsed {
		t.Errorf("why %+v, %v", why.Rules, err)
	}
}

// Labels of reduced goods: with the code of a reduction, and with the sum.
func TestMarkdownLabels(t *testing.T) {
	p := newSelling(t)
	p.office.put(t,
		refdata.Row{Table: refdata.Masks, Value: barcode.Mask{Pattern: "25PPNNNNNNNNC", Kind: barcode.Markdown}},
		refdata.Row{Table: refdata.Masks, Value: barcode.Mask{Pattern: "26NNNNMMMMMMC", Kind: barcode.Markdown}},
		refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: pricing.Rule{ID: "yellow", Version: 1, Name: catalogue.Text{RU: "Уценка −30 %"},
			Kind: pricing.LineRule, Goods: pricing.Goods{Marks: []string{"30"}}, Off: pricing.Off{BP: 3000}}}},
	)
	p.hear()
	label := func(digits string) string { return digits + string(barcode.CheckDigit(digits)) }
	p.scan(milk)
	d := p.scan(label("253000001001"))
	if d.Total != 89_90+62_93 || d.Count != 2 || d.Lines[0].Mark != "30" {
		t.Errorf("with a label of 30 %%: %d, %+v", d.Total, d.Lines)
	}
	if d = p.scan(label("261001004500")); d.Total != 89_90+62_93+45_00 || d.Lines[0].Mark != barcode.MarkSum {
		t.Errorf("with a label of 45.00: %d, %+v", d.Total, d.Lines)
	}
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: label("255000001001")}); errcode.Of(err) != errcode.UnknownMark {
		t.Errorf("a label that no promotion knows: %v", err)
	}
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: label("261001000000")}); err == nil {
		t.Error("a label of nothing is sold")
	}
}

// What the state forbids is refused with the rule's name and the sum.
func TestRegulatedPricesAtTheTill(t *testing.T) {
	p := newSelling(t)
	regulate := func(g pricing.Regulation) {
		g.ID, g.Version, g.Name = "g", 1, catalogue.Text{RU: "Закон"}
		p.office.put(t, refdata.Row{Table: refdata.Regulations, Value: refdata.Regulation{Regulation: g}})
		p.hear()
	}
	milkOnly := pricing.Goods{SKUs: []catalogue.SKU{"1001"}}
	regulate(pricing.Regulation{Goods: milkOnly, Min: 95_00})
	_, err := p.Scan(t.Context(), bridge.Scan{Code: milk})
	if e := errcode.As(err); e == nil || e.Code != errcode.PriceTooLow || e.Data["rule"] != "Закон" || e.Data["name"] != "Молоко" || e.Data["min"] != "9500" || e.Data["price"] != "8990" {
		t.Errorf("below the least price: %+v", e)
	}
	regulate(pricing.Regulation{Goods: milkOnly, Max: 80_00, Fixed: true})
	if d := p.scan(milk); d.Total != 80_00 || d.Lines[0].Regulated != "g" || d.Lines[0].Shelf() != 89_90 {
		t.Errorf("above the highest price: %d, %+v", d.Total, d.Lines)
	}
	p.signIn("2222")
	if _, err := p.Discount(t.Context(), bridge.Discount{N: 1, BP: 100}); errcode.Of(err) != errcode.PriceFixed {
		t.Errorf("a discount on a fixed price: %v", err)
	}
}

// The highest price on a pack of tobacco holds whatever the shelf says. Its code is
// a GTIN, a serial number, the price in kopecks to the base of 80, and a check.
func TestPriceOnThePack(t *testing.T) {
	p := newSelling(t)
	// 80.00 are 8000 kopecks: 1·80² + 20·80 + 0, the digits A B U A.
	d := p.scan("0" + milk + "abcdefg" + "ABUA" + "wxyz")
	if d.Total != 80_00 || d.Lines[0].Regulated != pricing.OnPack || d.Lines[0].PackMax != 80_00 || d.Lines[0].Shelf() != 89_90 {
		t.Errorf("a pack of 80.00 at most: %d, %+v", d.Total, d.Lines)
	}
	// 100.00 are 10000: 1·80² + 45·80 + 0, A B t A: the shelf's 89.90 is less.
	if d = p.scan("0" + milk + "hijklmn" + "ABtA" + "wxyz"); d.Total != 80_00+89_90 {
		t.Errorf("a pack of 100.00 at most: %d, %+v", d.Total, d.Lines)
	}
}

// A coupon shown by mistake is taken back.
func TestRemoveCoupon(t *testing.T) {
	p := newSelling(t)
	row := tenOff(1, 1000)
	promotion := row.Value.(refdata.Promotion)
	promotion.Rule.Coupon.Code = "AUTUMN"
	p.office.put(t, refdata.Row{Table: refdata.Promotions, Value: promotion})
	p.hear()
	p.scan(milk)
	if d := p.scan("AUTUMN"); d.Total != 80_91 {
		t.Fatalf("with the coupon %d", d.Total)
	}
	d, err := p.RemoveCoupon(t.Context(), bridge.Coupon{Code: "AUTUMN"})
	if err != nil || d.Total != 89_90 || len(d.Coupons) != 0 {
		t.Errorf("without it %d %v, %v", d.Total, d.Coupons, err)
	}
	if _, err := p.RemoveCoupon(t.Context(), bridge.Coupon{Code: "AUTUMN"}); errcode.Of(err) != errcode.NotFound {
		t.Errorf("a coupon that is not there: %v", err)
	}
	for _, code := range []string{"autumn", "]C0AUTUMN", "]C0Autumn\r\n"} {
		if d := p.scan(code); d.Total != 80_91 || !slices.Equal(d.Coupons, []string{"AUTUMN"}) {
			t.Errorf("%q: %d %v", code, d.Total, d.Coupons)
		}
		must(t)(p.RemoveCoupon(t.Context(), bridge.Coupon{Code: "AUTUMN"}))
	}
}

// BenchmarkReplay reads a draft of a thousand lines back, as a till does that
// was switched off in the middle of a large receipt.
func BenchmarkReplay(b *testing.B) {
	p := newSelling(b)
	for i := range 2000 {
		p.office.put(b, refdata.Row{Table: refdata.Promotions, Value: refdata.Promotion{Rule: pricing.Rule{ID: fmt.Sprintf("r%04d", i), Name: catalogue.Text{RU: "x"},
			Kind: pricing.LineRule, Goods: pricing.Goods{SKUs: []catalogue.SKU{catalogue.SKU(fmt.Sprint(1000 + i%3))}}, Off: pricing.Off{BP: 100}, Priority: i % 5}}})
		if i%400 == 399 {
			p.hear()
		}
	}
	for range 1000 {
		p.scan(cheeseLabel)
	}
	rules := p.current.Rules()
	p.Session.Close()
	draft, err := journal.OpenDraft(p.dir.Reopen())
	if err != nil {
		b.Fatal(err)
	}
	changes := draft.Load()
	b.ReportAllocs()
	for b.Loop() {
		r, err := open.Replay(changes)
		if err != nil {
			b.Fatal(err)
		}
		r.UseRules(rules, nil)
	}
}

// Promotions that can't be compiled stop nobody: those of before count, and the
// register shows why. A restart sells too.
func TestRulesThatCannotBeCompiled(t *testing.T) {
	p := newSelling(t)
	p.office.put(t, tenOff(1, 1000))
	p.hear()
	p.office.put(t, refdata.Row{Table: refdata.PriceLists, Value: refdata.PriceList{List: pricing.List{ID: "l0", Version: 1,
		Name: catalogue.Text{RU: "Список"}, Who: pricing.Who{Groups: []string{"g"}}}}})
	p.hear()
	// More lists than there may be: an honest server sends none.
	if err := p.ref.Exec(`WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n <= ?)
		INSERT INTO rule_log (version, tbl, key, row) SELECT version + n, tbl, 'l' || n, replace(row, 'l0', 'l' || n)
		FROM rule_log, c WHERE key = 'l0'`, pricing.ListsMax); err != nil {
		t.Fatal(err)
	}
	further := p.book.cursor + pricing.ListsMax + 1
	if err := errors.Join(p.ref.Write(func(tx *sqlite.Tx) error { return refdata.SetCursor(tx, further) }), p.renew()); err != nil {
		t.Fatal(err)
	}
	noticed := func() bool {
		return slices.ContainsFunc(p.phase(bridge.PhaseSelling).Notices, func(e *errcode.Error) bool { return e.Code == errcode.RulesKept })
	}
	if d := p.scan(milk); d.Total != 80_91 || !noticed() {
		t.Errorf("sold for %d, noticed %v", d.Total, noticed())
	}
	p.restart()
	p.signIn("2222")
	if !noticed() {
		t.Error("nothing is said after a restart")
	}
	p.payCash(p.scan(milk))
}
