package till

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/app/worker/till/open"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/parking"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
)

// Recall brings a parked receipt back: one of this till, or one of another that
// the server gives. While the server answers it says who was first.
func (s *parked) Recall(ctx context.Context, q bridge.Recall) (bridge.Recalled, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.mayRecall(); err != nil {
		return bridge.Recalled{}, err
	}
	id := q.ID
	if id == "" {
		switch {
		case s.parkedCount() > 1:
			return bridge.Recalled{}, errcode.New(errcode.SeveralParked, "till.Recall", nil)
		case len(s.lot.own) == 1:
			id = s.lot.own[0].ID
		case len(s.lot.others) == 1:
			id = s.lot.others[0].ID
		}
	}
	return s.recallID(ctx, id, nil)
}

// mayRecall refuses while another receipt is open.
func (s *parked) mayRecall() error {
	const op = "till.Recall"
	if err := s.selling(op, ""); err != nil {
		return err
	}
	if err := s.dropEmpty(); err != nil {
		return err
	}
	if s.current.Doc != nil {
		return errcode.New(errcode.ReceiptIsOpen, op, nil)
	}
	return nil
}

// recallID finds the parked receipt id: here, at the server, or in what was read
// from paper, nil for nothing.
func (s *parked) recallID(ctx context.Context, id string, paper *parking.Parking) (bridge.Recalled, error) {
	const op = "till.Recall"
	if err := s.settle(); err != nil {
		return bridge.Recalled{}, err
	}
	if number, till, gone, err := s.db.Recalled(id); err != nil {
		return bridge.Recalled{}, err
	} else if gone {
		return bridge.Recalled{}, errcode.New(errcode.ParkedGone, op, nil).With("number", number).With("till", strconv.Itoa(till))
	}
	own, err := s.db.Parked(id)
	isOwn := err == nil
	if !isOwn && errcode.Of(err) != errcode.NotFound {
		return bridge.Recalled{}, err
	}
	given, err := s.claim(ctx, id, isOwn)
	switch {
	case errcode.Of(err) == errcode.ParkedGone:
		return bridge.Recalled{}, err
	case s.mayRecall() != nil: // while the server was asked the register was let go, or locked
		return bridge.Recalled{}, s.mayRecall()
	case isOwn:
		return s.goOn(&own, parking.Own)
	case given != nil:
		return s.goOn(given, parking.Server)
	case paper != nil:
		if err := s.fillIn(paper); err != nil {
			return bridge.Recalled{}, err
		}
		return s.goOn(paper, parking.Slip)
	case err != nil && errcode.Of(err) != errcode.NotFound:
		return bridge.Recalled{}, errcode.New(errcode.ParkedNowhere, op, err)
	}
	return bridge.Recalled{}, errcode.New(errcode.NotFound, op, fmt.Errorf("parked %q", id))
}

// claim asks the server for a parked receipt, letting others at the register
// meanwhile. A register that knows it is offline does not wait for its own.
func (s *parked) claim(ctx context.Context, id string, own bool) (*parking.Parking, error) {
	client := s.client
	if own && !client.Status().Online {
		return nil, errcode.New(errcode.Offline, "till.claim", nil)
	}
	s.mu.Unlock()
	answer, err := client.Recall(ctx, id)
	s.mu.Lock()
	if err == nil && s.client != client {
		err = errcode.New(errcode.Cancelled, "till.claim", nil)
	}
	return answer.Parking, err
}

// RecallSlip takes one code of a parking slip. Any one is enough for a receipt
// that this till or the server knows of.
func (s *parked) RecallSlip(ctx context.Context, q bridge.SlipScan) (bridge.Recalled, error) {
	const op = "till.RecallSlip"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.mayRecall(); err != nil {
		return bridge.Recalled{}, err
	}
	part, err := parking.Read(q.Text)
	if err != nil {
		return bridge.Recalled{}, err
	}
	if id := s.parkedAs(part.Short); id != "" {
		recalled, err := s.recallID(ctx, id, nil)
		if errcode.Of(err) != errcode.ParkedNowhere {
			return recalled, err
		}
	}
	sealed, missing := s.lot.slips.Add(part)
	if len(missing) > 0 {
		return bridge.Recalled{Part: part.Index + 1, Parts: part.Count, Missing: missing}, nil
	}
	p, err := parking.Open(sealed, s.identity.Store.ID, s.book.slipKeys)
	if err != nil {
		return bridge.Recalled{}, err
	}
	if today := s.date(s.opt.Now()); p.Receipt.Date != today {
		if _, err := s.db.Parked(p.ID); errcode.Of(err) == errcode.NotFound {
			return bridge.Recalled{}, errcode.New(errcode.SlipExpired, op, nil).With("date", p.Receipt.Date)
		}
	}
	return s.recallID(ctx, p.ID, &p)
}

