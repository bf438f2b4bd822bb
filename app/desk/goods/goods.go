package goods

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// goodsView is the page of the assortment: a list of any length, the card of one
// article, and files in and out.
type goodsView struct {
	d     *kit.Desk
	query catalogue.GoodsQuery
	round int // of the query; answers to older ones are dropped

	total      int
	pages      map[int][]catalogue.GoodRow // by number, as far as they were asked for
	asking     map[int]bool
	categories []catalogue.Category
	fault      *errcode.Error
	said       string

	top, height int // of the list's window, in pixels
	rev         int
	chosen      map[catalogue.SKU]bool

	form   *goodForm
	file   *goodsFile
	stock  *stockForm
	saving bool
}

// Geometry of the list. The style sheet has the same height.
const (
	goodsPage      = 100
	goodsRowHeight = 48
	goodsAhead     = 12
)

func newGoods(d *kit.Desk) kit.View {
	return &goodsView{d: d, height: 600, chosen: map[catalogue.SKU]bool{}}
}

// Refresh implements view.
func (g *goodsView) Refresh() {
	if g.pages == nil {
		g.find()
	}
}

// Redraw implements view.
func (g *goodsView) Redraw() { g.rev++ }

// find asks the query anew.
func (g *goodsView) find() {
	g.round++
	g.rev++
	g.pages, g.asking, g.fault = map[int][]catalogue.GoodRow{}, map[int]bool{}, nil
	g.query.Lang = string(g.d.Lang)
	g.top = 0
	g.d.Ctx.Defer(func(app.Context) { scrollGoods(0) })
	g.load(0)
}

// scrollGoods scrolls the list.
func scrollGoods(top int) {
	if list := app.Window().GetElementByID("goods-rows"); list.Truthy() {
		list.Set("scrollTop", top)
	}
}

// load gets a page unless it is here or on its way.
func (g *goodsView) load(page int) {
	if g.asking[page] {
		return
	}
	g.asking[page] = true
	round, query := g.round, g.query
	query.Offset, query.Limit = page*goodsPage, goodsPage
	kit.Call(g.d, office.Asking(g.d.Office.Server, wire.GetGoods, query), func(goods catalogue.Goods, e *errcode.Error) {
		if round != g.round {
			return
		}
		if g.fault = e; e != nil {
			delete(g.asking, page)
			return
		}
		g.rev++
		g.pages[page], g.total = goods.Rows, goods.Total
		if goods.Categories != nil {
			g.categories = goods.Categories
		}
	})
}

// window returns which rows to draw, and gets those that are not here.
func (g *goodsView) window() (from, to int) {
	from = max(0, g.top/goodsRowHeight-goodsAhead)
	to = min(g.total, (g.top+g.height)/goodsRowHeight+goodsAhead)
	if g.total == 0 {
		return 0, 0
	}
	for page := from / goodsPage; page <= max(from, to-1)/goodsPage; page++ {
		g.load(page)
	}
	return from, to
}

// row returns row i when it is here.
func (g *goodsView) row(i int) (catalogue.GoodRow, bool) {
	page := g.pages[i/goodsPage]
	if i%goodsPage >= len(page) {
		return catalogue.GoodRow{}, false
	}
	return page[i%goodsPage], true
}

// sortBy sorts by a column, the other way round when it is sorted by it already.
func (g *goodsView) sortBy(column string) {
	g.query.Desc = g.query.Sort == column && !g.query.Desc
	g.query.Sort = column
	g.find()
}

// choose marks an article for what is done to several.
func (g *goodsView) choose(sku catalogue.SKU) {
	if g.chosen[sku] {
		delete(g.chosen, sku)
	} else {
		g.chosen[sku] = true
	}
	g.rev++
}

// stop puts the chosen articles on the stop list or takes them off.
func (g *goodsView) stop(resume bool) {
	request := wire.GoodsStop{Resume: resume}
	for sku := range g.chosen {
		request.SKUs = append(request.SKUs, sku)
	}
	g.saving = true
	kit.Call(g.d, office.Asking(g.d.Office.Server, wire.StopGoods, request), func(saved wire.Saved, e *errcode.Error) {
		g.saving = false
		if g.fault = e; e != nil {
			return
		}
		g.chosen = map[catalogue.SKU]bool{}
		message := goodsStopped
		if resume {
			message = goodsResumed
		}
		g.said = g.d.Lang.T(message, "n", saved.Count)
		g.find()
	})
}

