package till

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/network"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/tax"
	"tillsight/shared/wire"
	"tillsight/shared/wire/sync"
)

// giveParked answers a recall.
func (o *office) giveParked(body []byte) (network.Response, error) {
	if o.recall == nil {
		return refusal(404, errcode.NotFound)
	}
	var q sync.RecallRequest
	if err := json.Unmarshal(body, &q); err != nil {
		return refusal(400, errcode.Invalid)
	}
	answer, err := o.recall(q.ID)
	if err != nil {
		return reply(409, wire.Failure{Error: errcode.As(err)})
	}
	return reply(200, answer)
}

// sealed gives the chain the key of its slips.
func sealed() refdata.Row {
	return refdata.Row{Table: refdata.SlipKeys, Value: refdata.SlipKey{Store: testStore.ID, From: 1, Key: bytes.Repeat([]byte{7}, 32)}}
}

func (p *shop) park(note string) bridge.Parked {
	p.t.Helper()
	parked, err := p.Park(p.t.Context(), bridge.Park{ID: p.current.Doc.ID, Note: note})
	if err != nil {
		p.t.Fatalf("Park: %v", err)
	}
	return parked
}

func (p *shop) recallNow(id string) bridge.Recalled {
	p.t.Helper()
	got, err := p.Recall(p.t.Context(), bridge.Recall{ID: id})
	if err != nil {
		p.t.Fatalf("Recall: %v", err)
	}
	return got
}

// waiting fails unless count receipts can be recalled.
func (p *shop) waiting(count int) {
	p.t.Helper()
	list, err := p.Parked(p.t.Context(), struct{}{})
	if err != nil || len(list.Rows) != count {
		p.t.Fatalf("%+v, %v; want %d parked", list.Rows, err, count)
	}
	if state := must(p.t)(p.State(p.t.Context(), struct{}{})); state.Parked != count {
		p.t.Fatalf("the state says %d parked, want %d", state.Parked, count)
	}
}

func (p *shop) kinds() (kinds []fact.Kind) {
	for _, f := range p.facts() {
		kinds = append(kinds, f.Kind)
	}
	return kinds
}

func TestParkAndRecall(t *testing.T) {
	p := newSelling(t)
	p.scan(milk)
	p.scan("2900000000025")
	before := p.scan(cheeseLabel)
	parked := p.park("  красное\nпальто ")
	if parked.Delta.State != "" || parked.Count != 1 || parked.Row.Note != "красное пальто" || parked.Row.Total != before.Total || parked.Row.Name != "Анна" {
		t.Fatalf("%+v", parked)
	}
	again, err := p.Park(t.Context(), bridge.Park{ID: before.ID})
	if err != nil || again.Row != parked.Row {
		t.Errorf("repeated: %+v, %v", again, err)
	}
	other := p.payCash(p.scan(pen))
	if other.Number == before.Number {
		t.Errorf("number %s twice", other.Number)
	}
	p.restart()
	p.signIn("2222")
	p.waiting(1)
	got := p.recallNow("")
	if got.How != parking.Own || got.Repriced || got.Delta.ID != before.ID || got.Delta.Number != before.Number || got.Delta.Total != before.Total || len(got.Delta.Lines) != 2 {
		t.Fatalf("recalled %+v, was %+v", got, before)
	}
	p.waiting(0)
	p.restart() // the recalled receipt is as durable as any open one
	p.signIn("2222")
	if state := p.phase(bridge.PhaseSelling); state.Receipt.Total != before.Total || state.Receipt.ID != before.ID {
		t.Fatalf("after a restart: %+v", state.Receipt)
	}
	sum := p.scan(pen)
	if paid := p.payCash(sum); paid.Total != before.Total+2500 || paid.Customer != "c-2" || paid.Cashier != "petr" {
		t.Errorf("paid %+v", paid)
	}
	want := []fact.Kind{fact.SignedIn, fact.ShiftOpened, fact.ReceiptParked, fact.SaleRegistered, fact.SignedIn, fact.ReceiptRecalled, fact.SignedIn, fact.SaleRegistered}
	if got := p.kinds(); !slices.Equal(got, want) {
		t.Errorf("facts %v\nwant  %v", got, want)
	}
}

