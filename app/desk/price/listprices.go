package price

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/intake"
	"tillsight/shared/pricing"
	wire "tillsight/shared/wire/office"
)

// listPrices is the page of the prices of one list.
type listPrices struct {
	v     *listsView
	list  pricing.List
	text  string // searched for
	page  wire.ListPrices
	busy  bool
	fault *errcode.Error
	round int
	rev   int

	change bool // the panel to change prices is open
	filled bool // from the shelf, not by a text
	rows   string
	goods  ruleform.GoodsDraft
	share  string // of the shelf's price, in per cent
	step   string // to round down to
	from   string // date
	store  string
	asking bool
	wrong  *errcode.Error
	set    *wire.ListPricesSet // the preview
	said   string
}

const listPricesPage = 50

func (v *listsView) openPrices(list pricing.List) {
	v.prices = &listPrices{v: v, list: list, from: v.d.Today(), share: "95", step: "1", store: v.store()}
	v.prices.find(0)
}

// find gets the prices that the text finds, from offset on.
func (p *listPrices) find(offset int) {
	p.round++
	round, text := p.round, p.text
	p.busy = true
	kit.Call(p.v.d, office.Asking(p.v.d.Office.Server, wire.GetListPrices, wire.FindListPrices{List: p.list.ID, Text: text, Offset: offset, Limit: listPricesPage}),
		func(page wire.ListPrices, e *errcode.Error) {
			if round != p.round {
				return
			}
			if p.busy, p.fault = false, e; e != nil {
				return
			}
			if offset > 0 {
				page.Prices = append(p.page.Prices, page.Prices...)
			}
			p.page = page
		})
}

// asked is the change that the panel says.
func (p *listPrices) asked(dry bool) (wire.ListPricesChange, error) {
	day, err := time.ParseInLocation(time.DateOnly, p.from, p.v.d.Now().Location())
	if err != nil {
		return wire.ListPricesChange{}, errcode.New(errcode.Invalid, "desk.listPrices", err)
	}
	change := wire.ListPricesChange{List: p.list.ID, Store: p.store, From: day.UnixMilli(), Dry: dry}
	if !p.filled {
		change.Text = p.rows
		return change, nil
	}
	fill := wire.Fill{Goods: p.goods.Goods(), BP: ruleform.PercentOf(p.share)}
	if strings.TrimSpace(p.step) != "" {
		fill.Round = max(0, ruleform.AmountOf(p.step, p.v.d.Currency()))
	}
	change.Fill = &fill
	return change, nil
}

// send asks for a preview, or writes the prices.
func (p *listPrices) send(dry bool) {
	change, err := p.asked(dry)
	if err != nil || p.asking {
		p.wrong = errcode.As(err)
		return
	}
	p.asking, p.wrong, p.said = true, nil, ""
	kit.Call(p.v.d, office.Asking(p.v.d.Office.Server, wire.SetListPrices, change), func(set wire.ListPricesSet, e *errcode.Error) {
		p.asking, p.wrong = false, e
		if e != nil {
			return
		}
		if dry {
			p.set = &set
			return
		}
		p.set, p.change, p.rows = nil, false, ""
		p.said = p.v.d.Lang.T(i18n.ListWritten, "n", set.Changed)
		p.find(0)
		p.v.Refresh()
	})
}

// head names the list, with the way back to all of them.
func (p *listPrices) head() kit.Head {
	d, l := p.v.d, p.v.d.Lang
	return kit.Head{
		Back:  &ui.Button{ID: "prices-back", Label: "←", Name: l.T(i18n.DeskLists), Kind: ui.Quiet, OnPress: d.Press(func() { p.v.prices = nil; p.v.Refresh() })},
		Title: p.list.Name.In(string(l)),
		Acts: []app.UI{
			&ui.Button{ID: "list-download", Label: l.T(i18n.ListDownload), Kind: ui.Quiet, OnPress: d.Press(func() { p.download() })},
			&ui.Button{ID: "list-change", Label: l.T(i18n.ListAdd), Kind: ui.Primary, Toggle: true, Pressed: p.change, OnPress: d.Press(func() { p.change, p.set = !p.change, nil })},
		},
	}
}

