package httpapi

import (
	"log/slog"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

// state are the metrics that are looked up when they are asked for.
type state struct{ s *Server }

var (
	journalPosition = describe("tillsight_journal_facts", "Facts in the journal.")
	warehouseBehind = describe("tillsight_warehouse_behind_facts", "Facts in the journal that the warehouse does not hold yet.")
	quarantined     = describe("tillsight_quarantined_facts", "Facts that the warehouse did not understand.")
	forkedFacts     = describe("tillsight_forked_facts", "Facts set aside because their number was taken by others.")
	repeatedFacts   = describe("tillsight_repeated_receipts", "Facts that name a receipt which was there before.")
	priceAlarms     = describe("tillsight_price_alarms", "Lines and coupons of receipts that should have come to something else.")
	sessions        = describe("tillsight_sessions", "Log-ins in force.")
	liveStreams     = describe("tillsight_live_streams", "Open live streams.")
	version         = describe("tillsight_reference_version", "Newest version of the reference data.")
	deviceLag       = describe("tillsight_device_silent_seconds", "Time since a register was last seen.", "store", "till")
	deviceForked    = describe("tillsight_device_forked", "1: the register's numbers came with other facts too.", "store", "till")
	followerBehind  = describe("tillsight_follower_behind_facts", "Facts in the journal that a follower has not looked at.", "follower")
	followerAside   = describe("tillsight_follower_aside_facts", "Facts that a follower put aside for a person.", "follower")
	followerStill   = describe("tillsight_follower_stands_still", "1: the follower has failed for minutes.", "follower")
	journalFault    = describe("tillsight_journal_fault", "1: the last write to the journal failed.")
)

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

// Describe implements prometheus.Collector.
func (state) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{journalPosition, warehouseBehind, quarantined, priceAlarms, forkedFacts, repeatedFacts,
		sessions, liveStreams, version, deviceLag, deviceForked, journalFault, followerBehind, followerAside, followerStill} {
		to <- d
	}
}

// Collect implements prometheus.Collector. What can't be looked up is left out
// and said in the log.
func (c state) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	failed := func(what string, err error) bool {
		if err != nil {
			c.s.Log.Error("collect metrics", slog.String("of", what), slog.Any("error", err))
		}
		return err != nil
	}
	gauge(journalPosition, float64(c.s.Journal.Position()))
	gauge(version, float64(c.s.Feed.Version()))
	gauge(liveStreams, float64(c.s.live.Load()))
	gauge(journalFault, truth(c.s.Journal.Fault() != nil))
	if forked, repeated, err := c.s.Journal.Odd(); !failed("journal", err) {
		gauge(forkedFacts, float64(forked))
		gauge(repeatedFacts, float64(repeated))
	}
	if n, err := c.s.Users.Sessions(); !failed("sessions", err) {
		gauge(sessions, float64(n))
	}
	if c.s.Audit != nil {
		if n, err := c.s.Audit.Count(); !failed("audit", err) {
			gauge(priceAlarms, float64(n))
		}
	}
	if c.s.Warehouse != nil {
		gauge(warehouseBehind, float64(max(0, c.s.Journal.Position()-c.s.Warehouse.Position())))
		if n, err := c.s.Warehouse.Quarantined(); !failed("warehouse", err) {
			gauge(quarantined, float64(n))
		}
	}
	c.followers(gauge, failed)
	c.devices(gauge, failed)
}

// followers tells how those do who read the journal.
func (c state) followers(gauge func(*prometheus.Desc, float64, ...string), failed func(string, error) bool) {
	if c.s.Followers == nil {
		return
	}
	list, err := c.s.Followers()
	if failed("followers", err) {
		return
	}
	for _, f := range list {
		gauge(followerBehind, float64(f.Behind), f.Name)
		gauge(followerAside, float64(f.Aside), f.Name)
		gauge(followerStill, truth(f.Still), f.Name)
	}
}

// devices tells of the registers that stand at a place now.
func (c state) devices(gauge func(*prometheus.Desc, float64, ...string), failed func(string, error) bool) {
	list, err := c.s.Devices.List()
	if failed("devices", err) {
		return
	}
	chains, err := c.s.Journal.Chains()
	if failed("chains", err) {
		return
	}
	forked := map[string]bool{}
	for _, chain := range chains {
		forked[chain.Device] = forked[chain.Device] || chain.Forked != 0
	}
	now := c.s.Now().UnixMilli()
	for _, d := range list {
		if d.Replaced || d.Revoked {
			continue
		}
		till := strconv.Itoa(d.Till)
		gauge(deviceLag, float64(now-d.Seen)/1000, d.Store, till)
		gauge(deviceForked, truth(forked[d.ID]), d.Store, till)
	}
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
