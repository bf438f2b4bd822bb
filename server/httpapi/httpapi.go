// Package httpapi is the server as browsers see it: the conversation of
// packages shared/wire/sync with tills and shared/wire/office with managers, and the program itself as static
// files. It checks who asks for what and turns errors into answers; what is
// true is decided by the packages behind it.
//
// Registers show their token as "Authorization: Bearer". People have a session
// cookie; what changes something must also carry the header X-Tillsight, which
// no other site can make a browser send.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tillsight/server/device"
	"tillsight/server/feed"
	"tillsight/server/follow"
	"tillsight/server/journal"
	"tillsight/server/notice"
	"tillsight/server/routes"
	"tillsight/server/user"
	"tillsight/shared/scope"
	"tillsight/shared/segment"
	"tillsight/shared/wire/office"
)

// Options are the parts behind the interface. Segments, Warehouse, Audit, Tokens,
// Parked and Static may be nil.
type Options struct {
	Journal   *journal.Journal
	Devices   *device.Registry
	Users     *user.Registry
	Feed      *feed.Feed
	Segments  Segments
	Warehouse Warehouse
	Audit     Audit
	Tokens    Tokens
	Parked    Parked
	Followers func() ([]follow.State, error) // nil: nobody follows the journal
	// Making tells how far figures are that are made anew, and whether they are; nil: never.
	Making func() (done, total int64, making bool)
	Static http.Handler
	Log    *slog.Logger
	Now    func() time.Time

	Routes  []routes.Part          // of the domains
	Metrics []prometheus.Collector // that they count
	Changed *notice.Board          // somebody may do something else than before

	// Closing ends the live streams, so that the server can stop.
	Closing context.Context
	// Proxy trusts X-Forwarded-For and -Proto: a proxy of ours stands before.
	Proxy bool
	// MetricsToken lets a collector read /metrics; without one nobody does.
	MetricsToken string
}

// Segments is the analytical data as each person may see it.
type Segments interface {
	// Manifest lists the files of what who sees.
	Manifest(ctx context.Context, who scope.Scope) (segment.Manifest, error)
	// File returns the path of a file that such a manifest lists, beside
	// which its compressed forms may lie with the suffixes .br and .gz. It
	// fails with errcode.NotFound for any other.
	File(ctx context.Context, who scope.Scope, sha256 string) (path string, err error)
	// Subscribe returns a channel that receives after the data changed.
	Subscribe() (changed <-chan struct{}, cancel func())
}

// Warehouse is what is told of the projection in health and metrics.
type Warehouse interface {
	// Position returns the journal position up to which it holds facts.
	Position() int64
	// Quarantined returns how many facts wait for a person.
	Quarantined() (int64, error)
}

// Audit is what is told of the audit in metrics.
type Audit interface {
	// Count returns how many receipts should have come to something else.
	Count() (int64, error)
}

// Tokens let other programs in.
type Tokens interface {
	Authenticate(text string) (office.Token, error)
}

// Parked is what registers are told of when receipts are parked.
type Parked interface {
	// Revision says which state of its list a store's tills should have.
	Revision(store string) int64
	// Subscribe returns a channel that receives after a list changed.
	Subscribe() (changed <-chan struct{}, cancel func())
}

// Server answers requests. It is an http.Handler.
type Server struct {
	Options
	registry *routes.Registry
	handler  http.Handler
	metrics  *metrics
	live     atomic.Int64 // open streams
	probed   atomic.Int64 // unix ns: when health last wrote to the journal
}

// New returns the server's handler.
func New(opt Options) *Server {
	s := &Server{Options: opt}
	if s.Changed == nil {
		s.Changed = &notice.Board{}
	}
	s.metrics = newMetrics(s)
	s.registry = s.allRoutes()
	s.handler = s.secure(s.mux())
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// NewHTTP returns an HTTP server with the time limits that the handler expects.
// Answers that take longer, live streams and downloads, set their own.
func NewHTTP(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}
