package routes

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/wire"
)

// TestCostly: no more than two are answered at once, the next waits and is then
// told to come again, and nobody is answered for ever.
func TestCostly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &Registry{}
		atOnce, most := 0, 0
		Serve(r, wire.Endpoint[wire.Nothing, wire.Nothing]{Method: "GET", Path: "/"}, Manager, Whole,
			func(_ http.ResponseWriter, r *http.Request, _ Caller, _ wire.Nothing) error {
				atOnce++
				most = max(most, atOnce)
				<-r.Context().Done()
				atOnce--
				return r.Context().Err()
			}, Costly)
		handle := r.All()[0].Handle
		began := time.Now()
		type end struct {
			err  error
			when time.Duration
		}
		ends := make(chan end, 4)
		ask := func() {
			err := handle(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), Caller{})
			ends <- end{err, time.Since(began)}
		}
		for range 3 {
			go ask()
		}
		refused := <-ends
		if e := errcode.As(refused.err); e.Code != errcode.TooMany || e.Data["seconds"] != "20" || refused.when != costlyWait {
			t.Errorf("the third: %v after %v", refused.err, refused.when)
		}
		go ask()
		for range 3 {
			if got := <-ends; got.err == nil {
				t.Errorf("answered after %v", got.when)
			} else if errcode.Of(got.err) == errcode.TooMany {
				if got.when != 2*costlyWait {
					t.Errorf("refused after %v", got.when)
				}
			} else if got.when != costlyTime {
				t.Errorf("%v after %v", got.err, got.when)
			}
		}
		if most != costlyAtOnce {
			t.Errorf("%d were answered at once", most)
		}
	})
}
