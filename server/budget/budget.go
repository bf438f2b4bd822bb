// Package budget keeps what people at the office plan and enter as spent: plan
// figures by store and month, and expenses. Every change is written down with
// who made it; nobody overwrites what he has not seen.
package budget

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"tillsight/server/notice"
	"tillsight/shared/budget"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// Migrations are the tables of this package, by version.
//
//go:embed migration/*.sql
var Migrations embed.FS

// Limits of what is kept.
const (
	ValueMax   = 1_000_000_000_000_00 // of a figure, in its unit
	figuresMax = 20_000               // of one change
)

// Book is the plan figures and expenses in db. It is safe for concurrent use.
type Book struct {
	db      *sqlite.DB
	now     func() time.Time
	version atomic.Int64
	news    notice.Board
}

// Open returns the book that is kept in db.
func Open(db *sqlite.DB, now func() time.Time) (*Book, error) {
	b := &Book{db: db, now: now}
	err := db.Migrate(Migrations, "migration")
	if err == nil {
		err = db.Query(`SELECT coalesce(max(n), 0) FROM budget_change`, func(r sqlite.Row) error {
			b.version.Store(r.Int64(0))
			return nil
		})
	}
	if err != nil {
		return nil, fmt.Errorf("open budget: %w", err)
	}
	return b, nil
}

// Version returns the number of the last change.
func (b *Book) Version() int64 { return b.version.Load() }

// Subscribe returns a channel that receives after a change.
func (b *Book) Subscribe() (changed <-chan struct{}, cancel func()) { return b.news.Subscribe() }

// Allowed says whether somebody may change what belongs to store; "" is the chain.
type Allowed func(store string) bool

