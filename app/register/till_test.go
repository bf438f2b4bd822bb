package register

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui/uitest"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/shift"
	"tillsight/shared/staff"
)

// selling is the state of a till with an open shift.
func selling() bridge.State {
	return bridge.State{
		Phase: bridge.PhaseSelling, Sync: bridge.Sync{Online: true}, Till: 3, Products: 100_000,
		Store: catalogue.Store{ID: "12", Name: catalogue.Text{RU: "Магазин 12", EN: "Store 12"}, Zone: "UTC", Currency: money.RUB},
		Shift: &shift.Shift{Number: 214},
		Cashier: &bridge.Cashier{ID: "e1", Name: "Anna", Role: staff.Manager, DiscountBP: 3000,
			Rights: []staff.Right{staff.VoidLine, staff.CancelReceipt, staff.Discount, staff.CashMove, staff.CloseShift}},
	}
}

// desk is a till page in a test.
type tillDesk struct {
	*testing.T
	engine app.TestEngine
	till   *Till
	fake   *fakeTill
}

func openTill(t *testing.T, state bridge.State) *tillDesk {
	t.Helper()
	fake := &fakeTill{state: state}
	till := &Till{Link: fake.serve(t)}
	d := &tillDesk{T: t, engine: uitest.Load(t, till), till: till, fake: fake}
	d.do(func(r *register) { r.Lang = i18n.EN; r.Now = func() time.Time { return time.Unix(1795332720, 0) } })
	return d
}

// do acts on the UI goroutine and lets everything settle.
func (d *tillDesk) do(f func(*register)) {
	d.Helper()
	d.till.r.On(func() { f(d.till.r) })
	d.engine.ConsumeAll()
	d.engine.ConsumeAll()
}

func (d *tillDesk) scan(code string) { d.Helper(); d.do(func(r *register) { r.scanned(code) }) }

func (d *tillDesk) shows(texts ...string) { d.Helper(); uitest.Shows(d.T, d.till, texts...) }

// called fails unless the worker got this call last.
func (d *tillDesk) called(want string) {
	d.Helper()
	if len(d.fake.calls) == 0 || d.fake.calls[len(d.fake.calls)-1] != want {
		d.Fatalf("calls %q, want %q last", d.fake.calls, want)
	}
}

func TestPhases(t *testing.T) {
	at := func(p bridge.Phase, change func(*bridge.State)) bridge.State {
		s := selling()
		s.Phase = p
		if change != nil {
			change(&s)
		}
		return s
	}
	none := func(*bridge.State) {}
	tests := []struct {
		name   string
		state  bridge.State
		en, ru []string
	}{
		{"starting", at(bridge.PhaseStarting, none), []string{"Opening the till"}, []string{"Открываем кассу"}},
		{"new", at(bridge.PhaseNew, none), []string{"Set up this till", "One-time code"}, []string{"Настройка кассы", "Одноразовый код"}},
		{"elsewhere", at(bridge.PhaseElsewhere, none), []string{"open in another tab", "Take over here"}, []string{"открыта в другой вкладке", "Продолжить здесь"}},
		{"refused", at(bridge.PhaseRefused, func(s *bridge.State) { s.Fault = errcode.New(errcode.NoStorage, "", nil) }),
			[]string{"can’t sell now", "no safe storage", "storage.missing", "What to do", "HTTPS"},
			[]string{"не может продавать", "storage.missing", "Что делать", "HTTPS"}},
		{"signed out", at(bridge.PhaseSignedOut, none), []string{"Store 12 · Till 3", "100,000 products", "Enter your PIN"},
			[]string{"Магазин 12 · Касса 3", "100 000 товаров", "Введите PIN-код"}},
		{"notices", at(bridge.PhaseSignedOut, func(s *bridge.State) {
			s.Notices = []*errcode.Error{errcode.New(errcode.JournalTorn, "", nil).With("bytes", "17")}
		}), []string{"17 bytes of an unfinished entry", "journal.torn"}, []string{"17 байт незаконченной записи"}},
		{"no shift", at(bridge.PhaseNoShift, none), []string{"Open the shift", "Hello, Anna", "Cash in the drawer"}, []string{"Открытие смены", "Наличные в ящике"}},
		{"selling", selling(), []string{"Store 12", "Till 3", "Shift 214", "stored · all sent", "Scan the first item", "Total", "0.00 ₽", "Bag", "Price check", "F2", "Pay", "F12"},
			[]string{"Смена 214", "сохранено · всё отправлено", "Отсканируйте первый товар", "Итого", "0,00 ₽", "Пакет", "Оплата"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := openTill(t, tt.state)
			d.shows(tt.en...)
			d.do(func(r *register) { r.setLang(i18n.RU) })
			d.shows(tt.ru...)
		})
	}
}

