package data

import (
	"encoding/json"
	"errors"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/formula"
	wire "tillsight/shared/wire/office"
)

// measures is the page of the person's own measures: expressions over those that
// everybody has, tried on the filter of the moment while they are typed.
type measures struct {
	d      *kit.Desk
	errand kit.Batch

	id    string // of the measure that is edited; "" for a new one
	name  string
	draft cube.Own
	wrong *formula.Problem
	rev   int // of the fields
	found *cube.Result
}

// draftID names the measure while it is tried.
const draftID = cube.OwnPrefix + "draft"

func newMeasures(d *kit.Desk) kit.View {
	return &measures{d: d, draft: cube.Own{ID: draftID, Better: 1}}
}

func (p *measures) Redraw() {}
func (p *measures) Leave()  { p.errand.End() }

// Refresh tries the draft and all that are kept.
func (p *measures) Refresh() {
	if !p.d.Insight.Ready {
		return
	}
	q := p.d.CubeQuery(nil)
	q.Own = p.d.OwnMeasures()
	if p.draft.Expr != "" && p.wrong == nil {
		q.Own = append([]cube.Own{p.draft}, q.Own...)
	}
	q.Own = q.Own[:min(len(q.Own), cube.MeasuresMax)]
	for _, own := range q.Own {
		q.Measures = append(q.Measures, own.ID)
	}
	if len(q.Measures) == 0 {
		p.found = nil
		return
	}
	p.errand.Run(p.d, []kit.Question{kit.Counts(q, &p.found)}, func() {})
}

// typed reads the expression anew.
func (p *measures) typed(text string) {
	p.draft.Expr, p.wrong = text, nil
	if _, err := p.draft.MeasureOf(); err != nil && text != "" {
		errors.As(err, &p.wrong)
	}
	p.Refresh()
}

// add puts a word at the end of the expression.
func (p *measures) add(word string) {
	text := p.draft.Expr
	if text != "" && text[len(text)-1] != ' ' && text[len(text)-1] != '(' {
		text += " "
	}
	p.rev++
	p.typed(text + word)
	p.d.Ctx.Defer(func(app.Context) { ui.Focus("measure-expr") })
}

// edit opens a measure, or begins a new one.
func (p *measures) edit(item wire.DeskItem) {
	p.id, p.name, p.draft, p.wrong = item.ID, item.Name, cube.Own{Better: 1}, nil
	if item.ID != "" {
		if err := json.Unmarshal(item.Body, &p.draft); err != nil {
			p.draft = cube.Own{Better: 1}
		}
	}
	p.draft.ID = draftID
	p.rev++
	p.Refresh()
}

func (p *measures) save() {
	if p.name == "" || p.draft.Expr == "" || p.wrong != nil {
		return
	}
	id := p.id
	if id == "" {
		id = uuid.NewString()
	}
	body := p.draft
	body.ID = cube.MeasureID(cube.OwnPrefix + id)
	item := kit.PutBody(p.d, kit.KeptMeasure, id, p.name, body)
	p.d.Say(ui.Good, p.d.Lang.T(i18n.KeepDone, "name", item.Name))
	p.edit(wire.DeskItem{})
}

// valueOf writes what a measure is now.
func (p *measures) valueOf(own cube.Own) (now, before string) {
	m, err := own.MeasureOf()
	if p.found == nil || err != nil {
		return "…", ""
	}
	for i, id := range p.found.Measures {
		if id != own.ID {
			continue
		}
		now = kit.FigureAs(m.Format, p.found.Total.Values[i], p.d.Lang, p.d.Currency())
		if i < len(p.found.Total.Before) {
			before = kit.FigureAs(m.Format, p.found.Total.Before[i], p.d.Lang, p.d.Currency())
		}
		return now, before
	}
	return "…", ""
}

// Draw draws the editor and the list.
func (p *measures) Draw() app.UI {
	d := p.d
	if d.Fault != nil || d.Heard && !d.Insight.Ready {
		if state := kit.ReportState(d, &p.errand, false); state != nil {
			return state
		}
	}
	return app.Div().Class("board").Body(
		kit.Panel(d, "measure-edit", d.Lang.T(measureNew), d.Lang.T(measureHow), 7, nil, p.drawEditor()),
		kit.Panel(d, "measure-list", d.Lang.T(measureKept), d.Lang.T(measureWhere), 5, nil, p.drawList()),
	)
}

