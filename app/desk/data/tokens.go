package data

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	wire "tillsight/shared/wire/office"
)

// tokens is the keys of programs that fetch exports.
type tokens struct {
	d      *kit.Desk
	list   kit.Remote[[]wire.Token]
	form   kit.Form[wire.TokenRequest, wire.MadeToken]
	made   *wire.MadeToken // shown this once; nil: none
	copied bool
	sure   int64 // token that is about to be revoked
	revoke kit.Form[struct{}, struct{}]
}

func newTokens(d *kit.Desk) tokens {
	t := tokens{d: d, list: kit.Remote[[]wire.Token]{Again: "tokens-again"}}
	t.form.Draft = wire.TokenRequest{All: true, Days: 365}
	return t
}

func (t *tokens) load() {
	t.list.Load(t.d, office.Asking(t.d.Office.Server, wire.GetTokens, struct{}{}), nil)
}

// make asks for a token and shows it.
func (t *tokens) make() {
	draft := t.form.Draft
	if strings.TrimSpace(draft.Name) == "" {
		return
	}
	t.form.Save(t.d, office.Asking(t.d.Office.Server, wire.NewToken, draft), func(made wire.MadeToken) []kit.Problem {
		t.made, t.copied = &made, false
		t.form.Set(func(draft *wire.TokenRequest) { draft.Name = "" })
		t.d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-token") })
		t.load()
		return nil
	})
}

// toggleStore has the new token reach a store, or not; without one it reaches all.
func (t *tokens) toggleStore(store string) {
	t.form.Draft.Stores = kit.Toggled(t.form.Draft.Stores, store)
	t.form.Draft.All = len(t.form.Draft.Stores) == 0
	t.form.Edited()
}

// draw lists the tokens and makes a new one.
func (t *tokens) draw() app.UI {
	d, l := t.d, t.d.Lang
	body := []app.UI{app.H2().Class("field-head").Text(l.T(exportsTokens))}
	if !d.Admin() {
		return app.Section().Class("form-card").Body(append(body, app.P().Class("muted").Text(l.T(tokenAdmins)))...)
	}
	return app.Section().Class("form-card").Body(append(body,
		app.P().Class("muted").Text(l.T(tokensHow)), t.drawForm(), d.ErrorBox(t.form.Fault()), d.ErrorBox(t.revoke.Fault()),
		t.list.Draw(d, func(list *[]wire.Token) app.UI {
			if len(*list) == 0 {
				return app.P().Class("muted").Text(l.T(tokenNone))
			}
			return app.Div().Body(app.Range(*list).Slice(func(i int) app.UI { return t.drawToken((*list)[i]) }))
		}))...)
}

func (t *tokens) drawForm() app.UI {
	d, l, draft := t.d, t.d.Lang, &t.form.Draft
	return app.Div().Class("office-form").Body(
		&ui.Field{ID: "token-name", Example: l.T(tokenName), Value: draft.Name, Rev: t.form.Rev, Class: "office-comment",
			OnText: func(_ app.Context, text string) { draft.Name = text; t.form.Edited(); d.Rev++ }, OnEnter: d.Press(t.make)},
		d.FilterMenu("token-stores", l.T(tokenStores), storesText(draft.Stores, l), t.storeOptions),
		d.FilterMenu("token-days", l.T(tokenDays), termText(draft.Days, l), t.termOptions),
		d.Choice("token-personal", l.T(tokenPersonal), draft.Personal, func() { draft.Personal = !draft.Personal; t.form.Edited() }),
		&ui.Button{ID: "token-make", Label: l.T(tokenMake), Kind: ui.Primary,
			Disabled: t.form.Busy() || strings.TrimSpace(draft.Name) == "", OnPress: d.Press(t.make)},
	)
}

func (t *tokens) storeOptions() app.UI {
	d, draft := t.d, &t.form.Draft
	options := []app.UI{d.Option("token-all", d.Lang.T(tokenAll), draft.All,
		func() { draft.All, draft.Stores = true, nil; t.form.Edited() })}
	for _, s := range d.Stores {
		options = append(options, d.Option("token-store-"+s.Key, d.DimName(s.Key, d.Stores), slices.Contains(draft.Stores, s.Key),
			func() { t.toggleStore(s.Key) }))
	}
	return app.Div().Class("options options-long").Body(options...)
}

func (t *tokens) termOptions() app.UI {
	d, draft := t.d, &t.form.Draft
	var options []app.UI
	for _, days := range []int{30, 90, 365, 0} {
		options = append(options, d.Option(fmt.Sprintf("token-days-%d", days), termText(days, d.Lang), draft.Days == days, func() {
			draft.Days, draft.Forever, d.Menu = days, days == 0, ""
			t.form.Edited()
		}))
	}
	return app.Div().Class("options").Body(options...)
}

