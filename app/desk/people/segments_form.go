package people

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/audience"
)

// drawForm draws the builder: name, conditions, and whom they find.
func (v *segmentsView) drawForm() app.UI {
	d, l, p := v.d, v.d.Lang, v.draft
	leaves := make([]app.UI, len(p.parts))
	for i := range p.parts {
		leaves[i] = v.drawLeaf(i)
	}
	first := audience.Fields()[0].Field
	add := &ui.Button{ID: "segment-add", Label: "+ " + l.T(i18n.SegmentAdd), OnPress: d.Press(v.change(func(p *segmentDraft) {
		p.parts = append(p.parts, leaf{Condition: audience.Condition{Field: first, Op: audience.Least}})
		p.rev++
	}))}
	return app.Div().Class("office segments").Body(
		app.Div().Class("form-card segment-form").Body(
			&ui.Field{ID: "segment-name", Label: l.T(i18n.SegmentName), Value: p.name, Rev: p.rev, Focus: p.was.ID == "",
				OnText: func(_ app.Context, text string) { p.name = text; d.Rev++ }},
			app.Div().Class("choices-row").Body(
				d.Choice("segment-live", l.T(i18n.SegmentLive)+": "+l.T(i18n.SegmentLiveHow), p.live, func() { p.live = true }),
				d.Choice("segment-fixed", l.T(i18n.SegmentFixed)+": "+l.T(i18n.SegmentFixedHow), !p.live, func() { p.live = false }),
				d.Choice("segment-tills", l.T(i18n.SegmentTills), p.tills, func() { p.tills = !p.tills }),
			),
			app.Div().Class("choices-row segment-join").Body(
				app.Span().Text(l.T(i18n.SegmentWhen)),
				d.Choice("segment-all", l.T(i18n.SegmentAll), !p.any, v.change(func(p *segmentDraft) { p.any = false })),
				d.Choice("segment-any", l.T(i18n.SegmentAny), p.any, v.change(func(p *segmentDraft) { p.any = true })),
			),
			app.Div().Class("segment-parts").Body(leaves...),
			add,
			v.drawTried(),
			d.ErrorBox(p.wrong),
			app.Div().Class("form-acts").Body(
				&ui.Button{ID: "segment-back", Label: l.T(i18n.Cancel), OnPress: d.Press(func() { v.draft = nil })},
				&ui.Button{ID: "segment-save", Label: l.T(i18n.SegmentSave), Kind: ui.Primary, Disabled: p.busy || p.bad || strings.TrimSpace(p.name) == "", OnPress: d.Press(v.save)},
			),
		),
	)
}

// drawTried says whom the conditions find.
func (v *segmentsView) drawTried() app.UI {
	l, p := v.d.Lang, v.draft
	switch {
	case p.bad:
		return app.P().ID("segment-count").Class("muted").Text(l.T(i18n.SegmentProblem))
	case p.tried == nil:
		return app.P().ID("segment-count").Class("muted").Aria("busy", true).Text(l.T(i18n.SegmentBusy))
	}
	body := []app.UI{
		app.P().ID("segment-count").Class("segment-count").Aria("live", "polite").Aria("busy", p.busy).
			Text(l.T(i18n.SegmentCount, "n", p.tried.Count, "of", l.Int(int64(p.tried.Of)))),
		app.P().Class("muted").Text(l.T(i18n.SegmentMoney, "sum", v.d.Sum(p.tried.Revenue))),
	}
	var sample []app.UI
	for _, m := range p.tried.Sample[:min(len(p.tried.Sample), 5)] {
		sample = append(sample, app.Li().Text(v.memberName(m)+" — "+v.why(m.Why)))
	}
	if len(sample) > 0 {
		body = append(body, app.P().Class("muted").Text(l.T(i18n.SegmentSample)), app.Ul().Class("segment-sample").Body(sample...))
	}
	return app.Div().Class("segment-tried").Body(body...)
}

