// Package stock keeps what stores have of the goods that somebody counts:
// documents bring goods in, facts take them out. Tills get it as a hint.
//
// A level moves with the facts in the order of the journal, in one transaction
// with the place in it, so nothing is taken off twice. Nothing is refused because
// of a level: it may go below zero, which is news about the counting and not
// about the sale. Levels, documents and the place are in reference.db.
package stock

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tillsight/server/follow"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

const (
	batchMax = 1000             // facts counted in one transaction
	pause    = 30 * time.Second // between two hints: sales must not keep tills pulling
	tellMax  = 2000             // rows told in one transaction
	rowsMax  = 100_000          // of a document
	idMax    = 100              // in characters, as textMax
	textMax  = 500
	seenMax  = 300 // registers of a store that tills are told of: those that sold last
)

// Stock counts. It is safe for concurrent use, but for Look and Run, which are for
// one goroutine.
type Stock struct {
	*follow.Reader
	journal follow.Journal
	feed    follow.Feed
	now     func() time.Time
}

// Open returns the stock of a chain. The first time it begins with the hints that
// are in the reference data, as of the journal's present end.
func Open(j follow.Journal, f follow.Feed, now func() time.Time) (*Stock, error) {
	s := &Stock{journal: j, feed: f, now: now}
	var err error
	s.Reader, err = follow.Open(j, f, now, follow.Follower{
		Name: "stock", Kinds: counted.Kinds(), Limit: batchMax,
		Take: func(tx *sqlite.Tx, e follow.Entry) error { return follow.Take(counted, step{tx, e.Pos}, e) },
		Idle: s.Tell, Pause: pause,
	}, Migrations)
	if err != nil {
		return nil, err
	}
	_, err = f.Change(func(tx *sqlite.Tx) (int64, error) {
		begun := false
		err := tx.Query(`SELECT 1 FROM follow_cursor WHERE name = ?`, func(sqlite.Row) error {
			begun = true
			return nil
		}, s.Name)
		if err != nil || begun {
			return 0, err
		}
		return 0, errors.Join(
			tx.Exec(`INSERT INTO stock_level (store, sku, left, told)
				SELECT s.store, coalesce(a.sku, CAST(s.product AS TEXT)), s.left, s.left
				FROM stock s LEFT JOIN article a ON a.id = s.product`),
			s.Begin(tx, j.Position()))
	})
	if err != nil {
		return nil, fmt.Errorf("open stock: %w", err)
	}
	return s, nil
}

// counted says which facts move levels.
var counted = func() fact.Table[step] {
	t := fact.Table[step]{}
	fact.On(t, fact.SaleRegistered, step.take)
	fact.On(t, fact.ReturnRegistered, step.take)
	fact.Ignore(t, "no goods leave or come back", fact.ReceiptCancelled, fact.ReceiptParked, fact.ReceiptRecalled, fact.ParkedTaken,
		fact.ShiftOpened, fact.ShiftClosed, fact.CashMoved, fact.SignedIn, fact.SignInRefused, fact.CustomerEnrolled, fact.FactLost)
	return t
}()

// step is one fact on its way in.
type step struct {
	*sqlite.Tx
	pos int64
}

// take moves the levels of a sale or a return. A level stays within what a hint can
// say, whatever is counted.
func (s step) take(f fact.Fact, r *receipt.Receipt) error {
	for sku, q := range r.Goods() {
		err := s.Exec(`UPDATE stock_level SET left = max(-?4, min(?4, left - ?1)) WHERE store = ?2 AND sku = ?3`,
			int64(q), f.Store, string(sku), int64(refdata.StockMax))
		if err != nil {
			return err
		}
	}
	return s.Exec(`INSERT INTO stock_seen (store, device, epoch, seq, pos) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (store, device) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, pos = excluded.pos`,
		f.Store, f.Device, int64(f.Epoch), int64(f.Seq), s.pos)
}

// level is a row that tills have to hear of.
type level struct {
	store string
	sku   catalogue.SKU
	left  quantity.Milli
}

// exact is up to how many units tills are told every change: beyond, a
// twentieth more or less is no news.
const exact = 20

