package people

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/audience"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/office"
)

// segmentsView is the page of segments of customers.
type segmentsView struct {
	d     *kit.Desk
	list  []audience.Listed
	asked bool
	fault *errcode.Error

	offers []audience.Offer
	goods  []bridge.DimValue // categories, with names
	draft  *segmentDraft
	shown  *segmentMembers
	who    *segmentCustomer
}

func newSegments(d *kit.Desk) kit.View { return &segmentsView{d: d} }

func (v *segmentsView) Redraw() {}

func (v *segmentsView) Refresh() {
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetSegments, struct{}{}), func(list []audience.Listed, e *errcode.Error) {
		if v.asked, v.fault = true, e; e == nil {
			v.list = list
		}
	})
	if v.offers == nil && v.may() {
		kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetSegmentFields, struct{}{}), func(list []audience.Offer, e *errcode.Error) {
			if e == nil {
				v.offers = list
			}
		})
	}
	kit.Query(context.Background(), v.d, bridge.InsightDims, bridge.DimsRequest{Dim: cube.Category}, func(list []bridge.DimValue, e *errcode.Error) {
		if e == nil {
			v.goods = list
		}
	})
}

// may reports whether the person may make segments: they are the chain's.
func (v *segmentsView) may() bool {
	return v.d.User != nil && v.d.User.All
}

// leaf is a condition in the form: text as it is typed.
type leaf struct {
	audience.Condition
	n    string
	days string
}

// segmentDraft is a segment being made.
type segmentDraft struct {
	was   audience.Definition
	name  string
	live  bool
	tills bool
	any   bool
	parts []leaf
	rev   int

	tried *audience.Tried
	busy  bool
	again bool // something changed while it was counted
	round int
	wrong *errcode.Error
	bad   bool
}

func (v *segmentsView) edit(d audience.Definition) {
	draft := &segmentDraft{was: d, name: d.Name.In(string(v.d.Lang)), live: d.Live, tills: d.Tills}
	parts := d.Where.All
	if len(d.Where.Any) > 0 {
		parts, draft.any = d.Where.Any, true
	}
	if d.Where.Field != "" {
		parts = []audience.Condition{d.Where}
	}
	for _, c := range parts {
		draft.parts = append(draft.parts, v.leafOf(c))
	}
	if d.ID == "" {
		draft.live = true
		sixty := int64(60)
		draft.parts = []leaf{v.leafOf(audience.Condition{Field: audience.Recency, Op: audience.Least, N: &sixty})}
	}
	v.draft, v.shown = draft, nil
	v.try()
}

func (v *segmentsView) leafOf(c audience.Condition) leaf {
	l := leaf{Condition: c}
	if c.N != nil {
		if described, _ := audience.FieldOf(c.Field); described.Kind == audience.Money {
			l.n = v.d.Lang.Bare(money.Amount(*c.N), v.d.Currency())
		} else {
			l.n = strconv.FormatInt(*c.N, 10)
		}
	}
	if c.Days > 0 {
		l.days = strconv.Itoa(c.Days)
	}
	return l
}

// condition is the form as a condition; not ok when something is missing.
func (v *segmentsView) condition() (w audience.Condition, ok bool) {
	var parts []audience.Condition
	for _, l := range v.draft.parts {
		c := l.Condition
		described, _ := audience.FieldOf(c.Field)
		c.Days = 0
		if l.days != "" && described.Window {
			days, err := strconv.Atoi(strings.TrimSpace(l.days))
			if err != nil {
				return w, false
			}
			c.Days = days
		}
		c.N = nil
		switch described.Kind {
		case audience.Number, audience.Money:
			exponent := 0
			if described.Kind == audience.Money {
				exponent = v.d.Currency().Exponent
			}
			n, err := money.Decimal(l.n, exponent)
			if err != nil {
				return w, false
			}
			c.N, c.Text, c.Yes = &n, nil, nil
		case audience.Truth:
			c.Text = nil
			if c.Yes == nil {
				yes := true
				c.Yes = &yes
			}
		default:
			c.Yes = nil
		}
		parts = append(parts, c)
	}
	if w.All = parts; v.draft.any {
		w.All, w.Any = nil, parts
	}
	return w, len(parts) > 0 && len(w.Check()) == 0
}

// try counts whom the form finds, one count at a time.
func (v *segmentsView) try() {
	p := v.draft
	w, ok := v.condition()
	if p.bad = !ok; !ok {
		p.tried = nil
		return
	}
	if p.busy {
		p.again = true
		return
	}
	p.busy, p.again = true, false
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.TrySegment, w),
		func(tried audience.Tried, e *errcode.Error) {
			p.busy, p.wrong = false, e
			if e == nil {
				p.tried = &tried
			}
			if p.again && v.draft == p {
				v.try()
			}
		})
}

