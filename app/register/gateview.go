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
func (r *register) languages() app.UI {
	var list []app.UI
	for _, lang := range i18n.Langs {
		name := i18n.LangRU
		if lang == i18n.EN {
			name = i18n.LangEN
		}
		list = append(list, r.Choice("lang-"+string(lang), r.Lang.T(name), r.Lang == lang, func() { r.setLang(lang) }))
	}
	return app.Div().Class("gate-langs").Body(list...)
}

func (r *register) drawFault() app.UI {
	l := r.Lang
	return ui.Gate(l.T(i18n.RefusedTitle), r.languages(),
		r.ErrorBox(r.fault), ui.GateText(l.T(i18n.RefusedSafe)), ui.GateText(l.T(i18n.DoReload)),
		&ui.Button{ID: "reload", Label: l.T(i18n.Reload), Kind: ui.Primary, Class: "gate-go", OnPress: reload})
}

func reload(ctx app.Context) { ctx.Reload() }

func (r *register) drawRefused() app.UI {
	l := r.Lang
	code := errcode.Internal
	if r.State.Fault != nil {
		code = r.State.Fault.Code
	}
	what := map[errcode.Code]*i18n.Message{
		errcode.NoStorage: i18n.DoStorage, errcode.StorageFull: i18n.DoFull,
		errcode.StorageFault: i18n.DoFault, errcode.Revoked: i18n.DoRevoked,
	}[code]
	if what == nil {
		what = i18n.DoReload
	}
	return ui.Gate(l.T(i18n.RefusedTitle), r.languages(),
		r.ErrorBox(r.State.Fault), ui.GateText(l.T(i18n.RefusedSafe)),
		app.H2().Class("gate-part").Text(l.T(i18n.RefusedDo)), ui.GateText(l.T(what)),
		&ui.Button{ID: "reload", Label: l.T(i18n.Reload), Kind: ui.Primary, Class: "gate-go", OnPress: reload})
}

func (r *register) drawElsewhere() app.UI {
	l := r.Lang
	return ui.Gate(l.T(i18n.ElsewhereTitle), r.languages(), ui.GateText(l.T(i18n.ElsewhereHow)),
		r.gateProblem(),
		&ui.Button{ID: "take-over", Label: l.T(i18n.TakeOver), Kind: ui.Primary, Class: "gate-go", Disabled: r.gate.busy, OnPress: r.Press(r.takeOver)})
}

func (r *register) drawEnrol() app.UI {
	l := r.Lang
	if r.gate.busy && r.progress.Task != "" {
		return r.drawLoading()
	}
	hint := ""
	if r.gate.busy {
		hint = l.T(i18n.EnrolWait)
	}
	return ui.Gate(l.T(i18n.EnrolTitle), r.languages(), ui.GateText(l.T(i18n.EnrolHow)),
		&ui.Field{ID: "enrol-code", Label: l.T(i18n.EnrolCode), Value: r.gate.text, Rev: r.gate.rev, Mode: "text", Focus: true, Hint: hint,
			Class: "field-large field-code", OnEnter: r.Press(r.enrol),
			OnText: func(_ app.Context, text string) { r.Rev++; r.gate.text, r.gate.fault = text, nil }},
		r.gateProblem(),
		&ui.Button{ID: "enrol", Label: l.T(i18n.EnrolGo), Kind: ui.Primary, Class: "gate-go",
			Disabled: r.gate.busy || strings.TrimSpace(r.gate.text) == "", OnPress: r.Press(r.enrol)})
}

func (r *register) drawLoading() app.UI {
	l, p := r.Lang, r.progress
	text, note := "", l.T(i18n.LoadHow)
	if p.Total > 0 {
		text = l.Percent(p.Done*10000/p.Total/100*100) + " · " + l.T(i18n.LoadOf, "done", l.Bytes(p.Done), "total", l.Bytes(p.Total))
	}
	if p.Task == "install" {
		note = l.T(i18n.InstallHow)
	}
	problem := cmp.Or(r.State.Fault, r.State.Sync.Fault, r.State.Sync.Problem)
	if problem != nil {
		note = l.T(i18n.LoadProblem)
	}
	return ui.Gate(l.T(i18n.LoadTitle), r.languages(),
		ui.ProgressBar(p.Done, p.Total), app.P().ID("progress").Class("gate-progress").Text(text), ui.GateText(note),
		app.Div().Class("problem").Body(r.ErrorBox(problem)))
}

