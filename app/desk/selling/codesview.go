package selling

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/codeview"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/barcode"
	"tillsight/shared/quantity"
	wire "tillsight/shared/wire/office"
)

// Head is the page's name.
func (v *lab) Head() kit.Head { return kit.Head{Title: v.d.Lang.T(deskCodes)} }

// busy reports whether something is on its way to the server.
func (v *lab) busy() bool { return v.mask.Busy() || v.sample.Busy() }

// Draw draws the four parts of the page.
func (v *lab) Draw() app.UI {
	l := v.d.Lang
	var strip app.UI = app.P().Class("muted").Text(l.T(i18n.CodeWhatHow))
	switch {
	case v.mask.Fault() != nil:
		strip = v.d.ErrorBox(v.mask.Fault())
	case v.sample.Fault() != nil:
		strip = v.d.ErrorBox(v.sample.Fault())
	case len(v.broken) > 0:
		strip = ui.Toast(ui.Bad, l.T(labBroken, "n", len(v.broken)), app.Span().Hidden(true))
	case v.said != "":
		strip = ui.Toast(ui.Good, v.said, app.Span().Hidden(true))
	}
	return app.Div().Class("list-page lab").Body(
		app.Div().Class("strip").Aria("live", "polite").Body(strip),
		v.masks.Draw(v.d, func(m *wire.Masks) app.UI {
			return app.Div().Class("lab-columns").Body(v.drawRead(), v.drawBuild(), v.drawMasks(m.Masks), v.drawSamples(m.Samples))
		}),
	)
}

func (v *lab) view() codeview.View { return codeview.View{Lang: v.d.Lang, Currency: v.d.Currency()} }

func (v *lab) drawRead() app.UI {
	l := v.d.Lang
	read := v.d.Press(func() { v.examine(v.reading.code) })
	var rows []app.UI
	if v.reading.read != nil {
		rows = v.view().Draw(*v.reading.read)
		rows = append(rows, v.reading.looked.Draw(v.d, v.drawLooked))
	}
	return app.Section().Class("lab-card").ID("lab-read").Body(
		app.H2().Text(l.T(i18n.CodeWhat)),
		app.Div().Class("code-ask").Body(
			&ui.Field{ID: "lab-code", Label: l.T(i18n.CodeField), Value: v.reading.code, Rev: v.reading.rev, Mode: "text", OnText: v.typed,
				OnEnter: read},
			&ui.Button{ID: "lab-go", Label: l.T(i18n.CodeRead), Kind: ui.Primary, OnPress: read},
		),
		app.Div().Class("code-rows").ID("code-rows").Body(rows...),
		app.If(v.keys.Count() > 3 && v.reading.read != nil, v.drawKeysSent),
		app.If(v.reading.read != nil, func() app.UI {
			return &ui.Button{ID: "lab-keep", Label: l.T(labKeep), Disabled: v.busy(), OnPress: v.d.Press(v.keep)}
		}),
	)
}

// drawKeysSent shows what the keyboard really sent.
func (v *lab) drawKeysSent() app.UI {
	l := v.d.Lang
	text := l.T(codeKeysPace, "n", v.keys.Count(), "ms", int(v.keys.Pace().Milliseconds()))
	if v.keys.Russian() {
		text += " · " + l.T(codeKeysLang)
	}
	return app.Div().Body(
		app.P().Class("code-name").Text(l.T(codeKeys)+": "+text),
		app.P().ID("lab-keys").Class("lab-keys").Text(v.keys.Text()),
	)
}

// drawLooked says what the code stands for.
func (v *lab) drawLooked(looked *wire.Looked) app.UI {
	l := v.d.Lang
	switch {
	case looked.Card != "":
		return codeview.Row(l.T(i18n.CodeIsCard), "code-good", looked.Card)
	case looked.Product == nil:
		return codeview.Row("", "code-bad", l.T(codeNothing))
	}
	p := looked.Product
	rows := []app.UI{codeview.Row(l.T(i18n.CodeProduct), "code-good", p.Name.In(string(l))+" · "+string(p.SKU))}
	if looked.Factor != 0 && v.reading.read.Sample.Quantity == 0 {
		rows = append(rows, codeview.Row(l.T(i18n.CodeFactor), "",
			l.Quantity(quantity.Milli(looked.Factor), quantity.Kilogram)+" "+l.Unit(p.Unit)))
	}
	return app.Div().Body(rows...)
}

// labKinds are the labels that masks are made for.
var labKinds = []struct {
	kind barcode.Kind
	name *i18n.Message
}{
	{barcode.Weight, labWeight}, {barcode.Pieces, labPieces}, {barcode.Price, labSum}, {barcode.Card, labCard},
}

func (v *lab) drawBuild() app.UI {
	l, b := v.d.Lang, &v.build
	var kinds []app.UI
	for _, k := range labKinds {
		kinds = append(kinds, &ui.Button{ID: "lab-kind-" + string(k.kind), Label: l.T(k.name), Class: "choice", Toggle: true,
			Pressed: b.kind == k.kind,
			OnPress: v.d.Press(func() { b.kind, b.proposed, b.wrong = k.kind, nil, "" })})
	}
	var wrong app.UI = app.Span().Hidden(true)
	if b.wrong != "" {
		wrong = ui.Toast(ui.Warn, b.wrong, app.Span().Hidden(true))
	}
	return app.Section().Class("lab-card").ID("lab-build").Body(
		app.H2().Text(l.T(labBuild)),
		app.P().Class("muted").Text(l.T(labBuildHow)),
		app.Div().Class("lab-kinds").Role("group").Aria("label", l.T(labKind)).Body(kinds...),
		app.Textarea().ID("lab-examples").Class("lab-text").Placeholder(l.T(labExample)).Aria("label", l.T(labBuild)).
			Attr("spellcheck", false).OnInput(v.wrote),
		&ui.Button{ID: "lab-propose", Label: l.T(labPropose), Kind: ui.Primary, OnPress: v.d.Press(v.propose)},
		wrong,
		app.If(len(v.broken) > 0, v.drawBroken),
		app.If(len(b.proposed) > 0, v.drawProposed),
	)
}