func (p *listPrices) draw() app.UI {
	d, l := p.v.d, p.v.d.Lang
	news := app.UI(app.P().Class("muted").Text(l.T(i18n.ListsHow)))
	if p.said != "" {
		news = ui.Toast(ui.Good, p.said, app.Span().Hidden(true))
	}
	return app.Div().Class("list-page").Body(
		app.Div().Class("strip").Aria("live", "polite").Body(news, d.ErrorBox(p.fault)),
		app.If(p.change, func() app.UI { return p.drawChange() }),
		app.Div().Class("list-bar").Body(&ui.Field{ID: "list-find", Example: l.T(i18n.ListFound), Mode: "search", Unit: "⌕",
			OnText: func(_ app.Context, text string) { p.text = text; d.Rev++; p.find(0) }}),
		p.drawPrices(),
	)
}

// download saves the list as a file that can be edited and sent back.
func (p *listPrices) download() {
	kit.Call(p.v.d, office.Asking(p.v.d.Office.Server, wire.GetListFile, wire.ListID{List: p.list.ID}),
		func(data wire.File, e *errcode.Error) {
			if p.fault = e; e == nil {
				ui.Download("prices-"+p.list.ID+".csv", data)
			}
		})
}

func (p *listPrices) drawPrices() app.UI {
	l := p.v.d.Lang
	if len(p.page.Prices) == 0 {
		if p.busy || p.fault != nil {
			return app.Div().Class("items").Aria("busy", p.busy)
		}
		return app.Div().Class("list-empty").Body(ui.EmptyState("≣", l.T(i18n.ListNoPrices), l.T(i18n.ListTextHow)))
	}
	return app.Div().Class("items").Body(
		app.Range(p.page.Prices).Slice(func(i int) app.UI { return p.drawPrice(p.page.Prices[i]) }),
		app.If(len(p.page.Prices) < p.page.Total, func() app.UI {
			return &ui.Button{ID: "list-more", Label: l.T(i18n.PricesMore), Disabled: p.busy, Class: "wide", OnPress: p.v.d.Press(func() { p.find(len(p.page.Prices)) })}
		}),
	)
}

func (p *listPrices) drawPrice(row wire.ListPrice) app.UI {
	d, l := p.v.d, p.v.d.Lang
	price, note := l.Sum(row.Amount, d.Currency()), l.T(i18n.ListShelf, "sum", l.Sum(row.Shelf, d.Currency()))
	if row.Ended {
		price = l.T(i18n.ListEnded)
	}
	if row.From > d.Now().UnixMilli() {
		note = l.T(i18n.ListSince, "date", d.Date(time.UnixMilli(row.From).In(d.Now().Location()).Format(time.DateOnly))) + " · " + note
	}
	if row.Store != "" {
		note = d.DimName(row.Store, d.Stores) + " · " + note
	}
	return app.Div().Class("item list-price").DataSet("sku", string(row.SKU)).Body(
		app.Span().Class("item-label").Text(row.Name.In(string(l))),
		app.Span().Class("item-code").Text(string(row.SKU)),
		app.Span().Class("num").Body(app.Span().Text(price), app.Span().Class("item-note").Text(note)),
	)
}

