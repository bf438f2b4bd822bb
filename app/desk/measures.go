package desk

import (
	"encoding/json"
	"errors"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/cube"
	"tillsight/shared/formula"
	"tillsight/shared/syncproto"
)

// measures is the page of the person's own measures: expressions over those that
// everybody has, tried on the filter of the moment while they are typed.
type measures struct {
	d      *desk
	errand errand

	id    string // of the measure that is edited; "" for a new one
	name  string
	draft cube.Own
	wrong *formula.Problem
	rev   int // of the fields
	found *cube.Result
}

// draftID names the measure while it is tried.
const draftID = cube.OwnPrefix + "draft"

func newMeasures(d *desk) view { return &measures{d: d, draft: cube.Own{ID: draftID, Better: 1}} }

func (p *measures) redraw() {}
func (p *measures) leave()  { p.errand.end() }

// refresh tries the draft and all that are kept.
func (p *measures) refresh() {
	if !p.d.insight.Ready {
		return
	}
	q := p.d.cubeQuery(nil)
	q.Own = p.d.ownMeasures()
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
	p.errand.run(p.d, []question{counts(q, &p.found)}, func() {})
}

// typed reads the expression anew.
func (p *measures) typed(text string) {
	p.draft.Expr, p.wrong = text, nil
	if _, err := p.draft.MeasureOf(); err != nil && text != "" {
		errors.As(err, &p.wrong)
	}
	p.refresh()
}

// add puts a word at the end of the expression.
func (p *measures) add(word string) {
	text := p.draft.Expr
	if text != "" && text[len(text)-1] != ' ' && text[len(text)-1] != '(' {
		text += " "
	}
	p.rev++
	p.typed(text + word)
	p.d.ctx.Defer(func(app.Context) { ui.Focus("measure-expr") })
}

// edit opens a measure, or begins a new one.
func (p *measures) edit(item syncproto.DeskItem) {
	p.id, p.name, p.draft, p.wrong = item.ID, item.Name, cube.Own{Better: 1}, nil
	if item.ID != "" {
		if err := json.Unmarshal(item.Body, &p.draft); err != nil {
			p.draft = cube.Own{Better: 1}
		}
	}
	p.draft.ID = draftID
	p.rev++
	p.refresh()
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
	item := p.d.putBody(keptMeasure, id, p.name, body)
	p.d.say(ui.Good, p.d.lang.T(i18n.KeepDone, "name", item.Name))
	p.edit(syncproto.DeskItem{})
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
		now = figureAs(m.Format, p.found.Total.Values[i], p.d.lang, p.d.currency())
		if i < len(p.found.Total.Before) {
			before = figureAs(m.Format, p.found.Total.Before[i], p.d.lang, p.d.currency())
		}
		return now, before
	}
	return "…", ""
}

// draw draws the editor and the list.
func (p *measures) draw() app.UI {
	d := p.d
	if d.fault != nil || d.heard && !d.insight.Ready {
		if state := d.reportState(&p.errand, false); state != nil {
			return state
		}
	}
	return app.Div().Class("board").Body(
		d.panel("measure-edit", d.lang.T(i18n.MeasureNew), d.lang.T(i18n.MeasureHow), 7, nil, p.drawEditor()),
		d.panel("measure-list", d.lang.T(i18n.MeasureKept), d.lang.T(i18n.MeasureWhere), 5, nil, p.drawList()),
	)
}

