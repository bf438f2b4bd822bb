package receipt_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/tax"
)

func open() *receipt.Receipt {
	return receipt.New(receipt.Opening{
		ID: "0193a5f2-7c1e-7d3a-9b1f-2a6c5e8d4f10", Number: "12-3-1", Type: receipt.Sale, Shift: 1,
		At: 1_795_340_000_000, Zone: 180, Date: "2026-11-22", Cashier: "e1",
	}, nil)
}

func piece(sku string, price money.Amount) receipt.Line {
	return receipt.Line{
		SKU: catalogue.SKU(sku), Name: catalogue.Text{RU: sku}, Unit: quantity.Piece, Quantity: quantity.One,
		Price: price, TaxClass: tax.Standard, TaxBP: 2200,
	}
}

func byWeight(sku string, price money.Amount, grams quantity.Milli) receipt.Line {
	l := piece(sku, price)
	l.Unit, l.Quantity = quantity.Kilogram, grams
	return l
}

// with returns an open receipt of the lines.
func with(t *testing.T, lines ...receipt.Line) *receipt.Receipt {
	t.Helper()
	r := open()
	for _, l := range lines {
		if _, err := r.AddLine(l); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func snapshot(t rapid.TB, r *receipt.Receipt) string {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestMerging(t *testing.T) {
	label := byWeight("cheese", 800_00, 250)
	label.Single = true
	labelSum := byWeight("ham", 900_00, 300)
	labelSum.LabelSum = 269_99
	eggs := piece("eggs", 120_00)
	eggs.Single = true
	withDiscount := piece("milk", 90_00)
	withDiscount.Manual = receipt.Manual{BP: 1000}
	tests := []struct {
		name  string
		lines []receipt.Line
		want  []quantity.Milli // by line
	}{
		{"the same piece", []receipt.Line{piece("milk", 90_00), piece("milk", 90_00)}, []quantity.Milli{2000}},
		{"not in a row", []receipt.Line{piece("milk", 90_00), piece("bread", 40_00), piece("milk", 90_00)}, []quantity.Milli{2000, 1000}},
		{"another price", []receipt.Line{piece("milk", 90_00), piece("milk", 80_00)}, []quantity.Milli{1000, 1000}},
		{"another product", []receipt.Line{piece("milk", 90_00), piece("cream", 90_00)}, []quantity.Milli{1000, 1000}},
		{"by weight", []receipt.Line{byWeight("nuts", 500_00, 100), byWeight("nuts", 500_00, 100)}, []quantity.Milli{100, 100}},
		{"labels", []receipt.Line{label, label}, []quantity.Milli{250, 250}},
		{"labels with a sum", []receipt.Line{labelSum, labelSum}, []quantity.Milli{300, 300}},
		{"a label of pieces", []receipt.Line{eggs, piece("eggs", 120_00)}, []quantity.Milli{1000, 1000}},
		{"a label after pieces", []receipt.Line{piece("eggs", 120_00), eggs}, []quantity.Milli{1000, 1000}},
		{"a discount given by hand", []receipt.Line{withDiscount, piece("milk", 90_00)}, []quantity.Milli{1000, 1000}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := with(t, test.lines...)
			var got []quantity.Milli
			for _, l := range r.Lines {
				got = append(got, l.Quantity)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("quantities %v, want %v", got, test.want)
			}
			if err := r.Verify(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestVoidedLineIsNotMergedInto(t *testing.T) {
	r := with(t, piece("milk", 90_00))
	if _, err := r.VoidLine(1); err != nil {
		t.Fatal(err)
	}
	changed, err := r.AddLine(piece("milk", 90_00))
	if err != nil || !slices.Equal(changed, []int{2}) {
		t.Fatalf("changed %v, %v; want line 2", changed, err)
	}
	if r.Total != 90_00 || r.Count() != 1 || len(r.Lines) != 2 {
		t.Errorf("total %d, %d of %d lines", r.Total, r.Count(), len(r.Lines))
	}
	if _, err := r.RestoreLine(1); err != nil {
		t.Fatal(err)
	}
	if r.Total != 180_00 {
		t.Errorf("total %d after restoring, want 18000", r.Total)
	}
}

func TestChangedLines(t *testing.T) {
	r := with(t, piece("a", 100_00), piece("b", 200_00), piece("c", 300_00))
	steps := []struct {
		name string
		do   func() ([]int, error)
		want []int
	}{
		{"quantity", func() ([]int, error) { return r.SetQuantity(2, 3000) }, []int{2}},
		{"discount on one line", func() ([]int, error) { return r.SetDiscount(1, receipt.Manual{BP: 500}) }, []int{1}},
		{"discount on all", func() ([]int, error) { return r.SetDiscount(0, receipt.Manual{Amount: 99_50}) }, []int{1, 2, 3}},
		{"every share moves with a void", func() ([]int, error) { return r.VoidLine(3) }, []int{1, 2, 3}},
		{"taking the discount back", func() ([]int, error) { return r.SetDiscount(0, receipt.Manual{}) }, []int{1, 2}},
		{"card", func() ([]int, error) { return r.SetCard("990000000001", "c1") }, nil},
	}
	for _, step := range steps {
		got, err := step.do()
		if err != nil || !slices.Equal(got, step.want) {
			t.Errorf("%s: changed %v, %v; want %v", step.name, got, err, step.want)
		}
		if err := r.Verify(); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
	}
}

func TestDiscounts(t *testing.T) {
	// Vectors of research/pos.md §4.4.
	r := with(t, piece("a", 99_90), piece("b", 49_90), piece("c", 1_20))
	if _, err := r.SetDiscount(0, receipt.Manual{Amount: 15_10}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []money.Amount{9_99, 4_99, 12} {
		if got := r.Lines[i].Discount; got != want {
			t.Errorf("line %d: %d off, want %d", i+1, got, want)
		}
	}
	if r.Total != 135_90 || r.Discount != 15_10 {
		t.Errorf("total %d, discount %d", r.Total, r.Discount)
	}
}

func TestRefusals(t *testing.T) {
	const long = 3_000_000_00
	filled := func() *receipt.Receipt {
		r := with(t, piece("milk", 90_00), byWeight("nuts", 500_00, 100), piece("gone", 10_00))
		label := byWeight("cheese", 800_00, 250)
		label.Single = true
		for _, do := range []func() ([]int, error){
			func() ([]int, error) { return r.VoidLine(3) },
			func() ([]int, error) { return r.AddLine(label) },
		} {
			if _, err := do(); err != nil {
				t.Fatal(err)
			}
		}
		return r // 90.00 + 50.00 + 200.00
	}
	line := func(edit func(*receipt.Line)) func(*receipt.Receipt) error {
		return func(r *receipt.Receipt) error {
			l := piece("new", 10_00)
			edit(&l)
			_, err := r.AddLine(l)
			return err
		}
	}
	discount := func(n int, m receipt.Manual) func(*receipt.Receipt) error {
		return func(r *receipt.Receipt) error { _, err := r.SetDiscount(n, m); return err }
	}
	pay := func(tenders ...receipt.Tender) func(*receipt.Receipt) error {
		return func(r *receipt.Receipt) error { return r.Pay(tenders, 1) }
	}
	quantityOf := func(n int, q quantity.Milli) func(*receipt.Receipt) error {
		return func(r *receipt.Receipt) error { _, err := r.SetQuantity(n, q); return err }
	}
	tests := []struct {
		name string
		do   func(*receipt.Receipt) error
		want errcode.Code
	}{
		{"half a piece", line(func(l *receipt.Line) { l.Quantity = 500 }), errcode.WholeQuantity},
		{"no quantity", line(func(l *receipt.Line) { l.Quantity = 0 }), errcode.BadQuantity},
		{"less than nothing", line(func(l *receipt.Line) { l.Quantity = -1000 }), errcode.BadQuantity},
		{"absurd quantity", line(func(l *receipt.Line) { l.Quantity = receipt.QuantityMax + 1000 }), errcode.BadQuantity},
		{"too many together", line(func(l *receipt.Line) { *l = piece("milk", 90_00); l.Quantity = receipt.QuantityMax }), errcode.BadQuantity},
		{"negative price", line(func(l *receipt.Line) { l.Price = -1 }), errcode.BadAmount},
		{"absurd price", line(func(l *receipt.Line) { l.Price = receipt.PriceMax + 1 }), errcode.BadAmount},
		{"no article", line(func(l *receipt.Line) { l.SKU = "" }), errcode.Invalid},
		{"absurd tax", line(func(l *receipt.Line) { l.TaxBP = 10001 }), errcode.Invalid},
		{"discount of 101 %", line(func(l *receipt.Line) { l.Manual.BP = 10100 }), errcode.BadAmount},
		{"quantity of a line that is not there", quantityOf(9, 1000), errcode.NoLine},
		{"quantity of no line", quantityOf(0, 1000), errcode.NoLine},
		{"quantity of a voided line", quantityOf(3, 1000), errcode.LineVoided},
		{"quantity of a label", quantityOf(4, 1000), errcode.FixedQuantity},
		{"quantity zero", quantityOf(1, 0), errcode.BadQuantity},
		{"half a piece later", quantityOf(1, 1500), errcode.WholeQuantity},
		{"void twice", func(r *receipt.Receipt) error { _, err := r.VoidLine(3); return err }, errcode.LineVoided},
		{"void what is not there", func(r *receipt.Receipt) error { _, err := r.VoidLine(5); return err }, errcode.NoLine},
		{"restore a live line", func(r *receipt.Receipt) error { _, err := r.RestoreLine(1); return err }, errcode.ReceiptState},
		{"percent above the limit", discount(1, receipt.Manual{BP: 1500, Limit: 1000}), errcode.DiscountLimit},
		{"amount above the limit", discount(1, receipt.Manual{Amount: 9_01, Limit: 1000}), errcode.DiscountLimit},
		{"receipt above the limit", discount(0, receipt.Manual{Amount: 34_01, Limit: 1000}), errcode.DiscountLimit},
		{"more than the line", discount(1, receipt.Manual{Amount: 90_01}), errcode.BadAmount},
		{"more than the receipt", discount(0, receipt.Manual{Amount: 340_01}), errcode.BadAmount},
		{"surcharge", discount(1, receipt.Manual{BP: -100}), errcode.BadAmount},
		{"percent and amount", discount(1, receipt.Manual{BP: 100, Amount: 1}), errcode.BadAmount},
		{"discount on a voided line", discount(3, receipt.Manual{BP: 100}), errcode.LineVoided},
		{"not enough cash", pay(receipt.Tender{Kind: receipt.Cash, Amount: 339_99}), errcode.Underpaid},
		{"nothing", pay(), errcode.Underpaid},
		{"too much on card", pay(receipt.Tender{Kind: receipt.Card, Amount: 340_01}), errcode.CardOverpaid},
		{"negative cash", pay(receipt.Tender{Kind: receipt.Card, Amount: 340_00}, receipt.Tender{Kind: receipt.Cash, Amount: -1}), errcode.BadAmount},
		{"cash beside a card that pays all", pay(receipt.Tender{Kind: receipt.Card, Amount: 340_00}, receipt.Tender{Kind: receipt.Cash, Amount: 1}), errcode.BadAmount},
		{"a barcode in the cash field", pay(receipt.Tender{Kind: receipt.Cash, Amount: 4601234567893}), errcode.BadAmount},
		{"change beyond reason in parts", pay(receipt.Tender{Kind: receipt.Cash, Amount: receipt.ChangeMax}, receipt.Tender{Kind: receipt.Cash, Amount: receipt.ChangeMax}), errcode.BadAmount},
		{"unknown tender", pay(receipt.Tender{Kind: "shells", Amount: long}), errcode.BadAmount},
		{"unknown tender of the right sum", pay(receipt.Tender{Kind: "shells", Amount: 340_00}), errcode.Invalid},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := filled()
			before := snapshot(t, r)
			if err := test.do(r); errcode.Of(err) != test.want {
				t.Errorf("error %v, want %q", err, test.want)
			}
			if after := snapshot(t, r); after != before {
				t.Errorf("the receipt changed:\n%s\n%s", before, after)
			}
		})
	}
}

func TestNothingAfterTheEnd(t *testing.T) {
	paid := with(t, piece("milk", 90_00))
	if err := paid.Pay([]receipt.Tender{{Kind: receipt.Cash, Amount: 100_00}}, 2); err != nil {
		t.Fatal(err)
	}
	cancelled := with(t, piece("milk", 90_00))
	if err := cancelled.Cancel("no money", 2); err != nil {
		t.Fatal(err)
	}
	for _, r := range []*receipt.Receipt{paid, cancelled} {
		before := snapshot(t, r)
		changes := map[string]func() error{
			"add":      func() error { _, err := r.AddLine(piece("x", 1)); return err },
			"quantity": func() error { _, err := r.SetQuantity(1, 2000); return err },
			"void":     func() error { _, err := r.VoidLine(1); return err },
			"restore":  func() error { _, err := r.RestoreLine(1); return err },
			"discount": func() error { _, err := r.SetDiscount(0, receipt.Manual{BP: 1}); return err },
			"card":     func() error { _, err := r.SetCard("1", "c"); return err },
			"pay":      func() error { return r.Pay([]receipt.Tender{{Kind: receipt.Cash, Amount: 90_00}}, 3) },
			"cancel":   func() error { return r.Cancel("", 3) },
		}
		for name, change := range changes {
			if err := change(); errcode.Of(err) != errcode.ReceiptState {
				t.Errorf("%s receipt, %s: %v", r.State, name, err)
			}
		}
		if after := snapshot(t, r); after != before {
			t.Errorf("the %s receipt changed", r.State)
		}
	}
}

func TestPay(t *testing.T) {
	free := piece("bag", 0)
	tests := []struct {
		name    string
		lines   []receipt.Line
		kind    receipt.Type
		tenders []receipt.Tender
		change  money.Amount
		err     errcode.Code
	}{
		{"exact cash", []receipt.Line{piece("a", 90_00)}, receipt.Sale, []receipt.Tender{{Kind: receipt.Cash, Amount: 90_00}}, 0, ""},
		{"change", []receipt.Line{piece("a", 90_00)}, receipt.Sale, []receipt.Tender{{Kind: receipt.Cash, Amount: 500_00}}, 410_00, ""},
		{"card", []receipt.Line{piece("a", 90_00)}, receipt.Sale, []receipt.Tender{{Kind: receipt.Card, Amount: 90_00, Ref: "7"}}, 0, ""},
		{"card and cash", []receipt.Line{piece("a", 90_00)}, receipt.Sale, []receipt.Tender{{Kind: receipt.Card, Amount: 50_00}, {Kind: receipt.Cash, Amount: 100_00}}, 60_00, ""},
		{"two cards", []receipt.Line{piece("a", 90_00)}, receipt.Sale, []receipt.Tender{{Kind: receipt.Card, Amount: 50_00}, {Kind: receipt.Card, Amount: 40_00}}, 0, ""},
		{"nothing to pay", []receipt.Line{free}, receipt.Sale, nil, 0, ""},
		{"cash for nothing", []receipt.Line{free}, receipt.Sale, []receipt.Tender{{Kind: receipt.Cash, Amount: 1}}, 0, errcode.BadAmount},
		{"empty", nil, receipt.Sale, nil, 0, errcode.ReceiptEmpty},
		{"return", []receipt.Line{piece("a", 90_00)}, receipt.Return, []receipt.Tender{{Kind: receipt.Cash, Amount: 90_00}}, 0, ""},
		{"return of too much", []receipt.Line{piece("a", 90_00)}, receipt.Return, []receipt.Tender{{Kind: receipt.Cash, Amount: 100_00}}, 0, errcode.BadAmount},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := with(t, test.lines...)
			r.Type = test.kind
			err := r.Pay(test.tenders, 5)
			if errcode.Of(err) != test.err {
				t.Fatalf("error %v, want %q", err, test.err)
			}
			if err != nil {
				return
			}
			if r.State != receipt.Paid || r.Change != test.change || r.Closed != 5 {
				t.Errorf("%s, change %d, closed %d", r.State, r.Change, r.Closed)
			}
			if err := r.Verify(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAddedTax(t *testing.T) {
	l := piece("a", 100_00)
	l.TaxAdded, l.TaxBP = true, 1000
	r := with(t, l, piece("b", 122_00))
	if r.Total != 232_00 {
		t.Errorf("total %d, want 23200", r.Total)
	}
	want := []receipt.TaxTotal{{BP: 2200, Base: 100_00, Tax: 22_00}, {BP: 1000, Base: 100_00, Tax: 10_00}}
	if !reflect.DeepEqual(r.Tax, want) {
		t.Errorf("tax %+v, want %+v", r.Tax, want)
	}
	if err := r.Verify(); err != nil {
		t.Error(err)
	}
}

// Tax is rounded by line and summed: 7 × 1.01 at 22 % makes 1.26, research/pos.md §4.5.
func TestTaxIsSummedByLine(t *testing.T) {
	r := open()
	for range 7 {
		if _, err := r.AddLine(byWeight("a", 1_01, 1000)); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.Tax[0].Tax; got != 1_26 {
		t.Errorf("tax %d, want 126", got)
	}
}

func TestTooLong(t *testing.T) {
	r := open()
	for range receipt.LinesMax {
		r.Lines = append(r.Lines, byWeight("nuts", 1_00, 100))
		r.Lines[len(r.Lines)-1].N = len(r.Lines)
	}
	if _, err := r.AddLine(byWeight("nuts", 1_00, 100)); errcode.Of(err) != errcode.ReceiptLong {
		t.Errorf("error %v", err)
	}
}

// A receipt from the wire with one number changed anywhere does not pass.
func TestVerifyNoticesEveryChange(t *testing.T) {
	good := with(t, piece("a", 99_90), piece("b", 49_90), byWeight("c", 100_00, 333), piece("d", 5_00))
	for _, do := range []func() ([]int, error){
		func() ([]int, error) { return good.SetDiscount(0, receipt.Manual{Amount: 15_10}) },
		func() ([]int, error) { return good.VoidLine(4) },
	} {
		if _, err := do(); err != nil {
			t.Fatal(err)
		}
	}
	if err := good.Pay([]receipt.Tender{{Kind: receipt.Cash, Amount: 500_00}}, 9); err != nil {
		t.Fatal(err)
	}
	edits := map[string]func(*receipt.Receipt){
		"total":         func(r *receipt.Receipt) { r.Total++ },
		"discount":      func(r *receipt.Receipt) { r.Discount-- },
		"tax total":     func(r *receipt.Receipt) { r.Tax[0].Tax++; r.Tax[0].Base-- },
		"change":        func(r *receipt.Receipt) { r.Change++ },
		"tender":        func(r *receipt.Receipt) { r.Tenders[0].Amount++ },
		"line gross":    func(r *receipt.Receipt) { r.Lines[0].Gross++ },
		"line discount": func(r *receipt.Receipt) { r.Lines[0].Discount++ },
		"line net":      func(r *receipt.Receipt) { r.Lines[1].Net++ },
		"line tax":      func(r *receipt.Receipt) { r.Lines[1].Tax++ },
		"applied":       func(r *receipt.Receipt) { r.Lines[1].Applied[0].Amount++ },
		"applied minus": func(r *receipt.Receipt) {
			r.Lines[1].Applied = append(r.Lines[1].Applied, receipt.Applied{Rule: "x", Amount: -5}, receipt.Applied{Rule: "y", Amount: 5})
		},
		"price":        func(r *receipt.Receipt) { r.Lines[0].Price += 10 },
		"minimum":      func(r *receipt.Receipt) { r.Lines[0].MinPrice = 99_90 },
		"quantity":     func(r *receipt.Receipt) { r.Lines[0].Quantity += 1000 },
		"number twice": func(r *receipt.Receipt) { r.Lines[1].N = 1 },
		"restored":     func(r *receipt.Receipt) { r.Lines[3].Voided = false },
		"voided":       func(r *receipt.Receipt) { r.Lines[0].Voided = true },
		"line gone":    func(r *receipt.Receipt) { r.Lines = r.Lines[1:] },
		"state":        func(r *receipt.Receipt) { r.State = "lost" },
		"open, paid":   func(r *receipt.Receipt) { r.State = receipt.Open },
		"no tender":    func(r *receipt.Receipt) { r.Tenders = nil },
		"type":         func(r *receipt.Receipt) { r.Type = "gift" },
		"no id":        func(r *receipt.Receipt) { r.ID = "" },
	}
	for name, edit := range edits {
		var r receipt.Receipt
		if err := json.Unmarshal([]byte(snapshot(t, good)), &r); err != nil {
			t.Fatal(err)
		}
		if err := r.Verify(); err != nil {
			t.Fatal(err)
		}
		edit(&r)
		if err := r.Verify(); errcode.Of(err) != errcode.WrongSum {
			t.Errorf("%s: Verify says %v", name, err)
		}
	}
}
