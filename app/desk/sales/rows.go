package sales

import (
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/sheet"
)

// beforeOf is value i of a row in the compared period.
func beforeOf(row cube.Row, i int) cube.Value {
	if i >= len(row.Before) {
		return cube.Value{}
	}
	return row.Before[i]
}

// measured is the column of measure i of an answer.
func measured(d *kit.Desk, r *cube.Result, i int, title string) kit.TableColumn[cube.Row] {
	m, _ := d.MeasureOf(r.Measures[i])
	return kit.TableColumn[cube.Row]{Text: title, Format: kit.FormOf(m.Format), Total: kit.Valued(r.Total.Values[i]),
		Cell: func(row cube.Row) sheet.Cell { return kit.Valued(row.Values[i]) }}
}

// before is that column in the compared period.
func before(d *kit.Desk, r *cube.Result, i int, title string) kit.TableColumn[cube.Row] {
	c := measured(d, r, i, title)
	c.Cell = func(row cube.Row) sheet.Cell { return kit.Valued(beforeOf(row, i)) }
	c.Total, c.Without = c.Cell(r.Total), r.Before == nil
	return c
}

// changeOf is the change of measure i.
func changeOf(d *kit.Desk, r *cube.Result, i int) kit.TableColumn[cube.Row] {
	change := func(row cube.Row) sheet.Cell { return kit.Changed(row.Values[i], beforeOf(row, i)) }
	return kit.TableColumn[cube.Row]{Title: i18n.ColChange, Format: kit.AsChange, Better: kit.BetterOf(d, r.Measures[i]),
		Cell: change, Total: change(r.Total), Without: r.Before == nil}
}

// drillOf is what is behind a key of a dimension.
func drillOf(id cube.MeasureID, by cube.DimID, key, name string) kit.Drill {
	return kit.Drill{Measure: id, Cell: []cube.Filter{{Dim: by, In: []string{key}}}, Names: map[string]string{key: name}}
}
