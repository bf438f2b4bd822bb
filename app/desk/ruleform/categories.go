package ruleform

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/catalogue"
)

// CategoryName names a category; "" is all of them.
func CategoryName(list []catalogue.Category, id string, lang i18n.Lang) string {
	if id == "" {
		return lang.T(goodsAnyCategory)
	}
	for _, c := range list {
		if c.ID == id {
			return c.Name.In(string(lang))
		}
	}
	return id
}

// CategoryOptions offers the tree of categories.
func CategoryOptions(d *kit.Desk, id string, list []catalogue.Category, all bool, chosen string, choose func(string)) app.UI {
	var options []app.UI
	if all {
		options = append(options, d.Option(id+"-all", d.Lang.T(goodsAnyCategory), chosen == "", func() { choose("") }))
	}
	EachCategory(d, list, func(c catalogue.Category, indent string) {
		options = append(options, d.Option(id+"-"+c.ID, indent+c.Name.In(string(d.Lang)), chosen == c.ID, func() { choose(c.ID) }))
	})
	return app.Div().Class("options options-long").Body(options...)
}

// EachCategory goes through the tree from the top.
func EachCategory(d *kit.Desk, list []catalogue.Category, each func(c catalogue.Category, indent string)) {
	var below func(parent, indent string)
	below = func(parent, indent string) {
		for _, c := range list {
			if c.Parent == parent && len(indent) < 30 {
				each(c, indent)
				below(c.ID, indent+"\u2003")
			}
		}
	}
	below("", "")
}
