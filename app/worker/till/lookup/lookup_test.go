package lookup

import (
	"errors"
	"reflect"
	"testing"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
)

// errDisk is what a catalogue says that can't be read.
var errDisk = errors.New("disk")

// shop is a catalogue in memory.
type shop struct {
	codes, plus map[string]refdata.Item
	skus        map[catalogue.SKU]refdata.Item
	several     map[string][]string
	cards       map[string]refdata.Card
	broken      string // the question that fails
}

func (s shop) ask(question string) error {
	if s.broken == question {
		return errDisk
	}
	return nil
}

func (s shop) ProductByCode(key string) (refdata.Item, bool, error) {
	item, ok := s.codes[key]
	return item, ok, s.ask("code")
}

func (s shop) ProductByPLU(number string) (refdata.Item, bool, error) {
	item, ok := s.plus[number]
	return item, ok, s.ask("plu")
}

func (s shop) ProductBySKU(sku catalogue.SKU) (refdata.Item, bool, error) {
	item, ok := s.skus[sku]
	return item, ok, s.ask("sku")
}

func (s shop) SKUsOfPLU(number string) ([]string, error) { return s.several[number], s.ask("several") }

func (s shop) CustomerByCard(card string) (refdata.Card, bool, error) {
	c, ok := s.cards[card]
	return c, ok, s.ask("card")
}

// Codes of the shop.
const (
	milk     = "4601234567893"
	milkCase = "14601234567890" // GTIN-14 of six
	pen      = "4006381333931"
	weight   = "2100123007509" // PLU 123, 750 g
	sum      = "2300123012507" // PLU 123, 12.50
	known    = "2900000000025"
	unheard  = "2900000000018" // a card of the chain that is not known here
)

func item(sku catalogue.SKU, unit quantity.Unit, price money.Amount) refdata.Item {
	return refdata.Item{
		Product: catalogue.Product{SKU: sku, Unit: unit}, Factor: quantity.One, Price: catalogue.Price{Amount: price}, Priced: price != 0,
	}
}

