package warehouse

import (
	"maps"
	"slices"

	"tillsight/shared/cube"
	"tillsight/shared/customer"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/segment"
	"tillsight/shared/shift"
	"tillsight/shared/sqlite"
)

// projection writes the rows of one batch. What many facts of a batch change
// is gathered and written at its end.
type projection struct {
	tx       *sqlite.Tx
	revision int64
	keys     *keys
	costs    costs
	days     map[storeDay]*dayChange
	seen     map[string]*seen
	metrics  map[int64]*figures
	touched  map[storeDay]bool // days of receipts that were given up
}

func newProjection(w *Warehouse) *projection {
	return &projection{
		keys:    w.keys,
		costs:   w.costs,
		days:    map[storeDay]*dayChange{},
		seen:    map[string]*seen{},
		metrics: map[int64]*figures{},
		touched: map[storeDay]bool{},
	}
}

type storeDay struct {
	store string
	day   cube.EpochDay
}

type dayChange struct{ receipts, lines int }

// seen is the latest that is known of a device.
type seen struct {
	store string
	till  int
	at    int64
	shift int // −1: as before
}

// day returns what the batch changes of a store's day.
func (p *projection) day(store string, day cube.EpochDay) *dayChange {
	at := storeDay{store, day}
	if p.days[at] == nil {
		p.days[at] = &dayChange{}
	}
	return p.days[at]
}

// changeDay notes that a store's day changed in a revision.
func changeDay(tx *sqlite.Tx, store string, day, revision int64) error {
	return tx.Exec(`INSERT INTO sales_change (store, day, revision)
		VALUES (?, ?, ?)
		ON CONFLICT (store, day) DO UPDATE SET revision = excluded.revision`, store, day, revision)
}

// step is one fact on its way into the rows.
type step struct {
	*projection
	entry *entry
	till  int64 // key
}

// projected says which rows a fact makes.
var projected = func() fact.Table[step] {
	t := fact.Table[step]{}
	sold := func(s step, _ fact.Fact) error { return s.sale(s.entry, s.till, s.entry.body.(*sale)) }
	fact.OnRaw(t, fact.SaleRegistered, sold)
	fact.OnRaw(t, fact.ReturnRegistered, sold)
	fact.On(t, fact.ReceiptCancelled, func(s step, _ fact.Fact, r *receipt.Receipt) error { return s.cancelled(s.entry, s.till, r) })
	fact.On(t, fact.ShiftOpened, func(s step, f fact.Fact, b *fact.ShiftOpening) error {
		s.seen[f.Device].shift = 1
		return s.shiftOpened(f.Header, s.till, *b)
	})
	fact.On(t, fact.ShiftClosed, func(s step, f fact.Fact, b *shift.Shift) error {
		s.seen[f.Device].shift = 0
		return s.shiftClosed(f.Header, s.till, *b)
	})
	fact.On(t, fact.CashMoved, step.cashMoved)
	fact.On(t, fact.SignedIn, step.signIn)
	fact.On(t, fact.SignInRefused, step.signIn)
	fact.On(t, fact.CustomerEnrolled, func(s step, f fact.Fact, c *customer.Customer) error {
		return s.profile(s.entry, f.Header, *c)
	})
	fact.Ignore(t, "nothing of it is counted: it goes on or waits", fact.ReceiptParked, fact.ReceiptRecalled, fact.ParkedTaken)
	fact.Ignore(t, "nothing is left of what it stands for", fact.FactLost)
	return t
}()

// take writes the rows of one fact, or puts it into quarantine.
func (p *projection) take(e *entry) error {
	h := e.fact.Header
	if e.err == nil {
		e.err = p.keys.room(e)
	}
	if h.Device != "" {
		p.see(h)
	}
	if e.err != nil {
		return p.quarantine(e)
	}
	till, err := p.keys.till(p.tx, h.Store, h.Till)
	if err != nil {
		return err
	}
	return projected.TakeRead(step{p, e, till}, e.fact, e.body)
}

