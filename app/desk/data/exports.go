package data

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/prefs"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// exportsView is the page of exports to other programs: the dictionary with
// downloads, the tokens, and what this device keeps.
type exportsView struct {
	d     *kit.Desk
	book  *wire.Dictionary
	fault *errcode.Error
	shown string // table whose columns are shown
	from  string
	to    string

	tokens []wire.Token
	draft  wire.TokenRequest
	rev    int
	busy   bool
	wrong  *errcode.Error
	made   *wire.MadeToken
	copied bool
	sure   int64 // token that is about to be revoked
}

func newExports(d *kit.Desk) kit.View {
	return &exportsView{d: d, draft: wire.TokenRequest{All: true, Days: 365}}
}

func (v *exportsView) Redraw() {}

func (v *exportsView) Refresh() {
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetDictionary, struct{}{}), func(book wire.Dictionary, e *errcode.Error) {
		if v.fault = e; e == nil {
			v.book = &book
		}
	})
	if v.d.Admin() {
		v.loadTokens()
	}
}

func (v *exportsView) loadTokens() {
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetTokens, struct{}{}), func(list []wire.Token, e *errcode.Error) {
		if v.wrong = e; e == nil {
			v.tokens = list
		}
	})
}

// said writes words of the dictionary in the language of the moment.
func (v *exportsView) said(w wire.Words) string {
	if v.d.Lang == i18n.EN {
		return w.EN
	}
	return w.RU
}

// link is the address of a table's file.
func (v *exportsView) link(t wire.DictionaryTable, format string) string {
	query := url.Values{}
	if t.ByDate && v.from != "" {
		query.Set("from", v.from)
	}
	if t.ByDate && v.to != "" {
		query.Set("to", v.to)
	}
	address := wire.PathExport + t.Table + "." + format
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// Head is the page's name.
func (v *exportsView) Head() kit.Head { return kit.Head{Title: v.d.Lang.T(i18n.TabExports)} }

// Draw draws what this device keeps, the tokens, and the dictionary.
func (v *exportsView) Draw() app.UI {
	d, l := v.d, v.d.Lang
	body := []app.UI{
		app.P().Class("muted").Text(l.T(i18n.ExportsHow)),
		d.ErrorBox(v.fault),
		v.drawDevice(),
		v.drawTokens(),
		app.H2().Class("field-head").Text(l.T(i18n.ExportsTables)),
		app.Div().Class("office-bar").Body(
			&kit.DateField{ID: "export-from", Label: l.T(i18n.ExportsFrom), Value: v.from, OnDate: func(date string) { d.On(func() { v.from = date }) }},
			&kit.DateField{ID: "export-to", Label: l.T(i18n.ExportsTo), Value: v.to, OnDate: func(date string) { d.On(func() { v.to = date }) }},
		),
	}
	if v.book == nil {
		body = append(body, app.Div().Class("items").Aria("busy", v.fault == nil))
		return app.Div().Class("office exports").Body(body...)
	}
	var rows []app.UI
	for _, t := range v.book.Tables {
		rows = append(rows, v.drawTable(t))
	}
	return app.Div().Class("office exports").Body(append(body, app.Div().Class("items").Body(rows...), v.drawMade(), v.drawSure())...)
}

// drawTable is a row of the dictionary with downloads, and its columns when open.
func (v *exportsView) drawTable(t wire.DictionaryTable) app.UI {
	d, l := v.d, v.d.Lang
	open := v.shown == t.Table
	toggle := func() {
		if v.shown = t.Table; open {
			v.shown = ""
		}
	}
	var links []app.UI
	for _, format := range v.book.Formats {
		links = append(links, app.A().ID("export-%s-%s", t.Table, format).Class("button quiet office-link").Href(v.link(t, format)).
			Download(t.Table+"."+format).Text(strings.ToUpper(format)))
	}
	row := app.Div().Class("item office-export").DataSet("table", t.Table).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(v.said(t.Title)+" "), app.Span().Class("office-code").Text(t.Table),
			app.Span().Class("item-facts").Text(v.said(t.Meaning)),
		),
		app.Div().Class("form-acts").Body(append(links,
			&ui.Button{ID: "export-columns-" + t.Table, Label: l.T(i18n.ExportsColumns, "n", len(t.Columns)), Kind: ui.Quiet, Toggle: true, Pressed: open, OnPress: d.Press(toggle)})...),
	)
	if !open {
		return row
	}
	return app.Div().Body(row, v.drawColumns(t))
}

