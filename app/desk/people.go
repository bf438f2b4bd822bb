package desk

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// listing is a list that the panel can show in place of receipts.
type listing struct {
	title string
	words []string // what it is limited to
	ask   func(ctx context.Context, then func(*grid, *errcode.Error))
	above func() []app.UI // between the head and the list, once that is here; nil: nothing
	acts  func() []app.UI // beside what saves the list; nil: nothing
}

// personColumn is a column of a list of customers.
type personColumn struct {
	column
	cell func(p *report.Person) sheet.Cell
}

// crowd is a list of customers behind a number.
type crowd struct {
	title   string
	words   []string // what the list is limited to, beside the filter; the first ones name the cell
	file    string
	ask     report.Name // answers with []report.Person
	request any
	columns []personColumn // beside those that all lists have
	to      string         // date that the figures are of
}

// openCrowd opens the panel with the customers behind a number; a row opens the
// customer's card.
func (d *desk) openCrowd(c crowd) {
	_, to := d.dates()
	if c.to == "" {
		c.to = to
	}
	words := append(append([]string{}, c.words...), d.inWords(cube.Slice{Where: d.filter.where()})[1:]...) // without a period
	if !d.knowsNames() {
		words = append(words, d.lang.T(i18n.PeopleNameless))
	}
	d.openList(listing{title: c.title, words: words, ask: func(ctx context.Context, then func(*grid, *errcode.Error)) {
		ask(ctx, d, c.ask, c.request, func(list []report.Person, e *errcode.Error) {
			if e != nil {
				then(nil, e)
				return
			}
			then(d.peopleGrid(c.file, list, c.to, c.columns), nil)
		})
	}})
}

// knowsNames reports whether the person may see who customers are.
func (d *desk) knowsNames() bool {
	return d.user != nil && (d.user.Personal || d.user.Role == roleAdmin)
}

// personName is what a customer is called here: his name for who may know it.
func personName(p *report.Person) string {
	if p.Name != "" {
		return p.Name
	}
	return shortID(p.ID)
}

// shortID is as much of a customer's ID as tells him apart.
func shortID(id string) string {
	if len(id) > 12 {
		return "…" + id[len(id)-8:]
	}
	return id
}

// peopleGrid is a list of customers.
func (d *desk) peopleGrid(file string, list []report.Person, to string, more []personColumn) *grid {
	l := d.lang
	n := func(v int) sheet.Cell { return sheet.Of(int64(v)) }
	columns := []personColumn{{column{title: l.T(i18n.ColCustomer)}, func(p *report.Person) sheet.Cell { return sheet.TextOf(personName(p)) }}}
	columns = append(columns, more...)
	columns = append(columns,
		personColumn{column{title: l.T(i18n.ColRevenue), form: asMoney}, func(p *report.Person) sheet.Cell { return sheet.Of(p.Revenue) }},
		personColumn{column{title: l.T(i18n.ColReceipts), form: asCount}, func(p *report.Person) sheet.Cell { return n(p.Receipts) }},
		personColumn{column{title: l.T(i18n.ColDays), form: asCount}, func(p *report.Person) sheet.Cell {
			return sheet.Cell{N: int64(p.Days), OK: p.Days >= 0}
		}},
		personColumn{column{title: l.T(i18n.PeopleMargin), form: asMoney, hidden: true}, func(p *report.Person) sheet.Cell { return sheet.Of(p.Margin) }},
		personColumn{column{title: l.T(i18n.PeopleID), hidden: true}, func(p *report.Person) sheet.Cell { return sheet.TextOf(p.ID) }},
	)
	if d.knowsNames() {
		columns = append(columns, personColumn{column{title: l.T(i18n.PeoplePhone), hidden: true}, func(p *report.Person) sheet.Cell { return sheet.TextOf(p.Phone) }})
	}
	g := &grid{name: file}
	for _, c := range columns {
		g.columns = append(g.columns, c.column)
	}
	for i := range list {
		p := &list[i]
		row := gridRow{open: func() { d.openCard(p.ID, to) }}
		for _, c := range columns {
			row.cells = append(row.cells, c.cell(p))
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// valueColumn is a person's part of the number that the list is behind.
func (d *desk) valueColumn(title string) personColumn {
	return personColumn{column{title: title, form: asMoney}, func(p *report.Person) sheet.Cell { return sheet.Of(p.Value) }}
}

// scoreColumns are a person's scores and segment of RFM.
func (d *desk) scoreColumns() []personColumn {
	score := func(name string, of func(*report.Person) int) personColumn {
		return personColumn{column{title: name, form: asCount}, func(p *report.Person) sheet.Cell { return sheet.Of(int64(of(p))) }}
	}
	return []personColumn{
		score("R", func(p *report.Person) int { return p.Recency }),
		score("F", func(p *report.Person) int { return p.Frequency }),
		score("M", func(p *report.Person) int { return p.Money }),
	}
}