func (s step) cashMoved(f fact.Fact, m *shift.CashMove) error {
	return s.tx.Exec(`INSERT INTO cash_move (pos, store, till, shift, at, amount, reason, by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		s.entry.pos, f.Store, s.till, m.Shift, f.At, int64(m.Amount), m.Reason, m.By)
}

func (s step) signIn(f fact.Fact, b *fact.SignIn) error {
	return s.tx.Exec(`INSERT INTO sign_in (pos, store, till, at, employee, refused, failures)
		VALUES (?, ?, ?, ?, ?, ?, ?)`,
		s.entry.pos, f.Store, s.till, f.At, b.Employee, f.Kind == fact.SignInRefused, b.Failures)
}

func (p *projection) quarantine(e *entry) error {
	code, detail := reasonOf(e.err)
	return p.tx.Exec(`INSERT INTO quarantine (pos, kind, reason, detail, bytes)
		VALUES (?, ?, ?, ?, ?)`, e.pos, string(e.fact.Kind), code, detail, e.raw.Bytes)
}

func (p *projection) see(h fact.Header) {
	s := p.seen[h.Device]
	if s == nil {
		s = &seen{shift: -1}
		p.seen[h.Device] = s
	}
	s.store, s.till, s.at = h.Store, h.Till, max(s.at, h.At)
}

// sale writes a receipt of sale or return, with its lines and payments.
func (p *projection) sale(e *entry, till int64, s *sale) error {
	known := false
	err := p.tx.Query(`SELECT 1 FROM receipt WHERE id = ?`, func(sqlite.Row) error {
		known = true
		return nil
	}, s.ID)
	if err != nil {
		return err
	}
	if known {
		e.err = quarantined(errcode.Conflict, "receipt %s is here already", s.ID)
		return p.quarantine(e)
	}
	buyer, err := p.buyer(e.pos, s)
	if err != nil {
		return err
	}
	cashier, err := p.keys.employee(p.tx, s.Cashier, e.fact.Store)
	if err != nil {
		return err
	}
	sum, err := p.lines(e, s)
	if err != nil {
		return err
	}
	kind, sign := segment.KindSale, money.Amount(1)
	if s.Type == receipt.Return {
		kind, sign = segment.KindReturn, -1
	}
	if err := p.payments(e.pos, s, sign); err != nil {
		return err
	}
	h := e.fact.Header
	day := p.day(h.Store, s.day)
	day.receipts, day.lines = day.receipts+1, day.lines+sum.lines
	var customerKey any
	if buyer >= 0 {
		customerKey = buyer
		p.count(buyer, kind, s.Closed, sum)
	}
	return p.tx.Exec(`INSERT INTO receipt (pos, id, number, count, kind, store, till, shift, cashier, customer, card,
			at, took, day, hour, lines, voided, quantity, net, discount, tax, cost, original, device)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.pos, s.ID, s.Number, s.count, kind, h.Store, till, s.Shift, cashier, customerKey, s.Card,
		s.Closed, max(0, s.Closed-s.Opened), int64(s.day), s.hour, sum.lines, len(s.Lines)-sum.lines, sum.quantity,
		sum.net, sum.discount, sum.tax, sum.cost, s.Original, h.Device)
}

// sums are the totals of a receipt's lines, negative for a return.
type sums struct {
	lines                              int
	quantity, net, discount, tax, cost int64
}

