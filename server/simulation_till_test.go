package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/opfs"
	"tillsight/app/worker/till"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/sync"
)

// simTill is a register with its disk, its clock and its customers' receipts.
type simTill struct {
	*till.Session
	w       *simWorld
	number  int
	disk    *opfs.Memory
	skew    time.Duration // how far the device's clock is ahead
	ids     int
	shown   bridge.Delta               // the open receipt as the screen shows it
	printed map[string]receipt.Receipt // what customers took home, by ID
	cutting bool                       // the power goes off at one of the next writes
	unsure  string                     // ID of a receipt whose payment was not answered
}

// start runs the register's program on the disk there is.
func (till *simTill) start() {
	till.Session = newSimSession(till)
	till.Open(till.w.t.Context())
}

func newSimSession(s *simTill) *till.Session {
	return till.New(till.Options{
		Dir:      func() (opfs.Dir, error) { return s.disk, nil },
		Storage:  func() (opfs.Facts, error) { return opfs.Facts{Persisted: true}, nil },
		Election: simElection{},
		Network:  simNetwork{s.w},
		Now:      func() time.Time { return s.w.now.Add(s.skew) },
		Zone:     func(string, time.Time) (int, error) { return 180, nil },
		Random:   s.w.random.Float64,
		NewID: func() string {
			s.ids++
			return fmt.Sprintf("%d-%d", s.number, s.ids)
		},
		HashPIN: simHash,
	})
}

// simElection is the only tab there is.
type simElection struct{}

func (simElection) Acquire(context.Context, time.Duration) (bool, error) { return true, nil }
func (simElection) Release()                                             {}
func (simElection) AskOthers() error                                     { return nil }
func (simElection) OnAsked(func()) error                                 { return nil }

func (till *simTill) enrol() {
	code, err := till.w.server.devices.NewCode("5", till.number)
	if err != nil {
		till.w.fatalf("code: %v", err)
	}
	state, err := till.Enrol(till.w.t.Context(), wire.EnrolRequest{Code: code.Code})
	if err != nil || state.Phase != bridge.PhaseSignedOut {
		till.w.fatalf("enrol till %d: phase %s, %v, %v", till.number, state.Phase, state.Sync.Problem, err)
	}
	till.resume()
}

// resume signs in after a start, opens a shift when none is open, and asks
// again for the receipt whose payment was not answered.
func (till *simTill) resume() {
	state, err := till.SignIn(till.w.t.Context(), bridge.SignIn{PIN: simPIN})
	if err != nil {
		till.w.fatalf("till %d: sign in: %v", till.number, err)
	}
	if state.Phase == bridge.PhaseNoShift {
		if state, err = till.OpenShift(till.w.t.Context(), bridge.Float{Amount: 10000}); err != nil {
			till.w.fatalf("till %d: open shift: %v", till.number, err)
		}
	}
	before := till.shown
	till.shown = *state.Receipt
	if till.unsure == "" {
		till.sameReceipt(before)
		return
	}
	unsure := till.unsure
	till.unsure = ""
	if till.shown.ID == unsure {
		return // it was not paid: the cashier sees it open
	}
	paid, err := till.Pay(till.w.t.Context(), bridge.Pay{ID: unsure})
	if err != nil {
		if errcode.Of(err) == errcode.ReceiptState {
			return // it had been cancelled
		}
		till.w.fatalf("till %d: receipt %s is neither open nor paid: %v", till.number, unsure, err)
	}
	till.printed[unsure] = paid.Receipt
}

// sameReceipt checks that the receipt on the screen came back. One more change
// than was answered may be there.
func (till *simTill) sameReceipt(before bridge.Delta) {
	if before.State != receipt.Open {
		return
	}
	if till.shown.ID != before.ID || till.shown.Count < before.Count-1 || till.shown.Count > before.Count+1 {
		till.w.fatalf("till %d: receipt %s of %d lines came back as %s of %d",
			till.number, before.ID, before.Count, till.shown.ID, till.shown.Count)
	}
}

