package register

import (
	"testing"

	"tillsight/app/ui/uitest"
)

// The paper names the cashier of the sale, whoever is signed in: on the receipt
// just paid, and on a copy.
func TestPaperNamesTheCashierOfTheSale(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) { r.pay.open() })
	d.do(func(r *register) { r.pay.cash() })
	d.shows("Cashier Clara")
	d.do((*register).printShown)
	uitest.Shows(t, d.till.r.slip.draw(d.till.r), "Cashier Clara")
	d.do(func(r *register) { r.receipts.open() })
	d.shows("Cashier Boris")
	d.do((*register).printShown)
	uitest.Shows(t, d.till.r.slip.draw(d.till.r), "COPY", "Cashier Boris")
	uitest.Hides(t, d.till, "Cashier e2")
}
