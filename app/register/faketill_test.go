package register

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tillsight/app/bridge"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
	wire "tillsight/shared/wire/sync"
)

// fakeTill answers as a till's worker does, with prices that are easy to add up.
type fakeTill struct {
	state bridge.State
	lines []receipt.Line
	calls []string
	fault *errcode.Error // of the next call
	taken money.Amount
	away  [][]receipt.Line
	rows  []bridge.ParkedRow
}

func (f *fakeTill) answer(call string) error {
	f.calls = append(f.calls, call)
	if f.fault == nil {
		return nil
	}
	e := f.fault
	f.fault = nil
	return e
}

func (f *fakeTill) delta(full bool, lines ...receipt.Line) bridge.Delta {
	d := bridge.Delta{ID: "r1", Number: "12-3-000345", State: receipt.Open, Full: full, Lines: lines, Taken: f.taken}
	for _, l := range f.lines {
		if !l.Voided {
			d.Count++
			d.Total += l.Net
		}
	}
	if len(lines) > 0 {
		d.Last = lines[len(lines)-1].N
	}
	return d
}

func (f *fakeTill) add(name string, q quantity.Milli) bridge.Delta {
	if q == 0 {
		q = quantity.One
	}
	l := receipt.Line{N: len(f.lines) + 1, SKU: "1", Name: catalogue.Text{RU: name, EN: name}, Unit: quantity.Piece,
		Quantity: q, Price: 100_00, Gross: q.Cost(100_00), Net: q.Cost(100_00)}
	f.lines = append(f.lines, l)
	return f.delta(false, l)
}

// serve starts the fake behind a link.
func (f *fakeTill) serve(t *testing.T) *Link {
	t.Helper()
	page, worker := bridge.Pair()
	s := bridge.NewServer(worker)
	bridge.Handle(s, bridge.TillState, func(context.Context, bridge.Nothing) (bridge.State, error) { return f.state, f.answer("state") })
	bridge.Handle(s, bridge.TillScan, func(_ context.Context, q bridge.Scan) (bridge.Delta, error) {
		if err := f.answer(fmt.Sprintf("scan %s ×%d typed=%v", q.Code, q.Quantity, q.Typed)); err != nil {
			return bridge.Delta{}, err
		}
		return f.add("Item "+q.Code, q.Quantity), nil
	})
	bridge.Handle(s, bridge.TillAdd, func(_ context.Context, q bridge.Add) (bridge.Delta, error) {
		return f.add("SKU "+string(q.SKU), q.Quantity), f.answer(fmt.Sprintf("add %s ×%d", q.SKU, q.Quantity))
	})
	bridge.Handle(s, bridge.TillVoidLine, func(_ context.Context, q bridge.LineRef) (bridge.Delta, error) {
		f.lines[q.N-1].Voided = true
		return f.delta(false, f.lines[q.N-1]), f.answer(fmt.Sprint("void ", q.N))
	})
	bridge.Handle(s, bridge.TillRestoreLine, func(_ context.Context, q bridge.LineRef) (bridge.Delta, error) {
		f.lines[q.N-1].Voided = false
		return f.delta(false, f.lines[q.N-1]), f.answer(fmt.Sprint("restore ", q.N))
	})
	bridge.Handle(s, bridge.TillSetQuantity, func(_ context.Context, q bridge.SetQuantity) (bridge.Delta, error) {
		l := &f.lines[q.N-1]
		l.Quantity, l.Net = q.Quantity, q.Quantity.Cost(l.Price)
		return f.delta(false, *l), f.answer(fmt.Sprintf("quantity %d ×%d", q.N, q.Quantity))
	})
	bridge.Handle(s, bridge.TillDiscount, func(_ context.Context, q bridge.Discount) (bridge.Delta, error) {
		return f.delta(false), f.answer(fmt.Sprintf("discount %+v", q))
	})
	bridge.Handle(s, bridge.TillCancelReceipt, func(_ context.Context, q bridge.Reason) (bridge.Delta, error) {
		return bridge.Delta{ID: "r1", State: receipt.Cancelled}, f.answer("cancel " + q.Reason)
	})
	bridge.Handle(s, bridge.TillPay, f.pay)
	f.serveRest(s)
	f.serveParked(s)
	if err := s.Serve(); err != nil {
		t.Fatal(err)
	}
	return &Link{Start: func() (bridge.Port, error) { return page, nil }}
}

