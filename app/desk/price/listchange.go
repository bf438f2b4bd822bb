package price

import (
	"context"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/intake"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// changeDraft is prices to be written into a list, as the panel has them.
type changeDraft struct {
	filled bool // from the shelf, not by a text
	rows   string
	goods  ruleform.GoodsDraft
	share  string // of the shelf's price, in per cent
	step   string // to round down to
	from   string // date
	store  string
}

// fill works prices out from the shelf's; nil when the text says them.
func (c *changeDraft) fill(currency money.Currency) *wire.Fill {
	if !c.filled {
		return nil
	}
	return &wire.Fill{Goods: c.goods.Goods(), BP: ruleform.PercentOf(c.share), Round: max(0, ruleform.BoundOf(c.step, currency))}
}

// asked is the change that the panel says.
func (p *listPrices) asked(dry bool) (wire.ListPricesChange, error) {
	draft := &p.form.Draft
	from, err := kit.Midnight(p.v.d, draft.from)
	change := wire.ListPricesChange{List: p.list.ID, Store: draft.store, From: from.UnixMilli(), Dry: dry, Fill: draft.fill(p.v.d.Currency())}
	if change.Fill == nil {
		change.Text = draft.rows
	}
	return change, err
}

// send asks for a preview, or writes the prices.
func (p *listPrices) send(dry bool) {
	d := p.v.d
	change, err := p.asked(dry)
	p.said = ""
	p.form.Save(d, func(ctx context.Context) (wire.ListPricesSet, error) {
		if err != nil {
			return wire.ListPricesSet{}, err
		}
		return office.Call(ctx, d.Office.Server, wire.SetListPrices, change)
	}, func(set wire.ListPricesSet) []kit.Problem {
		if p.set = nil; dry {
			p.set = &set
			return nil
		}
		p.change, p.form.Draft.rows = false, ""
		p.said = d.Lang.T(listWritten, "n", set.Changed)
		p.find()
		return nil
	})
}

// edited takes the preview back: it is of what the panel said before.
func (p *listPrices) edited() {
	p.set = nil
	p.form.Edited()
	p.v.d.Rev++
}

// drawChange is the panel to change prices: what, from when, and its preview.
func (p *listPrices) drawChange() app.UI {
	d, l, draft := p.v.d, p.v.d.Lang, &p.form.Draft
	body := []app.UI{app.Div().Class("choices-row").Body(
		d.Choice("list-by-text", l.T(listByText), !draft.filled, func() { draft.filled = false; p.edited() }),
		d.Choice("list-by-shelf", l.T(listFill), draft.filled, func() { draft.filled = true; p.edited() }),
	)}
	if draft.filled {
		f := p.v.fields("fill-", &p.form.Rev, p.edited)
		body = append(body, f.Goods("", &draft.goods, true, false),
			kit.Fields(f.Input("share", listShare, &draft.share, "decimal", "%"),
				f.Input("round", listRound, &draft.step, "decimal", l.Symbol(d.Currency()))))
	} else {
		body = append(body,
			&kit.TextArea{ID: "list-text", Label: l.T(listText), Value: draft.rows, Rev: p.form.Rev,
				OnText: func(text string) { draft.rows = text; p.edited() }},
			app.P().Class("muted").Text(l.T(listTextHow)),
			&kit.FileField{Label: l.T(listFile), OnFile: func(_ string, data []byte) { d.On(func() { p.takeFile(data) }) }})
	}
	body = append(body,
		kit.Fields(&kit.DateField{ID: "list-from", Label: l.T(listFrom), Value: draft.from,
			OnDate: func(date string) { draft.from = date; p.edited() }},
			d.FilterMenu("list-store", l.T(listStore), storeName(d, draft.store), func() app.UI {
				return storeOptions(d, "list", draft.store, func(store string) { d.Menu, draft.store = "", store; p.edited() })
			})),
		d.ErrorBox(p.form.Fault()))
	acts := []app.UI{&ui.Button{ID: "list-preview", Label: l.T(listPreview), Disabled: p.form.Busy(),
		OnPress: d.Press(func() { p.send(true) })}}
	if p.set != nil {
		body = append(body, p.drawSet()...)
		acts = append(acts, &ui.Button{ID: "list-write", Label: l.T(listWrite, "n", p.set.Changed), Kind: ui.Primary,
			Disabled: p.form.Busy() || p.set.Changed == 0, OnPress: d.Press(func() { p.send(false) })})
	}
	return app.Section().Class("form-card").Body(append(body, app.Div().Class("form-acts").Body(acts...))...)
}

// takeFile puts the text of a file into the panel.
func (p *listPrices) takeFile(data []byte) {
	text, err := intake.Text(data)
	p.form.Set(func(draft *changeDraft) { draft.rows = text })
	p.set, p.fault = nil, errcode.As(err)
}

var rowProblem = map[string]*i18n.Message{
	wire.RowBroken: rowBroken, wire.RowUnknown: rowUnknown, wire.RowTwice: rowTwice, wire.RowRange: rowRange,
	wire.RowLaw: rowLaw, wire.RowDearer: rowDearer, wire.RowNoShelf: rowNoShelf,
	wire.RowUnclear: rowUnclear, wire.RowFar: rowFar,
}

// drawSet is the preview of a change, problems first.
func (p *listPrices) drawSet() []app.UI {
	l, s := p.v.d.Lang, p.set
	rows := []app.UI{}
	for _, row := range s.Rows {
		rows = append(rows, p.drawSetRow(row))
	}
	return []app.UI{
		app.P().ID("list-sum").Text(l.T(listSum, "total", s.Total, "changed", s.Changed, "same", s.Same, "bad", s.Bad,
			"warnings", s.Warnings)),
		app.Div().Class("items list-preview").Body(rows...),
	}
}

func (p *listPrices) drawSetRow(row wire.ListPriceRow) app.UI {
	d, l := p.v.d, p.v.d.Lang
	what := string(row.SKU) + " " + row.Name.In(string(l))
	if row.SKU == "" {
		what = row.Code
	}
	if row.Line > 0 {
		what = strconv.Itoa(row.Line) + ". " + what
	}
	price := l.Sum(row.Amount, d.Currency())
	switch {
	case row.Ended:
		price = l.T(listEnded)
	case row.SKU == "":
		price = ""
	}
	note := l.T(listNewPrice)
	if row.Was != nil {
		note = l.T(listWas, "sum", l.Sum(*row.Was, d.Currency()))
	}
	if row.Shelf > 0 {
		note += " · " + l.T(listShelf, "sum", l.Sum(row.Shelf, d.Currency()))
	}
	class := "item list-price"
	if name := rowProblem[row.Problem]; name != nil {
		note, class = l.T(name), class+" list-bad"
	}
	return app.Div().Class(class).DataSet("problem", row.Problem).Body(
		app.Span().Class("item-label").Text(what), app.Span(),
		app.Span().Class("num").Body(app.Span().Text(price), app.Span().Class("item-note").Text(note)))
}