func (v *exportsView) drawColumns(t wire.DictionaryTable) app.UI {
	l := v.d.Lang
	head := []app.UI{}
	for _, name := range []*i18n.Message{i18n.ExportsColumn, i18n.ExportsType, i18n.ExportsUnit, i18n.ExportsMeaning, i18n.ExportsExample} {
		head = append(head, app.Th().Scope("col").Text(l.T(name)))
	}
	var rows []app.UI
	for _, c := range t.Columns {
		var marks []string
		for mark, has := range map[*i18n.Message]bool{i18n.ExportsKey: c.Key, i18n.ExportsNull: c.Null, i18n.ExportsPersonal: c.Personal} {
			if has {
				marks = append(marks, l.T(mark))
			}
		}
		slices.Sort(marks)
		kind := c.Type
		if len(marks) > 0 {
			kind += " · " + strings.Join(marks, " · ")
		}
		rows = append(rows, app.Tr().Body(
			app.Td().Class("office-code").Text(c.Name), app.Td().Class("muted").Text(kind), app.Td().Text(c.Unit),
			app.Td().Text(v.said(c.Meaning)), app.Td().Class("office-code").Text(c.Example),
		))
	}
	return app.Div().Class("office-table").Body(app.Table().Class("plan-table dictionary").Body(app.THead().Body(app.Tr().Body(head...)), app.TBody().Body(rows...)))
}

// drawTokens lists the tokens and makes a new one.
func (v *exportsView) drawTokens() app.UI {
	d, l := v.d, v.d.Lang
	if !d.Admin() {
		return app.Section().Class("form-card").Body(app.H2().Class("field-head").Text(l.T(i18n.ExportsTokens)), app.P().Class("muted").Text(l.T(i18n.TokenAdmins)))
	}
	var stores []app.UI
	shown := l.T(i18n.TokenAll)
	if n := len(v.draft.Stores); n > 0 {
		shown = strings.Join(v.draft.Stores, ", ")
	}
	stores = append(stores, d.Option("token-all", l.T(i18n.TokenAll), v.draft.All, func() { v.draft.All, v.draft.Stores = true, nil }))
	for _, s := range d.Stores {
		on := slices.Contains(v.draft.Stores, s.Key)
		stores = append(stores, d.Option("token-store-"+s.Key, d.DimName(s.Key, d.Stores), on, func() {
			if on {
				v.draft.Stores = slices.DeleteFunc(slices.Clone(v.draft.Stores), func(id string) bool { return id == s.Key })
			} else {
				v.draft.Stores = append(slices.Clone(v.draft.Stores), s.Key)
			}
			v.draft.All = len(v.draft.Stores) == 0
		}))
	}
	var terms []app.UI
	for _, days := range []int{30, 90, 365, 0} {
		terms = append(terms, d.Option(fmt.Sprintf("token-days-%d", days), v.term(days), v.draft.Days == days, func() {
			v.draft.Days, v.draft.Forever, d.Menu = days, days == 0, ""
		}))
	}
	form := app.Div().Class("office-form").Body(
		&ui.Field{ID: "token-name", Example: l.T(i18n.TokenName), Value: v.draft.Name, Rev: v.rev, Class: "office-comment",
			OnText: func(_ app.Context, text string) { v.draft.Name = text; d.Rev++ }, OnEnter: d.Press(v.make)},
		d.FilterMenu("token-stores", l.T(i18n.TokenStores), shown, func() app.UI { return app.Div().Class("options options-long").Body(stores...) }),
		d.FilterMenu("token-days", l.T(i18n.TokenDays), v.term(v.draft.Days), func() app.UI { return app.Div().Class("options").Body(terms...) }),
		d.Choice("token-personal", l.T(i18n.TokenPersonal), v.draft.Personal, func() { v.draft.Personal = !v.draft.Personal }),
		&ui.Button{ID: "token-make", Label: l.T(i18n.TokenMake), Kind: ui.Primary, Disabled: v.busy || strings.TrimSpace(v.draft.Name) == "", OnPress: d.Press(v.make)},
	)
	rows := []app.UI{}
	for _, t := range v.tokens {
		rows = append(rows, v.drawToken(t))
	}
	if len(rows) == 0 {
		rows = append(rows, app.P().Class("muted").Text(l.T(i18n.TokenNone)))
	}
	return app.Section().Class("form-card").Body(append([]app.UI{
		app.H2().Class("field-head").Text(l.T(i18n.ExportsTokens)), app.P().Class("muted").Text(l.T(i18n.TokensHow)), form, d.ErrorBox(v.wrong)}, rows...)...)
}

