package till

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/tax"
)

// TestSaleWholeWay sells, closes and reads back what the journal holds.
func TestSaleWholeWay(t *testing.T) {
	p := newSelling(t)
	ctx := t.Context()
	first := p.scan(milk)
	if first.Number != "12-3-000001" || first.Total != 8990 || len(first.Lines) != 1 {
		t.Errorf("first line: %+v", first)
	}
	p.scan(milk) // the same line
	p.scan(cheeseLabel)
	void := p.scan(pen)
	if _, err := p.VoidLine(ctx, bridge.LineRef{N: void.Last}); err != nil {
		t.Fatal(err)
	}
	d, err := p.SetQuantity(ctx, bridge.SetQuantity{N: 1, Quantity: 3 * quantity.One})
	if err != nil {
		t.Fatal(err)
	}
	// 3 × 89.90 + 0.750 × 600.00
	if want := money.Amount(3*8990 + 45000); d.Total != want || d.Count != 2 || len(d.Lines) != 1 {
		t.Errorf("total %d, count %d, %d lines changed; want %d, 2, 1", d.Total, d.Count, len(d.Lines), want)
	}
	paid, err := p.Pay(ctx, bridge.Pay{ID: d.ID, Tenders: []receipt.Tender{
		{Kind: receipt.Card, Amount: 50000}, {Kind: receipt.Cash, Amount: 25000},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if paid.Receipt.Change != 3030 || paid.Receipt.State != receipt.Paid || len(paid.Receipt.Lines) != 3 {
		t.Errorf("paid: change %d, state %s, %d lines", paid.Receipt.Change, paid.Receipt.State, len(paid.Receipt.Lines))
	}
	if d := p.scan(pen); d.Number != "12-3-000002" {
		t.Errorf("next number %s", d.Number)
	}
	if _, err := p.CloseShift(ctx, bridge.CloseShift{}); errcode.Of(err) != errcode.ReceiptIsOpen {
		t.Errorf("close with an open receipt: %v", err)
	}
	if d, err := p.CancelReceipt(ctx, bridge.Reason{Reason: "test"}); err != nil || d.State != "" {
		t.Errorf("cancel: state %q, %v", d.State, err)
	}
	if _, err := p.MoveCash(ctx, bridge.CashMove{Amount: -5000, Reason: "bank"}); err != nil {
		t.Error(err)
	}
	x, err := p.XReport(ctx, struct{}{})
	if err != nil || x.Z || x.Shift.Cash != 10000+25000-3030-5000 || x.Shift.Voids != 2-1 {
		t.Errorf("X: %+v, %v", x.Shift, err)
	}
	counted := x.Shift.Cash
	z, err := p.CloseShift(ctx, bridge.CloseShift{Counted: &counted})
	if err != nil || !z.Z || z.Shift.Sales.Total != paid.Receipt.Total || z.Shift.Cancelled != 1 {
		t.Errorf("Z: %+v, %v", z.Shift, err)
	}
	p.phase(bridge.PhaseNoShift)
	kinds := []fact.Kind{}
	for _, f := range p.facts() {
		kinds = append(kinds, f.Kind)
	}
	want := []fact.Kind{fact.SignedIn, fact.ShiftOpened, fact.SaleRegistered, fact.ReceiptCancelled, fact.CashMoved, fact.ShiftClosed}
	if !reflect.DeepEqual(kinds, want) {
		t.Errorf("journal holds %v, want %v", kinds, want)
	}
	rows, err := p.Receipts(ctx, bridge.Receipts{})
	if err != nil || len(rows) != 2 || rows[1].Total != paid.Receipt.Total {
		t.Errorf("receipts: %+v, %v", rows, err)
	}
	again, err := p.Receipt(ctx, bridge.ReceiptRef{ID: paid.Receipt.ID})
	if err != nil || again.Total != paid.Receipt.Total {
		t.Errorf("receipt: %+v, %v", again, err)
	}
}

func TestScan(t *testing.T) {
	tests := []struct {
		name  string
		q     bridge.Scan
		qty   quantity.Milli
		total money.Amount
		err   errcode.Code
	}{
		{"EAN-13", bridge.Scan{Code: milk}, 1000, 8990, ""},
		{"with line end", bridge.Scan{Code: milk + "\r\n"}, 1000, 8990, ""},
		{"with symbology", bridge.Scan{Code: "]E0" + milk}, 1000, 8990, ""},
		{"times three", bridge.Scan{Code: milk, Quantity: 3000}, 3000, 26970, ""},
		{"case of six", bridge.Scan{Code: milkCase}, 6000, 53940, ""},
		{"two cases", bridge.Scan{Code: milkCase, Quantity: 2000}, 12000, 107880, ""},
		{"GS1 with lot", bridge.Scan{Code: "]d20104601234567893" + "10LOT"}, 1000, 8990, ""},
		{"GS1 count", bridge.Scan{Code: "]C10204601234567893" + "374"}, 4000, 35960, ""},
		{"code of the shop", bridge.Scan{Code: "ABC-1"}, 1000, 2500, ""},
		{"weight label", bridge.Scan{Code: cheeseLabel}, 750, 45000, ""},
		{"price label", bridge.Scan{Code: cheeseSum}, 21, 1250, ""},
		{"PLU typed", bridge.Scan{Code: "7", Typed: true}, 1000, 8990, ""},
		{"PLU with zeros typed", bridge.Scan{Code: "007", Typed: true}, 1000, 8990, ""},
		{"article typed", bridge.Scan{Code: "1002", Typed: true}, 1000, 2500, ""},
		{"weight typed", bridge.Scan{Code: "123", Typed: true, Quantity: 842}, 842, 50520, ""},

		{"PLU scanned", bridge.Scan{Code: "7"}, 0, 0, errcode.UnknownBarcode},
		{"unknown", bridge.Scan{Code: "4600000000008"}, 0, 0, errcode.UnknownBarcode},
		{"wrong digit", bridge.Scan{Code: "4601234567890"}, 0, 0, errcode.BadCheckDigit},
		{"wrong digit typed", bridge.Scan{Code: "4601234567890", Typed: true}, 0, 0, errcode.BadCheckDigit},
		{"label of unknown article", bridge.Scan{Code: "2199999007508"}, 0, 0, errcode.UnknownBarcode},
		{"label of nothing", bridge.Scan{Code: "2100123000005"}, 0, 0, errcode.BadQuantity},
		{"empty", bridge.Scan{Code: ""}, 0, 0, errcode.BadBarcode},
		{"control characters", bridge.Scan{Code: "46\x0112"}, 0, 0, errcode.BadBarcode},
		{"Cyrillic", bridge.Scan{Code: "молоко"}, 0, 0, errcode.BadBarcode},
		{"torn GS1", bridge.Scan{Code: "]d201046012345"}, 0, 0, errcode.BadBarcode},
		{"negative", bridge.Scan{Code: milk, Quantity: -1000}, 0, 0, errcode.BadQuantity},
		{"half a piece", bridge.Scan{Code: milk, Quantity: 500}, 0, 0, errcode.WholeQuantity},
		{"absurd", bridge.Scan{Code: milk, Quantity: 1 << 60}, 0, 0, errcode.BadQuantity},
		{"absurd case", bridge.Scan{Code: milkCase, Quantity: 10_000_000}, 0, 0, errcode.BadQuantity},
		{"label twice at once", bridge.Scan{Code: cheeseLabel, Quantity: 2000}, 0, 0, errcode.FixedQuantity},
		{"no price", bridge.Scan{Code: "55", Typed: true}, 0, 0, errcode.NoPrice},
		{"stop list", bridge.Scan{Code: "20000004"}, 0, 0, errcode.Stopped},
		{"no tax rate", bridge.Scan{Code: "1006", Typed: true}, 0, 0, errcode.NoTax},
	}
	p := newSelling(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := p.Scan(t.Context(), tt.q)
			if errcode.Of(err) != tt.err {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			if err != nil {
				if state := p.phase(bridge.PhaseSelling); state.Receipt.State != "" {
					t.Errorf("a refused scan opened a receipt: %+v", state.Receipt)
				}
				return
			}
			if d.Lines[0].Quantity != tt.qty || d.Total != tt.total {
				t.Errorf("quantity %d, total %d, want %d, %d", d.Lines[0].Quantity, d.Total, tt.qty, tt.total)
			}
			p.payCash(d)
		})
	}
}

// TestCard checks that a card needs no line, survives, and reaches the receipt.
func TestCard(t *testing.T) {
	p := newSelling(t)
	if d := p.scan("2900000000025"); d.Card != "2900000000025" || d.Customer != "Анна" || d.Count != 0 {
		t.Errorf("known card: %+v", d)
	}
	if d := p.scan(loyal); d.Card != loyal || d.Customer != "" {
		t.Errorf("a card too new to be known: %+v", d)
	}
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: "2900000000019"}); errcode.Of(err) != errcode.BadCheckDigit {
		t.Errorf("misread card: %v", err)
	}
	p.scan("2900000000025")
	paid := p.payCash(p.scan(milk))
	if paid.Card != "2900000000025" || paid.Customer != "c-2" {
		t.Errorf("paid with card %q of %q", paid.Card, paid.Customer)
	}
}

