package register

import (
	"cmp"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
)

// languages lets a person choose the language before anything else.
func (g *gate) languages() app.UI {
	var list []app.UI
	for _, lang := range i18n.Langs {
		name := i18n.LangRU
		if lang == i18n.EN {
			name = i18n.LangEN
		}
		list = append(list, g.Choice("lang-"+string(lang), g.Lang.T(name), g.Lang == lang, func() { g.r.setLang(lang) }))
	}
	return app.Div().Class("gate-langs").Body(list...)
}

func (g *gate) drawFault() app.UI {
	l := g.Lang
	return ui.Gate(l.T(i18n.RefusedTitle), g.languages(),
		g.ErrorBox(g.r.fault), ui.GateText(l.T(i18n.RefusedSafe)), ui.GateText(l.T(i18n.DoReload)),
		&ui.Button{ID: "reload", Label: l.T(i18n.Reload), Kind: ui.Primary, Class: "gate-go", OnPress: reload})
}

func reload(ctx app.Context) { ctx.Reload() }

func (g *gate) drawRefused() app.UI {
	l := g.Lang
	code := errcode.Internal
	if g.State.Fault != nil {
		code = g.State.Fault.Code
	}
	what := map[errcode.Code]*i18n.Message{
		errcode.NoStorage: i18n.DoStorage, errcode.StorageFull: i18n.DoFull,
		errcode.StorageFault: i18n.DoFault, errcode.Revoked: i18n.DoRevoked,
	}[code]
	if what == nil {
		what = i18n.DoReload
	}
	return ui.Gate(l.T(i18n.RefusedTitle), g.languages(),
		g.ErrorBox(g.State.Fault), ui.GateText(l.T(i18n.RefusedSafe)),
		app.H2().Class("gate-part").Text(l.T(i18n.RefusedDo)), ui.GateText(l.T(what)),
		&ui.Button{ID: "reload", Label: l.T(i18n.Reload), Kind: ui.Primary, Class: "gate-go", OnPress: reload})
}

func (g *gate) drawElsewhere() app.UI {
	l := g.Lang
	return ui.Gate(l.T(i18n.ElsewhereTitle), g.languages(), ui.GateText(l.T(i18n.ElsewhereHow)),
		g.problem(),
		&ui.Button{ID: "take-over", Label: l.T(i18n.TakeOver), Kind: ui.Primary, Class: "gate-go", Disabled: g.busy, OnPress: g.Press(g.takeOver)})
}

func (g *gate) drawEnrol() app.UI {
	l := g.Lang
	if g.busy && g.r.progress.Task != "" {
		return g.drawLoading()
	}
	hint := ""
	if g.busy {
		hint = l.T(i18n.EnrolWait)
	}
	return ui.Gate(l.T(i18n.EnrolTitle), g.languages(), ui.GateText(l.T(i18n.EnrolHow)),
		&ui.Field{ID: "enrol-code", Label: l.T(i18n.EnrolCode), Value: g.text, Rev: g.rev, Mode: "text", Focus: true, Hint: hint,
			Class: "field-large field-code", OnEnter: g.Press(g.enrol),
			OnText: func(_ app.Context, text string) { g.Rev++; g.text, g.fault = text, nil }},
		g.problem(),
		&ui.Button{ID: "enrol", Label: l.T(i18n.EnrolGo), Kind: ui.Primary, Class: "gate-go",
			Disabled: g.busy || strings.TrimSpace(g.text) == "", OnPress: g.Press(g.enrol)})
}

func (g *gate) drawLoading() app.UI {
	l, p := g.Lang, g.r.progress
	text, note := "", l.T(i18n.LoadHow)
	if p.Total > 0 {
		text = l.Percent(p.Done*10000/p.Total/100*100) + " · " + l.T(i18n.LoadOf, "done", l.Bytes(p.Done), "total", l.Bytes(p.Total))
	}
	if p.Task == "install" {
		note = l.T(i18n.InstallHow)
	}
	problem := cmp.Or(g.State.Fault, g.State.Sync.Fault, g.State.Sync.Problem)
	if problem != nil {
		note = l.T(i18n.LoadProblem)
	}
	return ui.Gate(l.T(i18n.LoadTitle), g.languages(),
		ui.ProgressBar(p.Done, p.Total), app.P().ID("progress").Class("gate-progress").Text(text), ui.GateText(note),
		app.Div().Class("problem").Body(g.ErrorBox(problem)))
}