func (v *lab) drawProposed() app.UI {
	l := v.d.Lang
	items := []app.UI{app.P().Class("code-name").Text(l.T(labProposed))}
	for _, m := range v.build.proposed {
		items = append(items, v.maskItem(m,
			&ui.Button{ID: "lab-save-" + m.Pattern, Label: l.T(labSave), Disabled: v.busy(), OnPress: v.d.Press(func() {
				v.saveMask(wire.MaskChange{Mask: m}, l.T(labSaved))
			})}, v.conflicts(m)...))
	}
	return app.Div().Class("lab-list").ID("lab-proposed").Body(items...)
}

// conflicts says in words what a mask meets.
func (v *lab) conflicts(m barcode.Mask) []string {
	l := v.d.Lang
	var list []string
	for _, c := range m.Conflicts(v.known().Masks) {
		switch c.Kind {
		case barcode.MeetsSelf:
			list = append(list, l.T(labMeetsSelf))
		case barcode.MeetsGoods:
			list = append(list, l.T(labMeetsGoods))
		case barcode.MeetsMask:
			winner := c.Other
			if c.Wins {
				winner = m.Pattern
			}
			list = append(list, l.T(labMeetsMask, "mask", c.Other, "winner", winner))
		}
	}
	return list
}

// maskItem is one mask in a list, with what speaks against it.
func (v *lab) maskItem(m barcode.Mask, act app.UI, warnings ...string) app.UI {
	kind := ""
	if name, ok := i18n.Kinds[m.Kind]; ok {
		kind = v.d.Lang.T(name)
	}
	body := []app.UI{app.Span().Class("mono").Text(m.Pattern), app.Small().Text(kind)}
	for _, w := range warnings {
		body = append(body, app.Small().Class("code-bad").Text("⚠ "+w))
	}
	return app.Div().Class("lab-item").DataSet("mask", m.Pattern).Body(app.Div().Body(body...), act)
}

func (v *lab) drawBroken() app.UI {
	l := v.d.Lang
	items := []app.UI{ui.Toast(ui.Bad, l.T(labBroken, "n", len(v.broken)), app.Span().Hidden(true))}
	for _, b := range v.broken {
		items = append(items, app.Div().Class("lab-item").Body(app.Div().Body(
			app.Span().Class("mono").Text(barcode.Visible(b.Want.Code)),
			app.Small().Class("code-bad").Text(l.T(labWas, "want", v.view().Summary(b.Want), "have", v.view().Summary(b.Have))))))
	}
	return app.Div().Class("lab-list").ID("lab-broken").Body(items...)
}

func (v *lab) drawMasks(masks []barcode.Mask) app.UI {
	l := v.d.Lang
	var items []app.UI
	for _, m := range masks {
		items = append(items, v.maskItem(m, &ui.Button{ID: "lab-drop-" + m.Pattern, Label: l.T(labDrop), Kind: ui.Quiet, Disabled: v.busy(),
			OnPress: v.d.Press(func() { v.drop(m) })}))
	}
	if len(items) == 0 {
		items = []app.UI{ui.EmptyState("▥", l.T(labNoMasks), l.T(labNoMasksHow))}
	}
	return app.Section().Class("lab-card").ID("lab-masks").Body(
		app.H2().Text(l.T(labMasks)), app.P().Class("muted").Text(l.T(labMasksHow)), app.Div().Class("lab-list").Body(items...))
}

func (v *lab) drawSamples(samples []barcode.Sample) app.UI {
	l := v.d.Lang
	var items []app.UI
	for _, s := range samples {
		sign, class, text := "", "", v.view().Summary(s)
		if v.tried {
			sign = "✓ "
			if have, bad := v.ran[s.Code]; bad {
				sign, class = "✕ ", "code-bad"
				text = l.T(labWas, "want", text, "have", v.view().Summary(have))
			}
		}
		items = append(items, app.Div().Class("lab-item").Body(
			app.Div().Body(app.Span().Class("mono").Text(sign+barcode.Visible(s.Code)), app.Small().Class(class).Text(text)),
			&ui.Button{Label: l.T(labDrop), Kind: ui.Quiet, Disabled: v.busy(), OnPress: v.d.Press(func() {
				v.saveSample(wire.SampleChange{Sample: s, Drop: true}, "")
			})}))
	}
	if len(items) == 0 {
		items = []app.UI{ui.EmptyState("✓", l.T(labNoSamples), l.T(labNoSamplesHow))}
	}
	var verdict app.UI = app.Span().Hidden(true)
	switch {
	case v.tried && len(v.ran) > 0:
		verdict = ui.Toast(ui.Bad, l.T(labRunBad, "n", len(v.ran)), app.Span().Hidden(true))
	case v.tried:
		verdict = ui.Toast(ui.Good, l.T(labRunGood, "n", len(samples)), app.Span().Hidden(true))
	}
	return app.Section().Class("lab-card").ID("lab-samples").Body(
		app.H2().Text(l.T(labSamples)), app.P().Class("muted").Text(l.T(labSamplesHow)),
		&ui.Button{ID: "lab-run", Label: l.T(labRun), Disabled: len(samples) == 0, OnPress: v.d.Press(v.runSamples)},
		verdict,
		app.Div().Class("lab-list").Body(items...),
	)
}