func (r *register) drawSignIn() app.UI {
	l := r.Lang
	place := r.State.Store.Name.In(string(l)) + " · " + l.T(i18n.TillNo, "n", r.State.Till)
	note := l.T(i18n.ReadyNoNet, "products", l.T(i18n.Products, "n", r.State.Products))
	if r.basket.Open() {
		note = l.T(i18n.PinLocked, "number", r.basket.Number)
	}
	tone, text := kit.Light(r.State, l, r.Now().UnixMilli())
	return ui.Gate(place, r.languages(), ui.GateText(note),
		r.noticeList(),
		app.If(r.unprotected(), func() app.UI {
			return app.Details().Class("gate-risk").Body(app.Summary().Text("⚠ "+l.T(i18n.Unprotected)), app.P().Text(l.T(i18n.UnprotectedHow)))
		}),
		app.Div().ID("pin").Class("pin").Aria("label", l.T(i18n.PinDigits, "n", len(r.gate.text))).Role("img").Body(r.dots()...),
		app.P().Class("pin-title").Text(l.T(i18n.PinTitle)),
		r.gateProblem(),
		&ui.Keypad{Delete: l.T(i18n.Backspace), Class: "pin-pad", OnPress: func(_ app.Context, key string) { r.Rev++; r.keypad(key) }},
		&ui.Button{ID: "sign-in", Label: l.T(i18n.PinGo), Key: "Enter", Kind: ui.Primary, Class: "gate-go",
			Disabled: r.gate.busy || r.gate.text == "" || !r.gate.until.IsZero(), OnPress: r.Press(r.signIn)},
		app.P().Class("gate-light").Body(ui.StatusLight(tone, text)))
}

// dots show how many digits are entered, and not which.
func (r *register) dots() []app.UI {
	const shortest = 4
	dots := make([]app.UI, max(shortest, len(r.gate.text)))
	for i := range dots {
		class := "dot"
		if i < len(r.gate.text) {
			class += " dot-full"
		}
		dots[i] = app.Span().Class(class)
	}
	return dots
}

// noticeList shows calmly what the start had to repair.
func (r *register) noticeList() app.UI {
	var list []app.UI
	for _, notice := range r.State.Notices {
		list = append(list, ui.Toast(ui.Busy, r.Lang.Error(notice), kit.CodeBehind(r.Lang.T(i18n.ErrorCode), string(notice.Code))))
	}
	return app.Div().Class("gate-notices").Body(list...)
}

func (r *register) drawOpenShift() app.UI {
	l := r.Lang
	name := ""
	if r.State.Cashier != nil {
		name = l.T(i18n.Hello, "name", r.State.Cashier.Name)
	}
	return ui.Gate(l.T(i18n.OpenTitle), nil, ui.GateText(strings.TrimSpace(name+". "+l.T(i18n.OpenHow))),
		&ui.Field{ID: "float", Label: l.T(i18n.OpenFloat), Unit: r.Symbol(), Value: r.form.text, Rev: r.form.rev, Mode: "decimal", Focus: true,
			Example: l.Bare(0, r.Currency()), Class: "field-large", OnEnter: r.Press(r.openShift),
			OnText: func(_ app.Context, text string) { r.Rev++; r.form.text, r.gate.fault = text, nil }},
		&ui.Keypad{Left: r.DecimalSign(), Delete: l.T(i18n.Backspace), OnPress: func(_ app.Context, key string) { r.Rev++; r.keypad(key) }},
		r.gateProblem(),
		&ui.Button{ID: "open-shift", Label: l.T(i18n.OpenGo), Key: "Enter", Kind: ui.Primary, Class: "gate-go", Disabled: r.gate.busy, OnPress: r.Press(r.openShift)})
}

// gateProblem shows what keeps a gate closed.
func (r *register) gateProblem() app.UI {
	if r.gate.fault == nil && r.gate.note != "" {
		return app.Div().Class("problem").Body(ui.Toast(ui.Warn, r.gate.note, app.Span().Hidden(true)))
	}
	return app.Div().Class("problem").Body(r.ErrorBox(r.gate.fault))
}