func (v *segmentsView) change(edit func(p *segmentDraft)) func() {
	return func() {
		edit(v.draft)
		v.try()
	}
}

// save writes the segment.
func (v *segmentsView) save() {
	p := v.draft
	w, ok := v.condition()
	if !ok || strings.TrimSpace(p.name) == "" {
		p.bad = true
		return
	}
	d := p.was
	d.Name.RU, d.Live, d.Tills, d.Where = p.name, p.live, p.tills, w
	if v.d.Lang == i18n.EN {
		d.Name.EN = p.name
		if p.was.ID != "" && p.was.Name.RU != "" {
			d.Name.RU = p.was.Name.RU
		}
	}
	p.busy = true
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.SaveSegment, d),
		func(saved audience.Saved, e *errcode.Error) {
			p.busy, p.wrong = false, e
			if e != nil {
				return
			}
			if p.bad = len(saved.Problems) > 0; p.bad {
				return
			}
			n := 0
			if p.tried != nil {
				n = p.tried.Count
			}
			v.draft = nil
			v.d.Say(ui.Good, v.d.Lang.T(i18n.SegmentSaved, "name", saved.Definition.Name.In(string(v.d.Lang)), "n", n))
			v.Refresh()
		})
}

func (v *segmentsView) retire(d audience.Definition) {
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.RetireSegment, d),
		func(retired audience.Definition, e *errcode.Error) {
			if v.fault = e; e != nil {
				return
			}
			v.Refresh()
			words := v.d.Lang.T(i18n.SegmentRetired, "name", d.Name.In(string(v.d.Lang)))
			v.d.OfferUndo(ui.Good, words, func() {
				again := d
				again.Version = retired.Version
				kit.Call(v.d, office.Asking(v.d.Office.Server, wire.SaveSegment, again),
					func(_ audience.Saved, e *errcode.Error) {
						v.fault = e
						v.Refresh()
					})
			})
		})
}

// valueName names a value of a field.
func (v *segmentsView) valueName(field audience.Field, value string) string {
	switch field {
	case audience.HomeStore, audience.Visited:
		return v.d.DimName(value, v.d.Stores)
	case audience.Categories:
		return v.d.DimName(value, v.goods)
	case audience.RFM:
		if m := i18n.RFMSegments[value]; m != nil {
			return v.d.Lang.T(m)
		}
	}
	if m := i18n.AudienceValues[value]; m != nil {
		return v.d.Lang.T(m)
	}
	return value
}

// choices are the values that a condition of a field can name.
func (v *segmentsView) choices(field audience.Field) (values []string) {
	switch field {
	case audience.Visited:
		for _, s := range v.d.Stores {
			values = append(values, s.Key)
		}
		return values
	case audience.Categories:
		for _, c := range v.goods {
			values = append(values, c.Key)
		}
		return values
	}
	i := slices.IndexFunc(v.offers, func(o audience.Offer) bool { return o.Field == field })
	if i < 0 {
		return nil
	}
	return v.offers[i].Values
}

// say writes a condition as a person would.
func (v *segmentsView) words(c audience.Condition) string {
	l := v.d.Lang
	join := func(list []audience.Condition, with string) string {
		texts := make([]string, len(list))
		for i, part := range list {
			texts[i] = v.words(part)
		}
		return strings.Join(texts, with)
	}
	switch {
	case len(c.All) > 0:
		return join(c.All, "; ")
	case len(c.Any) > 0:
		return l.T(i18n.SegmentAny) + ": " + join(c.Any, "; ")
	case c.Not != nil:
		return "¬ (" + v.words(*c.Not) + ")"
	}
	text := string(c.Field)
	if m := i18n.AudienceFields[text]; m != nil {
		text = l.T(m)
	}
	text += " " + l.T(i18n.AudienceOps[string(c.Op)]) + " "
	described, _ := audience.FieldOf(c.Field)
	switch described.Kind {
	case audience.Money:
		text += l.Sum(money.Amount(*c.N), v.d.Currency())
	case audience.Number:
		text += l.Int(*c.N)
	case audience.Truth:
		yes := i18n.SegmentNo
		if *c.Yes {
			yes = i18n.SegmentYes
		}
		text += l.T(yes)
	default:
		names := make([]string, len(c.Text))
		for i, value := range c.Text {
			names[i] = v.valueName(c.Field, value)
		}
		text += strings.Join(names, ", ")
	}
	if c.Days > 0 {
		text += ", " + l.T(i18n.SegmentWindow) + " " + l.T(i18n.TokenForDays, "n", c.Days)
	}
	return text
}