func TestParkRefuses(t *testing.T) {
	p := newSelling(t)
	if _, err := p.Park(t.Context(), bridge.Park{ID: "x"}); errcode.Of(err) != errcode.ReceiptState {
		t.Errorf("nothing open: %v", err)
	}
	d := p.scan(milk)
	if _, err := p.VoidLine(t.Context(), bridge.LineRef{N: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Park(t.Context(), bridge.Park{ID: d.ID}); errcode.Of(err) != errcode.ReceiptEmpty {
		t.Errorf("nothing on it: %v", err)
	}
	p.scan(milk)
	a := p.park("")
	p.scan(pen)
	if _, err := p.Recall(t.Context(), bridge.Recall{ID: a.Row.ID}); errcode.Of(err) != errcode.ReceiptIsOpen {
		t.Errorf("another one is open: %v", err)
	}
	p.park("")
	p.waiting(2)
	if _, err := p.Recall(t.Context(), bridge.Recall{}); errcode.Of(err) != errcode.SeveralParked {
		t.Errorf("which of two: %v", err)
	}
	if _, err := p.Recall(t.Context(), bridge.Recall{ID: "nobody's"}); errcode.Of(err) != errcode.NotFound && errcode.Of(err) != errcode.ParkedNowhere {
		t.Errorf("one that nobody parked: %v", err)
	}
	p.recallNow(a.Row.ID)
	b := p.park("again") // the same receipt under a parking of its own
	if b.Row.ID == a.Row.ID || b.Row.Number != a.Row.Number {
		t.Errorf("parked again as %+v, before %+v", b.Row, a.Row)
	}
	if _, err := p.Recall(t.Context(), bridge.Recall{ID: a.Row.ID}); errcode.Of(err) != errcode.ParkedGone {
		t.Errorf("the parking that was recalled: %v", err)
	}
}

// TestParkedOverShifts: Z goes through and says what waits; the next shift
// recalls it at today's prices.
func TestParkedOverShifts(t *testing.T) {
	p := newSelling(t)
	p.scan(milk)
	p.scan(cheeseSum) // the label's sum is the truth on any day
	p.scan(pen)
	was := p.park("").Row
	p.Session.Lock(t.Context(), struct{}{})
	p.signIn("3333")
	report, err := p.CloseShift(t.Context(), bridge.CloseShift{})
	if err != nil || report.Parked != 1 || report.ParkedSum != was.Total {
		t.Fatalf("Z: %+v, %v", report, err)
	}
	p.at = p.at.Add(24 * time.Hour)
	p.office.put(t,
		refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: "1001", From: p.at.UnixMilli() - 1000, Amount: 9990}},
		refdata.Row{Table: refdata.Products, Value: catalogue.Product{SKU: "1002", Name: catalogue.Text{RU: "Ручка"}, Unit: quantity.Piece, Tax: tax.Standard, Stopped: true}})
	p.hear()
	must(t)(p.OpenShift(t.Context(), bridge.Float{}))
	got := p.recallNow("")
	if !got.Repriced || got.Changed != 1 || got.Dropped != 1 || got.Before != was.Total || got.Delta.Total != 9990+1250 {
		t.Fatalf("%+v; want milk at 99.90 and the label at 12.50", got)
	}
	paid := p.payCash(got.Delta)
	if paid.Shift != 2 || paid.Date == was.Date || paid.Cashier != "vera" {
		t.Errorf("paid %+v", paid)
	}
}

// TestRecalledKeepsItsPrices: on the day of the parking the customer pays what
// was seen, promotions included.
func TestRecalledKeepsItsPrices(t *testing.T) {
	p := newSelling(t)
	p.office.put(t, tenOff(1, 1000))
	p.hear()
	p.scan(milk)
	was := p.park("").Row
	p.office.put(t, tenOff(2, 5000), refdata.Row{Table: refdata.Prices, Value: catalogue.Price{SKU: "1001", From: p.at.UnixMilli() - 1000, Amount: 9990}})
	p.hear()
	p.restart()
	p.signIn("2222")
	got := p.recallNow("")
	if got.Repriced || got.Newer != 1 || got.Delta.Total != was.Total || got.Delta.Lines[0].Applied[0].Version != 1 {
		t.Errorf("%+v, was %d", got, was.Total)
	}
}

// scanSlip scans the codes of a slip, the last first, and returns the answer to the last one.
func (p *shop) scanSlip(parts []string) (got bridge.Recalled, err error) {
	for i := len(parts) - 1; i >= 0; i-- {
		got, err = p.RecallSlip(p.t.Context(), bridge.SlipScan{Text: parts[i]})
		if err != nil || i > 0 && (got.Part != i+1 || got.Parts != len(parts) || len(got.Missing) != i) {
			return got, err
		}
	}
	return got, err
}

