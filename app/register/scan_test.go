package register

import (
	"slices"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/scanner"
	"tillsight/app/ui/uitest"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
)

// fails has the worker refuse the next call.
func (d *tillDesk) fails(code errcode.Code) {
	d.fake.fault = errcode.New(code, "", nil).With("code", "999")
}

// asked fails the test unless the worker got these calls, in this order, since n.
func (d *tillDesk) asked(n int, want ...string) {
	d.Helper()
	if got := d.fake.calls[n:]; !slices.Equal(got, want) {
		d.Fatalf("calls %q, want %q", got, want)
	}
}

func TestNoInputForgetsTheQuantityOfTheNext(t *testing.T) {
	const code = "4607012345678"
	tests := []struct {
		name string
		do   func(*tillDesk)
	}{
		{"a code that is nobody's", func(d *tillDesk) { d.fails(errcode.UnknownBarcode); d.scan("99999999") }},
		{"a code read wrongly", func(d *tillDesk) { d.fails(errcode.BadCheckDigit); d.scan(code) }},
		{"a typed number that is nobody's", func(d *tillDesk) {
			d.fails(errcode.UnknownBarcode)
			d.do(func(r *register) { r.find.write("4"); r.find.enter() })
		}},
		{"goods that can't be sold", func(d *tillDesk) {
			d.fails(errcode.Stopped)
			d.do(func(r *register) { r.find.add("78", r.find.times) })
		}},
		{"goods without a price", func(d *tillDesk) { d.do(func(r *register) { r.find.pick(bridge.Product{NoPrice: true}) }) }},
		{"a text taken back", func(d *tillDesk) { d.do(func(r *register) { r.find.write("milk"); r.escape() }) }},
		{"a text that is no number", func(d *tillDesk) { d.do(func(r *register) { r.find.write("milk"); r.find.toggleTimes(); r.escape() }) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := openTill(t, selling())
			d.do(func(r *register) { r.find.typed("7*") })
			tt.do(d)
			d.shows("×7")
			d.scan(code)
			d.called("scan " + code + " ×7000 typed=false")
			d.shows("×1")
		})
	}
}

func TestAPriceStaysAskedUntilItIsKnown(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.find.priceCheck() })
	d.fails(errcode.UnknownBarcode)
	d.scan("99999999")
	d.scan("4607012345678")
	d.called("price 4607012345678")
	d.shows("Milk: 89.90 ₽ / pc")
}

// Enter sells what the present text has found, whenever the answer comes.
func TestEnterWaitsForTheAnswer(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.find.write("chee") })
	d.shows("Cheese")
	n := len(d.fake.calls)
	d.do(func(r *register) { r.find.write("bread"); r.find.enter() })
	d.asked(n, "search bread", "add 78 ×0")
	n = len(d.fake.calls)
	d.do(func(r *register) { r.find.write("bread"); r.find.enter(); r.find.write("bread2") })
	if slices.Contains(d.fake.calls[n:], "add 78 ×0") {
		t.Error("an Enter sold what a later text found")
	}
}

func TestAGuessIsSoldByTheSecondEnter(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.find.times = quantity.One; r.find.write("qqqq"); r.find.enter() })
	d.called("search qqqq")
	d.shows("Perhaps “Cheese”?")
	enter := scanner.Key{Name: "Enter", Field: true}
	if !d.till.r.key(enter) {
		t.Error("the same Enter, or one by reflex, goes on")
	}
	d.later(time.Second)
	if d.till.r.key(enter) {
		t.Error("Enter is kept from the input line")
	}
	d.do(func(r *register) { r.find.enter() })
	d.called("add 77 ×1000")
}

func TestASheetsNumberIsNotForgotten(t *testing.T) {
	const next = "4600682000013"
	tests := []struct {
		name  string
		sheet func(*register) sheet
		text  string
		calls []string
		note  string // why the scan waits
	}{
		{"quantity", newQuantity, "12", []string{"quantity 1 ×12000", "scan " + next + " ×0 typed=false"}, ""},
		{"no quantity", newQuantity, "", []string{"scan " + next + " ×0 typed=false"}, ""},
		{"no number", newQuantity, "1,5", nil, "whole number"},
		{"discount", newDiscount, "5", []string{"discount {N:1 BP:500 Amount:0 Reason:}", "scan " + next + " ×0 typed=false"}, ""},
		{"discount of letters", newDiscount, "abc", nil, "is not a number"},
		{"discount of more than all", newDiscount, "150", nil, "at most 100"},
		{"absurd quantity", newQuantity, "500", nil, "500 pc? Press once more"},
		{"cash", newCash, "5", nil, "Finish this screen first"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := openTill(t, selling())
			d.scan("4607012345678")
			n := len(d.fake.calls)
			d.do(filled(tt.sheet, tt.text))
			opened := d.till.r.sheet
			d.scan(next)
			d.asked(n, tt.calls...)
			if tt.note != "" {
				d.shows(tt.note)
			}
			if held := tt.note != ""; held != (d.till.r.sheet == opened) {
				t.Errorf("sheet %q", d.till.r.sheetID())
			}
		})
	}
	t.Run("refused after the scan went on", func(t *testing.T) {
		d := openTill(t, selling())
		d.scan("4607012345678")
		d.fake.fault = errcode.New(errcode.DiscountLimit, "", nil).With("limit", "300")
		d.do(filled(newDiscount, "5"))
		d.scan(next)
		d.shows("2 positions", "The limit is 3 %.")
	})
	t.Run("weight", func(t *testing.T) {
		d := openTill(t, selling())
		d.do(func(r *register) { r.find.write("chee") })
		d.do(func(r *register) { r.find.enter() })
		n := len(d.fake.calls)
		d.scan(next)
		d.asked(n)
		d.shows("Type the weight first")
		d.do(func(r *register) { r.input("0,5") })
		d.scan(next)
		d.asked(n, "add 77 ×500", "scan "+next+" ×0 typed=false")
	})
}