// storesText names the stores that a token reaches; none are all.
func storesText(stores []string, l i18n.Lang) string {
	if len(stores) == 0 {
		return l.T(tokenAll)
	}
	return strings.Join(stores, ", ")
}

// termText says how long a token is in force.
func termText(days int, l i18n.Lang) string {
	if days == 0 {
		return l.T(tokenForever)
	}
	return l.T(i18n.TokenForDays, "n", days)
}

func (t *tokens) drawToken(token wire.Token) app.UI {
	d, l := t.d, t.d.Lang
	return app.Div().Class("item office-token").DataSet("token", fmt.Sprint(token.ID)).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(token.Name),
			app.Span().Class("item-facts").Text(strings.Join(tokenFacts(d, token), " · ")),
		),
		app.If(token.Revoked == 0, func() app.UI {
			return &ui.Button{ID: fmt.Sprintf("token-revoke-%d", token.ID), Label: l.T(tokenRevoke), Kind: ui.Quiet, OnPress: d.Press(func() {
				t.sure = token.ID
				d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-token-sure") })
			})}
		}),
	)
}

// tokenFacts say whether a token is in force, what it reaches, and who used it.
func tokenFacts(d *kit.Desk, token wire.Token) []string {
	l := d.Lang
	var facts []string
	switch now := d.Now().UnixMilli(); {
	case token.Revoked != 0:
		facts = append(facts, l.T(tokenRevoked, "date", d.Day(token.Revoked)))
	case token.Expires != 0 && token.Expires <= now:
		facts = append(facts, l.T(tokenExpired, "date", d.Day(token.Expires)))
	case token.Expires != 0:
		facts = append(facts, l.T(tokenUntil, "date", d.Day(token.Expires)))
	}
	facts = append(facts, l.T(tokenStores)+": "+storesText(token.Stores, l))
	if token.Personal {
		facts = append(facts, l.T(exportsPersonal))
	}
	used := l.T(tokenUnused)
	if token.Used != 0 {
		used = l.T(tokenUsed, "date", d.Day(token.Used), "n", int(token.Uses))
	}
	return append(facts, used, token.By)
}

// drawMade shows a new token, this once.
func (t *tokens) drawMade() app.UI {
	d, l := t.d, t.d.Lang
	if t.made == nil {
		return app.Span().Hidden(true)
	}
	label := l.T(tokenCopy)
	if t.copied {
		label = l.T(tokenCopied)
	}
	here := app.Window().URL().Scheme + "://" + app.Window().URL().Host
	example := `curl -H "Authorization: Bearer ` + t.made.Secret + `" ` + here + `/v1/export/receipts.parquet -o receipts.parquet`
	return ui.Sheet("sheet-token", l.T(tokenMade, "name", t.made.Name), "office-token-sheet",
		&ui.Button{ID: "token-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(func() { t.made = nil })},
		app.P().ID("token-secret").Class("office-secret").Text(t.made.Secret),
		app.P().Class("muted").Text(l.T(tokenOnce)),
		&ui.Button{ID: "token-copy", Label: label, Kind: ui.Primary, Class: "wide", OnPress: d.Press(func() {
			t.copied = true
			ui.Copy(t.made.Secret)
		})},
		app.Pre().Class("office-example").Text(example),
	)
}

// end revokes the token that was asked about.
func (t *tokens) end() {
	id := wire.TokenID{ID: t.sure}
	t.sure = 0
	t.revoke.Save(t.d, func(ctx context.Context) (struct{}, error) {
		return office.Call(ctx, t.d.Office.Server, wire.RevokeToken, id)
	}, func(struct{}) []kit.Problem {
		t.load()
		return nil
	})
}

// drawSure asks before a token is revoked: the program behind it stops.
func (t *tokens) drawSure() app.UI {
	d, l := t.d, t.d.Lang
	list := t.list.Value()
	if list == nil {
		return app.Span().Hidden(true)
	}
	i := slices.IndexFunc(*list, func(token wire.Token) bool { return token.ID == t.sure })
	if i < 0 {
		return app.Span().Hidden(true)
	}
	keep := d.Press(func() { t.sure = 0 })
	return ui.Sheet("sheet-token-sure", l.T(tokenRevoke), "",
		&ui.Button{ID: "token-sure-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: keep},
		app.P().Text(l.T(tokenSure, "name", (*list)[i].Name)),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "token-keep", Label: l.T(i18n.Cancel), OnPress: keep},
			&ui.Button{ID: "token-revoke", Label: l.T(tokenRevoke), Kind: ui.Danger, OnPress: d.Press(t.end)},
		),
	)
}
