package price

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/shared/catalogue"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// ruleForm is a price list or a regulated price being made.
type ruleForm interface {
	title() string
	draw() app.UI
}

// ruleHead is what a draft of either has.
type ruleHead struct {
	id      string
	version int // that the draft was made of; 0: a new rule
	stopped bool
	ru, en  string
	stores  []string
}

// newHead begins a rule with an ID of its own.
func (v *listsView) newHead(kind string) ruleHead {
	return ruleHead{id: kind + strconv.FormatInt(v.d.Now().UnixMilli(), 36)}
}

func (h *ruleHead) name() catalogue.Text {
	return catalogue.Text{RU: strings.TrimSpace(h.ru), EN: strings.TrimSpace(h.en)}
}

// title is the name of the rule, once it has one.
func (h *ruleHead) title(fresh *i18n.Message, l i18n.Lang) string {
	if h.version > 0 {
		return h.name().In(string(l))
	}
	return l.T(fresh)
}

// written is what became of a rule that was sent.
type written struct {
	problems pricing.Problems
	name     catalogue.Text
	put      func(*wire.PriceLists) // puts it among the others; nil: it was not written
}

// writeList writes a price list.
func (v *listsView) writeList(list pricing.List, stopped bool) func(context.Context) (written, error) {
	return func(ctx context.Context) (written, error) {
		text, err := json.Marshal(list)
		if err != nil {
			return written{}, err
		}
		saved, err := office.Call(ctx, v.d.Office.Server, wire.SavePriceList, wire.PriceListChange{List: text, Stopped: stopped})
		if err != nil || saved.List == nil {
			return written{problems: saved.Problems}, err
		}
		row := *saved.List
		return written{name: row.List.Name, put: func(all *wire.PriceLists) {
			all.Lists = placed(all.Lists, row, func(have wire.PriceList) bool { return have.List.ID == row.List.ID })
		}}, nil
	}
}

// writeLaw writes a regulated price.
func (v *listsView) writeLaw(law pricing.Regulation, stopped bool) func(context.Context) (written, error) {
	return func(ctx context.Context) (written, error) {
		text, err := json.Marshal(law)
		if err != nil {
			return written{}, err
		}
		saved, err := office.Call(ctx, v.d.Office.Server, wire.SaveRegulation, wire.RegulationChange{Regulation: text, Stopped: stopped})
		if err != nil || saved.Regulation == nil {
			return written{problems: saved.Problems}, err
		}
		row := *saved.Regulation
		return written{name: row.Regulation.Name, put: func(all *wire.PriceLists) {
			all.Regulations = placed(all.Regulations, row, func(have wire.Regulation) bool { return have.Regulation.ID == row.Regulation.ID })
		}}, nil
	}
}

// placed puts a row in place of the one that is the same rule, or behind all.
func placed[R any](rows []R, row R, same func(R) bool) []R {
	if at := slices.IndexFunc(rows, same); at >= 0 {
		rows[at] = row
		return rows
	}
	return append(rows, row)
}

// take puts a rule that was written on the page and closes its form; otherwise it
// hands over what is wrong with it.
func (v *listsView) take(w written) []kit.Problem {
	if w.put == nil {
		return ruleform.Problems(w.problems)
	}
	v.form, v.said = nil, v.d.Lang.T(listSaved, "name", w.name.In(string(v.d.Lang)))
	if all := v.data.Value(); all != nil {
		w.put(all)
	} else {
		v.Refresh()
	}
	return nil
}

// problemsOf checks a set of one rule and names the fields without what leads to it.
func problemsOf(set pricing.Set, before string) []kit.Problem {
	err := set.Validate()
	if err == nil {
		return nil
	}
	var problems pricing.Problems
	if !errors.As(err, &problems) {
		problems = pricing.Problems{{Code: pricing.ProblemFormat}}
	}
	for i := range problems {
		problems[i].Path = strings.TrimPrefix(problems[i].Path, before)
	}
	return ruleform.Problems(problems)
}
