package till

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
)

// pass lets artificial time go by: the test that uses it runs in synctest.
func pass(d time.Duration) { <-time.After(d) }

// TestRun lets the program run in artificial time: facts go up by themselves,
// the projection follows, and the page is told, but not all the time.
func TestRun(t *testing.T) {
	p := newShop(t)
	p.Session.Close()
	p.dir = p.dir.Reopen()
	synctest.Test(t, func(t *testing.T) {
		p.open()
		p.Session.Close() // open made a session; this one is run instead
		s := New(p.opt)
		told := 0
		s.opt.Tell = func(bridge.State) { told++ }
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { s.Run(ctx); close(done) }()
		synctest.Wait()
		if _, err := s.SignIn(ctx, bridge.SignIn{PIN: "1111"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.OpenShift(ctx, bridge.Float{}); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		var sum money.Amount
		for range 50 {
			d, err := s.Scan(ctx, bridge.Scan{Code: milk})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Pay(ctx, bridge.Pay{ID: d.ID, Tenders: []receipt.Tender{{Kind: receipt.Cash, Amount: d.Total}}}); err != nil {
				t.Fatal(err)
			}
			sum += d.Total
			pass(20 * time.Millisecond)
		}
		synctest.Wait()
		if most := int(time.Since(began)/newsEvery) + 2; told > most {
			t.Errorf("%d states told in %v, want at most %d", told, time.Since(began), most)
		}
		pass(2 * time.Second)
		synctest.Wait()
		state, err := s.State(ctx, struct{}{})
		if err != nil || state.Sync.Waiting != 0 || !state.Sync.Online || state.Shift.Sales.Total != sum {
			t.Errorf("at rest: %+v, shift %+v, %v", state.Sync, state.Shift, err)
		}
		if len(s.unapplied) != 0 {
			t.Errorf("%d facts not in the projection", len(s.unapplied))
		}
		cancel()
		<-done
		if s.journal != nil || p.hall.owner != nil {
			t.Error("Run ended without letting the register go")
		}
	})
}