func TestFromCodeToFirstSale(t *testing.T) {
	s := selling()
	s.Phase, s.Shift = bridge.PhaseNew, nil
	d := openTill(t, s)
	d.fake.fault = errcode.New(errcode.CodeExpired, "", nil)
	d.do(func(r *register) { r.gate.text = " 4kx2-9p "; r.gate.enrol() })
	d.shows("This code has expired", "enrol.code_expired")
	d.do(func(r *register) { r.gate.enrol() })
	d.called("enrol 4KX2-9P")
	d.shows("Enter your PIN")
	d.fake.fault = errcode.New(errcode.WrongPIN, "", nil).With("seconds", "2")
	d.do(func(r *register) { r.input("0000"); r.submit() })
	d.shows("Wrong PIN. Next try in 2 s.", "pin.wrong")
	d.do(func(r *register) {
		r.Now = func() time.Time { return time.Unix(1795332721, 100_000_000) }
		r.gate.tickDown(errcode.WrongPIN)
	})
	d.shows("Next try in 1 s.")
	d.do(func(r *register) {
		r.Now = func() time.Time { return time.Unix(1795332722, 0) }
		r.gate.tickDown(errcode.WrongPIN)
	})
	uitest.Hides(t, d.till, "Next try")
	d.do(func(r *register) { r.input("12"); r.scanned("34") }) // the end comes as fast as a scan
	d.called("sign in 1234")
	d.do(func(r *register) { r.input("3000,50"); r.submit() })
	d.called("open 300050")
	d.scan("4607012345678")
	d.shows("Receipt 12-3-000345", "1 position", "Item 4607012345678", "100.00", "Total", "100.00 ₽")
}

func TestScans(t *testing.T) {
	d := openTill(t, selling())
	for i := range 30 {
		d.till.r.On(func() { d.till.r.scanned(fmt.Sprintf("460%010d", i)) })
	}
	d.do(func(*register) {})
	if n := d.till.r.basket.Len(); n != 30 {
		t.Fatalf("%d lines after 30 scans", n)
	}
	for i := range 30 {
		l, _ := d.till.r.basket.Line(i + 1)
		if want := fmt.Sprintf("Item 460%010d", i); l.Name.EN != want {
			t.Fatalf("line %d is %q, want %q", i+1, l.Name.EN, want)
		}
	}
	d.shows("30 positions", "3,000.00 ₽")
	d.fake.fault = errcode.New(errcode.UnknownBarcode, "", nil).With("code", "999")
	d.scan("99999999")
	d.shows("Code 999 is not in the catalogue", "barcode.unknown")
	d.scan("4607012345678")
	uitest.Hides(t, d.till, "barcode.unknown")
}

func TestInputLine(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.find.typed("/3*") })
	d.shows("×3")
	d.do(func(r *register) { r.find.write("4011"); r.find.enter() })
	if !slices.Contains(d.fake.calls, "scan 4011 ×3000 typed=true") {
		t.Fatalf("calls %q", d.fake.calls)
	}
	d.do(func(r *register) { r.find.write("chee") })
	d.shows("Cheese", "799.90 ₽ / kg")
	d.do(func(r *register) { r.find.enter() })
	if d.till.r.sheetID() != "sheet-weight" {
		t.Fatalf("sheet %q, want the weight", d.till.r.sheetID())
	}
	d.do(func(r *register) { r.sheet.base().text = "0,842"; settle(r) })
	d.called("add 77 ×842")
	d.do(func(r *register) { r.find.write("zzz") })
	d.shows("Nothing found for “zzz”")
	d.do(func(r *register) { r.escape() })
	uitest.Hides(t, d.till, "Nothing found")
	d.do(func(r *register) { r.act(actions[0]); r.scanned("4607012345678") })
	d.called("price 4607012345678")
	d.shows("Milk: 89.90 ₽ / pc")
}

func TestVoidCanBeUndone(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.scan("4600682000013")
	d.do(func(r *register) { r.basket.Chosen = 1; r.basket.void() })
	d.called("void 1")
	d.shows("voided", "100.00 ₽", "Line 1 voided", "Bring back")
	d.do(func(r *register) { r.Strip.Offers[0].Do() })
	d.called("restore 1")
	d.shows("200.00 ₽")
	uitest.Hides(t, d.till, "Line 1 voided")
}

