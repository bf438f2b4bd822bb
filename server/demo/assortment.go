package demo

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
)

// article is one product of the assortment with what only the demo knows.
type article struct {
	catalogue.Product
	kind     int
	base     money.Amount // shelf price on the first day, before noise
	weight   float64      // how often it is bought, at base price
	minShare float64      // least price as a share of the shelf price
	typical  float64      // kilograms of one purchase, of goods by weight
	maker    int          // manufacturer inside barcodes
	codes    []catalogue.Barcode
}

// firstSKU is the article number of the first product.
const firstSKU = 100_001

// Popularity of articles of one kind falls with their rank as a power: the
// slope of the Complete Journey sample (types with 300 lines and more) is -0.95.
const popularity = 0.95

// assortment makes count products over the kinds.
func (m *material) assortment(seed uint64, count int) []article {
	r := stream(seed, streamAssortment)
	var list []article
	items := map[int]int{} // by manufacturer
	plu := 1001
	for k, n := range m.shares(count) {
		made := m.articles(r, k, n)
		for i := range made {
			a := &made[i]
			a.SKU = catalogue.SKU(strconv.Itoa(firstSKU + len(list) + i))
			if a.Unit == quantity.Kilogram {
				a.PLU = strconv.Itoa(plu)
				plu++
				continue
			}
			a.giveCodes(r, items)
		}
		list = append(list, made...)
	}
	setPictures(list, m)
	return list
}

// shares divides count over the kinds, by how often they are bought, up to
// what each can be varied.
func (m *material) shares(count int) []int {
	n := make([]int, len(m.types))
	room := make([]int, len(m.types))
	total := 0
	for k := range m.types {
		room[k] = m.variety(k)
		n[k] = 1
		total++
	}
	for total < count {
		var weights float64
		for k := range n {
			if n[k] < room[k] {
				weights += math.Pow(m.types[k].lines, 0.6)
			}
		}
		if weights == 0 {
			break
		}
		left := count - total
		for k := range n {
			if n[k] >= room[k] || total >= count {
				continue
			}
			more := int(float64(left) * math.Pow(m.types[k].lines, 0.6) / weights)
			more = min(max(more, 1), room[k]-n[k], count-total)
			n[k] += more
			total += more
		}
	}
	return n
}

func (m *material) brandsOf(k int) []brand {
	t := m.types[k]
	if t.brands == "-" {
		return []brand{{level: 1}}
	}
	if t.brands == "own" || t.brands == "press" || t.brands == "tobacco" {
		return m.brands[t.brands]
	}
	return slices.Concat(m.brands[t.brands], m.brands["own"], m.brands["any"])
}

func (m *material) variety(k int) int {
	t := m.types[k]
	return len(m.brandsOf(k)) * len(m.variants[t.variants]) * len(t.sizes)
}

// articles makes n products of a kind, the most bought first.
func (m *material) articles(r *rand.Rand, k, n int) []article {
	t := m.types[k]
	type option struct {
		brand, variant, size int
		order                float64
	}
	brands, variants := m.brandsOf(k), m.variants[t.variants]
	own := len(m.brands[t.brands])
	var options []option
	for b := range brands {
		for v := range variants {
			for s := range t.sizes {
				order := r.Float64() + 0.15*float64(v) + 0.2*float64(s) + 0.06*float64(b)
				if b >= own && own > 0 {
					order += 1 // brands of the trade come before those of everything
				}
				if b == own || b == own+1 {
					order -= 1.3 * t.private
				}
				options = append(options, option{b, v, s, order})
			}
		}
	}
	slices.SortStableFunc(options, func(a, b option) int { return cmp.Compare(a.order, b.order) })
	var weights float64
	for i := range n {
		weights += math.Pow(float64(i+1), -popularity)
	}
	c := m.categories[t.category]
	list := make([]article, 0, n)
	for i, o := range options[:n] {
		a := article{kind: k, weight: t.lines * math.Pow(float64(i+1), -popularity) / weights}
		a.Name = name(t, brands[o.brand], variants[o.variant], t.sizes[o.size])
		a.Category, a.Unit, a.Tax, a.MinAge = c.ID, t.unit, c.tax, c.minAge
		if t.name.EN == "Alcohol-free beer" {
			a.MinAge = 0
		}
		a.base = t.basePrice(r, brands[o.brand], t.sizes[o.size])
		a.typical = typicalWeight(t)
		switch {
		case c.ID == "cigarettes":
			a.minShare = 1
		case r.Float64() < 0.2:
			a.minShare = 0.7
		}
		a.maker = brands[o.brand].code
		list = append(list, a)
	}
	return list
}

