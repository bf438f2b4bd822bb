package cube

import (
	"fmt"
	"slices"

	"tillsight/shared/segment"
)

// source is the column that a dimension is computed from. All dimensions and
// filters on one source become one table that is looked up once per row.
type source int

const (
	fromDay source = iota
	fromHour
	fromKind
	fromTill
	fromCashier
	fromCustomer
	fromStore
	fromProduct // the only one that differs between the lines of a receipt
	sources
)

// mapping is a dimension laid over its source: codes[v] numbers the key of
// source value v, keys[code] is the key; codes are in the order of the keys.
// Values of fromDay count from the first day of the data.
type mapping struct {
	source source
	codes  []int32
	keys   []string
}

// numbering gives keys numbers in the order in which they come.
type numbering struct {
	numbers map[string]int32
	keys    []string
}

func (n *numbering) of(key string) int32 {
	if code, ok := n.numbers[key]; ok {
		return code
	}
	if n.numbers == nil {
		n.numbers = map[string]int32{}
	}
	code := int32(len(n.keys))
	n.numbers[key] = code
	n.keys = append(n.keys, key)
	return code
}

// grid returns a mapping of count source values, key(v) being the key of v.
// Codes are in the natural order of their keys.
func grid(from source, count int, key func(v int) string) mapping {
	var n numbering
	codes := make([]int32, count)
	for v := range codes {
		codes[v] = n.of(key(v))
	}
	order := make([]int32, len(n.keys))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return Natural(n.keys[a], n.keys[b]) })
	keys, rank := make([]string, len(order)), make([]int32, len(order))
	for r, code := range order {
		keys[r], rank[code] = n.keys[code], int32(r)
	}
	for v, code := range codes {
		codes[v] = rank[code]
	}
	return mapping{source: from, codes: codes, keys: keys}
}

// mapper makes mappings over one set of data.
type mapper struct {
	dims   *segment.Dims
	bounds segment.Bounds // of all sales
	today  EpochDay       // ages are counted at it
	shift  int            // days that time is moved forward, for comparisons
	ahead  int            // the largest shift that keys are wanted for
	margin int            // days before and after all that keys are wanted for
}

// make returns dimension id laid over its source. Customers are source values
// key+1, the unknown customer is 0.
func (m *mapper) make(id DimID) mapping {
	d := m.dims
	switch id {
	case Day, Week, Month, Quarter, Year, Weekday:
		return m.time(id)
	case Hour:
		return grid(fromHour, 24, func(v int) string { return fmt.Sprintf("%02d", v) })
	case Kind:
		return grid(fromKind, 2, func(v int) string { return []string{KindSale, KindReturn}[v] })
	case Store:
		return grid(fromStore, len(d.Stores), func(v int) string { return d.Stores[v].ID })
	case Region:
		return grid(fromStore, len(d.Stores), func(v int) string { return d.Stores[v].Region })
	case Till:
		return grid(fromTill, max(len(d.Tills), m.bounds.Till+1), at(d.Tills, func(t segment.Till) string { return t.ID }))
	case Cashier:
		return grid(fromCashier, max(len(d.Cashiers), m.bounds.Cashier+1),
			at(d.Cashiers, func(c segment.Cashier) string { return c.ID }))
	case Product:
		return grid(fromProduct, m.products(), at(d.Products, func(p segment.Product) string { return p.SKU }))
	}
	if key := m.customerKey(id); key != nil {
		read := at(d.Customers, key)
		return grid(fromCustomer, m.customers(), func(v int) string { return read(v - 1) })
	}
	return m.category(id)
}

// at returns a function that gives the text of row v, "" outside the table.
func at[T any](table []T, text func(T) string) func(v int) string {
	return func(v int) string {
		if v < 0 || v >= len(table) {
			return ""
		}
		return text(table[v])
	}
}

func (m *mapper) customers() int { return 1 + max(len(m.dims.Customers), m.bounds.CustomerKey+1) }

func (m *mapper) products() int { return max(len(m.dims.Products), m.bounds.Product+1) }

// category maps products to their category, or to its ancestor of level one
// (Department) or two (Group); a category that is not as deep stands for itself.
func (m *mapper) category(id DimID) mapping {
	categories := m.dims.Categories
	keys := make([]string, len(categories))
	for c := range categories {
		path := CategoryPath(categories, c)
		switch {
		case id == Department:
			keys[c] = categories[path[0]].ID
		case id == Group:
			keys[c] = categories[path[min(1, len(path)-1)]].ID
		default:
			keys[c] = categories[c].ID
		}
	}
	products := m.dims.Products
	return grid(fromProduct, m.products(), func(v int) string {
		if v >= len(products) || products[v].Category < 0 || int(products[v].Category) >= len(keys) {
			return ""
		}
		return keys[products[v].Category]
	})
}

// depthMax ends a walk to the root in a tree that has a ring.
const depthMax = 16

// CategoryPath returns the keys from the root of the tree to c, c included.
func CategoryPath(categories []segment.Category, c int) []int {
	path := []int{c}
	for range depthMax {
		parent := int(categories[path[0]].Parent)
		if parent < 0 || parent >= len(categories) {
			break
		}
		path = append([]int{parent}, path...)
	}
	return path
}

// time maps the days that the data has, moved forward by the shift, to
// periods. The weekday is that of the real day. Every shift up to ahead gives
// the same keys.
func (m *mapper) time(id DimID) mapping {
	first, last := int(m.bounds.FirstDay), int(m.bounds.LastDay)
	made := grid(fromDay, last+m.ahead-first+1+2*m.margin, func(v int) string {
		return max(0, EpochDay(first+v-m.margin)).Key(id)
	})
	made.codes = made.codes[m.margin:]
	if id != Weekday {
		made.codes = made.codes[m.shift:]
	}
	made.codes = made.codes[:last-first+1]
	return made
}

// Key returns the key of the period of grain id (Day … Weekday) that d is in.
func (d EpochDay) Key(id DimID) string {
	t := d.time()
	switch id {
	case Week:
		year, week := t.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case Month:
		return t.Format("2006-01")
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", t.Year(), (int(t.Month())+2)/3)
	case Year:
		return t.Format("2006")
	case Weekday:
		return fmt.Sprint((int(t.Weekday())+6)%7 + 1)
	}
	return d.String()
}