func TestOneMoreOneLess(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) { r.input("+") })
	d.called("quantity 1 ×2000")
	d.shows("200.00 ₽", "Line 1: 2 instead of 1", "Bring back")
	d.do(func(r *register) { r.Strip.Offers[0].Do() })
	d.called("quantity 1 ×1000")
	before := len(d.fake.calls)
	d.do(func(r *register) { r.input("-") })
	if len(d.fake.calls) != before {
		t.Error("none of a line was asked for")
	}
}

func TestLetters(t *testing.T) {
	d := openTill(t, selling())
	uitest.Hides(t, d.till, "space")
	d.do(func(r *register) { r.find.toggleLetters() })
	d.shows("q", "w", "space", "Add")
	uitest.Hides(t, d.till, "Void line")
	d.do(func(r *register) { r.find.write(r.find.text + "c"); r.find.write(r.find.text + "h") })
	d.shows("Cheese")
}

func TestRights(t *testing.T) {
	s := selling()
	s.Cashier.Rights = nil
	d := openTill(t, s)
	d.scan("4607012345678")
	for _, a := range actions {
		if a.right == "" {
			continue
		}
		before := len(d.fake.calls)
		d.do(func(r *register) { r.act(a) })
		d.shows("Needs the rights")
		if len(d.fake.calls) != before || d.till.r.sheet != nil {
			t.Errorf("%s was done without the right", a.id)
		}
	}
}

func TestQuantityAndDiscount(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) { r.find.write("5"); r.basket.quantity() })
	d.called("quantity 1 ×5000")
	d.shows("500.00 ₽")
	d.do(filled(newDiscount, "12,5"))
	d.do(settle)
	d.called("discount {N:1 BP:1250 Amount:0 Reason:}")
	d.do(func(r *register) {
		s := newDiscount(r).(*discountSheet)
		s.sum, s.whole, s.text = true, true, "40"
		r.openSheet(s)
		settle(r)
	})
	d.called("discount {N:0 BP:0 Amount:4000 Reason:}")
	d.fake.fault = errcode.New(errcode.DiscountLimit, "", nil).With("limit", "3000")
	d.do(filled(newDiscount, "50"))
	d.do(settle)
	d.shows("Discount on line 1", "The limit is 30 %.", "discount.limit")
}

func TestCancelNamesTheReceiptAndRefusesScans(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) { r.openSheet(newCancel(r)) })
	d.shows("Cancel receipt 12-3-000345?", "1 position, 100.00 ₽", "can’t be undone")
	before := len(d.fake.calls)
	d.scan("4600682000013")
	d.shows("Finish this screen first")
	if len(d.fake.calls) != before {
		t.Error("a scan went through the question")
	}
	d.do(on(func(s *cancelSheet) { s.why.text = "customer left"; s.cancel() }))
	d.called("cancel customer left")
	d.shows("Scan the first item", "0.00 ₽")
}

func TestPaying(t *testing.T) {
	steps := func(all ...func(*register)) []func(*register) { return all }
	tests := []struct {
		name   string
		pay    []func(*register)
		call   string
		change string
	}{
		{"exact cash", steps(func(r *register) { r.pay.cash() }), "pay r1 [{cash 20000 }]", "No change 0.00 ₽"},
		{"likely sum", steps(func(r *register) { r.pay.handed(500_00) }), "pay r1 [{cash 50000 }]", "Change 300.00 ₽"},
		{"typed sum", steps(func(r *register) { r.input("250,5"); r.pay.cash() }), "pay r1 [{cash 25050 }]", "Change 50.50 ₽"},
		{"card", steps(func(r *register) { r.pay.card() }), "pay r1 [{card 20000 }]", "No change 0.00 ₽"},
		{"card and cash", steps(func(r *register) { r.input("150"); r.pay.card() }, func(r *register) { r.pay.handed(100_00) }), "pay r1 [{card 15000 } {cash 10000 }]", "Change 50.00 ₽"},
		{"card in two parts", steps(func(r *register) { r.input("150"); r.pay.card() }, func(r *register) { r.pay.card() }), "pay r1 [{card 20000 }]", "No change 0.00 ₽"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := openTill(t, selling())
			d.scan("4607012345678")
			d.scan("4600682000013")
			d.do(func(r *register) { r.pay.open() })
			d.shows("To pay", "200.00 ₽", "Exact", "250", "300", "500", "1,000", "Card", "Cash")
			for _, step := range tt.pay {
				d.do(step)
			}
			d.called(tt.call)
			d.shows("SALES RECEIPT", "Receipt 12-3-000345", "TOTAL 200.00 ₽", "VAT 20 % of 100.00", "Paid", tt.change)
			d.scan("4607012345678")
			d.shows("Receipt 12-3-000345", "1 position")
			uitest.Hides(t, d.till, "The next receipt starts")
		})
	}
}