// TestSlipAtAnotherTill: with the server down the paper is enough, once.
func TestSlipAtAnotherTill(t *testing.T) {
	office := newOffice(t)
	office.put(t, append(goldList(7990), sealed(), tenOff(1, 1000))...)
	office.pack(t)
	one := newShopAt(t, office)
	office.till = 4
	two := newShopAt(t, office)
	for _, p := range []*shop{one, two} {
		p.signIn("2222")
		must(t)(p.OpenShift(t.Context(), bridge.Float{}))
	}
	office.dead = true
	for range 3 {
		one.scan(milk)
	}
	one.scan("2900000000025")
	one.scan(cheeseLabel)
	for i := range 40 {
		if _, err := one.Add(t.Context(), bridge.Add{SKU: []catalogue.SKU{"1001", "1002", "1003"}[i%3], Quantity: 1000}); err != nil {
			t.Fatal(err)
		}
	}
	parked := one.park("столик 4")
	if len(parked.Slip.Parts) != 1 || parked.Slip.Receipt.Lines[0].Offers == nil {
		t.Fatalf("slip of %d codes: %+v", len(parked.Slip.Parts), parked.Slip)
	}
	got, err := two.scanSlip(parked.Slip.Parts)
	if err != nil {
		t.Fatal(err)
	}
	if got.How != parking.Slip || got.Delta.Total != parked.Row.Total || got.Delta.Number == parked.Row.Number || got.Delta.Customer != "Анна" || got.Row.Till != 3 {
		t.Errorf("recalled %+v\nparked %+v", got, parked.Row)
	}
	for i, l := range got.Delta.Lines {
		was := parked.Slip.Receipt.Lines[i]
		was.At = was.At / 1000 * 1000 // paper knows seconds
		if fmt.Sprintf("%+v", l) != fmt.Sprintf("%+v", was) {
			t.Errorf("line %d\n%+v, was\n%+v", i, l, was)
		}
	}
	paid := two.payCash(got.Delta)
	if paid.Parked != parked.Row.ID || paid.Opened != parked.Slip.Receipt.Opened {
		t.Errorf("paid %+v", paid)
	}
	if _, err := two.scanSlip(parked.Slip.Parts); errcode.Of(err) != errcode.ParkedGone {
		t.Errorf("the slip again: %v", err)
	}

	// Where it was printed any one of its codes is enough, and it waits once.
	one.recallNow("")
	if _, err := one.scanSlip(parked.Slip.Parts); errcode.Of(err) != errcode.ReceiptIsOpen {
		t.Errorf("its receipt is open: %v", err)
	}
	again := one.park("").Slip
	if got, err := one.RecallSlip(t.Context(), bridge.SlipScan{Text: again.Parts[len(again.Parts)-1]}); err != nil || got.How != parking.Own {
		t.Errorf("one code at its own till: %+v, %v", got, err)
	}
}

func TestSlipIsRefused(t *testing.T) {
	office := newOffice(t)
	office.put(t, sealed())
	office.pack(t)
	one := newShopAt(t, office)
	two := newShopAt(t, office)
	for _, p := range []*shop{one, two} {
		p.signIn("2222")
		must(t)(p.OpenShift(t.Context(), bridge.Float{}))
	}
	one.scan(milk)
	parts := one.park("").Slip.Parts
	wrong := []byte(parts[0])
	wrong[40] = '0' + (wrong[40]-'0'+1)%10
	if _, err := two.scanSlip([]string{string(wrong)}); errcode.Of(err) != errcode.SlipDamaged {
		t.Errorf("read wrongly: %v", err)
	}
	two.book.slipKeys = [][]byte{bytes.Repeat([]byte{8}, 32)}
	if _, err := two.scanSlip(parts); errcode.Of(err) != errcode.SlipAltered {
		t.Errorf("sealed with another key: %v", err)
	}
	two.book.slipKeys = nil
	if _, err := two.scanSlip(parts); errcode.Of(err) != errcode.SlipKey {
		t.Errorf("no key: %v", err)
	}
	two.restart()
	two.signIn("2222")
	two.at = two.at.Add(24 * time.Hour)
	if _, err := two.scanSlip(parts); errcode.Of(err) != errcode.SlipExpired {
		t.Errorf("the day after: %v", err)
	}
	two.identity.Store.ID = "13"
	if _, err := two.scanSlip(parts); errcode.Of(err) != errcode.SlipForeign {
		t.Errorf("in another store: %v", err)
	}
	one.book.slipKeys = nil
	one.scan(milk)
	if slip := one.park("").Slip; len(slip.Parts) != 0 || slip.TooLong {
		t.Errorf("a slip without a key: %+v", slip)
	}
}

