package till

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"tillsight/app/bridge"
	"tillsight/app/worker/localdb"
	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// lot is what the till knows of receipts that are set aside.
type lot struct {
	own    []bridge.ParkedRow // parked here, newest first
	others []wire.ParkedRow   // at other tills, as the server told
	heard  int64              // unix ms of that, 0: never
	slips  parking.Collector
	unsaid *parking.Recall // of the receipt in the draft, not in the journal yet
}

// parked is selling with receipts that are set aside and go on.
type parked struct {
	sale
	lot lot
}

// Park sets the open receipt aside. When it returns without an error the receipt
// waits in the journal. Asked again for the same receipt, because an answer was
// lost, it returns what it returned then.
func (s *parked) Park(_ context.Context, q bridge.Park) (bridge.Parked, error) {
	const op = "till.Park"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Parked{}, err
	}
	if s.current.Doc == nil || s.current.Doc.ID != q.ID {
		return s.parkedBefore(q.ID)
	}
	if s.current.Doc.Count() == 0 {
		return bridge.Parked{}, errcode.New(errcode.ReceiptEmpty, op, nil)
	}
	if err := s.current.Untaken(op); err != nil {
		return bridge.Parked{}, err
	}
	p := parking.Parking{
		ID: s.opt.NewID(), Note: cleanNote(q.Note), By: s.cashier.ID, Name: s.cashier.Name, Holder: s.current.Customer,
		At: s.opt.Now().UnixMilli(), Till: s.identity.Till, Receipt: *s.current.Doc,
	}
	p.Receipt.Lines = slices.Clone(s.current.Doc.Lines)
	if err := s.register(fact.ReceiptParked, &p); err != nil {
		return bridge.Parked{}, err
	}
	s.lot.own = slices.Insert(s.lot.own, 0, localdb.ParkedRow(&p))
	s.current.End()
	return s.parkedNow(&p), nil
}

// parkedBefore answers a repeated Park.
func (s *parked) parkedBefore(id string) (bridge.Parked, error) {
	if err := s.settle(); err != nil {
		return bridge.Parked{}, err
	}
	p, err := s.db.ParkedReceipt(id)
	if errcode.Of(err) == errcode.NotFound {
		return bridge.Parked{}, errcode.New(errcode.ReceiptState, "till.Park", fmt.Errorf("receipt %q is not open", id))
	}
	if err != nil {
		return bridge.Parked{}, err
	}
	return s.parkedNow(&p), nil
}

func (s *parked) parkedNow(p *parking.Parking) bridge.Parked {
	return bridge.Parked{Delta: s.current.Whole(), Row: localdb.ParkedRow(p), Slip: s.slip(p), Count: s.parkedCount()}
}

// cleanNote makes one short line of what a cashier wrote.
func cleanNote(note string) string {
	note = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, note)), " ")
	if runes := []rune(note); len(runes) > parking.NoteMax {
		note = string(runes[:parking.NoteMax])
	}
	return note
}

// Parked lists what can be recalled here.
func (s *parked) Parked(context.Context, struct{}) (bridge.ParkedList, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.signedIn("till.Parked", ""); err != nil {
		return bridge.ParkedList{}, err
	}
	list := bridge.ParkedList{Rows: slices.Clone(s.lot.own), Heard: s.lot.heard, Online: s.client.Status().Online}
	for _, row := range s.lot.others {
		list.Rows = append(list.Rows, otherRow(row))
	}
	if list.Rows == nil {
		list.Rows = []bridge.ParkedRow{}
	}
	return list, nil
}

func otherRow(row wire.ParkedRow) bridge.ParkedRow {
	return bridge.ParkedRow{
		ID: row.ID, Number: row.Number, At: row.At, Date: row.Date, Count: row.Count, Total: row.Total,
		By: row.By, Note: row.Note, Name: row.Name, Till: row.Till,
	}
}

func (s *parked) parkedCount() int { return len(s.lot.own) + len(s.lot.others) }

// readLot reads what is parked here after the projection was opened.
func (s *parked) readLot() error {
	own, err := s.db.ParkedRows()
	if err != nil {
		return err
	}
	s.lot.own = own
	return nil
}

// heardParked takes what the server says of the store's parked receipts. That
// another till took one of this till's is a fact here too: no slip and no list
// brings it back.
func (s *parked) heardParked(list wire.Parked) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db == nil {
		return errcode.New(errcode.Cancelled, "till.heardParked", nil)
	}
	if err := s.settle(); err != nil {
		return err
	}
	for _, t := range list.Taken {
		if _, _, known, err := s.db.Recalled(t.ID); err != nil {
			return err
		} else if known {
			continue
		}
		if err := s.register(fact.ParkedTaken, parking.Taken{Parking: t.ID, Till: t.Till, At: t.At}); err != nil {
			return err
		}
		s.dropParked(t.ID)
	}
	s.lot.others = nil
	for _, row := range list.Rows {
		_, _, known, err := s.db.Recalled(row.ID)
		if err != nil {
			return err
		}
		if !known {
			s.lot.others = append(s.lot.others, row)
		}
	}
	s.lot.heard = s.opt.Now().UnixMilli()
	s.announce()
	return nil
}