func (p *measures) drawEditor() app.UI {
	d, l := p.d, p.d.lang
	var words []app.UI
	for _, m := range cube.Measures() {
		words = append(words, &ui.Button{ID: "word-" + string(m.ID), Label: d.measureWord(m.ID), Note: string(m.ID), Kind: ui.Quiet, Class: "word", OnPress: d.press(func() { p.add(string(m.ID)) })})
	}
	var signs []app.UI
	for _, sign := range []string{"+", "-", "*", "/", "(", ")", "min(", "max("} {
		signs = append(signs, &ui.Button{Label: sign, OnPress: d.press(func() { p.add(sign) })})
	}
	return app.Div().Class("measure-form").Body(
		&ui.Field{ID: "measure-name", Label: l.T(i18n.KeptNameHow), Value: p.name, Rev: p.rev, OnText: func(_ app.Context, text string) { p.name = text; d.rev++ }},
		&ui.Field{ID: "measure-expr", Label: l.T(i18n.MeasureExpr), Example: "margin / receipts", Value: p.draft.Expr, Rev: p.rev,
			OnText: func(_ app.Context, text string) { d.rev++; p.typed(text) }, OnEnter: d.press(p.save)},
		p.drawVerdict(),
		app.Div().Class("measure-signs").Body(signs...),
		app.Div().Class("measure-words").Body(words...),
		d.chooser("measure-format", l.T(i18n.MeasureFormat), string(p.draft.Format), p.formats(), func(id string) {
			p.draft.Format = cube.Format(id)
			p.refresh()
		}),
		d.chooser("measure-better", l.T(i18n.MeasureBetter), map[int]string{1: "1", -1: "-1"}[p.draft.Better],
			[]choice{{"1", l.T(i18n.MeasureMore)}, {"-1", l.T(i18n.MeasureLess)}, {"", l.T(i18n.MeasureNeither)}}, func(id string) {
				p.draft.Better = map[string]int{"1": 1, "-1": -1}[id]
			}),
		app.Div().Class("menu-acts").Body(
			&ui.Button{ID: "measure-save", Label: l.T(i18n.MeasureSave), Kind: ui.Primary, Disabled: p.name == "" || p.draft.Expr == "" || p.wrong != nil, OnPress: d.press(p.save)},
			app.If(p.id != "", func() app.UI {
				return &ui.Button{ID: "measure-new", Label: l.T(i18n.MeasureNew), OnPress: d.press(func() { p.edit(syncproto.DeskItem{}) })}
			}),
		),
	)
}

func (p *measures) formats() []choice {
	l := p.d.lang
	return []choice{{"", l.T(i18n.MeasureAuto)}, {string(cube.FormatMoney), l.T(i18n.MeasureMoney)}, {string(cube.FormatCount), l.T(i18n.MeasureCounts)},
		{string(cube.FormatMilli), l.T(i18n.MeasureDecimal)}, {string(cube.FormatShare), l.T(i18n.MeasurePercent)}}
}

// problems are sentences about mistakes in an expression.
var problems = map[formula.What]*i18n.Message{
	formula.Unexpected: i18n.MeasureUnexpected, formula.Unfinished: i18n.MeasureUnfinished, formula.Unclosed: i18n.MeasureUnclosed,
	formula.Unknown: i18n.MeasureUnknown, formula.TooLong: i18n.MeasureTooLong,
}

// drawVerdict says what the expression comes to, or what is wrong and where.
func (p *measures) drawVerdict() app.UI {
	l := p.d.lang
	verdict := app.P().ID("measure-verdict").Class("measure-verdict").Role("status")
	switch {
	case p.draft.Expr == "":
		return verdict.Text(l.T(i18n.MeasureStart))
	case p.wrong != nil:
		at := min(p.wrong.At, len(p.draft.Expr))
		return verdict.Class("problem-here").Text(l.T(problems[p.wrong.What], "word", p.wrong.Word, "n", utf8.RuneCountInString(p.draft.Expr[:at])+1))
	}
	now, before := p.valueOf(p.draft)
	text := l.T(i18n.MeasureIs, "value", now)
	if before != "" {
		text += " " + l.T(i18n.WidgetThen) + ": " + before
	}
	if m, err := p.draft.MeasureOf(); err == nil && m.Additivity != cube.Additive {
		text += ". " + l.T(i18n.MeasureRatio)
	}
	return verdict.Text(text)
}

func (p *measures) drawList() app.UI {
	d, l := p.d, p.d.lang
	list := d.kept(keptMeasure)
	if len(list) == 0 {
		return ui.EmptyState("∑", l.T(i18n.MeasureNone), l.T(i18n.MeasureNoneHow))
	}
	owns := d.ownMeasures()
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
		if d.mine(item) {
			label := i18n.KeptShare
			if item.Shared {
				label = i18n.KeptUnshare
			}
			acts = []app.UI{
				&ui.Button{ID: "edit-" + item.ID, Label: l.T(i18n.MeasureEdit), Kind: ui.Quiet, OnPress: d.press(func() { p.edit(item) })},
				&ui.Button{ID: "share-" + item.ID, Label: l.T(label), Kind: ui.Quiet, OnPress: d.press(func() { d.share(item) })},
				&ui.Button{ID: "drop-" + item.ID, Label: l.T(i18n.KeptDrop), Kind: ui.Quiet, OnPress: d.press(func() { d.drop(item) })}}
		} else {
			who = " · " + item.Owner
		}
		return app.Div().Class("measure-row").Body(
			app.Span().Class("measure-name").Text(item.Name+who), app.Span().Class("measure-value").Text(now),
			app.Code().Class("measure-expr").Text(own.Expr), app.Div().Class("measure-acts").Body(acts...))
	}))
}