func (v *exportsView) term(days int) string {
	if days == 0 {
		return v.d.Lang.T(i18n.TokenForever)
	}
	return v.d.Lang.T(i18n.TokenForDays, "n", days)
}

func (v *exportsView) drawToken(t wire.Token) app.UI {
	d, l := v.d, v.d.Lang
	var facts []string
	switch now := d.Now().UnixMilli(); {
	case t.Revoked != 0:
		facts = append(facts, l.T(i18n.TokenRevoked, "date", d.Day(t.Revoked)))
	case t.Expires != 0 && t.Expires <= now:
		facts = append(facts, l.T(i18n.TokenExpired, "date", d.Day(t.Expires)))
	case t.Expires != 0:
		facts = append(facts, l.T(i18n.TokenUntil, "date", d.Day(t.Expires)))
	}
	stores := l.T(i18n.TokenAll)
	if len(t.Stores) > 0 {
		stores = strings.Join(t.Stores, ", ")
	}
	facts = append(facts, l.T(i18n.TokenStores)+": "+stores)
	if t.Personal {
		facts = append(facts, l.T(i18n.ExportsPersonal))
	}
	used := l.T(i18n.TokenUnused)
	if t.Used != 0 {
		used = l.T(i18n.TokenUsed, "date", d.Day(t.Used), "n", int(t.Uses))
	}
	return app.Div().Class("item office-token").DataSet("token", fmt.Sprint(t.ID)).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(t.Name),
			app.Span().Class("item-facts").Text(strings.Join(append(facts, used, t.By), " · ")),
		),
		app.If(t.Revoked == 0, func() app.UI {
			return &ui.Button{ID: fmt.Sprintf("token-revoke-%d", t.ID), Label: l.T(i18n.TokenRevoke), Kind: ui.Quiet, OnPress: d.Press(func() {
				v.sure = t.ID
				d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-token-sure") })
			})}
		}),
	)
}

// make asks for a token and shows it.
func (v *exportsView) make() {
	if v.busy || strings.TrimSpace(v.draft.Name) == "" {
		return
	}
	v.busy, v.wrong = true, nil
	draft := v.draft
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.NewToken, draft),
		func(made wire.MadeToken, e *errcode.Error) {
			if v.busy, v.wrong = false, e; e != nil {
				return
			}
			v.made, v.copied, v.draft.Name = &made, false, ""
			v.rev++
			v.d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-token") })
			v.loadTokens()
		})
}

