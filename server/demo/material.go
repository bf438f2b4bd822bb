package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
	demodata "tillsight/testdata/demo"
)

// material is what the files of testdata/demo say.
type material struct {
	categories []category
	types      []kind
	variants   map[string][]catalogue.Text
	brands     map[string][]brand
	people     map[string][]string
	households []household
	places     []place
	hours      [7][24]float64
}

type category struct {
	catalogue.Category
	tax        tax.Class
	elasticity float64
	season     string
	marginBP   int64
	minAge     int
}

// kind is a kind of goods: what a shopper would write on a list.
type kind struct {
	category   int
	name       catalogue.Text
	unit       quantity.Unit
	brands     string
	variants   string
	sizes      []size
	price      money.Amount // of the first size
	lines      float64      // in the sample data: how often it is bought
	spread     float64
	discounted float64
	depth      float64
	private    float64
}

type size struct {
	amount float64 // in grams, millilitres, pieces or metres
	text   catalogue.Text
	what   string
}

type brand struct {
	name  catalogue.Text
	level float64 // of price, 1 is usual
	code  int     // of the manufacturer inside barcodes
}

type household struct {
	age      string
	income   string
	home     string
	size     int
	children int
	count    float64
}

type place struct {
	city, region catalogue.Text
	zone         string
	offset       int // minutes east of UTC
	street       catalogue.Text
	house        string
	area         int
	traffic      float64
	basket       float64
	profile      string
	lat, lon     float64 // of the city, degrees
}

// table reads a file: the lines that hold something, cut at tabs.
func table(name string, fields int) ([][]string, error) {
	text, err := demodata.Files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("demo material: %w", err)
	}
	var rows [][]string
	for n, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) != fields {
			return nil, errcode.New(errcode.Internal, "demo", fmt.Errorf("%s:%d: %d fields", name, n+1, len(row)))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// reader collects the first error of many conversions.
type reader struct{ err error }

func (r *reader) float(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("demo material: %w", err)
	}
	return f
}

func (r *reader) int(s string) int { return int(r.float(s)) }

// pairs reads "ru=en; ru=en".
func pairs(s string) []catalogue.Text {
	var texts []catalogue.Text
	for _, item := range strings.Split(s, ";") {
		ru, en, _ := strings.Cut(strings.TrimSpace(item), "=")
		texts = append(texts, catalogue.Text{RU: ru, EN: en})
	}
	return texts
}