// drawChange is the panel to change prices: what, from when, and its preview.
func (p *listPrices) drawChange() app.UI {
	d, l := p.v.d, p.v.d.Lang
	f := p.v.fields("fill-")
	f.Edited = func() { p.set = nil; d.Rev++ }
	body := []app.UI{app.Div().Class("choices-row").Body(
		d.Choice("list-by-text", l.T(i18n.ListByText), !p.filled, func() { p.filled, p.set = false, nil }),
		d.Choice("list-by-shelf", l.T(i18n.ListFill), p.filled, func() { p.filled, p.set = true, nil }),
	)}
	if p.filled {
		body = append(body, f.Goods("", &p.goods, true, false),
			kit.Fields(f.Input("share", i18n.ListShare, &p.share, "decimal", "%"), f.Input("round", i18n.ListRound, &p.step, "decimal", l.Symbol(d.Currency()))))
	} else {
		body = append(body,
			&kit.TextArea{ID: "list-text", Label: l.T(i18n.ListText), Value: p.rows, Rev: p.rev, OnText: func(text string) { p.rows, p.set = text, nil; d.Rev++ }},
			app.P().Class("muted").Text(l.T(i18n.ListTextHow)),
			&kit.FileField{Label: l.T(i18n.ListFile), OnFile: func(_ string, data []byte) {
				d.On(func() {
					text, err := intake.Text(data)
					p.rows, p.set, p.rev = text, nil, p.rev+1
					p.wrong = errcode.As(err)
				})
			}})
	}
	body = append(body,
		kit.Fields(&kit.DateField{ID: "list-from", Label: l.T(i18n.ListFrom), Value: p.from, OnDate: func(date string) { p.from, p.set = date, nil; d.Rev++ }}, p.storeMenu()),
		d.ErrorBox(p.wrong))
	acts := []app.UI{&ui.Button{ID: "list-preview", Label: l.T(i18n.ListPreview), Disabled: p.asking, OnPress: d.Press(func() { p.send(true) })}}
	if p.set != nil {
		body = append(body, p.drawSet()...)
		acts = append(acts, &ui.Button{ID: "list-write", Label: l.T(i18n.ListWrite, "n", p.set.Changed), Kind: ui.Primary,
			Disabled: p.asking || p.set.Changed == 0, OnPress: d.Press(func() { p.send(false) })})
	}
	return app.Section().Class("form-card").Body(append(body, app.Div().Class("form-acts").Body(acts...))...)
}

func (p *listPrices) storeMenu() app.UI {
	d, l := p.v.d, p.v.d.Lang
	value := l.T(i18n.PricesChain)
	if p.store != "" {
		value = d.DimName(p.store, d.Stores)
	}
	return d.FilterMenu("list-store", l.T(i18n.ListStore), value, func() app.UI {
		options := []app.UI{}
		if d.User.All {
			options = append(options, d.Option("list-chain", l.T(i18n.PricesChain), p.store == "", func() { d.Menu, p.store, p.set = "", "", nil }))
		}
		for _, s := range d.Stores {
			options = append(options, d.Option("list-store-"+s.Key, d.DimName(s.Key, d.Stores), p.store == s.Key, func() { d.Menu, p.store, p.set = "", s.Key, nil }))
		}
		return app.Div().Class("options options-long").Body(options...)
	})
}

var rowProblem = map[string]*i18n.Message{
	wire.RowBroken: i18n.RowBroken, wire.RowUnknown: i18n.RowUnknown, wire.RowTwice: i18n.RowTwice, wire.RowRange: i18n.RowRange,
	wire.RowLaw: i18n.RowLaw, wire.RowDearer: i18n.RowDearer, wire.RowNoShelf: i18n.RowNoShelf,
	wire.RowUnclear: i18n.RowUnclear, wire.RowFar: i18n.RowFar,
}

// drawSet is the preview of a change, problems first.
func (p *listPrices) drawSet() []app.UI {
	d, l, s := p.v.d, p.v.d.Lang, p.set
	rows := []app.UI{}
	for _, row := range s.Rows {
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
			price = l.T(i18n.ListEnded)
		case row.SKU == "":
			price = ""
		}
		note := l.T(i18n.ListNewPrice)
		if row.Was != nil {
			note = l.T(i18n.ListWas, "sum", l.Sum(*row.Was, d.Currency()))
		}
		if row.Shelf > 0 {
			note += " · " + l.T(i18n.ListShelf, "sum", l.Sum(row.Shelf, d.Currency()))
		}
		class := "item list-price"
		if name := rowProblem[row.Problem]; name != nil {
			note, class = l.T(name), class+" list-bad"
		}
		rows = append(rows, app.Div().Class(class).DataSet("problem", row.Problem).Body(
			app.Span().Class("item-label").Text(what), app.Span(), app.Span().Class("num").Body(app.Span().Text(price), app.Span().Class("item-note").Text(note))))
	}
	return []app.UI{
		app.P().ID("list-sum").Text(l.T(i18n.ListSum, "total", s.Total, "changed", s.Changed, "same", s.Same, "bad", s.Bad, "warnings", s.Warnings)),
		app.Div().Class("items list-preview").Body(rows...),
	}
}

// problemsIn are the problems that an error wraps.
func problemsIn(err error) pricing.Problems {
	var problems pricing.Problems
	if errors.As(err, &problems) {
		return problems
	}
	return pricing.Problems{{Code: pricing.ProblemFormat}}
}