// All returns everything in the form of the column files, with the version.
func (b *Book) All() (plans []segment.Plan, expenses []segment.Expense, version int64, err error) {
	err = b.db.Read(func(tx *sqlite.Tx) error {
		if version, err = lastChange(tx); err != nil {
			return err
		}
		err := tx.Query(`SELECT store, month, measure, employee, value
			FROM plan_figure
			ORDER BY store, month, measure, employee`, func(r sqlite.Row) error {
			plans = append(plans, segment.Plan{
				Store: r.Text(0), Month: r.Text(1), Measure: r.Text(2), Employee: r.Text(3), Value: r.Int64(4),
			})
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Query(`SELECT store, month, kind, amount, text
			FROM expense
			ORDER BY store, month, kind, id`, func(r sqlite.Row) error {
			expenses = append(expenses, segment.Expense{
				Store: r.Text(0), Month: r.Text(1), Kind: r.Text(2), Amount: money.Amount(r.Int64(3)), Text: r.Text(4),
			})
			return nil
		})
	})
	if err != nil {
		return nil, nil, 0, fmt.Errorf("read budget: %w", err)
	}
	return plans, expenses, version, nil
}

func lastChange(tx *sqlite.Tx) (version int64, err error) {
	err = tx.Query(`SELECT coalesce(max(n), 0) FROM budget_change`, func(r sqlite.Row) error {
		version = r.Int64(0)
		return nil
	})
	return version, err
}

// change is an edit in the making.
type change struct {
	tx *sqlite.Tx
	by string
	at int64
	n  int64 // of the latest entry
}

// write runs edit and tells those who wait when it changed something.
func (b *Book) write(by string, edit func(c *change) error) error {
	c := &change{by: by, at: b.now().UnixMilli()}
	err := b.db.Write(func(tx *sqlite.Tx) error {
		c.tx = tx
		return edit(c)
	})
	if err == nil && c.n > 0 {
		b.version.Store(c.n)
		b.news.Post()
	}
	return err
}

// note enters a change into the book and returns its number.
func (c *change) note(kind, key string, before, after any) (int64, error) {
	text := func(v any) (string, error) {
		if v == nil {
			return "", nil
		}
		b, err := json.Marshal(v)
		return string(b), err
	}
	was, err := text(before)
	if err != nil {
		return 0, err
	}
	is, err := text(after)
	if err != nil {
		return 0, err
	}
	return c.n, c.tx.Query(`INSERT INTO budget_change (at, by, kind, key, before, after)
		VALUES (?, ?, ?, ?, ?, ?)
		RETURNING n`, func(r sqlite.Row) error {
		c.n = r.Int64(0)
		return nil
	}, c.at, c.by, kind, key, was, is)
}

// Figures returns the plan figures of the months from … to of the stores that
// allowed lets through, in the order of store, month, measure and employee.
func (b *Book) Figures(from, to string, allowed Allowed) (list []budget.Figure, err error) {
	list = []budget.Figure{}
	err = b.db.Query(`SELECT store, month, measure, employee, value, version, by, at
		FROM plan_figure
		WHERE month BETWEEN ? AND ?
		ORDER BY store, month, measure, employee`, func(r sqlite.Row) error {
		if f := figureOf(r); allowed(f.Store) {
			list = append(list, f)
		}
		return nil
	}, from, to)
	if err != nil {
		return nil, fmt.Errorf("read plan figures: %w", err)
	}
	return list, nil
}

func figureOf(r sqlite.Row) budget.Figure {
	value := r.Int64(4)
	return budget.Figure{
		Store: r.Text(0), Month: r.Text(1), Measure: cube.MeasureID(r.Text(2)), Employee: r.Text(3), Value: &value,
		Version: r.Int64(5), By: r.Text(6), At: r.Int64(7),
	}
}

// SaveFigures changes figures, all or none, and returns them as they are then.
// It fails with errcode.Conflict, naming the figure, when one is no longer the
// version that was seen, and with errcode.Forbidden when one is not allowed.
func (b *Book) SaveFigures(figures []budget.Figure, by string, allowed Allowed) ([]budget.Figure, error) {
	if len(figures) > figuresMax {
		return nil, errcode.New(errcode.TooLarge, "budget.SaveFigures", fmt.Errorf("%d figures", len(figures)))
	}
	for _, f := range figures {
		if err := check(f); err != nil {
			return nil, err
		}
		if !allowed(f.Store) {
			return nil, errcode.New(errcode.Forbidden, "budget.SaveFigures", fmt.Errorf("store %q", f.Store))
		}
	}
	saved := make([]budget.Figure, len(figures))
	err := b.write(by, func(c *change) (err error) {
		for i, f := range figures {
			if saved[i], err = c.figure(f, true); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("save plan figures: %w", err)
	}
	return saved, nil
}

func check(f budget.Figure) error {
	bad := func(field, value string) error {
		return errcode.New(errcode.Invalid, "budget.Figure", fmt.Errorf("%s %q", field, value)).With("field", field).With("value", value)
	}
	switch {
	case f.Store == "":
		return bad("store", f.Store)
	case !budget.IsMonth(f.Month):
		return bad("month", f.Month)
	case !slices.Contains(cube.Plannable(), f.Measure):
		return bad("measure", string(f.Measure))
	case f.Value != nil && (*f.Value < 0 || *f.Value > ValueMax):
		return bad("value", strconv.FormatInt(*f.Value, 10))
	}
	return nil
}

// figure writes f, or takes it away when it has no value. Unless seen is false
// it must be of the version that is held.
func (c *change) figure(f budget.Figure, seen bool) (budget.Figure, error) {
	held := budget.Figure{}
	err := c.tx.Query(`SELECT store, month, measure, employee, value, version, by, at
		FROM plan_figure
		WHERE store = ? AND month = ? AND measure = ? AND employee = ?`, func(r sqlite.Row) error {
		held = figureOf(r)
		return nil
	}, f.Store, f.Month, string(f.Measure), f.Employee)
	if err != nil {
		return f, err
	}
	key := strings.Join([]string{f.Store, f.Month, string(f.Measure), f.Employee}, "/")
	if seen && held.Version != f.Version {
		return f, errcode.New(errcode.Conflict, "budget.figure", fmt.Errorf("%s has version %d, seen was %d", key, held.Version, f.Version)).
			With("key", key).With("by", held.By)
	}
	if same(held.Value, f.Value) {
		f.Version, f.By, f.At = held.Version, held.By, held.At
		return f, nil
	}
	if f.Version, err = c.note("plan", key, value(held.Value), value(f.Value)); err != nil {
		return f, err
	}
	f.By, f.At = c.by, c.at
	if f.Value == nil {
		f.Version = 0
		return f, c.tx.Exec(`DELETE FROM plan_figure WHERE store = ? AND month = ? AND measure = ? AND employee = ?`,
			f.Store, f.Month, string(f.Measure), f.Employee)
	}
	return f, c.tx.Exec(`INSERT OR REPLACE INTO plan_figure (store, month, measure, employee, value, version, by, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, f.Store, f.Month, string(f.Measure), f.Employee, *f.Value, f.Version, f.By, f.At)
}

func same(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// value makes a nil pointer a nil interface.
func value(v *int64) any {
	if v == nil {
		return nil
	}
	return *v
}

// Expenses returns the expenses of the months from … to that allowed lets
// through, by month (newest first), store and kind.
func (b *Book) Expenses(from, to string, allowed Allowed) (list []budget.Expense, err error) {
	list = []budget.Expense{}
	err = b.db.Query(`SELECT id, store, month, kind, amount, text, version, by, at
		FROM expense
		WHERE month BETWEEN ? AND ?
		ORDER BY month DESC, store, kind, id`, func(r sqlite.Row) error {
		if e := expenseOf(r); allowed(e.Store) {
			list = append(list, e)
		}
		return nil
	}, from, to)
	if err != nil {
		return nil, fmt.Errorf("read expenses: %w", err)
	}
	return list, nil
}

func expenseOf(r sqlite.Row) budget.Expense {
	return budget.Expense{
		ID: r.Int64(0), Store: r.Text(1), Month: r.Text(2), Kind: r.Text(3), Amount: money.Amount(r.Int64(4)), Text: r.Text(5),
		Version: r.Int64(6), By: r.Text(7), At: r.Int64(8),
	}
}

// SaveExpense puts an expense or takes it away, as SaveFigures does.
func (b *Book) SaveExpense(s budget.SaveExpense, by string, allowed Allowed) (saved budget.Expense, err error) {
	e := s.Expense
	e.Kind, e.Text = strings.TrimSpace(e.Kind), strings.TrimSpace(e.Text)
	if field, value := badExpense(e); field != "" && !s.Delete {
		return e, errcode.New(errcode.Invalid, "budget.Expense", fmt.Errorf("%s %q", field, value)).With("field", field).With("value", value)
	}
	err = b.write(by, func(c *change) error {
		saved, err = c.expense(e, s.Delete, allowed)
		return err
	})
	if err != nil {
		return e, fmt.Errorf("save expense: %w", err)
	}
	return saved, nil
}

// badExpense returns the field of e that can't be, and its value.
func badExpense(e budget.Expense) (field, value string) {
	switch {
	case !budget.IsMonth(e.Month):
		return "month", e.Month
	case e.Kind == "" || utf8.RuneCountInString(e.Kind) > budget.KindMax || strings.ContainsAny(e.Kind, "\n\x00"):
		return "kind", e.Kind
	case e.Amount == 0 || e.Amount < -ValueMax || e.Amount > ValueMax: // a refund of one is negative
		return "amount", strconv.FormatInt(int64(e.Amount), 10)
	case utf8.RuneCountInString(e.Text) > budget.TextMax:
		return "text", e.Text
	}
	return "", ""
}

func (c *change) expense(e budget.Expense, remove bool, allowed Allowed) (budget.Expense, error) {
	var before any
	held := budget.Expense{}
	if e.ID != 0 {
		err := c.tx.Query(`SELECT id, store, month, kind, amount, text, version, by, at FROM expense WHERE id = ?`, func(r sqlite.Row) error {
			held = expenseOf(r)
			before = held
			return nil
		}, e.ID)
		if err != nil {
			return e, err
		}
		if before == nil || !allowed(held.Store) {
			return e, errcode.New(errcode.NotFound, "budget.expense", fmt.Errorf("expense %d", e.ID))
		}
		if held.Version != e.Version {
			return e, errcode.New(errcode.Conflict, "budget.expense", fmt.Errorf("expense %d has version %d, seen was %d", e.ID, held.Version, e.Version)).
				With("key", strconv.FormatInt(e.ID, 10)).With("by", held.By)
		}
	}
	if remove {
		if before == nil {
			return e, errcode.New(errcode.NotFound, "budget.expense", errors.New("no expense is named"))
		}
		_, err := c.note("expense", strconv.FormatInt(e.ID, 10), before, nil)
		return held, errors.Join(err, c.tx.Exec(`DELETE FROM expense WHERE id = ?`, e.ID))
	}
	if !allowed(e.Store) {
		return e, errcode.New(errcode.Forbidden, "budget.expense", fmt.Errorf("store %q", e.Store))
	}
	return c.putExpense(e, before)
}

// putExpense writes e, as a new one when it has no ID.
func (c *change) putExpense(e budget.Expense, before any) (budget.Expense, error) {
	e.By, e.At = c.by, c.at
	if e.ID == 0 {
		err := c.tx.Query(`INSERT INTO expense (store, month, kind, amount, text, version, by, at)
			VALUES (?, ?, ?, ?, ?, 0, ?, ?)
			RETURNING id`, func(r sqlite.Row) error {
			e.ID = r.Int64(0)
			return nil
		}, e.Store, e.Month, e.Kind, int64(e.Amount), e.Text, e.By, e.At)
		if err != nil {
			return e, err
		}
	}
	var err error
	if e.Version, err = c.note("expense", strconv.FormatInt(e.ID, 10), before, e); err != nil {
		return e, err
	}
	return e, c.tx.Exec(`UPDATE expense
		SET store = ?, month = ?, kind = ?, amount = ?, text = ?, version = ?, by = ?, at = ?
		WHERE id = ?`, e.Store, e.Month, e.Kind, int64(e.Amount), e.Text, e.Version, e.By, e.At, e.ID)
}

// Kinds returns the kinds of expenses in use, then those usual, each once.
func (b *Book) Kinds() (list []string, err error) {
	err = b.db.Query(`SELECT kind, count(*) AS n FROM expense GROUP BY kind ORDER BY n DESC, kind`, func(r sqlite.Row) error {
		list = append(list, r.Text(0))
		return nil
	})
	for _, kind := range budget.Kinds() {
		if !slices.Contains(list, kind) {
			list = append(list, kind)
		}
	}
	return list, err
}

// History returns the newest changes that allowed lets through.
func (b *Book) History(limit int, allowed Allowed) (list []budget.Change, err error) {
	list = []budget.Change{}
	err = b.db.Query(`SELECT n, at, by, kind, key, before, after FROM budget_change ORDER BY n DESC LIMIT 5000`, func(r sqlite.Row) error {
		if len(list) == limit {
			return nil
		}
		entry, store, err := entryOf(r)
		if err == nil && allowed(store) {
			list = append(list, entry)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read budget history: %w", err)
	}
	return list, nil
}

func entryOf(r sqlite.Row) (entry budget.Change, store string, err error) {
	entry = budget.Change{N: r.Int64(0), At: r.Int64(1), By: r.Text(2), Deleted: r.Text(6) == ""}
	before, after := []byte(r.Text(5)), []byte(r.Text(6))
	if r.Text(3) == "plan" {
		parts := strings.SplitN(r.Text(4), "/", 4)
		entry.Plan = &budget.Figure{Store: parts[0], Month: parts[1], Measure: cube.MeasureID(parts[2]), Employee: parts[3]}
		return entry, parts[0], errors.Join(decode(before, &entry.Before), decode(after, &entry.Plan.Value))
	}
	was, is := &budget.Expense{}, &budget.Expense{}
	err = errors.Join(decode(before, was), decode(after, is))
	if len(before) > 0 {
		amount := int64(was.Amount)
		entry.Before = &amount
	}
	if entry.Expense = is; entry.Deleted {
		entry.Expense = was
	}
	return entry, entry.Expense.Store, err
}

func decode(text []byte, into any) error {
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, into)
}

// Adopt takes over plan figures and expenses made elsewhere.
func (b *Book) Adopt(plans []segment.Plan, expenses []segment.Expense, by string) error {
	err := b.write(by, func(c *change) error {
		for _, p := range plans {
			value := p.Value
			f := budget.Figure{Store: p.Store, Month: p.Month, Measure: cube.MeasureID(p.Measure), Employee: p.Employee, Value: &value}
			if err := check(f); err != nil {
				return err
			}
			if _, err := c.figure(f, false); err != nil {
				return err
			}
		}
		for _, e := range expenses {
			_, err := c.putExpense(budget.Expense{Store: e.Store, Month: e.Month, Kind: e.Kind, Amount: e.Amount, Text: e.Text}, nil)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("adopt budget: %w", err)
	}
	return nil
}