func load() (*material, error) {
	m := &material{variants: map[string][]catalogue.Text{}, brands: map[string][]brand{}, people: map[string][]string{}}
	for _, read := range []func(*material) error{
		loadCategories, loadTypes, loadVariants, loadBrands, loadPeople, loadHouseholds, loadPlaces, loadHours,
	} {
		if err := read(m); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func loadCategories(m *material) error {
	rows, err := table("categories.tsv", 9)
	if err != nil {
		return err
	}
	var r reader
	for _, row := range rows {
		m.categories = append(m.categories, category{
			Category:   catalogue.Category{ID: row[0], Parent: row[1], Name: catalogue.Text{RU: row[2], EN: row[3]}},
			tax:        tax.Class(row[4]),
			elasticity: r.float(row[5]),
			season:     row[6],
			marginBP:   int64(r.int(row[7])),
			minAge:     r.int(row[8]),
		})
	}
	return r.err
}

func (m *material) categoryIndex(id string) int {
	for i, c := range m.categories {
		if c.ID == id {
			return i
		}
	}
	return -1
}

func loadTypes(m *material) error {
	rows, err := table("types.tsv", 13)
	if err != nil {
		return err
	}
	var r reader
	for _, row := range rows {
		k := kind{
			category:   m.categoryIndex(row[0]),
			name:       catalogue.Text{RU: row[1], EN: row[2]},
			unit:       quantity.Unit(row[3]),
			brands:     row[4],
			variants:   row[5],
			price:      money.Amount(r.int(row[7])) * 100,
			lines:      r.float(row[8]),
			spread:     r.float(row[9]),
			discounted: r.float(row[10]),
			depth:      r.float(row[11]),
			private:    r.float(row[12]),
		}
		if k.category < 0 {
			return errcode.New(errcode.Internal, "demo", fmt.Errorf("types.tsv: no category %q", row[0]))
		}
		for _, s := range strings.Split(row[6], ",") {
			k.sizes = append(k.sizes, readSize(s, &r))
		}
		m.types = append(m.types, k)
	}
	return r.err
}

var sizeUnits = map[string]struct {
	factor float64
	text   catalogue.Text
	what   string
}{
	"g":   {1, catalogue.Text{RU: "г", EN: "g"}, "mass"},
	"kg":  {1000, catalogue.Text{RU: "кг", EN: "kg"}, "mass"},
	"ml":  {1, catalogue.Text{RU: "мл", EN: "ml"}, "volume"},
	"l":   {1000, catalogue.Text{RU: "л", EN: "l"}, "volume"},
	"pcs": {1, catalogue.Text{RU: "шт", EN: "pcs"}, "pieces"},
	"m":   {1, catalogue.Text{RU: "м", EN: "m"}, "length"},
}

// readSize reads "930ml". Goods by weight have the size "kg", one piece none.
func readSize(s string, r *reader) size {
	number := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz")
	unit := sizeUnits[s[len(number):]]
	if number == "" || s == "1pcs" {
		return size{amount: 1, what: unit.what}
	}
	return size{
		amount: r.float(number) * unit.factor,
		text: catalogue.Text{
			RU: strings.Replace(number, ".", ",", 1) + " " + unit.text.RU,
			EN: number + " " + unit.text.EN,
		},
		what: unit.what,
	}
}

func loadVariants(m *material) error {
	rows, err := table("variants.tsv", 2)
	for _, row := range rows {
		m.variants[row[0]] = pairs(row[1])
	}
	return err
}

func loadBrands(m *material) error {
	rows, err := table("brands.tsv", 2)
	if err != nil {
		return err
	}
	var r reader
	code := 0
	for _, row := range rows {
		for _, item := range strings.Split(row[1], "; ") {
			level, names, _ := strings.Cut(item, ":")
			code++
			m.brands[row[0]] = append(m.brands[row[0]], brand{
				name:  pairs(names)[0],
				level: r.float(level) / 100,
				// Spread over the five digits; 31 013 has no factor in common with 100 000.
				code: code * 31013 % 100_000,
			})
		}
	}
	return r.err
}

func loadPeople(m *material) error {
	rows, err := table("people.tsv", 2)
	for _, row := range rows {
		m.people[row[0]] = strings.Split(row[1], "; ")
	}
	return err
}

func loadHouseholds(m *material) error {
	rows, err := table("households.tsv", 6)
	if err != nil {
		return err
	}
	var r reader
	for _, row := range rows {
		m.households = append(m.households, household{
			age:      row[0],
			income:   row[1],
			home:     row[2],
			size:     r.int(strings.TrimSuffix(row[3], "+")),
			children: r.int(strings.TrimSuffix(row[4], "+")),
			count:    r.float(row[5]),
		})
	}
	return r.err
}

func loadPlaces(m *material) error {
	rows, err := table("stores.tsv", 15)
	if err != nil {
		return err
	}
	var r reader
	for _, row := range rows {
		m.places = append(m.places, place{
			city: catalogue.Text{RU: row[0], EN: row[1]}, region: catalogue.Text{RU: row[2], EN: row[3]},
			zone: row[4], offset: r.int(row[5]),
			street: catalogue.Text{RU: row[6], EN: row[7]}, house: row[8],
			area: r.int(row[9]), traffic: r.float(row[10]) / 100, basket: r.float(row[11]) / 100, profile: row[12],
			lat: r.float(row[13]), lon: r.float(row[14]),
		})
	}
	return r.err
}

// loadHours keeps the hours in which the stores are open; what the data has
// outside goes to the first and the last of them.
func loadHours(m *material) error {
	rows, err := table("hours.tsv", 2)
	if err != nil {
		return err
	}
	var r reader
	for _, row := range rows {
		day := r.int(row[0])
		for hour, lines := range strings.Fields(row[1]) {
			m.hours[day][min(max(hour, openHour), closeHour-1)] += r.float(lines)
		}
	}
	return r.err
}

// Streams of random numbers: each part of the chain draws from its own, so that
// more SKUs do not change the customers.
const (
	streamAssortment = iota + 1
	streamPrices
	streamStaff
	streamCustomers
	streamDays
	streamTills
	streamOffice
	streamStock
)

func stream(seed uint64, n uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, n)) }

// chooser draws an index by weight.
type chooser struct{ sums []float64 }

func (c *chooser) add(weight float64) {
	total := weight
	if n := len(c.sums); n > 0 {
		total += c.sums[n-1]
	}
	c.sums = append(c.sums, total)
}

func (c *chooser) total() float64 {
	if len(c.sums) == 0 {
		return 0
	}
	return c.sums[len(c.sums)-1]
}

func (c *chooser) draw(r *rand.Rand) int {
	x := r.Float64() * c.total()
	low, high := 0, len(c.sums)-1
	for low < high {
		mid := (low + high) / 2
		if c.sums[mid] > x {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

func choose(weights []float64) chooser {
	var c chooser
	for _, w := range weights {
		c.add(w)
	}
	return c
}
