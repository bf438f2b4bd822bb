package settings

import (
	"context"
	"fmt"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/wire"
	ask "tillsight/shared/wire/office"
)

// aside is the page of what is kept and not counted.
type aside struct {
	d     *kit.Desk
	list  kit.Remote[ask.Aside]
	fault *errcode.Error // of the last decision
	busy  bool
	note  string
	sure  *decision // about to be made
}

// decision is what an administrator is asked to confirm.
type decision struct {
	id    string // of the button
	title *i18n.Message
	text  string
	noted bool // a note belongs to it
	do    func(ctx context.Context, note string) (ask.Aside, error)
}

func newAside(d *kit.Desk) kit.View { return &aside{d: d} }

func (a *aside) Refresh() {
	if a.d.Admin() {
		a.list.Load(a.d, office.Asking(a.d.Office.Server, ask.GetAside, struct{}{}), nil)
	}
}

func (a *aside) Redraw() {}

// Head names the page.
func (a *aside) Head() kit.Head {
	l := a.d.Lang
	return kit.Head{Title: l.T(i18n.DeskAside), Acts: []app.UI{
		&ui.Button{ID: "aside-again", Label: "⟳", Name: l.T(i18n.DeskAgain), Kind: ui.Quiet, OnPress: a.d.Press(a.Refresh)}}}
}

func (a *aside) Draw() app.UI {
	l := a.d.Lang
	if !a.d.Admin() {
		return app.Div().Class("tills").Body(ui.EmptyState("⊘", l.T(i18n.DeskNoRight), ""))
	}
	return app.Div().Class("tills").Body(
		app.P().Class("muted").Text(l.T(asideHow)),
		app.Div().Class("problem").Body(a.d.ErrorBox(a.fault)),
		a.list.Draw(a.d, a.drawList),
		a.drawSure(),
	)
}

func (a *aside) drawList(list *ask.Aside) app.UI {
	l := a.d.Lang
	if len(list.Facts) == 0 && len(list.Branches) == 0 {
		return ui.EmptyState("✓", l.T(asideNone), l.T(asideNoneHow))
	}
	body := []app.UI{app.P().Class("aside-waiting").Aria("live", "polite").Text(l.T(asideWaiting, "n", list.Waiting))}
	if len(list.Branches) > 0 {
		body = append(body, app.Section().Class("store").Body(
			app.H2().Class("store-name").Text(l.T(branchesTitle)),
			app.P().Class("muted").Text(l.T(branchesHow)),
			app.Range(list.Branches).Slice(func(i int) app.UI { return a.drawBranch(list.Branches[i]) }),
		))
	}
	if len(list.Facts) > 0 {
		body = append(body, app.Section().Class("store").Body(
			app.H2().Class("store-name").Text(l.T(factsTitle)),
			app.P().Class("muted").Text(l.T(factsHow)),
			app.Range(list.Facts).Slice(func(i int) app.UI { return a.drawFact(list.Facts[i]) }),
			app.If(list.More, func() app.UI { return app.P().Class("muted").Text(l.T(factsMore, "n", len(list.Facts))) }),
		))
	}
	return app.Div().Class("tills").Body(body...)
}

// drawBranch draws what a register told twice.
func (a *aside) drawBranch(b ask.AsideBranch) app.UI {
	d, l := a.d, a.d.Lang
	id := fmt.Sprintf("%s-%d", b.Device, b.Epoch)
	name := b.Name
	if b.Store != "" {
		name = strings.TrimSpace(name + " · " + d.DimName(b.Store, d.Stores) + ", " + l.T(tillsNumber, "n", b.Till))
	}
	facts := []string{l.T(branchFrom, "from", l.Int(int64(b.From)), "time", d.Moment(b.Received))}
	if b.Waiting > 0 {
		facts = append(facts, l.T(branchWaiting, "n", b.Waiting, "receipts", l.T(branchReceipts, "n", b.Receipts), "sum", l.Sum(b.Total, d.Currency())))
	}
	if b.Adopted > 0 {
		facts = append(facts, l.T(branchAdopted, "n", b.Adopted))
	}
	if b.Aside > 0 {
		facts = append(facts, l.T(branchAside, "n", b.Aside))
	}
	what := ask.BranchDecision{Device: b.Device, Epoch: b.Epoch}
	return app.Div().Class("place").DataSet("branch", id).Body(
		app.Span().Class("place-name").Text(name),
		app.Span().Class("place-state").Body(state(l, b.Waiting > 0, b.Left != nil)),
		app.Span().Class("place-facts muted").Text(strings.Join(facts, " · ")+a.by(b.Left)),
		app.If(b.Waiting > 0, func() app.UI {
			return app.Div().Class("place-actions").Body(
				a.button("adopt-"+id, branchAdopt, l.T(branchBoth, "n", b.Waiting), false,
					func(ctx context.Context, _ string) (ask.Aside, error) { return call(ctx, a, ask.AdoptBranch, what) }),
				a.button("leave-"+id, leaveAside, l.T(branchNeither, "n", b.Waiting), true,
					func(ctx context.Context, note string) (ask.Aside, error) {
						what := what
						what.Note = note
						return call(ctx, a, ask.LeaveBranch, what)
					}),
			)
		}),
	)
}