// reader reads codes of a shop; used are promotions that somebody has had.
func reader(t *testing.T, broken string, used map[string]map[string]int) Reader {
	t.Helper()
	six := item("1001", quantity.Piece, 89_90)
	six.Factor = 6 * quantity.One
	cheese, twin := item("1003", quantity.Kilogram, 600_00), item("1007", quantity.Piece, 1_00)
	coupon := pricing.Rule{
		ID: "r", Name: catalogue.Text{RU: "По купону"}, Kind: pricing.LineRule, Goods: pricing.Goods{All: true},
		Off: pricing.Off{BP: 1000}, Coupon: pricing.Coupon{Code: "SALE10"},
	}
	marked := pricing.Rule{
		ID: "m", Name: catalogue.Text{RU: "Уценка"}, Kind: pricing.LineRule, Goods: pricing.Goods{Marks: []string{"30"}}, Off: pricing.Off{BP: 3000},
	}
	rules, err := pricing.Compile(pricing.Set{Rules: []pricing.Rule{coupon, marked}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Reader{
		Catalogue: shop{
			codes: map[string]refdata.Item{
				barcode.Key(milk): item("1001", quantity.Piece, 89_90), barcode.Key(milkCase): six,
				barcode.Key(pen): item("1002", quantity.Piece, 25_00), "ABC-1": item("1002", quantity.Piece, 25_00),
			},
			plus:    map[string]refdata.Item{"7": item("1001", quantity.Piece, 89_90), "123": cheese, "9": twin},
			skus:    map[catalogue.SKU]refdata.Item{"1002": item("1002", quantity.Piece, 25_00)},
			several: map[string][]string{"9": {"1007", "1008"}},
			cards:   map[string]refdata.Card{known: {Card: known, Customer: "c-2", Name: "Анна", Groups: []string{"gold"}}},
			broken:  broken,
		},
		Masks: []barcode.Mask{
			{Pattern: "21NNNNNQQQQQC", Kind: barcode.Weight}, {Pattern: "23NNNNNMMMMMC", Kind: barcode.Price},
			{Pattern: "29NNNNNNNNNNC", Kind: barcode.Card},
		},
		Currency: money.RUB,
		Rules:    rules,
		Used:     func(who string) (map[string]int, error) { return used[who], nil },
	}
}

func TestRead(t *testing.T) {
	tests := []struct {
		name, code string
		typed      bool
		sku        catalogue.SKU
		factor     quantity.Milli
		sum        money.Amount
		single     bool
		err        errcode.Code
	}{
		{"EAN-13", milk, false, "1001", 1000, 0, false, ""},
		{"with line end", milk + "\r\n", false, "1001", 1000, 0, false, ""},
		{"case of six", milkCase, false, "1001", 6000, 0, false, ""},
		{"a code that obeys no rule", "ABC-1", false, "1002", 1000, 0, false, ""},
		{"GS1 with lot", "]d20104601234567893" + "10LOT", false, "1001", 1000, 0, false, ""},
		{"label of weight", weight, false, "1003", 750, 0, true, ""},
		{"label of a sum", sum, false, "1003", 21, 12_50, true, ""},
		{"PLU typed", "7", true, "1001", 1000, 0, false, ""},
		{"PLU with zeros typed", "007", true, "1001", 1000, 0, false, ""},
		{"article typed", "1002", true, "1002", 1000, 0, false, ""},
		{"article with zeros typed", "01002", true, "1002", 1000, 0, false, ""},

		{"PLU of several", "9", true, "", 0, 0, false, errcode.SeveralGoods},
		{"PLU scanned", "7", false, "", 0, 0, false, errcode.UnknownBarcode},
		{"unknown", "4600000000008", false, "", 0, 0, false, errcode.UnknownBarcode},
		{"label of nobody's number", "2199999007508", false, "", 0, 0, false, errcode.UnknownBarcode},
		{"wrong digit", "4601234567890", false, "", 0, 0, false, errcode.BadCheckDigit},
		{"a card misread", "2900000000019", false, "", 0, 0, false, errcode.BadCheckDigit},
		{"nothing", "", false, "", 0, 0, false, errcode.BadBarcode},
		{"letters", "молоко", true, "", 0, 0, false, errcode.BadBarcode},
	}
	for _, tt := range tests {
		m, err := reader(t, "", nil).Read(tt.code, tt.typed)
		if errcode.Of(err) != tt.err {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
			continue
		}
		if err == nil && (m.Item.SKU != tt.sku || m.Factor != tt.factor || m.Sum != tt.sum || m.Single != tt.single || !m.Goods()) {
			t.Errorf("%s: %+v", tt.name, m)
		}
	}
}

// TestReadCard: a card that is not known here counts, since it may be too new.
func TestReadCard(t *testing.T) {
	used := map[string]map[string]int{"c-2": {"r": 2}, unheard: {"r": 1}}
	want := map[string]Card{
		known:   {Card: known, Customer: "c-2", Name: "Анна", Groups: []string{"gold"}, Used: used["c-2"]},
		unheard: {Card: unheard, Used: used[unheard]},
	}
	for code, card := range want {
		m, err := reader(t, "", used).Read(code, false)
		if err != nil || m.Goods() || m.Card == nil || !reflect.DeepEqual(*m.Card, card) {
			t.Errorf("%s: %+v, %v", code, m, err)
		}
	}
}

func TestReadCoupon(t *testing.T) {
	if m, err := reader(t, "", nil).Read(" SALE10\n", false); err != nil || m.Coupon != "SALE10" || m.Goods() {
		t.Errorf("%+v, %v", m, err)
	}
	used := map[string]map[string]int{"SALE10": {"r": 1}}
	if _, err := reader(t, "", used).Read("SALE10", false); errcode.Of(err) != errcode.CouponUsed {
		t.Errorf("used: %v", err)
	}
}

// TestKnowMark refuses labels that promise what no promotion keeps.
func TestKnowMark(t *testing.T) {
	r := reader(t, "", nil)
	for mark, want := range map[string]errcode.Code{"": "", "30": "", "50": errcode.UnknownMark} {
		if err := r.knowMark(Meaning{Mark: mark}); errcode.Of(err) != want {
			t.Errorf("mark %q: %v", mark, err)
		}
	}
	if err := r.knowMark(Meaning{Mark: "50", Sum: 1}); err != nil {
		t.Errorf("a label that says the sum itself: %v", err)
	}
}

// TestReadFails: what can't be read is no unknown code.
func TestReadFails(t *testing.T) {
	for question, code := range map[string]string{"code": milk, "plu": "7", "sku": "1002", "several": "9", "card": known} {
		if _, err := reader(t, question, nil).Read(code, true); !errors.Is(err, errDisk) {
			t.Errorf("%s: %v", question, err)
		}
	}
}

func TestParts(t *testing.T) {
	tests := []struct {
		code string
		want []catalogue.SKU
	}{
		{milk + pen, []catalogue.SKU{"1001", "1002"}},
		{milk, nil},                   // one
		{milk + "4006381333932", nil}, // the second is wrong
		{milk + "96385074", nil},      // unknown
		{milk + known, nil},           // no goods
	}
	for _, tt := range tests {
		var got []catalogue.SKU
		for _, m := range reader(t, "", nil).Parts(tt.code) {
			got = append(got, m.Item.SKU)
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.code, got, tt.want)
		}
	}
}

func TestQuantity(t *testing.T) {
	tests := []struct {
		factor, wanted, want quantity.Milli
		err                  errcode.Code
	}{
		{0, 0, 1000, ""}, {6000, 0, 6000, ""}, {6000, 2000, 12000, ""}, {750, 1000, 750, ""}, {1000, 842, 842, ""},
		{1000, -1, 0, errcode.BadQuantity}, {-1, 1000, 0, errcode.BadQuantity},
		{1000, 1 << 60, 0, errcode.BadQuantity}, {1 << 60, 1000, 0, errcode.BadQuantity},
	}
	for _, tt := range tests {
		got, err := Meaning{Factor: tt.factor}.Quantity(tt.wanted)
		if got != tt.want || errcode.Of(err) != tt.err {
			t.Errorf("%d × %d = %d, %v; want %d, %q", tt.wanted, tt.factor, got, err, tt.want, tt.err)
		}
	}
}