func TestPayingRefuses(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.pay.open() })
	d.shows("nothing to pay for", "receipt.empty")
	d.scan("4607012345678")
	d.do(func(r *register) { r.pay.open(); r.input("40"); r.pay.cash() })
	d.shows("60.00 ₽ is missing")
	d.do(func(r *register) { r.pay.text = "400"; r.pay.card() })
	d.shows("A card can’t pay more", "tender.card_overpaid")
	d.fake.fault = errcode.New(errcode.StorageFull, "", nil)
	d.do(func(r *register) { r.pay.text = ""; r.pay.cash() })
	d.shows("The storage of this device is full", "storage.full")
	d.do(func(r *register) { r.pay.cash() })
	d.called("pay r1 [{cash 10000 }]")
	d.shows("Paid")
}

func TestCardPartSurvivesGoingBack(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) { r.pay.open(); r.input("30"); r.pay.card(); r.escape(); r.pay.open() })
	d.shows("Left to pay", "70.00 ₽", "Taken by card 30.00 ₽")
}

func TestShiftEnd(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.xReport() })
	d.shows("X report", "Shift 214", "Float 3,000.00", "Cash in the drawer 3,400.00 ₽")
	d.do(func(r *register) { r.escape(); r.askClose() })
	d.shows("Close shift 214", "3,400.00 ₽")
	d.do(on(func(s *shiftSheet) { s.text = "3390"; s.close() }))
	d.shows("Z report · The shift is closed", "Counted 3,390.00", "Short 10.00")
	d.do(func(r *register) { r.escape() })
	d.shows("Open the shift")
}

func TestShiftStaysWhileAReceiptIsOpen(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) { r.askClose() })
	d.shows("A receipt is open", "shift.receipt_open")
}

func TestReceiptList(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.receipts.open() })
	d.shows("Receipts of this till", "12-3-000344", "50.00 ₽", "paid", "TOTAL 50.00 ₽", "Print again")
	d.scan("12-3-000344")
	d.called("receipts 12-3-000344")
}

func TestLongReceiptDrawsAWindow(t *testing.T) {
	d := openTill(t, selling())
	for range 1000 {
		d.fake.add("x", 0)
	}
	d.do(func(r *register) { r.basket.changed(d.fake.delta(true, d.fake.lines...)) })
	if n := strings.Count(app.HTMLString(d.till), `class="line-sum"`); n > 40 {
		t.Errorf("%d of 1000 lines are drawn", n)
	}
	d.shows("1,000 positions", "1000 x", "100,000.00 ₽")
}

func TestKeysMoveThroughALongReceipt(t *testing.T) {
	d := openTill(t, selling())
	for range 1000 {
		d.fake.add("x", 0)
	}
	d.do(func(r *register) { r.basket.changed(d.fake.delta(true, d.fake.lines...)) })
	step := func(c command, want int) {
		t.Helper()
		d.do(func(r *register) { r.command(c) })
		line, _ := d.till.r.basket.Current()
		if line.N != want {
			t.Errorf("after %s line %d, want %d", c, line.N, want)
		}
		if drawn := app.HTMLString(app.Div().Body(d.till.r.basket.Draw()...)); !strings.Contains(drawn, fmt.Sprintf("data-n=\"%d\"", want)) {
			t.Errorf("line %d is not among the drawn", want)
		}
	}
	step(commandUp, 999)
	step(commandPageUp, 990)
	step(commandFirst, 1)
	step(commandPageDn, 10)
	step(commandUp, 9)
	step(commandLast, 1000)
}

func TestWorkerIsStartedAgain(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.till.r.link = &Link{Start: func() (bridge.Port, error) {
		fresh := &fakeTill{state: selling(), lines: d.fake.lines}
		full := fresh.delta(true, fresh.lines...)
		fresh.state.Receipt = &full
		return fresh.serve(t).Start()
	}}
	d.do(func(r *register) { r.gone(r.Client, errcode.New(errcode.Internal, "worker", nil)) })
	d.shows("Item 4607012345678", "100.00 ₽")
	for range 3 {
		d.do(func(r *register) { r.gone(r.Client, errcode.New(errcode.Internal, "worker", nil)) })
	}
	d.shows("can’t sell now", "Everything sold before is stored.")
}
