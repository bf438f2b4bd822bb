package register

import (
	"slices"
	"testing"

	"tillsight/shared/quantity"
)

// What is absurd is asked about, once; what is usual is not.
func TestTheAbsurdIsAskedAbout(t *testing.T) {
	weighing := func(text string) func(*register) {
		return func(r *register) {
			s := &weightSheet{form: r.form()}
			s.goods.SKU, s.goods.Unit, s.text = "77", quantity.Kilogram, text
			r.openSheet(s)
		}
	}
	tests := []struct {
		name  string
		open  func(*register)
		press func(*register)
		asks  string // "" for nothing
		call  string
	}{
		{"99 pieces", filled(newQuantity, "99"), settle, "", "quantity 1 ×99000"},
		{"100 pieces", filled(newQuantity, "100"), settle, "100 pc?", "quantity 1 ×100000"},
		{"quick number", func(r *register) { r.find.write("1000") }, func(r *register) { r.basket.quantity() }, "100,000.00 ₽?", "quantity 1 ×1000000"},
		{"19.999 kg", weighing("19,999"), settle, "", "add 77 ×19999"},
		{"20 kg", weighing("20"), settle, "20.000 kg?", "add 77 ×20000"},
		{"cash in", filled(newCash, "99999"), on((*cashSheet).move), "", "cash 9999900 "},
		{"much cash in", filled(newCash, "100000"), on((*cashSheet).move), "100,000.00 ₽?", "cash 10000000 "},
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
	count := func(text string) {
		d.do(func(r *register) { r.sheet.base().text = text; r.sheet.(*shiftSheet).close() })
	}
	count("400")
	d.called("x")
	d.shows("3,000.00 ₽ less than the drawer should hold")
	count("401") // another number is another question
	d.called("x")
	count("401")
	if !slices.Contains(d.fake.calls, "close") {
		t.Fatal("the second press did not close the shift")
	}
	d.shows("Short 2,999.00")
}

func TestQuestionsAreForgottenWithTheirScreen(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	open := filled(newQuantity, "500")
	d.do(open)
	d.do(settle)
	d.do((*register).closeSheet)
	d.do(open)
	n := len(d.fake.calls)
	d.do(settle)
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