// Head names the page, or the segment that is being made.
func (v *segmentsView) Head() kit.Head {
	l := v.d.Lang
	switch {
	case v.draft != nil && v.draft.was.ID != "":
		return kit.Head{Title: v.draft.was.Name.In(string(l))}
	case v.draft != nil:
		return kit.Head{Title: l.T(i18n.SegmentNew)}
	case !v.may():
		return kit.Head{Title: l.T(i18n.TabSegments)}
	}
	return kit.Head{Title: l.T(i18n.TabSegments), Acts: []app.UI{&ui.Button{ID: "segment-new", Label: l.T(i18n.SegmentNew), Kind: ui.Primary, Class: "head-end",
		OnPress: v.d.Press(func() { v.edit(audience.Definition{}) })}}}
}

// Draw draws the list, or the segment that is being made.
func (v *segmentsView) Draw() app.UI {
	d, l := v.d, v.d.Lang
	if v.draft != nil {
		return v.drawForm()
	}
	how := i18n.SegmentsHow
	if !v.may() {
		how = i18n.SegmentChain
	}
	body := []app.UI{app.P().Class("muted").Text(l.T(how)), d.ErrorBox(v.fault)}
	switch {
	case !v.asked:
		body = append(body, app.Div().Class("items").Aria("busy", true))
	case len(v.list) == 0 && v.fault == nil:
		body = append(body, ui.EmptyState("☺", l.T(i18n.SegmentNone), l.T(i18n.SegmentNoneHow)))
	default:
		rows := make([]app.UI, len(v.list))
		for i, s := range v.list {
			rows[i] = v.drawSegment(s)
		}
		body = append(body, app.Div().Class("items").Body(rows...))
	}
	return app.Div().Class("office segments").Body(append(body, v.drawMembers(), v.drawCustomer())...)
}

func (v *segmentsView) drawSegment(s audience.Listed) app.UI {
	d, l := v.d, v.d.Lang
	kind := i18n.SegmentFixed
	if s.Live {
		kind = i18n.SegmentLive
	}
	facts := []string{l.T(kind)}
	if s.Tills {
		facts = append(facts, l.T(i18n.SegmentTills)+" ("+s.ID+")")
	}
	facts = append(facts, l.T(i18n.SegmentMoves, "in", s.Entered, "out", s.Left), l.T(i18n.SegmentVersion, "n", s.Version, "by", s.By))
	acts := []app.UI{}
	if v.may() {
		acts = append(acts,
			&ui.Button{ID: "segment-members-" + s.ID, Label: l.T(i18n.SegmentMembers), Kind: ui.Quiet, OnPress: d.Press(func() { v.openMembers(s) })},
			&ui.Button{ID: "segment-edit-" + s.ID, Label: l.T(i18n.SegmentEdit), Kind: ui.Quiet, OnPress: d.Press(func() { v.edit(s.Definition) })},
			&ui.Button{ID: "segment-retire-" + s.ID, Label: l.T(i18n.SegmentRetire), Kind: ui.Quiet, OnPress: d.Press(func() { v.retire(s.Definition) })})
	}
	return app.Div().Class("item office-segment").DataSet("segment", s.ID).Body(
		app.Div().Class("item-what").Body(
			app.Span().Class("item-name").Text(s.Name.In(string(l))),
			app.Span().Class("item-facts").Text(v.words(s.Where)),
			app.Span().Class("item-facts").Text(strings.Join(facts, " · ")),
		),
		app.Div().Class("segment-size").Body(app.Span().Class("segment-n num").Text(l.Int(int64(s.Size))), sizesLine(s.Sizes)),
		app.Div().Class("form-acts").Body(acts...),
	)
}

// sizesLine draws how many were in a segment day by day.
func sizesLine(sizes []audience.Sized) app.UI {
	const width, height = 96, 28
	if len(sizes) < 2 {
		return app.Span().Class("segment-line")
	}
	most := 1
	for _, s := range sizes {
		most = max(most, s.N)
	}
	points := make([]string, len(sizes))
	for i, s := range sizes {
		x := float64(i) * width / float64(len(sizes)-1)
		points[i] = strconv.FormatFloat(x, 'f', 1, 64) + "," + strconv.FormatFloat(height-1-float64(s.N)*(height-2)/float64(most), 'f', 1, 64)
	}
	return app.Raw(`<svg class="segment-line" aria-hidden="true" viewBox="0 0 96 28" preserveAspectRatio="none"><polyline points="` +
		strings.Join(points, " ") + `" fill="none" stroke="currentColor" stroke-width="2" vector-effect="non-scaling-stroke"/></svg>`)
}