// open shows the card of an article.
func (g *goodsView) open(sku catalogue.SKU) {
	g.said, g.fault = "", nil
	kit.Call(g.d, office.Asking(g.d.Office.Server, wire.GetGood, wire.Good{SKU: sku}), func(card wire.GoodCard, e *errcode.Error) {
		if g.fault = e; e == nil {
			g.form = newGoodForm(g, card)
		}
	})
}

// create opens an empty card.
func (g *goodsView) create() {
	card := wire.GoodCard{Product: catalogue.Product{Unit: "pc", Tax: "standard", Category: g.query.Category}}
	g.form = newGoodForm(g, card)
	g.form.fresh = true
}

// saved takes a written article into the list.
func (g *goodsView) saved(card wire.GoodCard) {
	g.said = g.d.Lang.T(goodsSaved, "name", card.Product.Name.In(string(g.d.Lang)))
	g.form = nil
	g.find()
}

// export saves the assortment as a file.
func (g *goodsView) export() {
	g.saving = true
	kit.Call(g.d, office.Asking(g.d.Office.Server, wire.ExportGoods, struct{}{}), func(file wire.File, e *errcode.Error) {
		g.saving = false
		if g.fault = e; e == nil {
			ui.Download("goods-"+g.d.Now().Format(time.DateOnly)+".csv", file)
		}
	})
}

// Draw implements view.
func (g *goodsView) Draw() app.UI {
	l := g.d.Lang
	body := []app.UI{
		g.d.DrawHead(
			app.H1().Class("desk-title").Text(l.T(deskGoods)),
			app.Div().Class("goods-acts").Body(
				&ui.Button{ID: "goods-export", Label: l.T(goodsExport), Disabled: g.saving, OnPress: g.d.Press(g.export)},
				&ui.Button{ID: "goods-stock", Label: l.T(stockTitle), OnPress: g.d.Press(g.openStock)},
				&ui.Button{ID: "goods-import", Label: l.T(goodsImport), OnPress: g.d.Press(g.openFile)},
				&ui.Button{ID: "goods-new", Label: l.T(goodsNew), Kind: ui.Primary, OnPress: g.d.Press(g.create)},
			),
		),
	}
	switch {
	case g.form != nil:
		return app.Div().Class("goods-page").Body(append(body, g.form.draw())...)
	case g.stock != nil:
		return app.Div().Class("goods-page").Body(append(body, g.stock.draw())...)
	case g.file != nil:
		return app.Div().Class("goods-page").Body(append(body, g.file.draw())...)
	}
	return app.Div().Class("goods-page").Body(append(body,
		g.drawBar(),
		app.Div().Class("strip").Aria("live", "polite").Body(g.drawNews()),
		g.drawTable(),
	)...)
}

func (g *goodsView) drawBar() app.UI {
	l := g.d.Lang
	return app.Div().Class("goods-bar").Body(
		&ui.Field{ID: "goods-find", Example: l.T(i18n.GoodsFind), Mode: "search", Unit: "⌕", Value: g.query.Text,
			OnText: func(_ app.Context, text string) { g.d.Rev++; g.query.Text = text; g.find() }},
		g.d.FilterMenu("goods-category", l.T(i18n.GoodsCategory), g.categoryName(g.query.Category), func() app.UI {
			return ruleform.CategoryOptions(g.d, "goods-category", g.categories, true, g.query.Category, func(id string) {
				g.d.Menu, g.query.Category = "", id
				g.find()
			})
		}),
		g.d.FilterMenu("goods-state", l.T(goodsState), l.T(goodsStates[g.query.State]), func() app.UI {
			var options []app.UI
			for _, state := range goodsStateOrder {
				options = append(options, g.d.Option("goods-state-"+string(state), l.T(goodsStates[state]), g.query.State == state, func() {
					g.d.Menu, g.query.State = "", state
					g.find()
				}))
			}
			return app.Div().Class("options").Body(options...)
		}),
		g.d.FilterMenu("goods-store", l.T(i18n.PricesStore), g.storeName(), func() app.UI {
			options := []app.UI{g.d.Option("goods-store-all", l.T(i18n.PricesChain), g.query.Store == "", func() { g.d.Menu, g.query.Store = "", ""; g.find() })}
			for _, v := range g.d.Stores {
				options = append(options, g.d.Option("goods-store-"+v.Key, g.d.DimName(v.Key, g.d.Stores), g.query.Store == v.Key, func() {
					g.d.Menu, g.query.Store = "", v.Key
					g.find()
				}))
			}
			return app.Div().Class("options options-long").Body(options...)
		}),
	)
}

