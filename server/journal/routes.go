package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/wire/sync"
)

// Door is where registers bring their facts. It counts who comes.
type Door struct {
	journal *Journal
	version func() int64 // of the reference data
	now     func() time.Time

	facts    prometheus.Counter
	repeats  prometheus.Counter
	refusals *prometheus.CounterVec
	latency  prometheus.Histogram
}

// NewDoor returns the journal's door; version is the reference data's newest.
func NewDoor(j *Journal, version func() int64, now func() time.Time) *Door {
	return &Door{journal: j, version: version, now: now,
		facts: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tillsight_push_facts_total", Help: "Facts in pushes that were acknowledged."}),
		repeats: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tillsight_push_without_news_total", Help: "Pushes that brought nothing new."}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tillsight_push_refused_total", Help: "Pushes that were refused, by code."}, []string{"code"}),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "tillsight_push_seconds", Help: "Time from a push to its durable acknowledgement.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 14)}),
	}
}

// Metrics are what the door counts.
func (d *Door) Metrics() []prometheus.Collector {
	return []prometheus.Collector{d.facts, d.repeats, d.refusals, d.latency}
}

// Routes are those of facts.
func (d *Door) Routes(r *routes.Registry) {
	routes.Add(r, sync.Push, routes.Register, routes.Own, d.push)
}

// push takes facts into the journal. They are durable when the answer goes out.
func (d *Door) push(ctx context.Context, who routes.Caller, q sync.Facts) (sync.Ack, error) {
	began := d.now()
	header, facts, err := parsePush(q.Lines)
	if err != nil {
		return sync.Ack{}, err
	}
	if header.Device != who.Device.ID || header.Epoch != who.Device.Epoch {
		return sync.Ack{}, errcode.New(errcode.Forbidden, "journal.push",
			fmt.Errorf("facts of %s/%d from %s/%d", header.Device, header.Epoch, who.Device.ID, who.Device.Epoch))
	}
	before := d.journal.Position()
	ack, err := d.journal.Append(ctx, Place{Store: who.Device.Store, Till: who.Device.Till}, header, facts)
	if err != nil {
		d.refusals.WithLabelValues(string(errcode.Of(err))).Inc()
		return ack, err
	}
	d.facts.Add(float64(header.Count))
	d.latency.Observe(d.now().Sub(began).Seconds())
	if d.journal.Position() == before {
		d.repeats.Inc()
	}
	ack.Version = d.version()
	return ack, nil
}

// parsePush splits the body of a push: the header in the first line, then one
// fact a line. The last line break may be missing.
func parsePush(body []byte) (header sync.PushHeader, facts [][]byte, err error) {
	invalid := func(err error) error { return errcode.New(errcode.Invalid, "journal.push", err) }
	head, rest, _ := bytes.Cut(body, []byte("\n"))
	if err := json.Unmarshal(head, &header); err != nil {
		return header, nil, invalid(fmt.Errorf("header: %w", err))
	}
	switch {
	case header.Proto < sync.Version-1 || header.Proto < 1:
		return header, nil, errcode.New(errcode.OldProtocol, "journal.push", fmt.Errorf("version %d", header.Proto))
	case header.Proto > sync.Version:
		return header, nil, invalid(fmt.Errorf("version %d is not known yet", header.Proto))
	case header.Count < 0:
		return header, nil, invalid(fmt.Errorf("%d facts", header.Count))
	case header.Count > sync.FactsMax:
		return header, nil, errcode.New(errcode.TooLarge, "journal.push", fmt.Errorf("%d facts", header.Count))
	}
	rest = bytes.TrimSuffix(rest, []byte("\n"))
	if len(rest) == 0 {
		rest = nil
	}
	facts = make([][]byte, 0, header.Count)
	for rest != nil {
		line, next, more := bytes.Cut(rest, []byte("\n"))
		if len(facts) == header.Count || len(line) == 0 {
			return header, nil, invalid(fmt.Errorf("%d facts announced, others came", header.Count))
		}
		if len(line) > fact.BytesMax {
			return header, nil, errcode.New(errcode.TooLarge, "journal.push", fmt.Errorf("fact of %d bytes", len(line)))
		}
		facts = append(facts, line)
		if rest = next; !more {
			rest = nil
		}
	}
	if len(facts) != header.Count {
		return header, nil, invalid(fmt.Errorf("%d facts announced, %d came", header.Count, len(facts)))
	}
	return header, facts, nil
}
