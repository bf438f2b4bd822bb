package people

import (
	"context"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
	"tillsight/shared/sheet"
)

// personColumn is a column of a list of customers.
type personColumn struct {
	kit.Column
	cell func(p *report.Person) sheet.Cell
}

// crowd is a list of customers behind a number.
type crowd struct {
	title   string
	words   []string // what the list is limited to, beside the filter; the first ones name the cell
	file    string
	ask     asking
	columns []personColumn // beside those that all lists have
	to      string         // date that the figures are of
}

// asking asks for customers.
type asking func(ctx context.Context, d *kit.Desk, then func([]report.Person, *errcode.Error))

func behind[Q any](what report.Report[Q, []report.Person], question Q) asking {
	return func(ctx context.Context, d *kit.Desk, then func([]report.Person, *errcode.Error)) {
		kit.Ask(ctx, d, what, question, then)
	}
}

// openCrowd opens the panel with the customers behind a number; a row opens the
// customer's card.
func openCrowd(d *kit.Desk, c crowd) {
	_, to := d.Dates()
	if c.to == "" {
		c.to = to
	}
	words := append(append([]string{}, c.words...), d.InWords(cube.Slice{Where: d.Filter.Conditions()})[1:]...) // without a period
	if !knowsNames(d) {
		words = append(words, d.Lang.T(i18n.PeopleNameless))
	}
	d.OpenList(kit.Listing{Title: c.title, Words: words, Ask: func(ctx context.Context, then func(*kit.Grid, *errcode.Error)) {
		c.ask(ctx, d, func(list []report.Person, e *errcode.Error) {
			if e != nil {
				then(nil, e)
				return
			}
			then(peopleGrid(d, c.file, list, c.to, c.columns), nil)
		})
	}})
}

// knowsNames reports whether the person may see who customers are.
func knowsNames(d *kit.Desk) bool {
	return d.User != nil && (d.User.Personal || d.User.Role == kit.RoleAdmin)
}

// personName is what a customer is called here: his name for who may know it.
func personName(p *report.Person) string {
	if p.Name != "" {
		return p.Name
	}
	return kit.ShortID(p.ID)
}

// peopleGrid is a list of customers.
func peopleGrid(d *kit.Desk, file string, list []report.Person, to string, more []personColumn) *kit.Grid {
	l := d.Lang
	n := func(v int) sheet.Cell { return sheet.Of(int64(v)) }
	columns := []personColumn{{kit.Column{Title: l.T(i18n.ColCustomer)}, func(p *report.Person) sheet.Cell { return sheet.TextOf(personName(p)) }}}
	columns = append(columns, more...)
	columns = append(columns,
		personColumn{kit.Column{Title: l.T(i18n.ColRevenue), Format: kit.AsMoney}, func(p *report.Person) sheet.Cell { return sheet.Of(p.Revenue) }},
		personColumn{kit.Column{Title: l.T(i18n.ColReceipts), Format: kit.AsCount}, func(p *report.Person) sheet.Cell { return n(p.Receipts) }},
		personColumn{kit.Column{Title: l.T(i18n.ColDays), Format: kit.AsCount}, func(p *report.Person) sheet.Cell {
			return sheet.Cell{N: int64(p.Days), OK: p.Days >= 0}
		}},
		personColumn{kit.Column{Title: l.T(i18n.PeopleMargin), Format: kit.AsMoney, Hidden: true}, func(p *report.Person) sheet.Cell { return sheet.Of(p.Margin) }},
		personColumn{kit.Column{Title: l.T(i18n.PeopleID), Hidden: true}, func(p *report.Person) sheet.Cell { return sheet.TextOf(p.ID) }},
	)
	if knowsNames(d) {
		columns = append(columns, personColumn{kit.Column{Title: l.T(i18n.PeoplePhone), Hidden: true}, func(p *report.Person) sheet.Cell { return sheet.TextOf(p.Phone) }})
	}
	g := &kit.Grid{Name: file}
	for _, c := range columns {
		g.Columns = append(g.Columns, c.Column)
	}
	for i := range list {
		p := &list[i]
		row := kit.GridRow{Open: func() { openCard(d, p.ID, to) }}
		for _, c := range columns {
			row.Cells = append(row.Cells, c.cell(p))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// valueColumn is a person's part of the number that the list is behind.
func valueColumn(d *kit.Desk, title string) personColumn {
	return personColumn{kit.Column{Title: title, Format: kit.AsMoney}, func(p *report.Person) sheet.Cell { return sheet.Of(p.Value) }}
}

// scoreColumns are a person's scores and segment of RFM.
func scoreColumns(d *kit.Desk) []personColumn {
	score := func(name string, of func(*report.Person) int) personColumn {
		return personColumn{kit.Column{Title: name, Format: kit.AsCount}, func(p *report.Person) sheet.Cell { return sheet.Of(int64(of(p))) }}
	}
	return []personColumn{
		score("R", func(p *report.Person) int { return p.Recency }),
		score("F", func(p *report.Person) int { return p.Frequency }),
		score("M", func(p *report.Person) int { return p.Money }),
	}
}