var goodsStateOrder = []catalogue.GoodsState{
	catalogue.AllGoods, catalogue.StoppedGoods, catalogue.NoPriceGoods, catalogue.NoCodeGoods, catalogue.NoneLeft, catalogue.KitGoods, catalogue.AgeGoods,
}

var goodsStates = map[catalogue.GoodsState]*i18n.Message{
	catalogue.AllGoods: goodsAll, catalogue.StoppedGoods: goodsOnStop, catalogue.NoPriceGoods: goodsNoPrice, catalogue.NoCodeGoods: goodsNoCode,
	catalogue.NoneLeft: goodsNoneLeft, catalogue.KitGoods: goodsKits, catalogue.AgeGoods: goodsAge,
}

func (g *goodsView) storeName() string {
	if g.query.Store == "" {
		return g.d.Lang.T(i18n.PricesChain)
	}
	return g.d.DimName(g.query.Store, g.d.Stores)
}

func (g *goodsView) categoryName(id string) string {
	return ruleform.CategoryName(g.categories, id, g.d.Lang)
}

// drawNews is what came of the last change, what several articles are chosen for,
// or how many there are.
func (g *goodsView) drawNews() app.UI {
	l := g.d.Lang
	switch {
	case g.fault != nil:
		return g.d.ErrorBox(g.fault)
	case len(g.chosen) > 0:
		return app.Div().Class("goods-chosen").Body(
			app.Span().Class("goods-count").Text(l.T(goodsChosen, "n", len(g.chosen))),
			&ui.Button{ID: "goods-stop", Label: l.T(goodsStop), Disabled: g.saving, OnPress: g.d.Press(func() { g.stop(false) })},
			&ui.Button{ID: "goods-resume", Label: l.T(goodsResume), Disabled: g.saving, OnPress: g.d.Press(func() { g.stop(true) })},
			&ui.Button{ID: "goods-none", Label: l.T(goodsUnchoose), Kind: ui.Quiet, OnPress: g.d.Press(func() { g.chosen = map[catalogue.SKU]bool{}; g.rev++ })},
		)
	case g.said != "":
		return ui.Toast(ui.Good, g.said, app.Span().Hidden(true))
	}
	if len(g.pages) == 0 && g.fault == nil {
		return app.P().Class("muted").Text(l.T(i18n.WorkBusy))
	}
	return app.P().Class("muted").ID("goods-total").Text(l.T(goodsTotal, "n", g.total))
}

func (g *goodsView) drawTable() app.UI {
	l := g.d.Lang
	if g.total == 0 {
		if len(g.pages) == 0 && g.fault == nil {
			return app.Div().Class("goods-table").Aria("busy", true)
		}
		return app.Div().Class("list-empty").Body(ui.EmptyState("▦", l.T(goodsNone), l.T(goodsNoneHow)))
	}
	return app.Div().Class("goods-table").Role("table").Body(&goodsRows{V: g, Lang: l, Rev: g.rev})
}

// drawHead draws the titles that sort.
func (g *goodsView) drawHead() app.UI {
	l := g.d.Lang
	head := []app.UI{app.Span().Class("goods-cell")}
	for _, c := range []struct {
		id    string
		label *i18n.Message
	}{{catalogue.ByName, goodsName}, {catalogue.BySKU, goodsSKU}, {catalogue.ByCategory, i18n.GoodsCategory}, {catalogue.ByPrice, goodsPrice}, {catalogue.ByLeft, goodsLeft}} {
		label := l.T(c.label)
		if g.query.Sort == c.id && g.query.Desc {
			label += " ↓"
		} else if g.query.Sort == c.id {
			label += " ↑"
		}
		head = append(head, &ui.Button{ID: "goods-by-" + c.id, Label: label, Kind: ui.Quiet, Class: "goods-sort goods-" + c.id, OnPress: g.d.Press(func() { g.sortBy(c.id) })})
	}
	return app.Div().Class("goods-head").Role("row").Body(head...)
}

// goodsRows is the part of the list that is in the window.
type goodsRows struct {
	app.Compo

	V    *goodsView
	Lang i18n.Lang
	Rev  int
}

