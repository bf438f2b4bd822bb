package receipt_test

import (
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

func openReceipt() *receipt.Receipt {
	return receipt.New(receipt.Opening{ID: "r", Number: "1-1-1", Type: receipt.Sale, Shift: 1, At: 1, Date: "2026-11-22", Cashier: "anna", Store: "1"}, nil)
}

func article(sku string, price money.Amount) receipt.Line {
	return receipt.Line{SKU: catalogue.SKU(sku), Unit: quantity.Piece, Quantity: quantity.One, Price: price, TaxBP: 2200}
}

func add(t testing.TB, r *receipt.Receipt, l receipt.Line, g receipt.Grouping) {
	t.Helper()
	if _, err := r.AddGrouped(l, g); err != nil {
		t.Fatal(err)
	}
}

func pay(r *receipt.Receipt) error {
	return r.Pay([]receipt.Tender{{Kind: receipt.Cash, Amount: r.Total}}, 2)
}

func TestAge(t *testing.T) {
	r := openReceipt()
	beer, knife := article("beer", 10000), article("knife", 50000)
	beer.MinAge, knife.MinAge = 18, 21
	add(t, r, beer, receipt.GroupAny)
	if err := pay(r); errcode.Of(err) != errcode.AgeUnasked || errcode.As(err).Data["years"] != "18" {
		t.Errorf("paid without asking: %v", err)
	}
	if err := r.ConfirmAge(receipt.AgeCheck{Years: 18, By: "anna", At: 5}); err != nil || r.AgeMissing() != 0 {
		t.Errorf("confirmed: %d missing, %v", r.AgeMissing(), err)
	}
	add(t, r, knife, receipt.GroupAny)
	if r.AgeMissing() != 21 || len(r.TooYoungFor()) != 1 || r.TooYoungFor()[0] != 2 {
		t.Errorf("a higher age: %d missing, lines %v", r.AgeMissing(), r.TooYoungFor())
	}
	if _, err := r.VoidBecause(2, receipt.VoidUnderAge); err != nil || r.Lines[1].Reason != receipt.VoidUnderAge {
		t.Fatal(err)
	}
	if err := pay(r); err != nil || r.Age != (receipt.AgeCheck{Years: 18, By: "anna", At: 5}) {
		t.Errorf("paid: %+v, %v", r.Age, err)
	}
	if err := r.ConfirmAge(receipt.AgeCheck{Years: 99, By: "x"}); errcode.Of(err) != errcode.ReceiptState {
		t.Errorf("a paid receipt took an age: %v", err)
	}
}

func TestSerialOnce(t *testing.T) {
	r := openReceipt()
	l := article("phone", 10000)
	l.Serial, l.Single = "S1", true
	add(t, r, l, receipt.GroupAny)
	if _, err := r.AddLine(l); errcode.Of(err) != errcode.SerialTwice || errcode.As(err).Data["line"] != "1" {
		t.Errorf("the same package twice: %v", err)
	}
	other := l
	other.SKU = "cable" // numbers of other goods are other numbers
	add(t, r, other, receipt.GroupAny)
	if _, err := r.VoidLine(1); err != nil {
		t.Fatal(err)
	}
	add(t, r, l, receipt.GroupAny)
	if _, err := r.RestoreLine(1); errcode.Of(err) != errcode.SerialTwice {
		t.Errorf("brought back beside itself: %v", err)
	}
}

func TestGrouping(t *testing.T) {
	scans := []receipt.Line{article("a", 100), article("a", 100), article("b", 200), article("a", 100), article("a", 90)}
	batch := article("a", 100)
	batch.Batch = "L1"
	scans = append(scans, batch, batch)
	for g, want := range map[receipt.Grouping]string{
		receipt.GroupAny:         "a×3 b×1 a×1 a×2 ",
		receipt.GroupConsecutive: "a×2 b×1 a×1 a×1 a×2 ",
		receipt.GroupNone:        "a×1 a×1 b×1 a×1 a×1 a×1 a×1 ",
	} {
		r := openReceipt()
		for _, l := range scans {
			add(t, r, l, g)
		}
		got := ""
		for _, l := range r.Lines {
			got += string(l.SKU) + "×" + l.Quantity.String() + " "
		}
		if got != want {
			t.Errorf("%q: %s, want %s", g, got, want)
		}
	}
}

// A voided line is no neighbour: what follows merges with the line before it.
func TestVoidedLinesDoNotTearApart(t *testing.T) {
	r := openReceipt()
	add(t, r, article("a", 100), receipt.GroupConsecutive)
	add(t, r, article("b", 100), receipt.GroupConsecutive)
	if _, err := r.VoidLine(2); err != nil {
		t.Fatal(err)
	}
	add(t, r, article("a", 100), receipt.GroupConsecutive)
	if len(r.Lines) != 2 || r.Lines[0].Quantity != 2*quantity.One {
		t.Errorf("lines %+v", r.Lines)
	}
}

// A line with a discount given by hand keeps it to itself: what is scanned after
// it neither gets nor dilutes it, however lines are grouped.
func TestGroupingLeavesDiscountsAlone(t *testing.T) {
	for _, g := range receipt.Groupings {
		r := openReceipt()
		add(t, r, article("a", 1000), g)
		if _, err := r.SetDiscount(1, receipt.Manual{BP: 5000}); err != nil {
			t.Fatal(err)
		}
		add(t, r, article("a", 1000), g)
		if len(r.Lines) != 2 || r.Total != 1500 || r.Discount != 500 {
			t.Errorf("%q: total %d, discount %d, lines %d", g, r.Total, r.Discount, len(r.Lines))
		}
	}
}

// The total without promotions does not depend on how equal positions are grouped.
func TestGroupingKeepsTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) receipt.Line {
			l := article(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "sku"), money.Amount(rapid.Int64Range(1, 3).Draw(t, "price")*333))
			l.Quantity *= quantity.Milli(rapid.Int64Range(1, 3).Draw(t, "quantity"))
			l.Batch = rapid.SampledFrom([]string{"", "L"}).Draw(t, "batch")
			return l
		}), 1, 12).Draw(t, "scans")
		var totals []money.Amount
		for _, g := range receipt.Groupings {
			r := openReceipt()
			for _, l := range scans {
				if _, err := r.AddGrouped(l, g); err != nil {
					t.Fatal(err)
				}
			}
			if err := r.Verify(); err != nil {
				t.Fatal(err)
			}
			totals = append(totals, r.Total)
		}
		if totals[0] != totals[1] || totals[1] != totals[2] {
			t.Fatalf("totals %v", totals)
		}
	})
}