func (g *gate) drawSignIn() app.UI {
	l := g.Lang
	place := g.State.Store.Name.In(string(l)) + " · " + l.T(i18n.TillNo, "n", g.State.Till)
	note := l.T(i18n.ReadyNoNet, "products", l.T(i18n.Products, "n", g.State.Products))
	if g.r.basket.Open() {
		note = l.T(i18n.PinLocked, "number", g.r.basket.Number)
	}
	tone, text := kit.Light(g.State, l, g.Now().UnixMilli())
	return ui.Gate(place, g.languages(), ui.GateText(note),
		g.noticeList(),
		app.If(g.r.unprotected(), func() app.UI {
			return app.Details().Class("gate-risk").Body(app.Summary().Text("⚠ "+l.T(i18n.Unprotected)), app.P().Text(l.T(i18n.UnprotectedHow)))
		}),
		app.Div().ID("pin").Class("pin").Aria("label", l.T(i18n.PinDigits, "n", len(g.text))).Role("img").Body(g.dots()...),
		app.P().Class("pin-title").Text(l.T(i18n.PinTitle)),
		g.problem(),
		&ui.Keypad{Delete: l.T(i18n.Backspace), Class: "pin-pad", OnPress: func(_ app.Context, key string) { g.Rev++; g.r.keypad(key) }},
		&ui.Button{ID: "sign-in", Label: l.T(i18n.PinGo), Key: "Enter", Kind: ui.Primary, Class: "gate-go",
			Disabled: g.busy || g.text == "" || !g.until.IsZero(), OnPress: g.Press(g.signIn)},
		app.P().Class("gate-light").Body(ui.StatusLight(tone, text)))
}

// dots show how many digits are entered, and not which.
func (g *gate) dots() []app.UI {
	const shortest = 4
	dots := make([]app.UI, max(shortest, len(g.text)))
	for i := range dots {
		class := "dot"
		if i < len(g.text) {
			class += " dot-full"
		}
		dots[i] = app.Span().Class(class)
	}
	return dots
}

// noticeList shows calmly what the start had to repair.
func (g *gate) noticeList() app.UI {
	var list []app.UI
	for _, notice := range g.State.Notices {
		list = append(list, ui.Toast(ui.Busy, g.Lang.Error(notice), kit.CodeBehind(g.Lang.T(i18n.ErrorCode), string(notice.Code))))
	}
	return app.Div().Class("gate-notices").Body(list...)
}

func (g *gate) drawOpenShift() app.UI {
	l := g.Lang
	name := ""
	if g.State.Cashier != nil {
		name = l.T(i18n.Hello, "name", g.State.Cashier.Name)
	}
	return ui.Gate(l.T(i18n.OpenTitle), nil, ui.GateText(strings.TrimSpace(name+". "+l.T(i18n.OpenHow))),
		&ui.Field{ID: "float", Label: l.T(i18n.OpenFloat), Unit: g.Symbol(), Value: g.text, Rev: g.rev, Mode: "decimal", Focus: true,
			Example: l.Bare(0, g.Currency()), Class: "field-large", OnEnter: g.Press(g.openShift),
			OnText: func(_ app.Context, text string) { g.Rev++; g.text, g.fault = text, nil }},
		&ui.Keypad{Left: g.DecimalSign(), Delete: l.T(i18n.Backspace), OnPress: func(_ app.Context, key string) { g.Rev++; g.r.keypad(key) }},
		g.problem(),
		&ui.Button{ID: "open-shift", Label: l.T(i18n.OpenGo), Key: "Enter", Kind: ui.Primary, Class: "gate-go", Disabled: g.busy, OnPress: g.Press(g.openShift)})
}

// problem shows what keeps a gate closed.
func (g *gate) problem() app.UI {
	if g.fault == nil && g.note != "" {
		return app.Div().Class("problem").Body(ui.Toast(ui.Warn, g.note, app.Span().Hidden(true)))
	}
	return app.Div().Class("problem").Body(g.ErrorBox(g.fault))
}
