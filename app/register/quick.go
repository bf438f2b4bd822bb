package register

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
)

// quick are the goods without a scan, by group.
type quick struct {
	*kit.Page
	r *register

	groups []bridge.QuickGroup
	rev    int // rises when the groups are others
	group  int
}

func (q *quick) load() {
	kit.Ask(q.Page, bridge.TillQuickKeys, bridge.Nothing{}, func(groups []bridge.QuickGroup, e *errcode.Error) {
		if e != nil {
			q.Fail(e)
			return
		}
		q.groups = groups
		q.rev++
		if q.group >= len(groups) {
			q.group = 0
		}
	})
}

// tilesID is the grid of quick keys; with more than tilesSeen there may be some
// out of sight.
const (
	tilesID   = "tiles"
	tilesSeen = 10
)

// quickKeys is the grid of goods without a scan, by group.
type quickKeys struct {
	app.Compo

	R     *register
	Lang  i18n.Lang
	Group int
	Rev   int // of the keys
}

// Render draws the grid.
func (q *quickKeys) Render() app.UI {
	r := q.R
	if len(r.quick.groups) == 0 {
		return app.Div().Class("goods").Body(ui.EmptyState("▦", r.Lang.T(i18n.NoQuickKeys), r.Lang.T(i18n.NoQuickHow)))
	}
	shown := r.quick.groups[min(r.quick.group, len(r.quick.groups)-1)]
	return app.Div().Class("goods quick").Body(
		app.If(len(r.quick.groups) > 1, func() app.UI {
			return app.Div().Class("tabs").Role("tablist").Body(
				app.Range(r.quick.groups).Slice(func(i int) app.UI {
					name := r.quick.groups[i].Name.In(string(r.Lang))
					if name == "" {
						name = r.Lang.T(i18n.QuickOther)
					}
					return app.Button().Type("button").Class("tab").Role("tab").DataSet("i", i).DataSet("colour", string(r.quick.groups[i].Colour)).
						Aria("selected", i == r.quick.group).OnClick(q.tab).Text(name)
				}))
		}),
		app.If(len(shown.Keys) > tilesSeen, func() app.UI {
			return app.Div().Class("tiles-turn").Body(
				&ui.Button{ID: "tiles-up", Label: "▲", Name: r.Lang.T(i18n.QuickUp), Kind: ui.Quiet, OnPress: func(app.Context) { ui.Turn(tilesID, -1) }},
				&ui.Button{ID: "tiles-down", Label: "▼", Name: r.Lang.T(i18n.QuickDown), Kind: ui.Quiet, OnPress: func(app.Context) { ui.Turn(tilesID, 1) }},
			)
		}),
		app.Div().ID(tilesID).Class("tiles").Body(
			app.Range(shown.Keys).Slice(func(i int) app.UI { return q.tile(i, shown.Keys[i]) }),
		),
	)
}

func (q *quickKeys) tile(i int, p bridge.Product) app.UI {
	price := q.R.Lang.T(i18n.NoPriceShort)
	if !p.NoPrice {
		price = q.R.Lang.Money(p.Amount, q.R.Currency())
	}
	class := "tile"
	if p.Stopped {
		class += " stopped"
	}
	return app.Button().Type("button").Class(class).DataSet("colour", string(p.Colour)).DataSet("i", i).DataSet("sku", string(p.SKU)).OnClick(q.click).Body(
		app.Span().Class("tile-sign").Aria("hidden", true).Text(picture(p)),
		app.Span().Class("tile-name").Text(p.Name.In(string(q.R.Lang))),
		app.Span().Class("tile-price").Text(price),
	)
}

func (q *quickKeys) index(ctx app.Context) int {
	i, err := strconv.Atoi(ctx.JSSrc().Get("dataset").Get("i").String())
	if err != nil {
		return -1
	}
	return i
}

func (q *quickKeys) tab(ctx app.Context, _ app.Event) {
	if i := q.index(ctx); i >= 0 && i < len(q.R.quick.groups) {
		q.R.quick.group = i
		q.R.Rev++
	}
}

func (q *quickKeys) click(ctx app.Context, _ app.Event) {
	shown := q.R.quick.groups[min(q.R.quick.group, len(q.R.quick.groups)-1)]
	if i := q.index(ctx); i >= 0 && i < len(shown.Keys) {
		q.R.Rev++
		q.R.find.pick(shown.Keys[i])
	}
}
