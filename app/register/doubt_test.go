package register

import (
	"slices"
	"testing"

	"tillsight/shared/quantity"
)

// What is absurd is asked about, once; what is usual is not.
func TestTheAbsurdIsAskedAbout(t *testing.T) {
	sheetWith := func(s sheet, text string) func(*register) {
		return func(r *register) { r.openSheet(s); r.form.text = text }
	}
	tests := []struct {
		name  string
		open  func(*register)
		press func(*register)
		asks  string // "" for nothing
		call  string
	}{
		{"99 pieces", sheetWith(sheetQuantity, "99"), (*register).setQuantity, "", "quantity 1 ×99000"},
		{"100 pieces", sheetWith(sheetQuantity, "100"), (*register).setQuantity, "100 pc?", "quantity 1 ×100000"},
		{"quick number", func(r *register) { r.find.write("1000") }, func(r *register) { r.basket.quantity() }, "100,000.00 ₽?", "quantity 1 ×1000000"},
		{"19.999 kg", func(r *register) {
			r.openSheet(sheetWeight)
			r.form.weigh.SKU, r.form.weigh.Unit, r.form.text = "77", quantity.Kilogram, "19,999"
		}, (*register).setQuantity, "", "add 77 ×19999"},
		{"20 kg", func(r *register) {
			r.openSheet(sheetWeight)
			r.form.weigh.SKU, r.form.weigh.Unit, r.form.text = "77", quantity.Kilogram, "20"
		}, (*register).setQuantity, "20.000 kg?", "add 77 ×20000"},
		{"cash in", sheetWith(sheetCash, "99999"), (*register).moveCash, "", "cash 9999900 "},
		{"much cash in", sheetWith(sheetCash, "100000"), (*register).moveCash, "100,000.00 ₽?", "cash 10000000 "},
		{"change", func(r *register) { r.pay.open(); r.pay.text = "5100" }, func(r *register) { r.pay.cash() }, "", "pay r1 [{cash 510000 }]"},
		{"much change", func(r *register) { r.pay.open(); r.pay.text = "5101" }, func(r *register) { r.pay.cash() }, "Change of 5,001.00 ₽?", "pay r1 [{cash 510100 }]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := openTill(t, selling())
			d.scan("4607012345678")
			n := len(d.fake.calls)
			d.do(tt.open)
			d.do(tt.press)
			if tt.asks != "" {
				d.shows(tt.asks)
				for _, call := range d.fake.calls[n:] {
					if call == tt.call {
						t.Fatalf("%s without a question", call)
					}
				}
				d.do(tt.press)
			}
			d.called(tt.call)
		})
	}
}

func TestACountFarFromTheDrawerIsAskedAbout(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.askClose() })
	d.do(func(r *register) { r.form.text = "400"; r.closeShift() })
	d.called("x")
	d.shows("3,000.00 ₽ less than the drawer should hold")
	d.do(func(r *register) { r.form.text = "401"; r.closeShift() }) // another number is another question
	d.called("x")
	d.do(func(r *register) { r.closeShift() })
	if !slices.Contains(d.fake.calls, "close") {
		t.Fatal("the second press did not close the shift")
	}
	d.shows("Short 2,999.00")
}

func TestQuestionsAreForgottenWithTheirScreen(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	open := func(r *register) { r.openSheet(sheetQuantity); r.form.text = "500" }
	d.do(open)
	d.do((*register).setQuantity)
	d.do((*register).closeSheet)
	d.do(open)
	n := len(d.fake.calls)
	d.do((*register).setQuantity)
	d.asked(n)
	d.shows("500 pc?")
}

// A hundred and more of the next goods are asked about too.
func TestManyOfTheNext(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.find.typed("500*") })
	d.shows("×1", "500 of the next item?")
	d.do(func(r *register) { r.find.typed("500*") })
	d.shows("×500")
}