// name puts the parts together as a shelf label does: Молоко «Заречье» 3,2 %, 930 мл.
func name(t kind, b brand, variant catalogue.Text, s size) catalogue.Text {
	ru, en := t.name.RU, t.name.EN
	if b.name.RU != "" {
		ru, en = ru+" «"+b.name.RU+"»", en+" "+b.name.EN
	}
	if variant.RU != "" {
		ru, en = ru+" "+variant.RU, en+" "+variant.EN
	}
	switch {
	case t.unit == quantity.Kilogram:
		ru, en = ru+", кг", en+", kg"
	case s.text.RU != "":
		ru, en = ru+", "+s.text.RU, en+", "+s.text.EN
	}
	return catalogue.Text{RU: ru, EN: en}
}

// basePrice grows a little slower than the package.
func (t kind) basePrice(r *rand.Rand, b brand, s size) money.Amount {
	ratio := 1.0
	if ref := t.sizes[0]; s.what == ref.what && ref.amount > 0 {
		ratio = math.Pow(s.amount/ref.amount, 0.85)
	}
	spread := math.Exp(r.NormFloat64() * t.spread * 0.35)
	return roundPrice(float64(t.price) * ratio * b.level * spread)
}

// roundPrice ends prices the way shops do.
func roundPrice(kopecks float64) money.Amount {
	roubles := max(1, math.Round(kopecks/100))
	switch {
	case roubles < 15:
		return money.Amount(roubles*100 - 10)
	case roubles < 1000:
		return money.Amount(roubles*100 - 1)
	}
	return money.Amount(math.Round(roubles/10)*1000 - 100)
}

func typicalWeight(t kind) float64 {
	switch t.name.EN {
	case "Watermelon":
		return 6
	case "Garlic", "Lemons", "Cheese by weight":
		return 0.25
	case "Potatoes":
		return 1.8
	case "Herbs":
		return 0.1
	}
	return 0.85
}

// giveCodes computes barcodes with right check digits: 46, five digits of the
// manufacturer, five of the item. Some goods have an older code too, drinks and
// tins come in packs.
func (a *article) giveCodes(r *rand.Rand, items map[int]int) {
	next := func() string {
		items[a.maker]++
		digits := fmt.Sprintf("46%05d%05d", a.maker, items[a.maker])
		return "0" + digits + string(barcode.CheckDigit(digits))
	}
	a.codes = []catalogue.Barcode{{GTIN: next(), SKU: a.SKU, Factor: quantity.One}}
	if r.Float64() < 0.06 {
		a.codes = append(a.codes, catalogue.Barcode{GTIN: next(), SKU: a.SKU, Factor: quantity.One})
	}
	if strings.Contains("milk beer water soda juice canned pet_food", a.Category) && r.Float64() < 0.25 {
		digits := "1" + a.codes[0].GTIN[1:13]
		factor := quantity.Milli(6 + 6*r.IntN(2))
		a.codes = append(a.codes, catalogue.Barcode{
			GTIN: digits + string(barcode.CheckDigit(digits)), SKU: a.SKU, Factor: factor * quantity.One,
		})
	}
}

// labelPrefix is of the scales that weigh a category: 21 in the fruit corner, 22 at the counter.
func labelPrefix(c category) string {
	if c.Parent == "produce" {
		return "21"
	}
	return "22"
}

// label is the code that the scales print for so many grams.
func (a *article) label(c category, grams quantity.Milli) string {
	digits := fmt.Sprintf("%s%05s%05d", labelPrefix(c), a.PLU, grams)
	return digits + string(barcode.CheckDigit(digits))
}

