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
		if len(s.unapplied) != 0 || s.spent {
			t.Errorf("%d facts not in the projection, draft spent %v", len(s.unapplied), s.spent)
		}
		cancel()
		<-done
		if s.journal != nil || p.hall.owner != nil {
			t.Error("Run ended without letting the register go")
		}
	})
}

// FuzzReplay checks that no draft whatever makes the start panic.
func FuzzReplay(f *testing.F) {
	f.Add([]byte(`{"open":{"ID":"1","Number":"1-1-000001"},"line":{"sku":"1","qty":1000,"unit":"pc"}}`), []byte(`{"void":1}`))
	f.Add([]byte(`{"void":1}`), []byte(`{"quantity":{"n":1,"qty":2000}}`))
	f.Add([]byte(`{"open":{}}`), []byte(`{"discount":{"n":0,"manual":{"bp":100}}}`))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		r, err := replay([][]byte{a, b})
		if err == nil && r != nil && r.State != receipt.Open {
			t.Errorf("replay gave a receipt that is %s", r.State)
		}
	})
}