func (p *measures) drawEditor() app.UI {
	d, l := p.d, p.d.Lang
	var words []app.UI
	for _, m := range cube.Measures() {
		words = append(words, &ui.Button{ID: "word-" + string(m.ID), Label: d.MeasureWord(m.ID), Note: string(m.ID), Kind: ui.Quiet,
			Class: "word", OnPress: d.Press(func() { p.add(string(m.ID)) })})
	}
	var signs []app.UI
	for _, sign := range []string{"+", "-", "*", "/", "(", ")", "min(", "max("} {
		signs = append(signs, &ui.Button{Label: sign, OnPress: d.Press(func() { p.add(sign) })})
	}
	return app.Div().Class("measure-form").Body(
		&ui.Field{ID: "measure-name", Label: l.T(i18n.KeptNameHow), Value: p.name, Rev: p.rev,
			OnText: func(_ app.Context, text string) { p.name = text; d.Rev++ }},
		&ui.Field{ID: "measure-expr", Label: l.T(measureExpr), Example: "margin / receipts", Value: p.draft.Expr, Rev: p.rev,
			OnText: func(_ app.Context, text string) { d.Rev++; p.typed(text) }, OnEnter: d.Press(p.save)},
		p.drawVerdict(),
		d.ErrorBox(p.errand.Fault()),
		app.Div().Class("measure-signs").Body(signs...),
		app.Div().Class("measure-words").Body(words...),
		kit.Chooser(d, "measure-format", l.T(measureFormat), string(p.draft.Format), p.formats(), func(id string) {
			p.draft.Format = cube.Format(id)
			p.Refresh()
		}),
		kit.Chooser(d, "measure-better", l.T(measureBetter), map[int]string{1: "1", -1: "-1"}[p.draft.Better],
			[]kit.Choice{{ID: "1", Label: l.T(measureMore)}, {ID: "-1", Label: l.T(measureLess)},
				{ID: "", Label: l.T(measureNeither)}}, func(id string) {
				p.draft.Better = map[string]int{"1": 1, "-1": -1}[id]
			}),
		app.Div().Class("menu-acts").Body(
			&ui.Button{ID: "measure-save", Label: l.T(measureSave), Kind: ui.Primary,
				Disabled: p.name == "" || p.draft.Expr == "" || p.wrong != nil, OnPress: d.Press(p.save)},
			app.If(p.id != "", func() app.UI {
				return &ui.Button{ID: "measure-new", Label: l.T(measureNew), OnPress: d.Press(func() { p.edit(wire.DeskItem{}) })}
			}),
		),
	)
}

func (p *measures) formats() []kit.Choice {
	l := p.d.Lang
	return []kit.Choice{{ID: "", Label: l.T(measureAuto)}, {ID: string(cube.FormatMoney), Label: l.T(measureMoney)},
		{ID: string(cube.FormatCount), Label: l.T(measureCounts)},
		{ID: string(cube.FormatMilli), Label: l.T(measureDecimal)}, {ID: string(cube.FormatShare), Label: l.T(measurePercent)}}
}

// problems are sentences about mistakes in an expression.
var problems = map[formula.What]*i18n.Message{
	formula.Unexpected: measureUnexpected, formula.Unfinished: measureUnfinished, formula.Unclosed: measureUnclosed,
	formula.Unknown: measureUnknown, formula.TooLong: measureTooLong,
}

// drawVerdict says what the expression comes to, or what is wrong and where.
func (p *measures) drawVerdict() app.UI {
	l := p.d.Lang
	verdict := app.P().ID("measure-verdict").Class("measure-verdict").Role("status")
	switch {
	case p.draft.Expr == "":
		return verdict.Text(l.T(measureStart))
	case p.wrong != nil:
		at := min(p.wrong.At, len(p.draft.Expr))
		return verdict.Class("problem-here").Text(l.T(problems[p.wrong.What], "word", p.wrong.Word, "n",
			utf8.RuneCountInString(p.draft.Expr[:at])+1))
	}
	now, before := p.valueOf(p.draft)
	text := l.T(measureIs, "value", now)
	if before != "" {
		text += " " + l.T(i18n.WidgetThen) + ": " + before
	}
	if m, err := p.draft.MeasureOf(); err == nil && m.Additivity != cube.Additive {
		text += ". " + l.T(measureRatio)
	}
	return verdict.Text(text)
}

func (p *measures) drawList() app.UI {
	d, l := p.d, p.d.Lang
	list := kit.Kept(d, kit.KeptMeasure)
	if len(list) == 0 {
		return ui.EmptyState("∑", l.T(measureNone), l.T(measureNoneHow))
	}
	owns := d.OwnMeasures()
	return app.Div().Class("measure-rows").Body(app.Range(list).Slice(func(i int) app.UI {
		item := list[i]
		own := cube.Own{}
		for _, o := range owns {
			if o.ID == cube.MeasureID(cube.OwnPrefix+item.ID) {
				own = o
			}
		}
		now, _ := p.valueOf(own)
		who := ""
		acts := []app.UI{}
		if kit.Mine(d, item) {
			label := i18n.KeptShare
			if item.Shared {
				label = i18n.KeptUnshare
			}
			acts = []app.UI{
				&ui.Button{ID: "edit-" + item.ID, Label: l.T(measureEdit), Kind: ui.Quiet, OnPress: d.Press(func() { p.edit(item) })},
				&ui.Button{ID: "share-" + item.ID, Label: l.T(label), Kind: ui.Quiet, OnPress: d.Press(func() { kit.ShareItem(d, item) })},
				&ui.Button{ID: "drop-" + item.ID, Label: l.T(i18n.KeptDrop), Kind: ui.Quiet, OnPress: d.Press(func() { kit.DropItem(d, item) })}}
		} else {
			who = " · " + item.Owner
		}
		return app.Div().Class("measure-row").Body(
			app.Span().Class("measure-name").Text(item.Name+who), app.Span().Class("measure-value").Text(now),
			app.Code().Class("measure-expr").Text(own.Expr), app.Div().Class("measure-acts").Body(acts...))
	}))
}