func TestTwoLabelsStayTwoLines(t *testing.T) {
	p := newSelling(t)
	p.scan(cheeseLabel)
	if d := p.scan(cheeseLabel); d.Count != 2 || d.Last != 2 {
		t.Errorf("%d lines, last %d, want 2, 2", d.Count, d.Last)
	}
}

func TestPayTwice(t *testing.T) {
	p := newSelling(t)
	d := p.scan(milk)
	first := p.payCash(d)
	if again := p.payCash(d); !reflect.DeepEqual(again, first) {
		t.Errorf("second answer %+v, want %+v", again, first)
	}
	p.restart()
	p.signIn("1111")
	if again := p.payCash(d); again.Number != first.Number || again.Total != first.Total {
		t.Errorf("after a restart %+v, want %+v", again, first)
	}
	sales := 0
	for _, f := range p.facts() {
		if f.Kind == fact.SaleRegistered {
			sales++
		}
	}
	if sales != 1 {
		t.Errorf("%d sales in the journal, want 1", sales)
	}
}

func TestPayRefuses(t *testing.T) {
	p := newSelling(t)
	d := p.scan(milk)
	tests := []struct {
		name    string
		id      string
		tenders []receipt.Tender
		want    errcode.Code
	}{
		{"nothing", d.ID, nil, errcode.Underpaid},
		{"too little", d.ID, []receipt.Tender{{Kind: receipt.Cash, Amount: 8989}}, errcode.Underpaid},
		{"card over", d.ID, []receipt.Tender{{Kind: receipt.Card, Amount: 9000}}, errcode.CardOverpaid},
		{"negative", d.ID, []receipt.Tender{{Kind: receipt.Cash, Amount: -1}}, errcode.BadAmount},
		{"no such tender", d.ID, []receipt.Tender{{Kind: "shells", Amount: 8990}}, errcode.Invalid},
		{"another receipt", "x", []receipt.Tender{{Kind: receipt.Cash, Amount: 8990}}, errcode.ReceiptState},
	}
	for _, tt := range tests {
		if _, err := p.Pay(t.Context(), bridge.Pay{ID: tt.id, Tenders: tt.tenders}); errcode.Of(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	if state := p.phase(bridge.PhaseSelling); state.Receipt.Total != 8990 {
		t.Errorf("the receipt is %+v after refusals", state.Receipt)
	}
}

func TestEditRefuses(t *testing.T) {
	p := newSelling(t)
	ctx := t.Context()
	if _, err := p.SetQuantity(ctx, bridge.SetQuantity{N: 1, Quantity: 1000}); errcode.Of(err) != errcode.ReceiptState {
		t.Errorf("no receipt: %v", err)
	}
	p.scan(milk)
	p.scan(cheeseLabel)
	tests := []struct {
		n    int
		qty  quantity.Milli
		want errcode.Code
	}{
		{1, 0, errcode.BadQuantity}, {1, -1000, errcode.BadQuantity}, {1, 1500, errcode.WholeQuantity},
		{1, 1e18, errcode.BadQuantity}, {2, 1000, errcode.FixedQuantity}, {9, 1000, errcode.NoLine}, {0, 1000, errcode.NoLine},
	}
	for _, tt := range tests {
		if _, err := p.SetQuantity(ctx, bridge.SetQuantity{N: tt.n, Quantity: tt.qty}); errcode.Of(err) != tt.want {
			t.Errorf("line %d, quantity %d: %v, want %s", tt.n, tt.qty, err, tt.want)
		}
	}
	for _, n := range []int{0, 7, -1} {
		if _, err := p.VoidLine(ctx, bridge.LineRef{N: n}); errcode.Of(err) != errcode.NoLine {
			t.Errorf("void line %d: %v", n, err)
		}
	}
}

// TestRights checks every right against every role.
func TestRights(t *testing.T) {
	tests := []struct {
		pin  string
		want map[string]errcode.Code
	}{
		{"1111", map[string]errcode.Code{"discount": errcode.Forbidden, "cancel": errcode.Forbidden, "cash": errcode.Forbidden, "export": errcode.Forbidden, "void": ""}},
		{"2222", map[string]errcode.Code{"discount": "", "cancel": "", "cash": "", "export": errcode.Forbidden, "void": ""}},
		{"3333", map[string]errcode.Code{"discount": "", "cancel": "", "cash": "", "export": "", "void": ""}},
	}
	for _, tt := range tests {
		p := newSelling(t)
		p.signIn(tt.pin)
		ctx := t.Context()
		p.scan(milk)
		p.scan(pen)
		for name, do := range map[string]func() error{
			"discount": func() error { _, err := p.Discount(ctx, bridge.Discount{N: 1, BP: 500}); return err },
			"void":     func() error { _, err := p.VoidLine(ctx, bridge.LineRef{N: 2}); return err },
			"cash":     func() error { _, err := p.MoveCash(ctx, bridge.CashMove{Amount: 100}); return err },
			"export":   func() error { _, err := p.Export(ctx, bridge.ExportFacts{}); return err },
		} {
			if err := do(); errcode.Of(err) != tt.want[name] {
				t.Errorf("%s, %s: %v, want %q", tt.pin, name, err, tt.want[name])
			}
		}
		if _, err := p.CancelReceipt(ctx, bridge.Reason{}); errcode.Of(err) != tt.want["cancel"] {
			t.Errorf("%s, cancel: %v, want %q", tt.pin, err, tt.want["cancel"])
		}
	}
}

// Who takes off line by line cancels: the right is asked all the same. What is
// left empty ends by itself when something else begins, so nobody is stuck.
func TestEmptyReceiptEndsByItself(t *testing.T) {
	ctx := t.Context()
	for name, then := range map[string]func(p *shop) error{
		"lock":        func(p *shop) error { _, err := p.Lock(ctx, struct{}{}); return err },
		"close shift": func(p *shop) error { _, err := p.CloseShift(ctx, bridge.CloseShift{}); return err },
	} {
		t.Run(name, func(t *testing.T) {
			p := newSelling(t)
			p.signIn("1111")
			p.scan(milk)
			if _, err := p.VoidLine(ctx, bridge.LineRef{N: 1}); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Pay(ctx, bridge.Pay{ID: p.current.Doc.ID}); errcode.Of(err) != errcode.ReceiptEmpty {
				t.Errorf("paying for nothing: %v", err)
			}
			if _, err := p.CancelReceipt(ctx, bridge.Reason{}); errcode.Of(err) != errcode.Forbidden {
				t.Errorf("cancel without the right: %v", err)
			}
			if err := then(p); err != nil {
				t.Fatal(err)
			}
			if p.current.Doc != nil {
				t.Error("the empty receipt is still open")
			}
			said := 0
			for _, f := range p.facts() {
				if f.Kind == fact.ReceiptCancelled {
					said++
				}
			}
			if said != 1 {
				t.Errorf("%d facts of a cancellation, want 1", said)
			}
		})
	}
}

// Less of a line is a void of the difference: it needs the right and leaves a
// trace in the receipt, over a restart too.
func TestReducedQuantityLeavesATrace(t *testing.T) {
	p := newSelling(t)
	ctx := t.Context()
	p.scan(milk)
	must(t)(p.SetQuantity(ctx, bridge.SetQuantity{N: 1, Quantity: 9 * quantity.One}))
	p.scan(pen)
	for _, q := range []quantity.Milli{5, 1} {
		if _, err := p.SetQuantity(ctx, bridge.SetQuantity{N: 1, Quantity: q * quantity.One}); err != nil {
			t.Fatal(err)
		}
	}
	p.restart()
	p.signIn("2222")
	d := *p.phase(bridge.PhaseSelling).Receipt
	if len(d.Lines) != 3 || !d.Lines[2].Voided || d.Lines[2].Quantity != 8*quantity.One || d.Lines[2].Reason != receipt.VoidReduced {
		t.Fatalf("lines %+v", d.Lines)
	}
	if paid := p.payCash(d); paid.Total != 89_90+25_00 || p.shift.Voids != 1 {
		t.Errorf("paid %d, %d voids", paid.Total, p.shift.Voids)
	}
}

// What was given on lines counts against the limit of the receipt, and the other
// way round.
func TestDiscountsCountTogether(t *testing.T) {
	for name, order := range map[string][]bridge.Discount{
		"lines first":   {{N: 1, BP: 1000}, {BP: 1000}},
		"receipt first": {{BP: 1000}, {N: 1, BP: 1000}},
		"as a sum":      {{N: 1, BP: 1000}, {Amount: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newSelling(t) // the senior may give 10 %
			p.scan(milk)
			d, err := p.Discount(t.Context(), order[0])
			if err != nil || d.Total != 80_91 {
				t.Fatalf("the first: %d, %v", d.Total, err)
			}
			if _, err := p.Discount(t.Context(), order[1]); errcode.Of(err) != errcode.DiscountLimit {
				t.Errorf("both: %v", err)
			}
			if got := p.phase(bridge.PhaseSelling).Receipt.Total; got != 80_91 {
				t.Errorf("the receipt comes to %d", got)
			}
		})
	}
}

// A sale is of the day on which it is paid, taxed as on that day, and belongs to
// who took the money; prices are those that the customer saw.
func TestSaleIsOfItsPayment(t *testing.T) {
	p := newSelling(t)
	p.office.put(t, tenOff(1, 1000),
		refdata.Row{Table: refdata.TaxRates, Value: tax.Rate{Class: tax.Reduced, From: "2023-11-16", BP: 2000}})
	p.hear()
	p.at = time.Date(2023, 11, 15, 20, 58, 0, 0, time.UTC) // 23:58 in Moscow
	d := p.scan(milk)
	if d.Total != 80_91 || p.current.Doc.Date != "2023-11-15" {
		t.Fatalf("scanned %d on %s", d.Total, p.current.Doc.Date)
	}
	p.at = p.at.Add(5 * time.Minute)
	must(t)(p.Lock(t.Context(), struct{}{}))
	p.signIn("1111")
	answer, err := p.Pay(t.Context(), bridge.Pay{ID: d.ID, Tenders: []receipt.Tender{{Kind: receipt.Cash, Amount: d.Total}}})
	if err != nil {
		t.Fatal(err)
	}
	r := answer.Receipt
	if r.Date != "2023-11-16" || r.Priced != "2023-11-15" || r.Cashier != "olga" || r.Scanned != "petr" || answer.Cashier != "olga" {
		t.Errorf("date %s, priced %s, cashier %s, scanned %s, named %q", r.Date, r.Priced, r.Cashier, r.Scanned, answer.Cashier)
	}
	if r.Total != 80_91 || len(r.Tax) != 1 || r.Tax[0].BP != 2000 {
		t.Errorf("total %d, tax %+v", r.Total, r.Tax)
	}
	if err := r.Verify(); err != nil {
		t.Error(err)
	}
	again := r
	again.State, again.Tenders, again.Change, again.Lines = receipt.Open, nil, 0, slices.Clone(r.Lines)
	again.UseRules(p.rules.now, nil)
	if again.Total != r.Total {
		t.Errorf("priced again it comes to %d", again.Total)
	}
}

// A number that two articles have asks which, instead of selling the first.
func TestNumberOfTwoAsks(t *testing.T) {
	p := newSelling(t)
	p.office.put(t, refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: "1007", Name: catalogue.Text{RU: "Кефир"},
		Unit: quantity.Piece, Tax: tax.Reduced, PLU: "7"}})
	p.hear()
	_, err := p.Scan(t.Context(), bridge.Scan{Code: "7", Typed: true})
	if e := errcode.As(err); e == nil || e.Code != errcode.SeveralGoods || e.Data["sku"] != "1001, 1007" {
		t.Errorf("a number of two: %v", err)
	}
}