// Tell sends the tills the levels that are others now than what they were told,
// with the facts that are counted in them.
func (s *Stock) Tell() error {
	for {
		told := 0
		_, err := s.feed.Change(func(tx *sqlite.Tx) (version int64, err error) {
			levels, err := untold(tx)
			if told = len(levels); err != nil || told == 0 {
				return 0, err
			}
			return tell(tx, levels)
		})
		if err != nil {
			return fmt.Errorf("tell stock: %w", err)
		}
		if told < tellMax {
			return nil
		}
	}
}

func untold(tx *sqlite.Tx) (levels []level, err error) {
	err = tx.Query(`SELECT store, sku, left FROM stock_level
		WHERE (told IS NULL OR told <> left)
		AND (told IS NULL OR min(told, left) <= ?1 OR abs(told - left) * 20 >= told)
		ORDER BY store, sku LIMIT ?2`, func(r sqlite.Row) error {
		levels = append(levels, level{r.Text(0), catalogue.SKU(r.Text(1)), quantity.Milli(r.Int64(2))})
		return nil
	}, int64(exact*quantity.One), tellMax)
	return levels, err
}

func tell(tx *sqlite.Tx, levels []level) (int64, error) {
	var rows []refdata.Row
	stores := map[string]bool{}
	for _, l := range levels {
		rows = append(rows, refdata.Row{Table: refdata.Stocks, Value: refdata.Stock{Store: l.store, SKU: l.sku, Left: l.left}})
		if err := tx.Exec(`UPDATE stock_level SET told = left WHERE store = ? AND sku = ?`, l.store, string(l.sku)); err != nil {
			return 0, err
		}
		if stores[l.store] {
			continue
		}
		stores[l.store] = true
		basis := refdata.StockBasis{Store: l.store, Seen: []refdata.Seen{}}
		err := tx.Query(`SELECT device, epoch, seq FROM (SELECT * FROM stock_seen WHERE store = ? ORDER BY pos DESC LIMIT ?)
			ORDER BY device`, func(r sqlite.Row) error {
			basis.Seen = append(basis.Seen, refdata.Seen{Device: r.Text(0), Epoch: uint32(r.Int64(1)), Seq: uint64(r.Int64(2))})
			return nil
		}, l.store, seenMax)
		if err != nil {
			return 0, err
		}
		rows = append(rows, refdata.Row{Table: refdata.StockBases, Value: basis})
	}
	return refdata.Put(tx, rows)
}

// Document takes in a document of goods. The same document again changes nothing;
// another one under its ID is a conflict. A count says what there is when it is
// taken in: whoever counts sends it before selling on.
func (s *Stock) Document(id string, doc wire.StockDocument, login string) (saved wire.Saved, err error) {
	const op = "stock.Document"
	if err := check(id, doc); err != nil {
		return saved, err
	}
	saved.Version, err = s.feed.Change(func(tx *sqlite.Tx) (int64, error) {
		if err := understand(tx, &doc); err != nil {
			return 0, err
		}
		body, err := json.Marshal(doc)
		if err != nil {
			return 0, errcode.New(errcode.Internal, op, err)
		}
		hash := sha256.Sum256(body)
		known, same := false, false
		err = tx.Query(`SELECT hash FROM stock_document WHERE id = ?`, func(r sqlite.Row) error {
			known, same = true, bytes.Equal(r.Blob(0), hash[:])
			return nil
		}, id)
		switch {
		case err != nil:
			return 0, err
		case known && !same:
			return 0, errcode.New(errcode.Conflict, op, fmt.Errorf("document %q has other contents", id))
		case known:
			return refdata.Cursor(tx)
		}
		if err := s.apply(tx, doc); err != nil {
			return 0, err
		}
		saved.Count = len(doc.Rows)
		err = tx.Exec(`INSERT INTO stock_document (id, hash, taken, login, body) VALUES (?, ?, ?, ?, ?)`,
			id, hash[:], s.now().UnixMilli(), login, string(body))
		if err != nil {
			return 0, err
		}
		return refdata.Cursor(tx)
	})
	if err != nil {
		return saved, err
	}
	return saved, s.Tell()
}