// TestServerSaysWhoWasFirst: the list of the other tills, the receipt from the
// server, and the one that came second.
func TestServerSaysWhoWasFirst(t *testing.T) {
	p := newSelling(t)
	row := sync.ParkedRow{ID: "far", Device: "other", Till: 5, Number: "12-5-000001", Total: 8990, Count: 1, At: shopOpens}
	if err := p.heardParked(sync.Parked{Rows: []sync.ParkedRow{row}}); err != nil {
		t.Fatal(err)
	}
	p.waiting(1)
	p.office.recall = func(id string) (sync.RecallAnswer, error) {
		return sync.RecallAnswer{}, errcode.New(errcode.ParkedGone, "", nil).With("number", "12-5-000001").With("till", "6")
	}
	if _, err := p.Recall(t.Context(), bridge.Recall{}); errcode.Of(err) != errcode.ParkedGone {
		t.Errorf("another till was first: %v", err)
	}
	p.office.dead = true
	if _, err := p.Recall(t.Context(), bridge.Recall{}); errcode.Of(err) != errcode.ParkedNowhere {
		t.Errorf("nobody to ask: %v", err)
	}
	p.office.dead = false
	p.scan(milk)
	mine := p.park("").Row // of this till, to give it away under another name
	doc, err := p.db.Parked(mine.ID)
	if err != nil {
		if err = p.settle(); err == nil {
			doc, err = p.db.Parked(mine.ID)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	doc.ID, doc.Till = "far", 5
	p.office.recall = func(id string) (sync.RecallAnswer, error) { return sync.RecallAnswer{Parking: &doc}, nil }
	got := p.recallNow("far")
	if got.How != parking.Server || got.Delta.Total != 8990 || got.Delta.Number == doc.Receipt.Number {
		t.Errorf("%+v", got)
	}
	p.payCash(got.Delta)

	// The other way round: ours went on elsewhere, and that is a fact here.
	if err := p.heardParked(sync.Parked{Rows: []sync.ParkedRow{row}, Taken: []sync.TakenRow{{ID: mine.ID, Till: 6, At: 1}}}); err != nil {
		t.Fatal(err)
	}
	p.waiting(0)
	p.restart()
	p.signIn("2222")
	p.waiting(0)
	if _, err := p.Recall(t.Context(), bridge.Recall{ID: mine.ID}); errcode.Of(err) != errcode.ParkedGone {
		t.Errorf("ours that another till took: %v", err)
	}
}

// TestParkedIsNeverLostNorDoubled cuts the power at random writes of parking and
// recalling, and counts afterwards: every receipt waits, is open or is paid, and
// only one of them.
func TestParkedIsNeverLostNorDoubled(t *testing.T) {
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 11))
		p := newSelling(t)
		items := 0 // that were scanned and confirmed
		for range 30 {
			cut := p.dir.Calls() + random.IntN(40)
			p.dir.Before = func(n int, _, _ string) error {
				if n > cut {
					return errcode.New(errcode.StorageFault, "power", errors.New("cut"))
				}
				return nil
			}
			items += p.shuffle(random)
			p.dir.Before = nil
			p.dir = p.dir.Crash(random)
			p.hall.owner = nil
			p.open()
			p.signIn("2222")
			if found := p.count(); found < items || found > items+1 {
				t.Fatalf("seed %d: %d items, want %d or one more that was not confirmed", seed, found, items)
			} else {
				items = found
			}
		}
	}
}

// shuffle does random things until one fails and returns how many items were
// confirmed to be on a receipt.
func (p *shop) shuffle(random *rand.Rand) (items int) {
	for {
		var err error
		switch {
		case p.current.Doc == nil && p.parkedCount() > 0 && random.IntN(2) == 0:
			_, err = p.Recall(p.t.Context(), bridge.Recall{ID: p.lot.own[random.IntN(len(p.lot.own))].ID})
		case p.current.Doc == nil || random.IntN(3) == 0:
			if _, err = p.Scan(p.t.Context(), bridge.Scan{Code: milk}); err == nil {
				items++
			}
		case random.IntN(4) == 0:
			_, err = p.Pay(p.t.Context(), bridge.Pay{ID: p.current.Doc.ID, Tenders: []receipt.Tender{{Kind: receipt.Card, Amount: p.current.Doc.Total}}})
		default:
			_, err = p.Park(p.t.Context(), bridge.Park{ID: p.current.Doc.ID})
		}
		if err != nil {
			return items
		}
	}
}

// count returns how many items there are on all receipts.
func (p *shop) count() int {
	p.t.Helper()
	seen := map[string]bool{}
	items := 0
	add := func(r *receipt.Receipt) {
		if seen[r.ID] {
			p.t.Fatalf("receipt %s is in two places", r.Number)
		}
		seen[r.ID] = true
		for _, l := range r.Lines {
			items += int(l.Quantity / 1000)
		}
	}
	if p.current.Doc != nil {
		add(p.current.Doc)
	}
	if err := p.settle(); err != nil {
		p.t.Fatal(err)
	}
	for _, row := range p.lot.own {
		doc, err := p.db.Parked(row.ID)
		if err != nil {
			p.t.Fatal(err)
		}
		add(&doc.Receipt)
	}
	rows, err := p.Receipts(p.t.Context(), bridge.Receipts{Limit: 500})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, row := range rows {
		r, err := p.Receipt(p.t.Context(), bridge.ReceiptRef{ID: row.ID})
		if err != nil {
			p.t.Fatal(err)
		}
		add(&r.Receipt)
	}
	return items
}
