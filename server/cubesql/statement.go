package cubesql

import (
	"fmt"
	"slices"
	"strings"

	"tillsight/shared/cube"
)

// join is a table that keys come from. needs are joined before it.
type join struct {
	text  string
	needs []string
}

// joins by their alias: r is the receipt, l its line.
var joins = map[string]join{
	"c": {text: `JOIN calendar c ON c.day = r.day + %d`}, // of the moved date
	"w": {text: `JOIN calendar w ON w.day = r.day`},
	"s": {text: `LEFT JOIN ref_store s ON s.id = r.store`},
	"t": {text: `JOIN till t ON t.key = r.till`},
	"e": {text: `JOIN employee e ON e.key = r.cashier`},
	"u": {text: `LEFT JOIN customer u ON u.key = r.customer`},
	"g": {text: `LEFT JOIN ref_group g ON g.customer = u.id`, needs: []string{"u"}},
	"v": {text: `LEFT JOIN customer_profile v ON v.customer = r.customer AND v.valid_to = 9223372036854775807`},
	"p": {text: `JOIN product p ON p.key = l.product`},
	"f": {text: `LEFT JOIN ref_product f ON f.sku = p.sku`, needs: []string{"p"}},
	"a": {text: `LEFT JOIN assortment a ON a.id = coalesce(f.category, p.category)`, needs: []string{"p", "f"}},
}

// order is that in which joins may refer to each other.
const order = "cwsteugvpfa"

// expression gives a dimension's key and the table that it comes from.
var expressions = map[cube.DimID]struct{ text, from string }{
	cube.Day:           {`c.date`, "c"},
	cube.Week:          {`c.week`, "c"},
	cube.Month:         {`c.month`, "c"},
	cube.Quarter:       {`c.quarter`, "c"},
	cube.Year:          {`c.year`, "c"},
	cube.Weekday:       {`w.weekday`, "w"},
	cube.Hour:          {`r.hour`, ""},
	cube.Store:         {`r.store`, ""},
	cube.Region:        {`coalesce(s.region, '')`, "s"},
	cube.Till:          {`t.store || '-' || t.n`, "t"},
	cube.Cashier:       {`e.id`, "e"},
	cube.Department:    {`coalesce(a.department, '')`, "a"},
	cube.Group:         {`coalesce(a.part, '')`, "a"},
	cube.Category:      {`coalesce(a.id, '')`, "a"},
	cube.Product:       {`p.sku`, "p"},
	cube.Customer:      {`coalesce(u.id, '')`, "u"},
	cube.CustomerGroup: {`coalesce(g.name, '')`, "g"},
	cube.Household:     {counted("v.size", 1, 5, cube.ManyPersons), "v"},
	cube.Children:      {counted("v.children", 0, 3, cube.ManyChildren), "v"},
	cube.Offers:        {`CASE WHEN v.customer IS NULL THEN '' WHEN v.marketing = 1 THEN '` + cube.OffersYes + `' ELSE '` + cube.OffersNo + `' END`, "v"},
	cube.Kind:          {`r.kind`, ""},
}

func init() {
	for _, t := range cube.Traits() {
		expressions[t.Dim] = struct{ text, from string }{`coalesce(v.` + t.Column + `, '')`, "v"}
	}
}

// counted is the key of a number of persons from least to most, of those who
// said how many live in their household.
func counted(column string, least, most int, many string) string {
	text := `CASE WHEN coalesce(v.size, 0) <= 0 THEN ''`
	for n := least; n < most; n++ {
		text += fmt.Sprintf(" WHEN %s <= %d THEN '%d'", column, n, n)
	}
	return text + fmt.Sprintf(" ELSE '%s' END", many)
}

// age is the key of the age that a customer reaches in a year. Dates of birth
// compare as text.
func age(year int) string {
	text := fmt.Sprintf(`CASE WHEN coalesce(v.birth, '') < '%d' OR v.birth >= '%d' THEN ''`, cube.BirthFirst, year+1)
	for _, band := range cube.AgeBands {
		text += fmt.Sprintf(" WHEN v.birth >= '%d' THEN '%s'", year-band.To, band.Key)
	}
	return text + ` ELSE '' END`
}

// assortment lays the tree of categories out: each with its ancestors of level
// one and two. A category that is not as deep stands for itself; a ring ends
// after as many steps as in package cube.
const assortment = `WITH RECURSIVE category (id, parent) AS (
	SELECT id, parent FROM ref_category
	UNION ALL
	SELECT DISTINCT category, '' FROM product WHERE category <> '' AND category NOT IN (SELECT id FROM ref_category)
), climb (id, above, parent, step) AS (
	SELECT id, id, parent, 0 FROM category
	UNION ALL
	SELECT climb.id, category.id, category.parent, climb.step + 1
	FROM climb
	JOIN category ON category.id = climb.parent
	WHERE climb.step < 16
), top (id, step) AS (
	SELECT id, max(step) FROM climb GROUP BY id
), assortment (id, department, part) AS (
	SELECT top.id, root.above, below.above
	FROM top
	JOIN climb root ON root.id = top.id AND root.step = top.step
	JOIN climb below ON below.id = top.id AND below.step = CASE WHEN top.step > 0 THEN top.step - 1 ELSE 0 END
)
`