// kit is a box with a book at 10 % and a toy at 22 %.
func kit(price money.Amount, added bool) receipt.Line {
	l := article("box", price)
	l.TaxAdded = added
	l.Parts = []receipt.Part{
		{SKU: "book", Quantity: quantity.One, Worth: 20000, TaxBP: 1000},
		{SKU: "toy", Quantity: 2 * quantity.One, Worth: 10000, TaxBP: 2200},
	}
	return l
}

// Computed by hand: 240.00 for a box worth 300.00 is 160.00 of
// book and 80.00 of toys; VAT 160×10/110 = 14.55 and 80×22/122 = 14.43.
func TestKit(t *testing.T) {
	r := openReceipt()
	add(t, r, kit(24000, false), receipt.GroupAny)
	l := r.Lines[0]
	if l.Net != 24000 || l.Tax != 1455+1443 || l.Parts[0].Net != 16000 || l.Parts[1].Net != 8000 {
		t.Errorf("line %+v", l)
	}
	want := []receipt.TaxTotal{{BP: 2200, Base: 8000 - 1443, Tax: 1443}, {BP: 1000, Base: 16000 - 1455, Tax: 1455}}
	if len(r.Tax) != 2 || r.Tax[0] != want[0] || r.Tax[1] != want[1] {
		t.Errorf("tax %+v", r.Tax)
	}
	add(t, r, kit(24000, false), receipt.GroupAny)
	if len(r.Lines) != 1 || r.Lines[0].Quantity != 2*quantity.One {
		t.Errorf("two boxes are %d lines", len(r.Lines))
	}
	if goods := r.Goods(); goods["book"] != 2000 || goods["toy"] != 4000 || goods["box"] != 0 {
		t.Errorf("off the shelf: %v", goods)
	}
	if err := pay(r); err != nil {
		t.Error(err)
	}
	r.Lines[0].Parts[0].Tax++
	if errcode.Of(r.Verify()) != errcode.WrongSum {
		t.Error("a part with another tax verifies")
	}
}

// Whatever the discount and the weights, the parts of a kit add up to its line.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := kit(money.Amount(rapid.Int64Range(1, 1_000_000).Draw(t, "price")), rapid.Bool().Draw(t, "added"))
		for i := range l.Parts {
			l.Parts[i].Worth = money.Amount(rapid.Int64Range(0, 100_000).Draw(t, "worth"))
			l.Parts[i].TaxBP = rapid.SampledFrom([]int64{0, 1000, 2200}).Draw(t, "rate")
		}
		r := openReceipt()
		if _, err := r.AddLine(l); err != nil {
			t.Fatal(err)
		}
		if _, err := r.SetDiscount(1, receipt.Manual{BP: rapid.Int64Range(0, 9000).Draw(t, "off")}); err != nil {
			t.Fatal(err)
		}
		var net, tax money.Amount
		for _, p := range r.Lines[0].Parts {
			net, tax = net+p.Net, tax+p.Tax
		}
		if net != r.Lines[0].Net || tax != r.Lines[0].Tax || net != r.Total {
			t.Fatalf("parts %+v of line %+v", r.Lines[0].Parts, r.Lines[0])
		}
		if err := r.Verify(); err != nil {
			t.Fatal(err)
		}
		if _, err := r.VoidLine(1); err != nil || r.Total != 0 || r.Verify() != nil {
			t.Fatalf("voided: total %d, %v, %v", r.Total, err, r.Verify())
		}
	})
}
