package httpapi

import (
	"net/http"
	"testing"

	"tillsight/shared/errcode"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

// While figures are made anew nobody is told too little, and tills go on.
func TestWhileFiguresAreMade(t *testing.T) {
	w := newWorld(t)
	making := true
	w.server.Making = func() (int64, int64, bool) { return 30, 120, making }
	boss := w.boss()
	w.ask(request{method: "GET", path: office.GetManifest.Path, header: boss, status: http.StatusServiceUnavailable, code: errcode.Preparing, want: []string{`"percent":"25"`}})
	r := w.enrol("1", 1)
	w.push(r, r.sell(t, 2))
	w.ask(request{method: "GET", path: sync.Pull.Path, header: r.header(), status: http.StatusOK})
	making = false
	w.ask(request{method: "GET", path: office.GetManifest.Path, header: boss, status: http.StatusOK})
}