func TestDiscountLimits(t *testing.T) {
	p := newSelling(t) // the senior may give 10 %
	p.scan(pen)        // 25.00, not below 20.00
	tests := []struct {
		q     bridge.Discount
		total money.Amount
		want  errcode.Code
	}{
		{bridge.Discount{N: 1, BP: 1001}, 2500, errcode.DiscountLimit},
		{bridge.Discount{N: 1, Amount: 251}, 2500, errcode.DiscountLimit},
		{bridge.Discount{N: 1, BP: -5}, 2500, errcode.BadAmount},
		{bridge.Discount{N: 1, BP: 1000}, 2250, ""},
		{bridge.Discount{N: 1}, 2500, ""},
		{bridge.Discount{N: 0, Amount: 100}, 2400, ""},
	}
	for _, tt := range tests {
		d, err := p.Discount(t.Context(), tt.q)
		if errcode.Of(err) != tt.want {
			t.Errorf("%+v: %v, want %q", tt.q, err, tt.want)
		}
		if err == nil && d.Total != tt.total {
			t.Errorf("%+v: total %d, want %d", tt.q, d.Total, tt.total)
		}
	}
}

func TestLookups(t *testing.T) {
	p := newShop(t)
	ctx := t.Context()
	found, err := p.Search(ctx, bridge.Search{Text: "мол"})
	if err != nil || len(found) != 1 || found[0].SKU != "1001" || found[0].Amount != 8990 {
		t.Errorf("search: %+v, %v", found, err)
	}
	checked, err := p.PriceCheck(ctx, bridge.Scan{Code: "55", Typed: true})
	if err != nil || !checked.NoPrice {
		t.Errorf("price check: %+v, %v", checked, err)
	}
	groups, err := p.QuickKeys(ctx, struct{}{})
	if err != nil || len(groups) != 1 || len(groups[0].Keys) != 1 {
		t.Errorf("quick keys: %+v, %v", groups, err)
	}
}
