package people

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/audience"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

const membersPage = 50

// segmentMembers is who is in a segment, in a sheet.
type segmentMembers struct {
	of    audience.Listed
	page  audience.Members
	busy  bool
	fault *errcode.Error
}

// segmentCustomer is one customer, as he was on a date.
type segmentCustomer struct {
	id      string
	date    string
	profile *audience.Profile
	fault   *errcode.Error
}

func (v *segmentsView) openMembers(s audience.Listed) {
	v.shown, v.who = &segmentMembers{of: s}, nil
	v.moreMembers()
	v.d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-members") })
}

func (v *segmentsView) moreMembers() {
	m := v.shown
	m.busy = true
	offset := len(m.page.Members)
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetSegmentMembers, wire.MembersOf{ID: m.of.ID, Offset: offset, Limit: membersPage}),
		func(page audience.Members, e *errcode.Error) {
			m.busy, m.fault = false, e
			if e == nil {
				m.page.Members, m.page.Total = append(m.page.Members, page.Members...), page.Total
			}
		})
}

// memberName is the name where it may be seen, else the ID.
func (v *segmentsView) memberName(m audience.Member) string {
	if m.Name != "" {
		return m.Name
	}
	return v.d.Lang.T(i18n.SegmentCustomer, "id", kit.ShortID(m.Customer))
}

// why says what was so when somebody entered.
func (v *segmentsView) why(values []audience.Value) string {
	l := v.d.Lang
	var texts []string
	for _, value := range values {
		name := string(value.Field)
		if m := i18n.AudienceFields[name]; m != nil {
			name = l.T(m)
		}
		described, _ := audience.FieldOf(value.Field)
		text := "—"
		switch {
		case value.Text != "":
			text = v.valueName(value.Field, value.Text)
		case value.N == nil:
		case described.Kind == audience.Money:
			text = v.d.Sum(*value.N)
		case described.Kind == audience.Set || described.Kind == audience.Truth:
			text = l.T(i18n.SegmentNo)
			if *value.N != 0 {
				text = l.T(i18n.SegmentYes)
			}
		default:
			text = l.Int(*value.N)
		}
		texts = append(texts, strings.ToLower(name)+": "+text)
	}
	return strings.Join(texts, ", ")
}

func (v *segmentsView) drawMembers() app.UI {
	d, l, m := v.d, v.d.Lang, v.shown
	if m == nil {
		return app.Span().Hidden(true)
	}
	body := []app.UI{
		app.P().Class("muted").Text(v.words(m.of.Where)),
		app.Div().Class("office-bar").Body(
			app.Span().ID("members-total").Text(l.T(i18n.SegmentCount, "n", m.page.Total, "of", l.Int(int64(max(m.page.Total, m.of.Size))))),
			app.A().Class("office-link").Href("/v1/export/segment_members.csv?segment_id="+m.of.ID).Download(m.of.ID+".csv").Text(l.T(i18n.SegmentFile)),
		),
		d.ErrorBox(m.fault),
	}
	if len(m.page.Members) == 0 && !m.busy && m.fault == nil {
		body = append(body, app.P().Class("muted").Text(l.T(i18n.SegmentEmpty)))
	}
	var rows []app.UI
	for _, member := range m.page.Members {
		rows = append(rows, app.Button().Type("button").Class("item segment-member").OnClick(func(app.Context, app.Event) {
			d.Rev++
			v.openCustomer(member.Customer)
		}).Body(
			app.Span().Class("item-label").Text(v.memberName(member)),
			app.Span().Class("muted").Text(l.T(i18n.SegmentSince, "date", d.Day(member.Entered))),
			app.Span().Class("muted").Text(v.why(member.Why)),
		))
	}
	body = append(body, app.Div().Class("items").Body(rows...))
	if len(m.page.Members) < m.page.Total {
		body = append(body, &ui.Button{ID: "members-more", Label: l.T(i18n.SegmentMore), Class: "wide", Disabled: m.busy, OnPress: d.Press(v.moreMembers)})
	}
	return ui.Sheet("sheet-members", m.of.Name.In(string(l)), "segment-sheet",
		&ui.Button{ID: "members-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(func() { v.shown = nil })}, body...)
}

func (v *segmentsView) openCustomer(id string) {
	v.shown, v.who = nil, &segmentCustomer{id: id, date: v.d.Today()}
	v.loadCustomer()
	v.d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-customer") })
}

// loadCustomer asks for the customer at the end of the date.
func (v *segmentsView) loadCustomer() {
	w := v.who
	at := v.d.Now()
	if t, err := kit.Midnight(v.d, w.date); err == nil && t.AddDate(0, 0, 1).Before(at) {
		at = t.AddDate(0, 0, 1).Add(-time.Millisecond)
	}
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetCustomer, wire.CustomerAt{ID: w.id, At: at.UnixMilli()}),
		func(p audience.Profile, e *errcode.Error) {
			if w.fault = e; e == nil {
				w.profile = &p
			}
		})
}

