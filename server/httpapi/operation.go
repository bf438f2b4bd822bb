package httpapi

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tillsight/server/follow"
	"tillsight/server/routes"
	"tillsight/shared/errcode"
)

// probeEvery is how often a question after the health may write to the disk.
const probeEvery = 5 * time.Second

// health says whether facts can be taken: the journal is written to try. The
// lag of those who follow, and that one stands still, is told but is no reason to
// take the server out of service: tills push on.
func (s *Server) health(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	state := struct {
		Status    string `json:"status"`
		Journal   int64  `json:"journal"`   // position
		Warehouse int64  `json:"warehouse"` // position that it holds
		Behind    int64  `json:"behind"`    // facts
		Version   int64  `json:"version"`   // of the reference data

		Followers []follow.State `json:"followers,omitempty"` // of the journal
	}{Status: "ok", Journal: s.Journal.Position(), Version: s.Feed.Version()}
	if s.Warehouse != nil {
		state.Warehouse = s.Warehouse.Position()
		state.Behind = max(0, state.Journal-state.Warehouse)
	}
	if s.Followers != nil {
		list, err := s.Followers()
		if err != nil {
			return err
		}
		state.Followers = list
		for _, f := range list {
			if f.Still {
				state.Status = f.Name + " stands still"
			}
		}
	}
	if err := s.probe(r.Context()); err != nil {
		state.Status = "journal can't be written"
		if errcode.Of(err) == errcode.StorageFull {
			state.Status = "the disk is full"
		}
		return errors.Join(err, routes.AnswerAs(w, http.StatusServiceUnavailable, state))
	}
	return routes.Answer(w, state)
}

// probe returns why the journal can't be written, having tried lately.
func (s *Server) probe(ctx context.Context) error {
	now, last := s.Now().UnixNano(), s.probed.Load()
	if now-last >= int64(probeEvery) && s.probed.CompareAndSwap(last, now) {
		return s.Journal.Probe(ctx)
	}
	return s.Journal.Fault()
}

// exposeMetrics serves the collector with the token: by an address nobody can tell
// a collector on this machine from a proxy.
func (s *Server) exposeMetrics(w http.ResponseWriter, r *http.Request, _ routes.Caller) error {
	token := bearer(r)
	known := s.MetricsToken != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.MetricsToken)) == 1
	if !known {
		return errcode.New(errcode.Forbidden, "httpapi.metrics", nil)
	}
	s.metrics.page.ServeHTTP(w, r)
	return nil
}

// metrics are what an operator watches.
type metrics struct {
	page     http.Handler
	requests *prometheus.HistogramVec
}

func newMetrics(s *Server) *metrics {
	m := &metrics{
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tillsight_request_seconds", Help: "Time of requests by route and class of status.",
			Buckets: prometheus.ExponentialBuckets(0.001, 4, 8)}, []string{"route", "status"}),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(slices.Concat(s.Metrics, []prometheus.Collector{m.requests, state{s}})...)
	m.page = promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
	return m
}

func (m *metrics) request(route string, status int, took time.Duration) {
	class := "2xx"
	switch {
	case status >= 500:
		class = "5xx"
	case status >= 400:
		class = "4xx"
	case status >= 300:
		class = "3xx"
	}
	m.requests.WithLabelValues(route, class).Observe(took.Seconds())
}