// restart ends the program as a closed tab does.
func (till *simTill) restart() {
	till.Close()
	if till.cutting {
		till.crash()
		return
	}
	till.disk = till.disk.Reopen()
	till.start()
	till.resume()
}

// cutPower lets the power go off at one of the next writes.
func (till *simTill) cutPower() {
	last := till.disk.Calls() + till.w.random.IntN(40)
	till.cutting = true
	till.disk.Before = func(n int, _, _ string) error {
		if n > last {
			return errcode.New(errcode.StorageFault, "power", errors.New("cut"))
		}
		return nil
	}
}

// crash is the power cut with the start after it.
func (till *simTill) crash() {
	till.disk = till.disk.Crash(till.w.random)
	till.cutting = false
	till.start()
	till.resume()
}

// scan sells something.
func (till *simTill) scan() {
	d, err := till.Scan(till.w.t.Context(), bridge.Scan{
		Code:     simCode(till.w.random.IntN(simProducts)),
		Quantity: quantity.Milli(till.w.random.IntN(3)) * quantity.One,
	})
	if !till.fell(err) {
		till.shown = d
	}
}

// pay closes the receipt, and sometimes the finger slips twice.
func (till *simTill) pay() {
	if till.shown.Count == 0 {
		return
	}
	q := bridge.Pay{ID: till.shown.ID, Tenders: []receipt.Tender{{Kind: receipt.Cash, Amount: till.shown.Total + 1000}}}
	till.unsure = q.ID
	for range 1 + till.w.random.IntN(2) {
		paid, err := till.Pay(till.w.t.Context(), q)
		if till.fell(err) {
			return
		}
		till.printed[q.ID] = paid.Receipt
	}
	till.shown, till.unsure = bridge.Delta{}, ""
}

// edit voids, restores, changes or cancels.
func (till *simTill) edit() {
	if till.shown.State != receipt.Open {
		return
	}
	n := 1 + till.w.random.IntN(max(1, till.shown.Last))
	var d bridge.Delta
	var err error
	switch till.w.random.IntN(4) {
	case 0:
		d, err = till.VoidLine(till.w.t.Context(), bridge.LineRef{N: n})
	case 1:
		d, err = till.RestoreLine(till.w.t.Context(), bridge.LineRef{N: n})
	case 2:
		d, err = till.SetQuantity(till.w.t.Context(), bridge.SetQuantity{N: n, Quantity: 2 * quantity.One})
	default:
		till.unsure = till.shown.ID
		if d, err = till.CancelReceipt(till.w.t.Context(), bridge.Reason{Reason: "changed her mind"}); err == nil {
			till.unsure = ""
		}
	}
	switch errcode.Of(err) {
	case errcode.LineVoided, errcode.ReceiptState, errcode.NoLine:
		return
	}
	if !till.fell(err) {
		till.shown = d
	}
}

// turnShift closes the shift and opens the next.
func (till *simTill) turnShift() {
	if till.shown.State == receipt.Open {
		return
	}
	if _, err := till.CloseShift(till.w.t.Context(), bridge.CloseShift{}); till.fell(err) {
		return
	}
	_, err := till.OpenShift(till.w.t.Context(), bridge.Float{Amount: 5000})
	till.fell(err)
}

// closeReceipt pays what is open, so that everything is counted.
func (till *simTill) closeReceipt() {
	if till.shown.State != receipt.Open {
		return
	}
	if till.shown.Count > 0 {
		till.pay()
		return
	}
	if _, err := till.CancelReceipt(till.w.t.Context(), bridge.Reason{}); err != nil {
		till.w.fatalf("till %d: cancel: %v", till.number, err)
	}
	till.shown = bridge.Delta{}
}

// push and pull may fail as the network does; only the program's own failures count.
func (till *simTill) push() {
	_, err := till.Sync().Push(till.w.t.Context())
	till.talked(err)
}

func (till *simTill) pull() {
	_, err := till.Sync().Pull(till.w.t.Context())
	till.talked(err)
}

func (till *simTill) talked(err error) {
	switch errcode.Of(err) {
	case "", errcode.Offline, errcode.BadAnswer, errcode.Internal:
	default:
		till.fell(err)
	}
}