// drawMade shows a new token, this once.
func (v *exportsView) drawMade() app.UI {
	d, l := v.d, v.d.Lang
	if v.made == nil {
		return app.Span().Hidden(true)
	}
	label := l.T(i18n.TokenCopy)
	if v.copied {
		label = l.T(i18n.TokenCopied)
	}
	example := `curl -H "Authorization: Bearer ` + v.made.Secret + `" ` + app.Window().URL().Scheme + "://" + app.Window().URL().Host + `/v1/export/receipts.parquet -o receipts.parquet`
	return ui.Sheet("sheet-token", l.T(i18n.TokenMade, "name", v.made.Name), "office-token-sheet",
		&ui.Button{ID: "token-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(func() { v.made = nil })},
		app.P().ID("token-secret").Class("office-secret").Text(v.made.Secret),
		app.P().Class("muted").Text(l.T(i18n.TokenOnce)),
		&ui.Button{ID: "token-copy", Label: label, Kind: ui.Primary, Class: "wide", OnPress: d.Press(func() {
			v.copied = true
			ui.Copy(v.made.Secret)
		})},
		app.Pre().Class("office-example").Text(example),
	)
}

// drawSure asks before a token is revoked: the program behind it stops.
func (v *exportsView) drawSure() app.UI {
	d, l := v.d, v.d.Lang
	i := slices.IndexFunc(v.tokens, func(t wire.Token) bool { return t.ID == v.sure })
	if i < 0 {
		return app.Span().Hidden(true)
	}
	keep := d.Press(func() { v.sure = 0 })
	return ui.Sheet("sheet-token-sure", l.T(i18n.TokenRevoke), "", &ui.Button{ID: "token-sure-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: keep},
		app.P().Text(l.T(i18n.TokenSure, "name", v.tokens[i].Name)),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "token-keep", Label: l.T(i18n.Cancel), OnPress: keep},
			&ui.Button{ID: "token-revoke", Label: l.T(i18n.TokenRevoke), Kind: ui.Danger, OnPress: d.Press(func() {
				id := v.sure
				v.sure = 0
				kit.Call(d, func(ctx context.Context) (struct{}, error) {
					return office.Call(ctx, d.Office.Server, wire.RevokeToken, wire.TokenID{ID: id})
				},
					func(_ struct{}, e *errcode.Error) {
						v.wrong = e
						v.loadTokens()
					})
			})},
		),
	)
}

// Sizes and months that a device can be told to keep.
var (
	deviceSizes  = []int64{64 << 20, 256 << 20, 1 << 30, 4 << 30}
	deviceMonths = []int{1, 3, 6, 13, 25, 0}
)

func (v *exportsView) setBudget(b bridge.Budget) {
	v.d.Menu = ""
	prefs.Store(v.d.Ctx, kit.BudgetKey, b)
	kit.ApplyBudget(v.d, b)
}

// drawDevice says what this device keeps and lets that be changed.
func (v *exportsView) drawDevice() app.UI {
	d, l, s := v.d, v.d.Lang, v.d.Insight
	b := kit.DeviceBudget(d)
	text := l.T(i18n.DeviceNothing)
	if s.Lines > 0 {
		text = l.T(i18n.DeviceKeeps, "size", l.Bytes(s.Bytes), "from", l.Date(s.From), "to", l.Date(s.To), "n", s.Lines)
	}
	rest := ""
	switch {
	case s.Elsewhere != "":
		rest = l.T(i18n.DeviceElsewhere, "month", s.Elsewhere)
	case s.Lines > 0 && s.Missing == 0:
		rest = l.T(i18n.DeviceAll)
	}
	var sizes, months []app.UI
	for _, size := range deviceSizes {
		sizes = append(sizes, d.Option(fmt.Sprintf("device-size-%d", size>>20), l.Bytes(size), b.Bytes == size, func() { v.setBudget(bridge.Budget{Bytes: size, Months: b.Months}) }))
	}
	named := func(n int) string {
		if n == 0 {
			return l.T(i18n.DeviceEverything)
		}
		return l.Int(int64(n))
	}
	for _, n := range deviceMonths {
		months = append(months, d.Option(fmt.Sprintf("device-months-%d", n), named(n), b.Months == n, func() { v.setBudget(bridge.Budget{Bytes: b.Bytes, Months: n}) }))
	}
	return app.Section().Class("form-card").ID("device").Body(
		app.H2().Class("field-head").Text(l.T(i18n.ExportsDevice)),
		app.P().ID("device-keeps").Text(text),
		app.P().ID("device-rest").Class("muted").Text(rest),
		app.Div().Class("office-form").Body(
			d.FilterMenu("device-size", l.T(i18n.DeviceRoom), l.Bytes(b.Bytes), func() app.UI { return app.Div().Class("options").Body(sizes...) }),
			d.FilterMenu("device-months", l.T(i18n.DeviceMonths), named(b.Months), func() app.UI { return app.Div().Class("options").Body(months...) }),
		),
	)
}