// parkedAs is the parking that a part of a slip is of, "" when it is not known
// here.
func (s *parked) parkedAs(short string) string {
	for _, row := range s.lot.own {
		if parking.Short(row.ID) == short {
			return row.ID
		}
	}
	for _, row := range s.lot.others {
		if parking.Short(row.ID) == short {
			return row.ID
		}
	}
	return ""
}

// fillIn looks up what a slip does not carry.
func (s *parked) fillIn(p *parking.Parking) error {
	const op = "till.RecallSlip"
	for i := range p.Receipt.Lines {
		l := &p.Receipt.Lines[i]
		item, ok, err := s.goods().ProductBySKU(l.SKU)
		if err != nil {
			return err
		}
		if !ok {
			return errcode.New(errcode.SlipProduct, op, nil).With("sku", string(l.SKU))
		}
		rate, ok := s.book.taxes.On(item.Tax, p.Receipt.Date)
		if !ok {
			return lookup.About(errcode.New(errcode.NoTax, op, fmt.Errorf("class %q on %s", item.Tax, p.Receipt.Date)), item.Name)
		}
		l.Name, l.Category, l.Unit = item.Name, item.Category, item.Unit
		l.TaxClass, l.TaxBP, l.TaxAdded = item.Tax, rate.BP, rate.Exclusive
		s.restore(l, item, p.Receipt.Date)
	}
	return nil
}

// goOn makes p the open receipt. The draft has it first, then the journal: a
// register that ends between the two finds it in the draft and says it then.
func (s *parked) goOn(p *parking.Parking, how string) (bridge.Recalled, error) {
	now := s.opt.Now()
	out := bridge.Recalled{Row: rowOf(p, how), How: how, Before: p.Receipt.Total}
	r := p.Receipt
	r.Lines = slices.Clone(p.Receipt.Lines)
	r.State, r.Type = receipt.Open, receipt.Sale
	r.Shift, r.Cashier, r.Scanned = s.shift.Number, s.cashier.ID, ""
	opening, _, err := s.opening()
	if err != nil {
		return bridge.Recalled{}, err
	}
	if how != parking.Own {
		r.ID, r.Number, r.Store, r.Parked = opening.ID, opening.Number, opening.Store, p.ID
	}
	rules, err := s.reprise(&r, opening, &out)
	if err != nil {
		return bridge.Recalled{}, err
	}
	doc := receipt.Resume(r)
	doc.UseRules(rules, nil)
	if err := doc.Verify(); err != nil {
		return bridge.Recalled{}, err
	}
	rec := parking.Recall{
		Parking: p.ID, Number: p.Receipt.Number, Receipt: r.ID, As: r.Number, Till: p.Till, How: how, By: s.cashier.ID, At: now.UnixMilli(),
	}
	if err := s.current.Resume(open.Resume{Recall: rec, Receipt: *doc}); err != nil {
		return bridge.Recalled{}, err
	}
	if err := s.register(fact.ReceiptRecalled, rec); err != nil { // it waits on, here or where it was parked
		return bridge.Recalled{}, errors.Join(err, s.current.Drop())
	}
	s.current.GoOn(doc, rules, p.Holder)
	s.dropParked(p.ID)
	out.Delta = s.current.Whole()
	return out, nil
}

// reprise decides which prices a receipt that goes on has. On the day when it
// was parked they are those that the customer saw, by the promotions of its
// first line; on another day they are of now, and out says what changed.
func (s *parked) reprise(r *receipt.Receipt, opening receipt.Opening, out *bridge.Recalled) (*pricing.Rules, error) {
	if r.Date == opening.Date {
		newer, err := s.newer(r)
		if err != nil {
			return nil, err
		}
		out.Newer = newer
		from, err := refdata.RulesFrom(s.ref)
		if err != nil {
			return nil, err
		}
		if r.Rules >= from && r.Rules <= s.book.cursor {
			rules, _, err := refdata.RulesAt(s.ref, r.Rules)
			return rules, err
		}
		r.Rules = opening.Rules
		return s.rules.now, nil
	}
	out.Repriced = true
	r.Priced = ""
	r.Opened, r.Zone, r.Date, r.Rules, r.Totals = opening.At, opening.Zone, opening.Date, opening.Rules, opening.Totals
	if err := s.repriceLines(r, out); err != nil {
		return nil, err
	}
	used, err := s.hadBy(lookup.Holder(r.Card, r.Customer))
	if err != nil {
		return nil, err
	}
	r.SetUsed(used)
	return s.rules.now, nil
}