// drawCustomer shows a customer with his history in segments, at any date.
func (v *segmentsView) drawCustomer() app.UI {
	d, l, w := v.d, v.d.Lang, v.who
	if w == nil {
		return app.Span().Hidden(true)
	}
	title := l.T(i18n.SegmentCustomer, "id", kit.ShortID(w.id))
	body := []app.UI{
		&kit.DateField{ID: "customer-at", Label: l.T(i18n.SegmentAsOf), Value: w.date, OnDate: func(date string) { d.On(func() { w.date = date; v.loadCustomer() }) }},
		d.ErrorBox(w.fault),
	}
	if p := w.profile; p != nil {
		if p.Name != "" {
			title = p.Name
		}
		body = append(body, v.drawProfile(p)...)
	}
	return ui.Sheet("sheet-customer", title, "segment-sheet",
		&ui.Button{ID: "customer-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: d.Press(func() { v.who = nil })}, body...)
}

func (v *segmentsView) drawProfile(p *audience.Profile) []app.UI {
	d, l := v.d, v.d.Lang
	head := l.T(i18n.SegmentNoPast)
	if p.ValidFrom != 0 {
		head = l.T(i18n.SegmentProfile, "date", d.Day(p.ValidFrom))
	}
	facts := []string{p.Phone, p.Email, p.Card, p.Birth, p.City, p.Region}
	if p.Sex != "" {
		facts = append(facts, v.valueName(audience.Sex, p.Sex))
	}
	if p.Store != "" {
		facts = append(facts, d.DimName(p.Store, d.Stores))
	}
	var known []string
	for _, fact := range facts {
		if fact != "" {
			known = append(known, fact)
		}
	}
	body := []app.UI{app.P().Class("good-title").Text(head), app.P().Text(strings.Join(known, " · "))}
	if p.Metrics.Receipts > 0 {
		body = append(body, app.P().ID("customer-bought").Text(l.T(i18n.SegmentBought, "n", int(p.Metrics.Receipts), "sum", d.Sum(p.Metrics.Revenue), "date", d.Day(p.Metrics.Last))))
		var goods []string
		for _, c := range p.Metrics.Categories[:min(len(p.Metrics.Categories), 5)] {
			goods = append(goods, d.DimName(c.Category, v.goods)+" "+d.Sum(c.Revenue))
		}
		body = append(body, app.P().Class("muted").Text(strings.Join(goods, " · ")))
	}
	body = append(body, app.H2().Class("field-head").Text(l.T(i18n.SegmentHistory)))
	for _, stay := range p.History {
		name := stay.Segment
		for _, s := range v.list {
			if s.ID == stay.Segment {
				name = s.Name.In(string(l))
			}
		}
		when := l.T(i18n.SegmentSince, "date", d.Day(stay.Entered))
		if stay.Left != 0 {
			when = l.T(i18n.SegmentUntil, "from", d.Day(stay.Entered), "to", d.Day(stay.Left))
		}
		body = append(body, app.Div().Class("item segment-stay").Body(
			app.Span().Class("item-label").Text(name), app.Span().Class("muted").Text(when), app.Span().Class("muted").Text(v.why(stay.Why))))
	}
	return body
}
