package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/mining/cycle"
)

// Windows of days that stages can be told by.
const (
	windowUsual = 30
	windowMin   = 7
	windowMax   = 365
)

// StageRequest asks in which stage customers are at the end of a date and, if it
// says so, were at the end of an earlier one. All purchases before count.
type StageRequest struct {
	To     string        `json:"to"`
	Before string        `json:"before,omitempty"`
	Where  []cube.Filter `json:"where,omitempty"`
	Window int           `json:"window,omitempty"` // days; 0: 30
}

// Span implements the period that must be at hand.
func (r StageRequest) Span() (from, to string) { return "", r.To }

func (r *StageRequest) check() error {
	if r.Window == 0 {
		r.Window = windowUsual
	}
	if r.Window < windowMin || r.Window > windowMax {
		return errcode.New(errcode.BadQuery, "report.StagesOf", nil).With("field", "window").With("value", strconv.Itoa(r.Window))
	}
	return nil
}

// Life is customers by the stage of their life as such.
type Life struct {
	To        string      `json:"to"`
	Window    int         `json:"window"`
	Customers int         `json:"customers"`
	Short     bool        `json:"short"`  // the data begin less than two windows before: stages are guesses
	Stages    []LifeStage `json:"stages"` // in the order of cycle.Stages
	Before    *LifeBefore `json:"before,omitempty"`
}

// LifeStage is the figures of a stage. Amounts are those of the latest window.
type LifeStage struct {
	ID        cycle.Stage `json:"id"`
	Customers int         `json:"customers"`
	Receipts  int         `json:"receipts"`
	Revenue   int64       `json:"revenue"`
}

// LifeBefore is where customers were at the earlier date. Moves[i][j] went from
// stage i to j, numbered as cycle.Stages; the last row are those who had not
// bought yet.
type LifeBefore struct {
	To        string  `json:"to"`
	Customers int     `json:"customers"`
	Stages    []int   `json:"stages"`
	Moves     [][]int `json:"moves"`
}

// lives is every customer's stage at a date, by key; −1 before the first purchase.
type lives struct {
	stage    []int8
	receipts []int32 // of the latest window
	net      []int64
}

// live finds the stages at the end of a date.
func live(ctx context.Context, c *cube.Cube, r StageRequest, to string) (*lives, error) {
	asOf, err := cube.ParseDay(to)
	if err != nil {
		return nil, err
	}
	n := c.CustomerKeys()
	l := &lives{stage: make([]int8, n), receipts: make([]int32, n), net: make([]int64, n)}
	first, last, before := make([]cube.EpochDay, n), make([]cube.EpochDay, n), make([]int, n)
	err = c.Visits(ctx, cube.Slice{To: to, Where: r.Where}, func(v *cube.Visit) {
		k, ago := v.Customer, int(asOf-v.Day)
		if ago < r.Window {
			l.net[k] += v.Net
		}
		if v.Return {
			return
		}
		if first[k] == 0 || v.Day < first[k] {
			first[k] = v.Day
		}
		last[k] = max(last[k], v.Day)
		switch {
		case ago < r.Window:
			l.receipts[k]++
		case ago < 2*r.Window:
			before[k]++
		}
	})
	for k := range l.stage {
		l.stage[k] = -1
		if first[k] > 0 {
			life := cycle.Life{First: int(asOf - first[k]), Last: int(asOf - last[k]), Now: int(l.receipts[k]), Before: before[k]}
			l.stage[k] = int8(slices.Index(cycle.Stages, life.Stage(r.Window)))
		}
	}
	return l, err
}

// NameLife is what LifeOf is asked for by.
var NameLife = define("life", LifeOf)

// LifeOf answers r.
func LifeOf(ctx context.Context, c *cube.Cube, r StageRequest) (*Life, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	now, err := live(ctx, c, r, r.To)
	if err != nil {
		return nil, err
	}
	out := &Life{To: r.To, Window: r.Window, Short: short(c, cmp.Or(r.Before, r.To), 2*r.Window)}
	for _, id := range cycle.Stages {
		out.Stages = append(out.Stages, LifeStage{ID: id})
	}
	for k, at := range now.stage {
		if at >= 0 {
			s := &out.Stages[at]
			s.Customers++
			s.Receipts += int(now.receipts[k])
			s.Revenue += now.net[k]
			out.Customers++
		}
	}
	if r.Before == "" {
		return out, nil
	}
	then, err := live(ctx, c, r, r.Before)
	if err != nil {
		return nil, err
	}
	nobody := len(cycle.Stages)
	b := &LifeBefore{To: r.Before, Stages: make([]int, nobody), Moves: make([][]int, nobody+1)}
	for i := range b.Moves {
		b.Moves[i] = make([]int, nobody)
	}
	for k, to := range now.stage {
		if to < 0 {
			continue
		}
		from := int(then.stage[k])
		if from < 0 {
			from = nobody
		} else {
			b.Stages[from]++
			b.Customers++
		}
		b.Moves[from][to]++
	}
	out.Before = b
	return out, nil
}

// short reports whether the data begin less than so many days before a date.
func short(c *cube.Cube, date string, days int) bool {
	from, _ := c.Span()
	first, errFirst := cube.ParseDay(from)
	last, errLast := cube.ParseDay(date)
	return errFirst == nil && errLast == nil && int(last-first) < days
}

// StagePeopleRequest asks for the customers behind a number of Life.
type StagePeopleRequest struct {
	StageRequest
	Stage cycle.Stage `json:"stage,omitempty"` // "" for all
	Move  bool        `json:"move,omitempty"`  // only those who were in From at Before
	From  cycle.Stage `json:"from,omitempty"`  // "": had not bought yet
}

// NameLifePeople is what StagePeople is asked for by.
var NameLifePeople = people("life-people", StagePeople)

// StagePeople lists them. Values are their revenue of the latest window.
func StagePeople(ctx context.Context, c *cube.Cube, r StagePeopleRequest) ([]Person, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	now, err := live(ctx, c, r.StageRequest, r.To)
	if err != nil {
		return nil, err
	}
	then := now
	if r.Move {
		if then, err = live(ctx, c, r.StageRequest, r.Before); err != nil {
			return nil, err
		}
	}
	f, err := gather(ctx, c, cube.Slice{To: r.To, Where: r.Where}, nil)
	if err != nil {
		return nil, err
	}
	f.value = now.net
	from, to := int8(slices.Index(cycle.Stages, r.From)), int8(slices.Index(cycle.Stages, r.Stage))
	list, err := f.people(c, r.To, func(key int) bool {
		return now.stage[key] >= 0 && (r.Stage == "" || now.stage[key] == to) && (!r.Move || then.stage[key] == from)
	})
	for i := range list {
		if key, ok := c.CustomerKey(list[i].ID); ok {
			list[i].Stage = cycle.Stages[now.stage[key]]
		}
	}
	return list, err
}