func (f *fakeTill) pay(_ context.Context, q bridge.Pay) (bridge.Paid, error) {
	if err := f.answer(fmt.Sprintf("pay %s %v", q.ID, q.Tenders)); err != nil {
		return bridge.Paid{}, err
	}
	total := f.delta(true).Total
	paid := receipt.Receipt{ID: q.ID, Number: "12-3-000345", State: receipt.Paid, Lines: f.lines, Total: total,
		Tenders: q.Tenders, Tax: []receipt.TaxTotal{{BP: 2000, Base: 100_00, Tax: 20_00}}}
	for _, tender := range q.Tenders {
		paid.Change += tender.Amount
	}
	paid.Change -= total
	f.lines, f.taken = nil, 0
	paid.Cashier = "e3"
	return bridge.Paid{Receipt: paid, Cashier: "Clara"}, nil
}

func (f *fakeTill) serveRest(s *bridge.Server) {
	bridge.Handle(s, bridge.TillTakeCard, func(_ context.Context, q bridge.CardPart) (bridge.Delta, error) {
		f.taken = q.Amount
		return f.delta(false), f.answer(fmt.Sprintf("card %d", q.Amount))
	})
	bridge.Handle(s, bridge.TillSearch, func(_ context.Context, q bridge.Search) ([]bridge.Hit, error) {
		if q.Text == "zzz" {
			return nil, f.answer("search " + q.Text)
		}
		cheese := bridge.Hit{Product: bridge.Product{Amount: 799_90}}
		cheese.Guess = strings.HasPrefix(q.Text, "qq")
		if strings.HasPrefix(q.Text, "bread") {
			cheese.SKU, cheese.Name, cheese.Unit = "78", catalogue.Text{RU: "Хлеб", EN: "Bread"}, quantity.Piece
			return []bridge.Hit{cheese}, f.answer("search " + q.Text)
		}
		cheese.SKU, cheese.Name, cheese.Unit = "77", catalogue.Text{RU: "Сыр", EN: "Cheese"}, quantity.Kilogram
		return []bridge.Hit{cheese}, f.answer("search " + q.Text)
	})
	bridge.Handle(s, bridge.TillPriceCheck, func(_ context.Context, q bridge.Scan) (bridge.Product, error) {
		if err := f.answer("price " + q.Code); err != nil {
			return bridge.Product{}, err
		}
		milk := bridge.Product{Amount: 89_90}
		milk.Name, milk.Unit = catalogue.Text{RU: "Молоко", EN: "Milk"}, quantity.Piece
		return milk, nil
	})
	bridge.Handle(s, bridge.TillQuickKeys, func(context.Context, bridge.Nothing) ([]bridge.QuickGroup, error) {
		bag := bridge.Product{Amount: 7_90}
		bag.SKU, bag.Name, bag.Unit = "9", catalogue.Text{RU: "Пакет", EN: "Bag"}, quantity.Piece
		return []bridge.QuickGroup{{ID: "Goods", Name: catalogue.Text{RU: "Goods"}, Keys: []bridge.Product{bag}}}, nil
	})
	bridge.Handle(s, bridge.TillSignIn, func(_ context.Context, q bridge.SignIn) (bridge.State, error) {
		if err := f.answer("sign in " + q.PIN); err != nil {
			return bridge.State{}, err
		}
		f.state.Phase = bridge.PhaseNoShift
		return f.state, nil
	})
	bridge.Handle(s, bridge.TillEnrol, func(_ context.Context, q wire.EnrolRequest) (bridge.State, error) {
		if err := f.answer("enrol " + q.Code); err != nil {
			return bridge.State{}, err
		}
		f.state.Phase = bridge.PhaseSignedOut
		return f.state, nil
	})
	bridge.Handle(s, bridge.TillOpenShift, func(_ context.Context, q bridge.Float) (bridge.State, error) {
		f.state.Phase = bridge.PhaseSelling
		f.state.Shift = &shift.Shift{Number: 214, Float: q.Amount}
		return f.state, f.answer(fmt.Sprint("open ", q.Amount))
	})
	bridge.Handle(s, bridge.TillXReport, func(context.Context, bridge.Nothing) (bridge.ShiftReport, error) {
		return bridge.ShiftReport{Shift: shift.Shift{Number: 214, Float: 3000_00, Cash: 3400_00}}, f.answer("x")
	})
	bridge.Handle(s, bridge.TillMoveCash, func(_ context.Context, q bridge.CashMove) (bridge.State, error) {
		return f.state, f.answer(fmt.Sprintf("cash %d %s", q.Amount, q.Reason))
	})
	bridge.Handle(s, bridge.TillCloseShift, func(_ context.Context, q bridge.CloseShift) (bridge.ShiftReport, error) {
		f.state.Phase, f.state.Shift = bridge.PhaseNoShift, nil
		return bridge.ShiftReport{Z: true, Shift: shift.Shift{Number: 214, Cash: 3400_00, Counted: q.Counted, Closed: 1}}, f.answer("close")
	})
	bridge.Handle(s, bridge.TillReceipts, func(_ context.Context, q bridge.Receipts) ([]bridge.ReceiptRow, error) {
		if q.Text == "99" {
			return nil, f.answer("receipts " + q.Text)
		}
		return []bridge.ReceiptRow{{ID: "r0", Number: "12-3-000344", State: receipt.Paid, Total: 50_00, Count: 1}}, f.answer("receipts " + q.Text)
	})
	bridge.Handle(s, bridge.TillReceipt, func(_ context.Context, q bridge.ReceiptRef) (bridge.Shown, error) {
		return bridge.Shown{Receipt: receipt.Receipt{ID: q.ID, Number: "12-3-000344", State: receipt.Paid, Cashier: "e2", Total: 50_00}, CashierName: "Boris"}, f.answer("receipt " + q.ID)
	})
}

