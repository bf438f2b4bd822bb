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
type personColumn = kit.TableColumn[*report.Person]

// peopleList is a list of customers behind a number.
type peopleList struct {
	title   string
	words   []string // what the list is limited to, beside the filter; the first ones name the cell
	file    string
	ask     asking
	columns []personColumn // beside those that all lists have
	to      string         // date that the figures are of
}

// asking asks for customers.
type asking func(ctx context.Context, d *kit.Desk, then func([]report.Person, *errcode.Error))

// listed asks a report for the customers behind a number.
func listed[Q any](what report.Report[Q, []report.Person], question Q) asking {
	return func(ctx context.Context, d *kit.Desk, then func([]report.Person, *errcode.Error)) {
		kit.Ask(ctx, d, what, question, then)
	}
}

// openPeople opens the panel with the customers behind a number; a row opens the
// customer's card.
func openPeople(d *kit.Desk, c peopleList) {
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
			then(peopleTable(d, c.file, list, c.to, c.columns).Grid(d.Lang), nil)
		})
	}})
}

// knowsNames reports whether the person may see who customers are.
func knowsNames(d *kit.Desk) bool {
	return d.User != nil && (d.User.Personal || d.User.Role == kit.RoleAdmin)
}

// personName is what a customer is called here: their name for who may know it.
func personName(p *report.Person) string {
	if p.Name != "" {
		return p.Name
	}
	return kit.ShortID(p.ID)
}

// peopleTable is a list of customers; a row opens the card as of a date.
func peopleTable(d *kit.Desk, file string, list []report.Person, to string, more []personColumn) kit.Table[*report.Person] {
	columns := []personColumn{{Title: i18n.ColCustomer, Cell: func(p *report.Person) sheet.Cell { return sheet.TextOf(personName(p)) }}}
	columns = append(columns, more...)
	columns = append(columns,
		personColumn{Title: i18n.ColRevenue, Format: kit.AsMoney, Cell: func(p *report.Person) sheet.Cell { return sheet.Of(p.Revenue) }},
		personColumn{Title: i18n.ColReceipts, Format: kit.AsCount, Cell: func(p *report.Person) sheet.Cell { return number(p.Receipts) }},
		personColumn{Title: i18n.ColDays, Format: kit.AsCount, Cell: func(p *report.Person) sheet.Cell { return known(p.Days, p.Days >= 0) }},
		personColumn{Title: i18n.PeopleMargin, Format: kit.AsMoney, Hidden: true, Cell: func(p *report.Person) sheet.Cell { return sheet.Of(p.Margin) }},
		personColumn{Title: i18n.PeopleID, Hidden: true, Cell: func(p *report.Person) sheet.Cell { return sheet.TextOf(p.ID) }},
		personColumn{Title: i18n.PeoplePhone, Hidden: true, Without: !knowsNames(d), Cell: func(p *report.Person) sheet.Cell { return sheet.TextOf(p.Phone) }},
	)
	return kit.Table[*report.Person]{Name: file, Rows: pointers(list), Columns: columns, Open: func(p *report.Person) { openCard(d, p.ID, to) }}
}

// pointers are the rows of a list.
func pointers[T any](list []T) []*T {
	rows := make([]*T, len(list))
	for i := range list {
		rows[i] = &list[i]
	}
	return rows
}

// number is a cell of a count.
func number(n int) sheet.Cell { return sheet.Of(int64(n)) }

// known is a cell of a count that may not be known.
func known(n int, ok bool) sheet.Cell { return sheet.Cell{N: int64(n), OK: ok} }

// partOf is a cell of a share of customers.
func partOf(n, of int) sheet.Cell {
	return sheet.Cell{N: kit.Share(int64(n), int64(of)), OK: of > 0}
}

// valueColumn is a person's part of the number that the list is behind.
func valueColumn(title string) personColumn {
	return personColumn{Text: title, Format: kit.AsMoney, Cell: func(p *report.Person) sheet.Cell { return sheet.Of(p.Value) }}
}

// scoreColumns are a person's scores of RFM.
func scoreColumns() []personColumn {
	score := func(name string, of func(*report.Person) int) personColumn {
		return personColumn{Text: name, Format: kit.AsCount, Cell: func(p *report.Person) sheet.Cell { return number(of(p)) }}
	}
	return []personColumn{
		score("R", func(p *report.Person) int { return p.Recency }),
		score("F", func(p *report.Person) int { return p.Frequency }),
		score("M", func(p *report.Person) int { return p.Money }),
	}
}