// drawLeaf is one condition of the form.
func (v *segmentsView) drawLeaf(i int) app.UI {
	d, l, p := v.d, v.d.Lang, v.draft
	part := &p.parts[i]
	described, _ := audience.FieldOf(part.Field)
	id := fmt.Sprint(i)
	var fields []app.UI
	for _, f := range audience.Fields() {
		fields = append(fields, d.Option("leaf-"+id+"-"+string(f.Field), l.T(i18n.AudienceFields[string(f.Field)]), f.Field == part.Field, v.change(func(p *segmentDraft) {
			d.Menu = ""
			if f.Kind != described.Kind || f.Field == audience.RFM || part.Field == audience.RFM {
				p.parts[i] = leaf{Condition: audience.Condition{Op: f.Kind.Ops()[0]}}
			}
			p.parts[i].Field, p.parts[i].Text = f.Field, nil
			p.rev++
		})))
	}
	body := []app.UI{
		d.FilterMenu("leaf-field-"+id, l.T(i18n.AudienceFields[string(part.Field)]), "", func() app.UI { return app.Div().Class("options options-long").Body(fields...) }),
	}
	if ops := described.Kind.Ops(); len(ops) > 1 {
		var list []app.UI
		for _, op := range ops {
			list = append(list, d.Option("leaf-op-"+id+"-"+string(op), l.T(i18n.AudienceOps[string(op)]), op == part.Op, v.change(func(p *segmentDraft) {
				p.parts[i].Op, d.Menu = op, ""
			})))
		}
		body = append(body, d.FilterMenu("leaf-op-"+id, l.T(i18n.AudienceOps[string(part.Op)]), "", func() app.UI { return app.Div().Class("options").Body(list...) }))
	}
	body = append(body, v.drawLeafValue(i, described))
	if described.Window {
		body = append(body, &ui.Field{ID: "leaf-days-" + id, Value: part.days, Rev: p.rev, Mode: "numeric", Class: "segment-days", Example: l.T(i18n.SegmentWindow), Unit: l.T(i18n.SegmentDaysUnit),
			OnText: func(_ app.Context, text string) { d.Rev++; part.days = text; v.try() }})
	}
	body = append(body, &ui.Button{ID: "leaf-drop-" + id, Label: "✕", Name: l.T(i18n.SegmentDrop), Kind: ui.Quiet, Disabled: len(p.parts) == 1, OnPress: d.Press(v.change(func(p *segmentDraft) {
		p.parts = slices.Delete(slices.Clone(p.parts), i, i+1)
		p.rev++
	}))})
	return app.Div().Class("segment-leaf").Body(body...)
}

// drawLeafValue is what a condition compares with.
func (v *segmentsView) drawLeafValue(i int, described audience.Described) app.UI {
	d, l, p := v.d, v.d.Lang, v.draft
	part := &p.parts[i]
	id := fmt.Sprint(i)
	switch described.Kind {
	case audience.Number, audience.Money:
		unit := ""
		if described.Kind == audience.Money {
			unit = "₽"
		}
		return &ui.Field{ID: "leaf-n-" + id, Value: part.n, Rev: p.rev, Mode: "decimal", Unit: unit, Class: "segment-n-field", Example: l.T(i18n.SegmentValue),
			OnText: func(_ app.Context, text string) { d.Rev++; part.n = text; v.try() }}
	case audience.Truth:
		yes := part.Yes == nil || *part.Yes
		set := func(value bool) func() { return v.change(func(p *segmentDraft) { p.parts[i].Yes = &value }) }
		return app.Div().Class("choices-row").Body(
			d.Choice("leaf-yes-"+id, l.T(i18n.SegmentYes), yes, set(true)), d.Choice("leaf-no-"+id, l.T(i18n.SegmentNo), !yes, set(false)))
	}
	if described.Field == audience.Products {
		return &ui.Field{ID: "leaf-text-" + id, Value: strings.Join(part.Text, ", "), Rev: p.rev, Class: "segment-n-field", Example: l.T(i18n.PricesSKU),
			OnText: func(_ app.Context, text string) {
				d.Rev++
				part.Text = strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == ';' })
				v.try()
			}}
	}
	var list []app.UI
	for n, value := range v.choices(described.Field) {
		on := slices.Contains(part.Text, value)
		list = append(list, d.Option(fmt.Sprintf("leaf-value-%s-%d", id, n), v.valueName(described.Field, value), on, v.change(func(p *segmentDraft) {
			if on {
				p.parts[i].Text = slices.DeleteFunc(slices.Clone(p.parts[i].Text), func(t string) bool { return t == value })
				return
			}
			p.parts[i].Text = append(slices.Clone(p.parts[i].Text), value)
		})))
	}
	shown := l.T(i18n.SegmentPick)
	switch n := len(part.Text); {
	case n > 0 && n <= 2:
		names := make([]string, n)
		for k, value := range part.Text {
			names[k] = v.valueName(described.Field, value)
		}
		shown = strings.Join(names, ", ")
	case n > 2:
		shown = l.T(i18n.SegmentPicked, "n", n)
	}
	return d.FilterMenu("leaf-values-"+id, shown, "", func() app.UI { return app.Div().Class("options options-long").Body(list...) })
}
