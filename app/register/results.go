package register

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// results is the list of found products.
type results struct {
	app.Compo

	R   *register
	Rev int
}

// Render draws the list.
func (s *results) Render() app.UI {
	r := s.R
	if len(r.find.results) == 0 {
		return app.Div().Class("goods").Body(
			ui.EmptyState("⌕", r.Lang.T(i18n.NothingFound, "text", r.find.text), r.Lang.T(i18n.NothingHow)))
	}
	return app.Div().Class("goods found").ID("results").Role("listbox").Aria("label", r.Lang.T(i18n.SearchLabel)).Body(
		app.Range(r.find.results).Slice(func(i int) app.UI { return s.row(i, &r.find.results[i]) }),
	)
}

func (s *results) row(i int, hit *bridge.Hit) app.UI {
	r, class := s.R, "found-row"
	if i == r.find.cursor {
		class += " chosen"
	}
	price := r.Lang.T(i18n.NoPriceShort)
	if !hit.NoPrice {
		price = r.Sum(hit.Amount) + " / " + r.Lang.Unit(hit.Unit)
	}
	name, marks := hit.Name.In(string(r.Lang)), hit.EN
	if name == hit.Name.RU {
		marks = hit.RU
	}
	facts := []string{string(hit.SKU), strings.TrimLeft(hit.Code, "0")}
	if hit.Stopped {
		class += " stopped"
		facts = append(facts, r.Lang.T(i18n.OnStop))
	} else if left := r.LeftText(hit.Product); left != "" {
		facts = append(facts, left)
	}
	return app.Button().Type("button").ID("%s", resultID(i)).Class(class).DataSet("i", i).DataSet("sku", string(hit.SKU)).
		Role("option").Aria("selected", i == r.find.cursor).OnClick(s.click).Body(
		app.Span().Class("found-sign").Aria("hidden", true).Text(picture(hit.Product)),
		app.Span().Class("found-name").Body(marked(name, marks)...),
		app.Span().Class("found-code").Text(strings.Join(slices.DeleteFunc(facts, func(fact string) bool { return fact == "" }), " · ")),
		app.Span().Class("found-price").Text(price),
	)
}

// marked draws a name with its parts that were looked for.
func marked(name string, marks [][2]int) []app.UI {
	runes, at := []rune(name), 0
	var body []app.UI
	for _, mark := range marks {
		if mark[0] < at || mark[1] > len(runes) || mark[0] >= mark[1] {
			continue
		}
		body = append(body, app.Text(string(runes[at:mark[0]])), app.Mark().Text(string(runes[mark[0]:mark[1]])))
		at = mark[1]
	}
	return append(body, app.Text(string(runes[at:])))
}

func resultID(i int) string { return "result-" + strconv.Itoa(i) }

func (s *results) click(ctx app.Context, _ app.Event) {
	i, err := strconv.Atoi(ctx.JSSrc().Get("dataset").Get("i").String())
	if err == nil && i < len(s.R.find.results) {
		s.R.Rev++
		s.R.find.pick(s.R.find.results[i].Product)
	}
}
