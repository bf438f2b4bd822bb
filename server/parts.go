package main

import (
	"crypto/rand"
	"io/fs"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"tillsight/server/aside"
	"tillsight/server/assortment"
	"tillsight/server/attempt"
	"tillsight/server/audience"
	"tillsight/server/audit"
	"tillsight/server/budget"
	"tillsight/server/cubes"
	"tillsight/server/device"
	"tillsight/server/export"
	"tillsight/server/feed"
	"tillsight/server/follow"
	"tillsight/server/journal"
	"tillsight/server/notice"
	"tillsight/server/office"
	"tillsight/server/parked"
	"tillsight/server/pricelist"
	"tillsight/server/routes"
	"tillsight/server/segment"
	"tillsight/server/stock"
	"tillsight/server/token"
	"tillsight/server/user"
	"tillsight/shared/refdata"
)

// What the server consists of: schemas, followers and routes, each a list.

// schemas are the tables of each database, by the packages that keep theirs in it.
var schemas = map[string][]fs.FS{
	journalFile: {journal.Migrations, device.Migrations, user.Migrations},
	referenceFile: {refdata.Migrations, feed.Migrations, follow.Migrations, audit.Migrations, stock.Migrations, parked.Migrations,
		office.Migrations},
	officeFile: {budget.Migrations, token.Migrations, audience.Migrations},
}

// all lists the followers. To add one: a package with its table, a field, a line here.
func (f *followers) all() []follower { return []follower{f.audit, f.parked, f.stock} }

// openDocuments opens what the office decides, kind by kind. To add one: its kind
// beside its messages, its store beside its rules, a line here.
func openDocuments(t *truth) (parts []routes.Part, err error) {
	bans, err := assortment.Bans.Open(t.feed, t.now)
	if err != nil {
		return nil, err
	}
	return []routes.Part{bans.Routes}, nil
}

// interfaceOf is what the server answers, domain by domain. changed is posted when
// somebody may do something else than before.
func interfaceOf(t *truth, d *derived, f followers, documents []routes.Part,
	log *slog.Logger, changed *notice.Board) ([]routes.Part, []prometheus.Collector) {
	door := journal.NewDoor(t.journal, t.feed.Version, t.now)
	registers := device.Desk{Registry: t.devices, Journal: t.journal, Reference: t.feed,
		Tries: &attempt.Limiter{Now: t.now}, Changed: changed.Post, Log: log}
	return append([]routes.Part{
		door.Routes,
		registers.Routes,
		feed.Desk{Feed: t.feed, Secret: rand.Text}.Routes,
		f.parked.Routes,
		user.Desk{Registry: t.users, Known: t.feed.Known, Changed: changed.Post}.Routes,
		assortment.New(t.feed, t.now).Routes,
		f.stock.Routes,
		pricelist.New(t.feed, t.now).Routes,
		func(r *routes.Registry) { f.audit.Routes(r, t.now) },
		func(r *routes.Registry) { segment.Routes(r, d.segments) },
		cubes.New(d.segments).Routes,
		d.audience.Routes,
		budget.Desk{Book: t.budget, Chain: t.feed}.Routes,
		export.Desk{Star: d.warehouse, Log: log}.Routes,
		func(r *routes.Registry) { t.tokens.Routes(r, t.feed.Known) },
		t.start.Routes,
		(&aside.Facts{Journal: t.journal, Warehouse: d.warehouse, Devices: t.devices}).Routes,
	}, documents...), door.Metrics()
}
