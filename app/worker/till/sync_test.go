package till

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/opfs"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/sync"
)

// TestClockADayOff checks that a wrong clock is told, does not stop the sale,
// and that sales are booked on the right day once the server has said so.
func TestClockADayOff(t *testing.T) {
	p := newSelling(t)
	real := p.at
	p.office.now = func() time.Time { return real }
	p.at = p.at.Add(24 * time.Hour)
	if d := p.scan(milk); d.ID == "" {
		t.Fatal("no sale")
	}
	if p.current.Doc.Date != "2023-11-16" { // 01:13 in Moscow, a day ahead
		t.Errorf("date %s before the server was heard", p.current.Doc.Date)
	}
	p.payCash(p.scan(milk))
	if _, err := p.Sync().Push(t.Context()); err != nil {
		t.Fatal(err)
	}
	state := p.phase(bridge.PhaseSelling)
	if f := state.Sync.Fault; f == nil || f.Code != errcode.ClockWrong || f.Data["minutes"] != "1440" {
		t.Errorf("fault %v, want clock.wrong by 1440 minutes", f)
	}
	paid := p.payCash(p.scan(milk))
	if paid.Date != "2023-11-15" || paid.Closed != p.at.UnixMilli() {
		t.Errorf("date %s, closed %d: want the true day and the raw time", paid.Date, paid.Closed)
	}
}

// TestOpenReceiptKeepsPrices changes a price under an open receipt.
func TestOpenReceiptKeepsPrices(t *testing.T) {
	p := newSelling(t)
	p.scan(pen)
	p.office.put(t, refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: "1002", From: 2, Amount: 9900}})
	for more := true; more; {
		var err error
		if more, err = p.Sync().Pull(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if d := p.scan(milk); d.Total != 2500+8990 {
		t.Errorf("total %d: the open receipt changed its prices", d.Total)
	}
	d := p.scan(pen)
	if d.Total != 2500+8990+9900 || d.Count != 3 {
		t.Errorf("total %d, %d lines: a new line takes the new price", d.Total, d.Count)
	}
	p.restart()
	p.signIn("2222")
	if state := p.phase(bridge.PhaseSelling); state.Receipt.Total != 2500+8990+9900 {
		t.Errorf("total %d after a restart", state.Receipt.Total)
	}
}

// TestBadPageChangesNothing sends changes whose check does not agree.
func TestBadPageChangesNothing(t *testing.T) {
	p := newSelling(t)
	cursor := p.book.cursor
	raw, err := json.Marshal(catalogue.Price{SKU: "1001", From: 3, Amount: 1})
	if err != nil {
		t.Fatal(err)
	}
	err = feed{p.Session}.Apply(wire.Changes{
		Changes: []wire.Change{{Version: cursor + 1, Table: refdata.Prices, Key: refdata.PriceKey("1001", "", 3), Row: raw}},
		Cursor:  cursor + 1,
		Check:   &wire.Check{Rows: 1, Sum: 1},
	})
	if errcode.Of(err) != errcode.MustRefetch {
		t.Errorf("Apply: %v, want must_refetch", err)
	}
	if d := p.scan(milk); d.Total != 8990 || p.book.cursor != cursor {
		t.Errorf("total %d, cursor %d: the page was applied", d.Total, p.book.cursor)
	}
}

func TestRefetchWhileSelling(t *testing.T) {
	p := newSelling(t)
	p.scan(milk)
	p.office.put(t, refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: "1001", From: 2, Amount: 9990}})
	p.office.pack(t)
	p.book.cursor = p.office.snapshot.Version - 1
	if err := p.ref.Exec(`UPDATE checksum SET sum = sum + 1`); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Sync().Pull(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d := p.scan(milk); d.Total != 8990+9990 {
		t.Errorf("total %d after the new snapshot", d.Total)
	}
}

// TestExport checks that the exported file is what a push would have sent.
func TestExport(t *testing.T) {
	p := newSelling(t)
	p.signIn("3333")
	p.payCash(p.scan(milk))
	e, err := p.Export(t.Context(), bridge.ExportFacts{})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(e.Data), "\n"), "\n")
	if e.Facts != len(p.facts()) || len(lines) != e.Facts+1 || e.Head.Count != e.Facts || e.Head.First != 1 {
		t.Errorf("%d facts, %d lines, head %+v", e.Facts, len(lines), e.Head)
	}
	if f, err := fact.Decode([]byte(lines[len(lines)-1])); err != nil || f.Kind != fact.SaleRegistered {
		t.Errorf("last line: %+v, %v", f, err)
	}
}

// TestEnrolRefused checks codes that are not good, and a download that fails.
func TestEnrolRefused(t *testing.T) {
	p := &shop{t: t, office: newOffice(t), hall: &hall{}, dir: opfs.NewMemory(), at: time.UnixMilli(shopOpens), ids: new(int)}
	p.open()
	p.phase(bridge.PhaseNew)
	if _, err := p.Enrol(t.Context(), wire.EnrolRequest{Code: "BAD"}); errcode.Of(err) != errcode.CodeUnknown {
		t.Errorf("bad code: %v", err)
	}
	p.phase(bridge.PhaseNew)
	whole := p.office.file
	p.office.file = append([]byte("x"), whole[1:]...)
	state := must(t)(p.Enrol(t.Context(), wire.EnrolRequest{Code: "GOOD"}))
	if state.Phase != bridge.PhaseLoading {
		t.Errorf("phase %s after a damaged download", state.Phase)
	}
	p.restart()
	p.phase(bridge.PhaseLoading)
	if _, err := p.Scan(t.Context(), bridge.Scan{Code: milk}); errcode.Of(err) != errcode.NotEnrolled {
		t.Errorf("scan while loading: %v", err)
	}
	p.office.file = whole
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if state := p.phase(bridge.PhaseSignedOut); state.Products != 6 {
		t.Errorf("%d products, want 6", state.Products)
	}
}

// TestOfflineForever checks that a register never needs the server to sell.
func TestOfflineForever(t *testing.T) {
	p := newSelling(t)
	p.office.dead = true
	for range 3 {
		p.payCash(p.scan(milk))
		if _, err := p.Sync().Push(t.Context()); errcode.Of(err) != errcode.Offline {
			t.Errorf("push: %v", err)
		}
		p.restart()
		p.signIn("2222")
	}
	state := p.phase(bridge.PhaseSelling)
	if state.Sync.Waiting != len(p.facts()) || state.Sync.Oldest != shopOpens {
		t.Errorf("%d wait since %d, want %d since %d", state.Sync.Waiting, state.Sync.Oldest, len(p.facts()), int64(shopOpens))
	}
	p.office.dead = false
	if _, err := p.Sync().Push(t.Context()); err != nil {
		t.Fatal(err)
	}
	if state := p.phase(bridge.PhaseSelling); state.Sync.Waiting != 0 {
		t.Errorf("%d wait after the push", state.Sync.Waiting)
	}
}