// dropParked takes a parking off the lists.
func (s *parked) dropParked(id string) {
	s.lot.own = slices.DeleteFunc(s.lot.own, func(row bridge.ParkedRow) bool { return row.ID == id })
	s.lot.others = slices.DeleteFunc(s.lot.others, func(row wire.ParkedRow) bool { return row.ID == id })
}

// Slip returns the slip of a receipt that was parked here.
func (s *parked) Slip(_ context.Context, q bridge.ParkedRef) (bridge.ParkedSlip, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.signedIn("till.Slip", ""); err != nil {
		return bridge.ParkedSlip{}, err
	}
	if err := s.settle(); err != nil {
		return bridge.ParkedSlip{}, err
	}
	p, err := s.db.Parked(q.ID)
	if err != nil {
		return bridge.ParkedSlip{}, err
	}
	return s.slip(&p), nil
}

// asCatalogue stands on a slip for what the catalogue says of an article: the
// code that it gives, the prices of price lists. Most of the room is saved.
const asCatalogue = "="

// slip makes the slip of p. Without a key, or when it is too long for paper, it
// has no codes.
func (s *parked) slip(p *parking.Parking) bridge.ParkedSlip {
	slip := bridge.ParkedSlip{Row: localdb.ParkedRow(p), Receipt: p.Receipt}
	if len(s.book.slipKeys) == 0 {
		return slip
	}
	short := *p
	short.Receipt.Lines = slices.Clone(p.Receipt.Lines)
	for i := range short.Receipt.Lines {
		if err := s.shorten(&short.Receipt.Lines[i], p.Receipt.Date); err != nil {
			s.log("shorten a parking slip", err)
		}
	}
	parts, err := parking.Parts(&short, s.book.slipKeys[0])
	switch {
	case errors.Is(err, parking.ErrTooLong):
		slip.TooLong = true
	case err != nil:
		s.log("make a parking slip", err)
	}
	slip.Parts = parts
	return slip
}

// shorten leaves out of a line what the catalogue of any till of the store says.
func (s *parked) shorten(l *receipt.Line, date string) error {
	item, ok, err := s.goods().ProductBySKU(l.SKU)
	if err != nil || !ok {
		return err
	}
	if l.Code != "" && l.Code == scannedForm(item.Code) {
		l.Code = asCatalogue
	}
	if len(l.Offers) > 0 && slices.Equal(l.Offers, s.terms(date).Offers(item)) {
		l.Offers = []receipt.Offer{{List: asCatalogue}}
	}
	return nil
}

// restore puts back what shorten left out. Prices of lists are taken only if the
// price that the customer saw is among them.
func (s *parked) restore(l *receipt.Line, item refdata.Item, date string) {
	if l.Code == asCatalogue {
		l.Code = scannedForm(item.Code)
	}
	if len(l.Offers) != 1 || l.Offers[0].List != asCatalogue {
		return
	}
	l.Offers = nil
	offers := s.terms(date).Offers(item)
	if slices.ContainsFunc(offers, func(o receipt.Offer) bool { return o.List == l.List && o.Price == l.Price }) {
		l.Offers = offers
	}
}

// scannedForm is an EAN-13 as it is scanned, from the form in which the
// catalogue keeps it.
func scannedForm(code string) string {
	if len(code) == 14 && code[0] == '0' && barcode.Valid(code) {
		return code[1:]
	}
	return code
}

// trimRules forgets promotions that nothing here needs any more.
func (s *parked) trimRules(tx *sqlite.Tx, changed bool, cursor int64) error {
	if !changed {
		return nil
	}
	if s.current.Doc != nil {
		cursor = min(cursor, s.current.Doc.Rules)
	}
	for _, row := range s.lot.own {
		if row.Rules > 0 && row.Date == s.date(s.opt.Now()) {
			cursor = min(cursor, row.Rules)
		}
	}
	return refdata.TrimRules(tx, cursor)
}

// withParked adds what waits at this till: it does not stop a shift from being
// closed, but whoever closes it has to know.
func (s *parked) withParked(report bridge.ShiftReport) bridge.ShiftReport {
	report.Parked = len(s.lot.own)
	for _, row := range s.lot.own {
		report.ParkedSum += row.Total
	}
	return report
}