// drawFact draws a fact that makes no sense.
func (a *aside) drawFact(f ask.AsideFact) app.UI {
	d, l := a.d, a.d.Lang
	name := l.T(kindName(fact.Kind(f.Kind)))
	if f.Number != "" {
		name += " " + f.Number + " · " + l.Sum(f.Total, d.Currency())
	}
	where := d.Moment(f.Received)
	if f.Store != "" {
		where += " · " + d.DimName(f.Store, d.Stores) + ", " + l.T(tillsNumber, "n", f.Till)
	}
	id := fmt.Sprint(f.Pos)
	return app.Div().Class("place").DataSet("fact", id).Body(
		app.Span().Class("place-name").Text(name),
		app.Span().Class("place-state").Body(state(l, f.Left == nil, true)),
		app.Span().Class("place-facts muted").Title(f.Detail).Text(where+a.by(f.Left)),
		app.P().Class("place-why").Body(d.ErrorBox(&errcode.Error{Code: errcode.Code(f.Reason)})),
		app.If(f.Left == nil, func() app.UI {
			return app.Div().Class("place-actions").Body(
				a.button("release-"+id, factRelease, l.T(factReleaseSure), false,
					func(ctx context.Context, _ string) (ask.Aside, error) {
						return call(ctx, a, ask.ReleaseFact, ask.FactDecision{Pos: f.Pos})
					}),
				a.button("leave-"+id, leaveAside, l.T(factLeaveSure), true,
					func(ctx context.Context, note string) (ask.Aside, error) {
						return call(ctx, a, ask.LeaveFact, ask.FactDecision{Pos: f.Pos, Note: note})
					}),
			)
		}),
	)
}

// state says whether something waits, and else whether it stays aside or counts.
func state(l i18n.Lang, waits, left bool) app.UI {
	switch {
	case waits:
		return ui.StatusLight(ui.Bad, l.T(asideWaits))
	case left:
		return ui.StatusLight("free", l.T(asideLeft))
	}
	return ui.StatusLight(ui.Good, l.T(asideCounts))
}

// by names who decided, and what they found.
func (a *aside) by(left *ask.Left) string {
	if left == nil {
		return ""
	}
	text := " · " + a.d.Lang.T(asideBy, "who", left.By, "time", a.d.Moment(left.At))
	if left.Note != "" {
		text += ": " + left.Note
	}
	return text
}

// button asks for a decision.
func (a *aside) button(id string, title *i18n.Message, text string, noted bool, do func(context.Context, string) (ask.Aside, error)) app.UI {
	return &ui.Button{ID: id, Label: a.d.Lang.T(title), Kind: ui.Quiet, Disabled: a.busy, OnPress: a.d.Press(func() {
		a.sure, a.note, a.fault = &decision{id: id, title: title, text: text, noted: noted, do: do}, "", nil
		a.d.Ctx.Defer(func(app.Context) { ui.ShowModal("sheet-aside") })
	})}
}

func call[Q any](ctx context.Context, a *aside, e wire.Endpoint[Q, ask.Aside], q Q) (ask.Aside, error) {
	return office.Call(ctx, a.d.Office.Server, e, q)
}

// decide does what was asked.
func (a *aside) decide(what *decision) {
	if a.busy {
		return
	}
	a.busy = true
	note := a.note
	kit.Call(a.d, func(ctx context.Context) (ask.Aside, error) { return what.do(ctx, note) }, func(list ask.Aside, e *errcode.Error) {
		a.busy, a.sure, a.fault = false, nil, e
		if held := a.list.Value(); e == nil && held != nil {
			*held = list
		}
	})
}

// drawSure asks before anything is decided.
func (a *aside) drawSure() app.UI {
	d, l := a.d, a.d.Lang
	what := a.sure
	if what == nil {
		return app.Span().Hidden(true)
	}
	keep := d.Press(func() { a.sure = nil })
	return ui.Sheet("sheet-aside", l.T(what.title), "",
		&ui.Button{ID: "aside-close", Label: "✕", Name: l.T(i18n.DeskClose), Kind: ui.Quiet, OnPress: keep},
		app.P().Text(what.text),
		app.If(what.noted, func() app.UI {
			return &ui.Field{ID: "aside-note", Label: l.T(asideNote), OnText: func(_ app.Context, text string) { a.note = text }}
		}),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "aside-keep", Label: l.T(i18n.DeskClose), OnPress: keep},
			&ui.Button{ID: "aside-do", Label: l.T(what.title), Kind: ui.Primary, Disabled: a.busy, OnPress: d.Press(func() { a.decide(what) })},
		),
	)
}

// kindName is what facts of a kind tell of.
func kindName(kind fact.Kind) *i18n.Message {
	if m, ok := kindNames[kind]; ok {
		return m
	}
	return kindOther
}