func (p *projection) lines(e *entry, s *sale) (sums, error) {
	var sum sums
	sign := int64(1)
	if s.Type == receipt.Return {
		sign = -1
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		key, err := p.keys.product(p.tx, l, p.revision)
		if err != nil {
			return sum, err
		}
		var cost int64
		if !l.Voided {
			cost = sign * p.costs.of(string(l.SKU), e.fact.Store, s.Closed, int64(l.Quantity))
			sum.lines++
			sum.quantity += sign * int64(l.Quantity)
			sum.net += sign * int64(l.Net)
			sum.discount += sign * int64(l.Discount)
			sum.tax += sign * int64(l.Tax)
			sum.cost += cost
		}
		manual, err := p.cuts(e, s, l, sign)
		if err != nil {
			return sum, err
		}
		err = p.tx.Exec(`INSERT INTO receipt_line (receipt, n, product, quantity, price, net, discount, tax, cost, voided, manual)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			e.pos, l.N, key, sign*int64(l.Quantity), int64(l.Price), sign*int64(l.Net), sign*int64(l.Discount),
			sign*int64(l.Tax), cost, l.Voided, manual)
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// payments writes what was kept of each tender: the change came from cash.
func (p *projection) payments(pos int64, s *sale, sign money.Amount) error {
	change := s.Change
	for i, t := range s.Tenders {
		kept := t.Amount
		if t.Kind == receipt.Cash {
			back := min(change, kept)
			kept, change = kept-back, change-back
		}
		err := p.tx.Exec(`INSERT INTO payment (receipt, n, kind, amount) VALUES (?, ?, ?, ?)`,
			pos, i+1, string(t.Kind), int64(sign*kept))
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *projection) shiftOpened(h fact.Header, till int64, s fact.ShiftOpening) error {
	return p.tx.Exec(`INSERT INTO shift (store, till, n, device, opened, opened_by, float, closed, closed_by,
			sales, returns, expected, counted)
		VALUES (?, ?, ?, ?, ?, ?, ?, 0, '', 0, 0, ?, NULL)
		ON CONFLICT (store, till, n) DO NOTHING`,
		h.Store, till, s.Number, h.Device, h.At, s.By, int64(s.Float), int64(s.Float))
}

func (p *projection) shiftClosed(h fact.Header, till int64, s shift.Shift) error {
	var counted any
	if s.Counted != nil {
		counted = int64(*s.Counted)
	}
	return p.tx.Exec(`INSERT INTO shift (store, till, n, device, opened, opened_by, float, closed, closed_by,
			sales, returns, expected, counted)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (store, till, n) DO UPDATE SET closed = excluded.closed, closed_by = excluded.closed_by,
			sales = excluded.sales, returns = excluded.returns, expected = excluded.expected, counted = excluded.counted`,
		h.Store, till, s.Number, h.Device, s.Opened, s.OpenedBy, int64(s.Float), s.Closed, s.ClosedBy,
		int64(s.Sales.Total), int64(s.Returns.Total), int64(s.Cash), counted)
}

// flush writes what was gathered over the batch, in a fixed order.
func (p *projection) flush() error {
	byStore := func(a, b storeDay) int {
		if a.store != b.store {
			return cube.Natural(a.store, b.store)
		}
		return int(a.day - b.day)
	}
	for _, at := range slices.SortedFunc(maps.Keys(p.days), byStore) {
		d := p.days[at]
		err := p.tx.Exec(`INSERT INTO sales_day (store, day, receipts, lines)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (store, day) DO UPDATE SET receipts = receipts + excluded.receipts,
				lines = lines + excluded.lines`, at.store, int64(at.day), d.receipts, d.lines)
		if err != nil {
			return err
		}
		if err := changeDay(p.tx, at.store, int64(at.day), p.revision); err != nil {
			return err
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(p.touched), byStore) {
		if err := changeDay(p.tx, at.store, int64(at.day), p.revision); err != nil {
			return err
		}
	}
	for _, device := range slices.Sorted(maps.Keys(p.seen)) {
		s := p.seen[device]
		err := p.tx.Exec(`INSERT INTO device_seen (device, store, till, at, shift)
			VALUES (?1, ?2, ?3, ?4, max(?5, 0))
			ON CONFLICT (device) DO UPDATE SET store = excluded.store, till = excluded.till,
				at = max(at, excluded.at), shift = CASE WHEN ?5 < 0 THEN shift ELSE excluded.shift END`,
			device, s.store, s.till, s.at, s.shift)
		if err != nil {
			return err
		}
	}
	return p.flushMetrics()
}