// serveParked answers what is asked about parked receipts.
func (f *fakeTill) serveParked(s *bridge.Server) {
	bridge.Handle(s, bridge.TillPark, func(_ context.Context, q bridge.Park) (bridge.Parked, error) {
		if err := f.answer("park " + q.Note); err != nil {
			return bridge.Parked{}, err
		}
		total := f.delta(true).Total
		f.away, f.lines = append(f.away, f.lines), nil
		row := bridge.ParkedRow{ID: fmt.Sprint("p", len(f.away)), Number: "12-3-000345", Total: total, Count: 1, Own: true, Note: q.Note, Till: 3}
		f.rows = append([]bridge.ParkedRow{row}, f.rows...)
		return bridge.Parked{Row: row, Count: len(f.rows), Slip: bridge.ParkedSlip{Row: row, Parts: []string{"TSP1ABCDEFGH00234"}}}, nil
	})
	bridge.Handle(s, bridge.TillParked, func(context.Context, bridge.Nothing) (bridge.ParkedList, error) {
		return bridge.ParkedList{Rows: f.rows}, f.answer("parked")
	})
	back := func(call string) (bridge.Recalled, error) {
		if err := f.answer(call); err != nil {
			return bridge.Recalled{}, err
		}
		f.lines, f.away = f.away[0], f.away[1:]
		row := f.rows[0]
		f.rows = f.rows[1:]
		return bridge.Recalled{Delta: f.delta(true, f.lines...), Row: row, How: "own", Newer: 1}, nil
	}
	bridge.Handle(s, bridge.TillRecall, func(_ context.Context, q bridge.Recall) (bridge.Recalled, error) { return back("recall " + q.ID) })
	bridge.Handle(s, bridge.TillRecallSlip, func(_ context.Context, q bridge.SlipScan) (bridge.Recalled, error) {
		if q.Text == "TSP1ABCDEFGH01SECONDPART" {
			return bridge.Recalled{Part: 2, Parts: 3, Missing: []int{1, 3}}, f.answer("slip " + q.Text)
		}
		return back("slip " + q.Text)
	})
}