func check(id string, doc wire.StockDocument) error {
	const op = "stock.Document"
	kind := doc.Kind == wire.StockReceipt || doc.Kind == wire.StockWriteOff || doc.Kind == wire.StockCounted
	if id == "" || utf8.RuneCountInString(id) > idMax || doc.Store == "" || !kind || len(doc.Rows) == 0 || len(doc.Rows) > rowsMax || utf8.RuneCountInString(doc.Text) > textMax {
		return errcode.New(errcode.Invalid, op, fmt.Errorf("document %q of store %q: %q, %d rows", id, doc.Store, doc.Kind, len(doc.Rows)))
	}
	seen := map[catalogue.SKU]int{}
	for i, row := range doc.Rows {
		if first, twice := seen[row.SKU]; twice {
			return errcode.New(errcode.TwoRows, op, fmt.Errorf("rows %d and %d: %q", first, i+1, row.SKU)).
				With("sku", string(row.SKU)).With("lines", fmt.Sprintf("%d, %d", first, i+1))
		}
		seen[row.SKU] = i + 1
	}
	return nil
}

// understand reads the quantities that somebody wrote, each in its article's unit.
func understand(tx *sqlite.Tx, doc *wire.StockDocument) error {
	doc.Rows = slices.Clone(doc.Rows)
	for i := range doc.Rows {
		row := &doc.Rows[i]
		if row.Text == "" {
			continue
		}
		p, found, err := refdata.ProductByKey(tx, row.SKU)
		if err != nil {
			return err
		}
		if !found { // told with the others that are not there
			continue
		}
		if row.Quantity, err = quantity.Parse(row.Text, p.Unit); err != nil {
			return errcode.As(err).With("sku", string(row.SKU)).With("line", strconv.Itoa(i+1))
		}
		row.Text = ""
	}
	return nil
}

// limits holds a row against what there may be of an article.
func limits(row wire.StockCount, kind wire.StockKind, unit quantity.Unit) error {
	const op = "stock.Document"
	switch {
	case row.Quantity < 0 || row.Quantity > receipt.QuantityMax*100 || row.Quantity == 0 && kind != wire.StockCounted:
		return errcode.New(errcode.BadQuantity, op, fmt.Errorf("%s of %q", row.Quantity, row.SKU)).
			With("min", "0.001").With("max", "1000000").With("sku", string(row.SKU))
	case unit.Whole() && row.Quantity%quantity.One != 0:
		return errcode.New(errcode.WholeQuantity, op, fmt.Errorf("%s of %q", row.Quantity, row.SKU)).With("sku", string(row.SKU))
	}
	return nil
}

// apply moves the levels of a document.
func (s *Stock) apply(tx *sqlite.Tx, doc wire.StockDocument) error {
	if _, found, err := refdata.Store(tx, doc.Store); err != nil {
		return err
	} else if !found {
		return errcode.New(errcode.NotFound, "stock.Document", fmt.Errorf("store %q", doc.Store))
	}
	var missing []string
	for _, row := range doc.Rows {
		p, found, err := refdata.ProductByKey(tx, row.SKU)
		if err != nil {
			return err
		}
		if !found {
			missing = append(missing, string(row.SKU))
			continue
		}
		if err := limits(row, doc.Kind, p.Unit); err != nil {
			return err
		}
		sql, q := `INSERT INTO stock_level (store, sku, left) VALUES (?1, ?2, max(-?4, min(?4, ?3)))
			ON CONFLICT (store, sku) DO UPDATE SET left = max(-?4, min(?4, left + ?3))`, row.Quantity
		switch doc.Kind {
		case wire.StockWriteOff:
			q = -q
		case wire.StockCounted:
			sql = `INSERT INTO stock_level (store, sku, left) VALUES (?1, ?2, max(-?4, min(?4, ?3)))
				ON CONFLICT (store, sku) DO UPDATE SET left = excluded.left`
		}
		if err := tx.Exec(sql, doc.Store, string(row.SKU), int64(q), int64(refdata.StockMax)); err != nil {
			return err
		}
	}
	if len(missing) > 0 {
		return errcode.New(errcode.NotFound, "stock.Document", fmt.Errorf("articles %s", strings.Join(missing, ", "))).
			With("sku", strings.Join(missing[:min(len(missing), 20)], ", "))
	}
	return nil
}