// cardCode is the barcode of a customer's loyalty card.
func cardCode(n int) string {
	// 7 654 321 has no factor in common with ten to the tenth.
	digits := fmt.Sprintf("29%010d", (uint64(n)+1)*7_654_321%10_000_000_000)
	return digits + string(barcode.CheckDigit(digits))
}

var masks = []barcode.Mask{
	{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight},
	{Pattern: "22NNNNNQQQQQC", Kind: barcode.Weight},
	{Pattern: "29NNNNNNNNNNC", Kind: barcode.Card},
	{Pattern: "25PPNNNNNNNNC", Kind: barcode.Markdown},     // per cent off
	{Pattern: "26NNNNNNNNMMMMMMC", Kind: barcode.Markdown}, // the new price
}

// quickKeys name the kinds on the key grid, with their pictures.
var quickKeys = []struct {
	group  string
	name   catalogue.Text
	colour catalogue.Colour
	keys   []struct{ kind, picture string }
}{
	{"till", named("Касса", "Checkout"), "grey", []struct{ kind, picture string }{
		{"Carrier bag", "🛍️"}, {"Newspaper", "📰"}, {"Chewing gum", "🍬"}, {"Cigarettes", "🚬"}, {"Breath mints", "🌿"}, {"Magazine", "📖"},
	}},
	{"bread", named("Хлеб", "Bread"), "brown", []struct{ kind, picture string }{
		{"White bread", "🍞"}, {"Baguette", "🥖"}, {"Rye bread", "🍘"}, {"Small pie", "🥟"}, {"Croissant", "🥐"}, {"Doughnut", "🍩"}, {"Thin lavash", "🫓"},
	}},
	{"vegetables", named("Овощи", "Vegetables"), "green", []struct{ kind, picture string }{
		{"Potatoes", "🥔"}, {"Onions", "🧅"}, {"Carrots", "🥕"}, {"Cabbage", "🥬"}, {"Cucumbers", "🥒"}, {"Tomatoes", "🍅"},
		{"Sweet peppers", "🫑"}, {"Garlic", "🧄"}, {"Beetroot", "🟣"}, {"Mushrooms", "🍄"},
	}},
	{"fruit", named("Фрукты", "Fruit"), "orange", []struct{ kind, picture string }{
		{"Bananas", "🍌"}, {"Apples", "🍎"}, {"Oranges", "🍊"}, {"Tangerines", "🍊"}, {"Lemons", "🍋"}, {"Pears", "🍐"},
		{"Grapes", "🍇"}, {"Peaches", "🍑"}, {"Watermelon", "🍉"}, {"Strawberries", "🍓"},
	}},
	{"counter", named("Прилавок", "Counter"), "blue", []struct{ kind, picture string }{
		{"Milk", "🥛"}, {"Eggs", "🥚"}, {"Cheese by weight", "🧀"}, {"Chicken breast", "🍗"}, {"Chilled pork", "🥩"}, {"Chilled beef", "🥩"}, {"Whole chicken", "🐔"},
	}},
}

// setPictures gives the first articles of those kinds their pictures.
func setPictures(list []article, m *material) {
	for _, group := range quickKeys {
		for _, key := range group.keys {
			for i := range list {
				if m.types[list[i].kind].name.EN == key.kind {
					list[i].Picture = key.picture
				}
			}
		}
	}
}

func quickKeyRows(list []article, m *material) []refdata.Row {
	first := map[string]catalogue.SKU{}
	for _, a := range list {
		if kind := m.types[a.kind].name.EN; first[kind] == "" {
			first[kind] = a.SKU
		}
	}
	var rows []refdata.Row
	for at, group := range quickKeys {
		rows = append(rows, refdata.Row{Table: refdata.QuickGroups, Value: catalogue.QuickGroup{ID: group.group, Name: group.name, Position: at, Colour: group.colour}})
		for i, key := range group.keys {
			rows = append(rows, refdata.Row{Table: refdata.QuickKeys, Value: catalogue.QuickKey{
				Group: group.group, Position: i + 1, SKU: first[key.kind],
			}})
		}
	}
	return rows
}