// OnMount measures the window.
func (t *goodsRows) OnMount(ctx app.Context) {
	ctx.Defer(func(app.Context) {
		if list := app.Window().GetElementByID("goods-rows"); list.Truthy() {
			if height := list.Get("clientHeight").Int(); height > 0 && height != t.V.height {
				t.V.d.On(func() { t.V.height = height; t.V.rev++ })
			}
		}
	})
}

// Render draws the rows.
func (t *goodsRows) Render() app.UI {
	from, to := t.V.window()
	body := []app.UI{t.V.drawHead(), goodsSpace(from)}
	for i := from; i < to; i++ {
		body = append(body, t.drawRow(i))
	}
	return app.Div().ID("goods-rows").Class("goods-rows").TabIndex(0).OnScroll(t.scroll, app.PassiveEvent()).Body(append(body, goodsSpace(t.V.total-to))...)
}

// goodsSpace stands for rows that are not drawn. A browser limits how high an
// element may be; a million rows stay below that.
func goodsSpace(rows int) app.UI {
	return app.Elem("svg").XMLNS("http://www.w3.org/2000/svg").Class("spacer").Attr("width", 1).Attr("height", max(0, rows)*goodsRowHeight).Aria("hidden", true)
}

func (t *goodsRows) scroll(ctx app.Context, _ app.Event) {
	before := t.V.top / goodsRowHeight / 4
	t.V.top = ctx.JSSrc().Get("scrollTop").Int()
	if t.V.top/goodsRowHeight/4 == before {
		ctx.PreventUpdate()
		return
	}
	t.Rev++
}

func (t *goodsRows) drawRow(i int) app.UI {
	g, l := t.V, t.V.d.Lang
	row, here := g.row(i)
	if !here {
		return app.Div().Class("goods-row").Aria("busy", true).Body(app.Span().Class("muted").Text("…"))
	}
	price := "–"
	if row.Price != nil {
		price = l.Money(row.Price.Amount, g.d.Currency()) + " / " + l.Unit(row.Unit)
	}
	left := ""
	if row.Counted {
		left = l.Quantity(row.Left, row.Unit)
	}
	line := app.Div().Class("goods-row").Role("row").DataSet("sku", string(row.SKU))
	if row.Stopped {
		line.Class("goods-stopped")
	}
	return line.Body(
		app.Label().Class("goods-cell goods-check").Body(app.Input().Type("checkbox").Checked(g.chosen[row.SKU]).DataSet("sku", string(row.SKU)).
			Aria("label", row.Name.In(string(l))).OnChange(t.check)),
		app.Button().Type("button").Class("goods-cell goods-name").DataSet("sku", string(row.SKU)).OnClick(t.click).Body(
			app.Span().Class("goods-sign").Aria("hidden", true).Text(kit.Sign(row.Picture)),
			app.Span().Class("goods-text").Text(row.Name.In(string(l))),
			app.Span().Class("goods-marks").Text(g.marks(row)),
		),
		app.Span().Class("goods-cell goods-sku").Text(string(row.SKU)),
		app.Span().Class("goods-cell goods-category").Text(g.categoryName(row.Category)),
		app.Span().Class("goods-cell goods-price").Text(price),
		app.Span().Class("goods-cell goods-left").Text(left),
	)
}

// marks are what sets an article apart, in short.
func (g *goodsView) marks(row catalogue.GoodRow) string {
	l, text := g.d.Lang, ""
	add := func(on bool, words string) {
		if on {
			text += " · " + words
		}
	}
	add(row.Stopped, l.T(i18n.OnStop))
	add(row.MinAge > 0, strconv.Itoa(row.MinAge)+"+")
	add(row.Kit, l.T(goodsKit))
	add(row.Codes == 0 && row.PLU == "", l.T(goodsCodeless))
	add(row.PLU != "", "PLU "+row.PLU)
	if text == "" {
		return ""
	}
	return text[len(" · "):]
}

func (t *goodsRows) check(ctx app.Context, _ app.Event) {
	t.V.choose(catalogue.SKU(ctx.JSSrc().Get("dataset").Get("sku").String()))
	t.V.d.On(func() {})
}

func (t *goodsRows) click(ctx app.Context, _ app.Event) {
	t.V.open(catalogue.SKU(ctx.JSSrc().Get("dataset").Get("sku").String()))
}
