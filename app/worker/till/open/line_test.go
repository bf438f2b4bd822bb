package open

import (
	"testing"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
	"tillsight/shared/tax"
	"tillsight/shared/tender"
)

// shelf is a catalogue that is asked by article only.
type shelf map[catalogue.SKU]refdata.Item

func (s shelf) ProductBySKU(sku catalogue.SKU) (refdata.Item, bool, error) {
	item, ok := s[sku]
	return item, ok, nil
}
func (s shelf) ProductByCode(string) (item refdata.Item, ok bool, err error)  { return item, ok, err }
func (s shelf) ProductByPLU(string) (item refdata.Item, ok bool, err error)   { return item, ok, err }
func (s shelf) SKUsOfPLU(string) (skus []string, err error)                   { return skus, err }
func (s shelf) CustomerByCard(string) (card refdata.Card, ok bool, err error) { return card, ok, err }

func article(sku catalogue.SKU, class tax.Class, price money.Amount, age int) refdata.Item {
	return refdata.Item{
		Product: catalogue.Product{SKU: sku, Name: catalogue.Text{RU: string(sku)}, Unit: quantity.Piece, Tax: class, MinAge: age},
		Price:   catalogue.Price{Amount: price, Min: price / 2}, Priced: true,
	}
}

// terms are those of a store with a list of prices for gold customers.
func terms(t *testing.T) Terms {
	t.Helper()
	rules, err := pricing.Compile(pricing.Set{Lists: []pricing.List{
		{ID: "gold", Version: 1, Name: catalogue.Text{RU: "Золотые"}, Who: pricing.Who{Groups: []string{"gold"}}},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return Terms{
		Goods: shelf{"beer": article("beer", tax.Standard, 120_00, 18), "glass": article("glass", tax.Reduced, 50_00, 0)},
		Taxes: tax.Table{{Class: tax.Standard, From: "2019-01-01", BP: 2000}, {Class: tax.Reduced, From: "2019-01-01", BP: 1000}},
		Kits: map[catalogue.SKU]catalogue.Kit{
			"set":    {SKU: "set", Parts: []catalogue.Component{{SKU: "beer", Quantity: 2000}, {SKU: "glass", Quantity: 1000}}},
			"broken": {SKU: "broken", Parts: []catalogue.Component{{SKU: "gone", Quantity: 1000}}},
		},
		Rules: rules, Store: "12", Date: "2026-01-02",
	}
}

func TestLine(t *testing.T) {
	offered := article("milk", tax.Reduced, 80_00, 0)
	offered.Lists = []catalogue.Price{{List: "gold", Amount: 70_00}, {List: "unknown", Amount: 1}}
	tests := []struct {
		name   string
		found  lookup.Meaning
		wanted quantity.Milli
		bp     int64
		age    int
		offers int
		parts  int
		err    errcode.Code
	}{
		{"goods", lookup.Meaning{Item: article("milk", tax.Reduced, 80_00, 0)}, 0, 1000, 0, 0, 0, ""},
		{"of a list", lookup.Meaning{Item: offered}, 2000, 1000, 0, 2, 0, ""},
		{"a kit", lookup.Meaning{Item: article("set", tax.Standard, 200_00, 0)}, 0, 2000, 18, 0, 2, ""},
		{"a kit without a part", lookup.Meaning{Item: article("broken", tax.Standard, 1, 0)}, 0, 0, 0, 0, 0, errcode.KitBroken},
		{"no rate", lookup.Meaning{Item: article("milk", "odd", 80_00, 0)}, 0, 0, 0, 0, 0, errcode.NoTax},
		{"too much", lookup.Meaning{Item: article("milk", tax.Reduced, 80_00, 0)}, 1 << 60, 0, 0, 0, 0, errcode.BadQuantity},
	}
	for _, tt := range tests {
		l, err := terms(t).Line(tt.found, tt.wanted, 7)
		if errcode.Of(err) != tt.err {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
			continue
		}
		if err != nil {
			continue
		}
		if l.TaxBP != tt.bp || l.MinAge != tt.age || len(l.Offers) != tt.offers || len(l.Parts) != tt.parts || l.At != 7 {
			t.Errorf("%s: %+v", tt.name, l)
		}
		if want := max(quantity.One, tt.wanted); l.Quantity != want || l.Price != tt.found.Item.Price.Amount || l.MinPrice != l.Price/2 {
			t.Errorf("%s: %d at %d from %d", tt.name, l.Quantity, l.Price, l.MinPrice)
		}
	}
}

// TestLineOfALabel: what the package says goes along.
func TestLineOfALabel(t *testing.T) {
	l, err := terms(t).Line(lookup.Meaning{
		Item: article("beer", tax.Standard, 120_00, 18), Code: "c", Factor: 750, Sum: 90_00, Single: true, Mark: "30", Most: 99_00,
		Batch: "b", Serial: "s", Life: shelflife.Life{UseBy: "2026-02-01", BestBefore: "2026-01-01"},
	}, 0, 7)
	want := receipt.Line{
		SKU: "beer", Code: "c", Quantity: 750, LabelSum: 90_00, Single: true, Mark: "30", PackMax: 99_00,
		Batch: "b", Serial: "s", Expires: "2026-02-01", Best: "2026-01-01",
	}
	if err != nil || l.SKU != want.SKU || l.Code != want.Code || l.Quantity != want.Quantity || l.LabelSum != want.LabelSum || !l.Single {
		t.Errorf("%+v, %v", l, err)
	}
	if l.Mark != want.Mark || l.PackMax != want.PackMax || l.Batch != want.Batch || l.Serial != want.Serial || l.Expires != want.Expires || l.Best != want.Best {
		t.Errorf("%+v", l)
	}
}

// TestTenders: the receipt is closed with all that was taken, never with less.
func TestTenders(t *testing.T) {
	device := map[tender.Kind]tender.Device{tender.Card: nil}
	type tenders = []receipt.Tender
	card := func(sum money.Amount) tenders { return tenders{{Kind: tender.Card, Amount: sum}} }
	tests := []struct {
		name     string
		payments []tender.Payment
		asked    tenders
		want     int
		err      errcode.Code
	}{
		{"by hand", nil, card(100), 1, ""},
		{"recorded", []tender.Payment{{N: 1, Kind: tender.Card, Amount: 60, State: tender.Taken}}, card(100), 1, ""},
		{"less than was taken", []tender.Payment{{N: 1, Kind: tender.Card, Amount: 60, State: tender.Taken}}, card(50), 0, errcode.CardTaken},
		{"nobody knows", []tender.Payment{{N: 1, Kind: tender.Card, Amount: 60, State: tender.Asked}}, card(100), 0, errcode.PaymentUnknown},
		{"given back", []tender.Payment{
			{N: 1, Kind: tender.Card, Amount: 60, State: tender.Taken}, {N: 1, Kind: tender.Card, Amount: 60, State: tender.Returned},
		}, card(100), 1, ""},
	}
	for _, tt := range tests {
		p := newPlace(t)
		p.do(line(100))
		for _, step := range tt.payments {
			p.do(Change{Payments: []tender.Payment{step}})
		}
		got, err := p.Tenders(tt.asked, device)
		if errcode.Of(err) != tt.err || len(got) != tt.want {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
}