// statement is a query in the making.
type statement struct {
	ask   cube.Ask
	year  int // of the latest sale
	lines bool
	from  map[string]bool // aliases that are joined
	where []string
	args  []any
}

// statementOf writes a as SQL. a.Except names keys of the dimensions keyed; ages
// are those of a year.
func statementOf(a cube.Ask, keyed []cube.DimID, year int) (text string, args []any) {
	s := &statement{ask: a, year: year, lines: a.Lines() || needs(a, cube.SaleUncosted) || needs(a, cube.SaleManual), from: map[string]bool{}}
	s.condition(`r.day BETWEEN ? AND ?`, int64(a.From)-int64(a.Shift), int64(a.To)-int64(a.Shift))
	if a.Until > 0 {
		s.condition(`(r.day <> ? OR r.hour < ?)`, int64(a.To)-int64(a.Shift), int64(a.Until))
	}
	for _, f := range a.Where {
		s.filter(f)
	}
	s.except(keyed)
	var head, group []string
	for i, dim := range a.By {
		head = append(head, fmt.Sprintf("%s AS k%d", s.key(dim), i))
		group = append(group, fmt.Sprintf("k%d", i))
	}
	head = append(head, "r.kind AS kind")
	group = append(group, "kind")
	rows := "\nFROM " + s.tables() + "\nWHERE " + strings.Join(s.where, "\n\tAND ") + "\nGROUP BY " + strings.Join(group, ", ")
	if !s.lines || !s.besides() {
		return s.tree() + "SELECT " + strings.Join(append(head, s.figures()...), ", ") + rows, s.args
	}
	// What is counted once for a receipt is taken from rows of receipts.
	return s.tree() + "SELECT " + strings.Join(append(slices.Clone(group), ofReceipts...), ", ") + "\nFROM (SELECT " +
		strings.Join(append(head, s.ofLines()...), ", ") + rows + ", r.pos, r.customer)\nGROUP BY " + strings.Join(group, ", "), s.args
}

// needs reports whether a base of sales or its twin of returns is asked for.
func needs(a cube.Ask, base cube.Base) bool { return a.Needs[base] || a.Needs[base+cube.ReturnNet] }

// besides reports whether how receipts came about is asked for.
func (s *statement) besides() bool {
	for base := cube.SaleTook; base < cube.ReturnNet; base++ {
		if needs(s.ask, base) {
			return true
		}
	}
	return false
}

// beside are those figures of one receipt.
var beside = []string{
	fmt.Sprintf("CASE WHEN r.took BETWEEN 1 AND %d THEN r.took ELSE 0 END", cube.TimedMax),
	fmt.Sprintf("CASE WHEN r.took BETWEEN 1 AND %d THEN r.lines ELSE 0 END", cube.TimedMax),
	"r.voided", "r.lines",
}

// besideNames name their columns.
var besideNames = [...]string{"took", "timed", "taken_back", "whole"}

// ofLines are the figures of one receipt's lines that pass.
func (s *statement) ofLines() []string {
	list := append(s.sums(), "count(*) AS positions", "r.pos AS pos", "r.customer AS customer")
	for i, text := range beside {
		list = append(list, "max("+text+") AS "+besideNames[i])
	}
	return list
}

// ofReceipts adds the rows of ofLines up.
var ofReceipts = []string{
	"sum(net) AS net", "sum(discount) AS discount", "sum(tax) AS tax", "sum(cost) AS cost", "sum(quantity) AS quantity",
	"sum(uncosted) AS uncosted", "sum(manual) AS manual", "sum(positions) AS positions", "count(*) AS receipts", "count(customer) AS known",
	"sum(took) AS took", "sum(timed) AS timed", "sum(taken_back) AS taken_back", "sum(whole) AS whole", "count(DISTINCT customer) AS buyers",
}

// sums are the sums of lines, or of receipts when only those are looked at.
func (s *statement) sums() []string {
	if !s.lines {
		return []string{"sum(r.net) AS net", "sum(r.discount) AS discount", "sum(r.tax) AS tax", "sum(r.cost) AS cost",
			"sum(r.quantity) AS quantity", "0 AS uncosted", "0 AS manual"}
	}
	return []string{"sum(l.net) AS net", "sum(l.discount) AS discount", "sum(l.tax) AS tax", "sum(l.cost) AS cost",
		"sum(l.quantity) AS quantity", "sum(CASE WHEN l.cost = 0 THEN l.net ELSE 0 END) AS uncosted", "sum(l.manual) AS manual"}
}

// key returns the expression of a dimension's key and joins what it needs.
func (s *statement) key(id cube.DimID) string {
	e := expressions[id]
	if id == cube.Age {
		e.text, e.from = age(s.year), "v"
	}
	if dim, _ := cube.DimOf(id); dim.Line {
		s.lines = true
	}
	s.join(e.from)
	return e.text
}

func (s *statement) join(alias string) {
	if alias == "" {
		return
	}
	s.from[alias] = true
	for _, needed := range joins[alias].needs {
		s.join(needed)
	}
}