// newer counts the lines whose price is another one by now.
func (s *parked) newer(r *receipt.Receipt) (count int, err error) {
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Voided || l.LabelSum != 0 {
			continue
		}
		item, ok, err := s.goods().ProductBySKU(l.SKU)
		if err != nil {
			return 0, err
		}
		if ok && item.Priced && item.Price.Amount != shelfPrice(l) {
			count++
		}
	}
	return count, nil
}

// shelfPrice is what the line's article cost on the shelf when it was scanned.
func shelfPrice(l *receipt.Line) money.Amount {
	if len(l.Offers) > 0 {
		return l.Offers[0].Price
	}
	return l.Price
}

// repriceLines gives all lines today's prices and taxes. What can't be sold any
// more is voided.
func (s *parked) repriceLines(r *receipt.Receipt, out *bridge.Recalled) error {
	now := s.opt.Now()
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Voided {
			continue
		}
		item, ok, err := s.goods().ProductBySKU(l.SKU)
		if err != nil {
			return err
		}
		if !ok || item.Stopped || !item.Priced && l.LabelSum == 0 {
			l.Voided = true
			out.Dropped++
			continue
		}
		fresh, err := s.terms(s.date(now)).Line(lookup.Meaning{Item: item, Code: l.Code, Factor: l.Quantity, Sum: l.LabelSum, Single: l.Single}, 0, now.UnixMilli())
		if err != nil {
			return err
		}
		if shelfPrice(&fresh) != shelfPrice(l) && l.LabelSum == 0 {
			out.Changed++
		}
		l.Name, l.Category, l.Unit, l.MinAge, l.Parts = fresh.Name, fresh.Category, fresh.Unit, fresh.MinAge, fresh.Parts
		l.Price, l.MinPrice, l.List, l.Offers = fresh.Price, fresh.MinPrice, fresh.List, fresh.Offers
		l.TaxClass, l.TaxBP, l.TaxAdded, l.At = fresh.TaxClass, fresh.TaxBP, fresh.TaxAdded, fresh.At
		if l.Unit.Whole() && l.Quantity%quantity.One != 0 {
			l.Voided = true // a catalogue that changed its mind: sold by weight then, by the piece now
			out.Dropped++
		}
	}
	return nil
}

func rowOf(p *parking.Parking, how string) bridge.ParkedRow {
	r := &p.Receipt
	return bridge.ParkedRow{ID: p.ID, Number: r.Number, At: p.At, Date: r.Date, Count: r.Count(), Total: r.Total,
		By: p.Name, Note: p.Note, Name: p.Holder, Till: p.Till, Own: how == parking.Own}
}

// drafted decides what the draft of a receipt is that was parked or recalled
// before the program ended. Resumed is how its first change recalled it, or nil.
func (s *parked) drafted(resumed *open.Resume) (spent bool, err error) {
	parked, err := s.db.ParkedReceipt(s.current.Doc.ID)
	switch errcode.Of(err) {
	case "":
		if resumed == nil || resumed.Recall.Parking != parked.ID {
			return true, nil // it was parked just before the end
		}
	case errcode.NotFound:
	default:
		return false, err
	}
	if resumed == nil {
		return false, nil
	}
	_, _, said, err := s.db.Recalled(resumed.Recall.Parking)
	if err == nil && !said {
		s.lot.unsaid = &resumed.Recall
	}
	return false, err
}

// sayRecalled writes the fact that the end of the program cut off.
func (s *parked) sayRecalled() error {
	if s.lot.unsaid == nil {
		return nil
	}
	rec := *s.lot.unsaid
	if err := s.register(fact.ReceiptRecalled, rec); err != nil {
		return err
	}
	s.lot.unsaid = nil
	s.dropParked(rec.Parking)
	return nil
}

// recallOpen brings back the open receipt, unless the journal has it.
func (s *parked) recallOpen() error {
	first, err := s.current.Load()
	if first == nil || err != nil {
		return err
	}
	switch _, err := s.db.Receipt(s.current.Doc.ID); errcode.Of(err) {
	case errcode.NotFound:
	case "": // it was paid or cancelled just before the end
		return s.current.Drop()
	default:
		return err
	}
	if spent, err := s.drafted(first.Resume); err != nil || !spent {
		return err
	}
	return s.current.Drop()
}
