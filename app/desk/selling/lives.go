package selling

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/desk/ruleform"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/receipt"
	"tillsight/shared/shelflife"
	wire "tillsight/shared/wire/office"
)

// lifeDraft is a rule of shelf life as typed.
type lifeDraft struct{ category, refuse, hint, percent string }

func lifeDraftOf(r shelflife.Rule) lifeDraft {
	return lifeDraft{category: r.Category, refuse: strconv.Itoa(r.Refuse), hint: strconv.Itoa(r.Hint),
		percent: ruleform.PercentText(r.MarkdownBP)}
}

// rule is what the draft says. What can't be read is refused by the server with a
// reason.
func (p lifeDraft) rule() shelflife.Rule {
	return shelflife.Rule{Category: p.category, Refuse: ruleform.Count(p.refuse), Hint: ruleform.Count(p.hint),
		MarkdownBP: ruleform.PercentOf(p.percent)}
}

func (v *rulesView) takeLives(lives *wire.ShelfLives) {
	v.livesNow.Set(func(drafts *[]lifeDraft) {
		*drafts = nil
		for _, r := range lives.Rules {
			*drafts = append(*drafts, lifeDraftOf(r))
		}
	})
}

func (v *rulesView) saveLives() {
	var lives wire.ShelfLives
	for _, draft := range v.livesNow.Draft {
		lives.Rules = append(lives.Rules, draft.rule())
	}
	v.said = ""
	v.livesNow.Save(v.d, office.Asking(v.d.Office.Server, wire.SaveShelfLives, lives), func(wire.Saved) []kit.Problem {
		v.done()
		return nil
	})
}

// addLife begins a rule of another category.
func (v *rulesView) addLife() {
	v.livesNow.Set(func(drafts *[]lifeDraft) { *drafts = append(*drafts, lifeDraft{refuse: "0", hint: "2", percent: "30"}) })
}

// drawLives is how categories are treated before their dates.
func (v *rulesView) drawLives(*wire.ShelfLives) app.UI {
	l := v.d.Lang
	body := []app.UI{app.H2().Class("field-head").Text(l.T(livesTitle)), app.P().Class("muted").Text(l.T(livesHow))}
	for i := range v.livesNow.Draft {
		body = append(body, v.drawLife(i))
	}
	return app.Section().Class("form-card").Body(append(body,
		app.Div().Class("form-acts").Body(
			&ui.Button{ID: "life-add", Label: l.T(livesAdd), OnPress: v.d.Press(v.addLife)},
			&ui.Button{ID: "life-save", Label: l.T(i18n.GoodsSave), Kind: ui.Primary, Disabled: v.livesNow.Busy(), OnPress: v.d.Press(v.saveLives)},
		))...)
}

// drawLife is one rule of shelf life.
func (v *rulesView) drawLife(i int) app.UI {
	l, draft, n := v.d.Lang, &v.livesNow.Draft[i], strconv.Itoa(i)
	tree := v.known().Categories
	edited := func() { v.livesNow.Edited(); v.d.Rev++ }
	field := func(id string, label *i18n.Message, value *string, mode, unit string) app.UI {
		return &ui.Field{ID: "life-" + id + "-" + n, Label: l.T(label), Value: *value, Rev: v.livesNow.Rev, Mode: mode, Unit: unit,
			OnText: func(_ app.Context, text string) { *value = text; edited() }}
	}
	return app.Div().Class("life-row").Body(
		v.d.FilterMenu("life-"+n, l.T(i18n.GoodsCategory), ruleform.CategoryName(tree, draft.category, l), func() app.UI {
			return ruleform.CategoryOptions(v.d, "life-"+n, tree, false, draft.category,
				func(id string) { v.d.Menu, draft.category = "", id; edited() })
		}),
		field("refuse", livesRefuse, &draft.refuse, "numeric", l.T(livesDays)),
		field("hint", livesHint, &draft.hint, "numeric", l.T(livesDays)),
		field("percent", livesPercent, &draft.percent, "decimal", "%"),
		&ui.Button{ID: "life-drop-" + n, Label: "✕", Name: l.T(i18n.GoodsDrop), Kind: ui.Quiet, OnPress: v.d.Press(func() {
			v.livesNow.Set(func(drafts *[]lifeDraft) { *drafts = slices.Delete(*drafts, i, i+1) })
		})},
	)
}

// setSelling changes how tills sell, at once.
func (v *rulesView) setSelling(change func(*wire.Selling)) {
	way := *v.selling.Value()
	change(&way)
	v.said = ""
	v.sellsNow.Save(v.d, office.Asking(v.d.Office.Server, wire.SaveSelling, way), func(wire.Saved) []kit.Problem {
		*v.selling.Value() = way
		v.done()
		return nil
	})
}

// drawSelling is what a chain may choose about its tills.
func (v *rulesView) drawSelling(way *wire.Selling) app.UI {
	d, l := v.d, v.d.Lang
	var groupings []app.UI
	for _, g := range []struct {
		way   receipt.Grouping
		label *i18n.Message
	}{{receipt.GroupAny, i18n.GroupAll}, {receipt.GroupConsecutive, i18n.GroupRow}, {receipt.GroupNone, i18n.GroupOff}} {
		groupings = append(groupings, d.Choice("grouping-"+string(g.way), l.T(g.label), way.Grouping == g.way,
			func() { v.setSelling(func(s *wire.Selling) { s.Grouping = g.way }) }))
	}
	weigh := func(seniors bool) func() {
		return func() { v.setSelling(func(s *wire.Selling) { s.SeniorsWeigh = seniors }) }
	}
	return app.Section().Class("form-card").Body(
		app.H2().Class("field-head").Text(l.T(sellingTitle)),
		kit.Labelled(l.T(i18n.GroupEqual), groupings...),
		app.P().Class("muted").Text(l.T(groupHow)),
		kit.Labelled(l.T(weighTitle), d.Choice("weigh-all", l.T(weighAll), !way.SeniorsWeigh, weigh(false)),
			d.Choice("weigh-seniors", l.T(weighSeniors), way.SeniorsWeigh, weigh(true))),
	)
}