// Wherever a code is scanned, it is sold or the screen says why not.
func TestEveryScanIsSoldOrRefusedAloud(t *testing.T) {
	const code = "4607012345678"
	phase := func(p bridge.Phase) bridge.State {
		s := selling()
		s.Phase = p
		return s
	}
	tests := []struct {
		name  string
		state bridge.State
		open  func(*register)
		scan  string
		call  string // the last; "" for none
		shows string
	}{
		{"receipts: goods", selling(), func(r *register) { r.receipts.open() }, code, "scan " + code + " ×0 typed=false", "Item " + code},
		{"receipts: a number", selling(), func(r *register) { r.receipts.open() }, "12-3-000344", "receipts 12-3-000344", "Receipts of this till"},
		{"receipts: no such number", selling(), func(r *register) { r.receipts.open() }, "99", "receipts 99", "No receipt with “99”"},
		{"receipts: typed without a field", selling(), func(r *register) { r.receipts.open(); r.input("344") }, "000", "receipts 000", "Receipts of this till"},
		{"price, typed quickly behind the key of the line", selling(), func(r *register) { r.find.priceCheck() }, "/" + code, "price " + code, "Milk: 89.90 ₽ / pc"},
		{"X report", selling(), (*register).xReport, code, "scan " + code + " ×0 typed=false", "Item " + code},
		{"menu", selling(), func(r *register) { r.openSheet(newMenu(r)) }, code, "scan " + code + " ×0 typed=false", "Item " + code},
		{"price in the menu", selling(), func(r *register) { r.find.priceCheck(); r.openSheet(newMenu(r)) }, code, "price " + code, "Milk: 89.90 ₽ / pc"},
		{"payment", selling(), func(r *register) { r.scanned(code); r.screen = screenPay }, code, "scan " + code + " ×0 typed=false", "2 positions"},
		{"PIN", phase(bridge.PhaseSignedOut), nil, code, "", "Sign in first: type your PIN, then scan."},
		{"no shift", phase(bridge.PhaseNoShift), nil, code, "", "Open the shift first, then scan."},
		{"keys without a meaning", selling(), nil, "", "", "The scanner’s keys can’t be read."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := openTill(t, tt.state)
			if tt.open != nil {
				d.do(tt.open)
			}
			n := len(d.fake.calls)
			if tt.scan == "" {
				d.do((*register).muted)
			} else {
				d.scan(tt.scan)
			}
			if tt.call == "" {
				d.asked(n)
			} else {
				d.called(tt.call)
			}
			d.shows(tt.shows)
		})
	}
}

func TestQuickHandsTypeNumbersNotScans(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) { r.pay.open() })
	d.scan("500")
	d.called("pay r1 [{cash 50000 }]")
	d.shows("Change 400.00 ₽")
	d.do(func(r *register) { r.paid.next(); r.openSheet(newCash(r)) })
	d.scan("700")
	if d.till.r.sheet.base().text != "700" {
		t.Errorf("the sheet's field has %q", d.till.r.sheet.base().text)
	}
	s := selling()
	s.Phase, s.Shift = bridge.PhaseNoShift, nil
	d = openTill(t, s)
	d.scan("3000")
	d.do((*register).submit)
	d.called("open 300000")
}

func TestPlusAndMinusWorkInTheInputLine(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) { r.find.typed("+") })
	d.called("quantity 1 ×2000")
	d.do(func(r *register) { r.find.typed("-") })
	d.called("quantity 1 ×1000")
	d.do(func(r *register) { r.find.typed("a"); r.find.typed("a+") })
	if d.till.r.find.text != "a+" {
		t.Errorf("the input line has %q", d.till.r.find.text)
	}
}

// The reading that somebody's code is counts: of a US keyboard, or of the
// computer's layout.
func TestScannerOfAnotherLayout(t *testing.T) {
	d := openTill(t, selling())
	n := len(d.fake.calls)
	d.fails(errcode.UnknownBarcode)
	d.do(func(r *register) { r.heardCode(scanner.Code{Text: "ZY/12&3456", Local: "YZ-12/3456"}) })
	d.asked(n, "scan ZY/12&3456 ×0 typed=false", "scan YZ-12/3456 ×0 typed=false")
	d.shows("Item YZ-12/3456")
	uitest.Hides(t, d.till, "not in the catalogue")
	d.do(func(r *register) { r.heardCode(scanner.Code{Text: "ZY/12&3456", Local: "YZ-12/3456"}) })
	d.called("scan ZY/12&3456 ×0 typed=false")
}

func TestPrefixOfAScannerIsTakenOff(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.Prefs.ScanPrefix = "*" })
	d.scan("*4607012345678")
	d.called("scan 4607012345678 ×0 typed=false")
	d.scan("4600682000013")
	d.called("scan 4600682000013 ×0 typed=false")
}

func TestPrefixIsSetWhereCodesAreRead(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.askCode() })
	d.scan("*4607012345678")
	d.shows("begins with “*”", "Always take “*” off")
	d.do(on(func(s *codeSheet) { s.setPrefix(scanPrefix(s.text)) }))
	d.shows("“*” is taken off every code", "Keep it from now on")
	for code, want := range map[string]string{"4607012345678": "", "*460": "", "**4607012345678": "**", "]C1460701234": "", "": ""} {
		if got := scanPrefix(code); got != want {
			t.Errorf("%q begins with %q, want %q", code, got, want)
		}
	}
}