func (s *statement) condition(text string, args ...any) {
	s.where = append(s.where, text)
	s.args = append(s.args, args...)
}

func (s *statement) filter(f cube.Filter) {
	if f.Dim == cube.Segment {
		s.members(f)
		return
	}
	marks, args := []string{}, []any{}
	for _, key := range f.In {
		if arg, ok := argOf(f.Dim, key); ok {
			marks, args = append(marks, "?"), append(args, arg)
		}
	}
	key := s.key(f.Dim)
	switch {
	case len(marks) > 0 && f.Not:
		s.condition(key+" NOT IN ("+strings.Join(marks, ", ")+")", args...)
	case len(marks) > 0:
		s.condition(key+" IN ("+strings.Join(marks, ", ")+")", args...)
	case !f.Not:
		s.condition("1 = 0")
	}
}

// members keeps who is in one of some segments, or in none of them.
func (s *statement) members(f cube.Filter) {
	marks, args := "", []any{}
	for _, key := range f.In {
		marks, args = marks+", ?", append(args, key)
	}
	members := "SELECT customer FROM segment_member WHERE left = 0 AND segment IN (" + strings.TrimPrefix(marks, ", ") + ")"
	if f.Not {
		s.condition("(r.customer IS NULL OR r.customer NOT IN ("+members+"))", args...)
		return
	}
	s.condition("r.customer IN ("+members+")", args...)
}

// except leaves combinations of keys out.
func (s *statement) except(keyed []cube.DimID) {
	if len(s.ask.Except) == 0 {
		return
	}
	if len(keyed) == 1 {
		f := cube.Filter{Dim: keyed[0], Not: true}
		for _, tuple := range s.ask.Except {
			f.In = append(f.In, tuple[0])
		}
		s.filter(f)
		return
	}
	var each []string
	var args []any
	for _, tuple := range s.ask.Except {
		var all []string
		for i, dim := range keyed {
			arg, _ := argOf(dim, tuple[i])
			all, args = append(all, s.key(dim)+" = ?"), append(args, arg)
		}
		each = append(each, "("+strings.Join(all, " AND ")+")")
	}
	s.condition("NOT "+anyOf(each), args...)
}

// anyOf joins conditions so that they nest as little as possible: engines bound
// the depth of an expression.
func anyOf(conditions []string) string {
	if len(conditions) == 1 {
		return conditions[0]
	}
	half := len(conditions) / 2
	return "(" + anyOf(conditions[:half]) + " OR " + anyOf(conditions[half:]) + ")"
}

// figures are the bases in the order of package cube, then the buyers.
func (s *statement) figures() []string {
	need := func(base cube.Base, text string) string {
		if base == cube.Buyers && s.ask.Needs[base] || base < cube.Buyers && needs(s.ask, base) {
			return text
		}
		return "0"
	}
	count, receipts, known := "sum(r.lines)", "count(*)", "count(r.customer)"
	if s.lines {
		count, receipts = "count(*)", "count(DISTINCT r.pos)"
		known = "count(DISTINCT CASE WHEN r.customer IS NOT NULL THEN r.pos END)"
	}
	list := append(s.sums(), count+" AS positions", need(cube.SaleReceipts, receipts)+" AS receipts", need(cube.SaleKnown, known)+" AS known")
	for i, text := range beside {
		list = append(list, need(cube.SaleTook+cube.Base(i), "sum("+text+")")+" AS "+besideNames[i])
	}
	return append(list, need(cube.Buyers, "count(DISTINCT r.customer)")+" AS buyers")
}

func (s *statement) tree() string {
	if s.from["a"] {
		return assortment
	}
	return ""
}

func (s *statement) tables() string {
	text := "receipt r"
	if s.lines {
		text += "\nJOIN receipt_line l ON l.receipt = r.pos AND l.voided = 0"
	}
	for _, alias := range strings.Split(order, "") {
		switch {
		case !s.from[alias]:
		case alias == "c":
			text += "\n" + fmt.Sprintf(joins[alias].text, s.ask.Shift)
		default:
			text += "\n" + joins[alias].text
		}
	}
	return text
}

// argOf turns a key into what the tables hold; not ok when they can't hold it.
func argOf(id cube.DimID, key string) (arg any, ok bool) {
	switch id {
	case cube.Hour:
		for hour := range int64(24) {
			if key == fmt.Sprintf("%02d", hour) {
				return hour, true
			}
		}
		return nil, false
	case cube.Kind:
		for kind, name := range kinds {
			if key == name {
				return int64(kind), true
			}
		}
		return nil, false
	}
	return key, true
}

// kinds are the keys of cube.Kind by their number in the tables.
var kinds = []string{cube.KindSale, cube.KindReturn}

// keyOf turns what the tables hold into a key.
func keyOf(id cube.DimID, text string) string {
	switch id {
	case cube.Hour:
		if len(text) == 1 {
			return "0" + text
		}
	case cube.Kind:
		if text == "1" {
			return cube.KindReturn
		}
		return cube.KindSale
	}
	return text
}
