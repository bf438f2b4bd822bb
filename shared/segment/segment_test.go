package segment

import (
	"bytes"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
)

// randomFile draws a file with a column of every type.
func randomFile(t *rapid.T) File {
	return File{Table: TableSales, Store: "12", Month: "2026-11", Columns: []Column{
		{"a", rapid.SliceOf(rapid.Uint8()).Draw(t, "u8")},
		{"b", rapid.SliceOf(rapid.Uint16()).Draw(t, "u16")},
		{"c", rapid.SliceOf(rapid.Uint32()).Draw(t, "u32")},
		{"d", rapid.SliceOf(rapid.Int32()).Draw(t, "i32")},
		{"e", rapid.SliceOf(rapid.Int64()).Draw(t, "i64")},
		{"f", rapid.SliceOf(rapid.String()).Draw(t, "text")},
	}}
}

func TestFileRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := randomFile(t)
		b, err := Encode(want)
		if err != nil {
			t.Fatal(err)
		}
		// Bytes may lie anywhere: a start that is not aligned makes copies.
		shift := rapid.IntRange(0, 8).Draw(t, "shift")
		got, err := Decode(append(make([]byte, shift), b...)[shift:])
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
		again, err := Encode(got)
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("the same content gave other bytes (%v)", err)
		}
	})
}

func TestDamageIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, err := Encode(randomFile(t))
		if err != nil {
			t.Fatal(err)
		}
		at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
		if rapid.Bool().Draw(t, "cut") {
			b = b[:at]
		} else {
			b[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		}
		if _, err := Decode(b); errcode.Of(err) != errcode.DBDamaged {
			t.Fatalf("damage at %d of %d: got %v", at, len(b), err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	small, err := Encode(sampleSales().File())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small)
	dims, err := Encode(ProductFile(Rows[Product]{Keys: []int32{3}, Rows: []Product{{SKU: "7", Category: -1}}}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(dims)
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := decodeUnchecked(b)
		if err != nil {
			return
		}
		if s, err := SalesOf(file); err == nil && (s.Receipts() > len(b) || s.Lines() > len(b)) {
			t.Errorf("%d receipts and %d lines in %d bytes", s.Receipts(), s.Lines(), len(b))
		}
		var d Dims
		if err := d.Add(file); err == nil && len(d.Products) > KeyMax {
			t.Errorf("%d products", len(d.Products))
		}
	})
}

// decodeUnchecked is Decode of bytes whose checksum is made right first, so
// that the fuzzer gets behind it.
func decodeUnchecked(b []byte) (File, error) {
	if len(b) >= prefixLen {
		b = seal(append([]byte(nil), b...))
	}
	return Decode(b)
}

func sampleSales() *Sales {
	return &Sales{
		Store: "12", Month: "2026-11",
		At: []uint32{1790000000, 1790000100}, Day: []uint16{20717, 20717}, Hour: []uint8{10, 10}, Kind: []uint8{KindSale, KindReturn},
		Till: []uint16{0, 1}, Cashier: []uint16{2, 2}, Customer: []int32{NoCustomer, 5}, Number: []int32{41, 42},
		First:   []uint32{0, 2, 3},
		Sum:     Amounts{MakeInts([]int64{3000, -1000}), MakeInts([]int64{500, -100}), MakeInts([]int64{0, 0}), MakeInts([]int64{80, -16}), MakeInts([]int64{300, -60})},
		Product: []int32{1, 2, 1}, Price: MakeInts([]int64{100, 200, 100}),
		Line: Amounts{
			MakeInts([]int64{1000, 2000, -1000}), MakeInts([]int64{100, 400, -100}), MakeInts([]int64{0, 0, 0}),
			MakeInts([]int64{16, 64, -16}), MakeInts([]int64{60, 240, -60}),
		},
		Took: []uint32{41_000, 0}, Voided: []uint16{1, 0},
		Cut:  Cuts{Line: []uint32{0, 2}, Rule: []int32{1, 0}, Amount: MakeInts([]int64{500, -100})},
		Lost: Abandoned{Day: []uint16{20717}, Hour: []uint8{23}, Till: []uint16{3}, Cashier: []uint16{7}, Total: MakeInts([]int64{9900})},
	}
}

func TestSalesRoundTrip(t *testing.T) {
	want := sampleSales()
	want.Line.Net = MakeInts([]int64{1000, math.MaxInt32 + 1, -1000})
	b, err := Encode(want.File())
	if err != nil {
		t.Fatal(err)
	}
	f, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	got, err := SalesOf(f)
	if err != nil {
		t.Fatal(err)
	}
	want.Bounds = Bounds{Checked: true, FirstDay: 20717, LastDay: 20717, Till: 3, Cashier: 7, Product: 2, CustomerKey: 5}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestImpossibleSales(t *testing.T) {
	cases := map[string]func(*Sales){
		"lines not covered":   func(s *Sales) { s.First[2] = 2 },
		"overlap":             func(s *Sales) { s.First[1] = 4 },
		"no first":            func(s *Sales) { s.First = nil },
		"hour 24":             func(s *Sales) { s.Hour[0] = 24 },
		"kind 2":              func(s *Sales) { s.Kind[0] = 2 },
		"customer -2":         func(s *Sales) { s.Customer[0] = -2 },
		"customer too high":   func(s *Sales) { s.Customer[0] = KeyMax },
		"product -1":          func(s *Sales) { s.Product[1] = -1 },
		"too few days":        func(s *Sales) { s.Day = s.Day[:1] },
		"cut of no line":      func(s *Sales) { s.Cut.Line[1] = 3 },
		"cuts out of order":   func(s *Sales) { s.Cut.Line[0], s.Cut.Line[1] = 2, 0 },
		"cut without a rule":  func(s *Sales) { s.Cut.Rule[0] = -1 },
		"lost at hour 24":     func(s *Sales) { s.Lost.Hour[0] = 24 },
		"lost by nobody":      func(s *Sales) { s.Lost.Cashier = nil },
		"too many line costs": func(s *Sales) { s.Line.Cost = MakeInts([]int64{1, 2, 3, 4}) },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			s := sampleSales()
			change(s)
			if _, err := SalesOf(s.File()); errcode.Of(err) != errcode.DBDamaged {
				t.Errorf("got %v, want it refused", err)
			}
		})
	}
}

func TestDimsRoundTrip(t *testing.T) {
	name := catalogue.Text{RU: "Молоко", EN: "Milk"}
	holder := Customer{
		ID: "c1", Group: "gold", Sex: "f", Birth: 1984, City: "Тверь", Region: "Тверская", Income: "50-74K", Home: "owner",
		Size: 3, Children: 1, Store: "12", Since: 1_700_000_000_000, Known: true, Offers: true,
	}
	files := []File{
		ProductFile(Rows[Product]{[]int32{1}, []Product{{"100", name, 1}}}),
		ProductFile(Rows[Product]{[]int32{0}, []Product{{"99", name, -1}}}),
		CategoryFile(Rows[Category]{[]int32{0, 1}, []Category{{"food", name, -1}, {"dairy", name, 0}}}),
		StoreFile(Rows[Store]{[]int32{2}, []Store{{"12", name, "North", 56_859_000, 35_911_000}}}),
		TillFile(Rows[Till]{[]int32{0}, []Till{{"12-3", "12", 3}}}),
		CashierFile("12", Rows[Cashier]{[]int32{0}, []Cashier{{"e1", "Анна", "12"}}}),
		CustomerFile(Rows[Customer]{[]int32{1}, []Customer{holder}}),
		PersonFile("12", Rows[Person]{[]int32{1}, []Person{{"Анна", "+7", "a@example.ru", "29"}}}),
		SegmentFile(Rows[Segment]{[]int32{1}, []Segment{{"vip", name}}}),
		MemberFile(1, []int32{0, 1}),
		RuleFile(Rows[Rule]{[]int32{0, 1}, []Rule{{"old", name, true}, {"manual", catalogue.Text{}, false}}}),
	}
	var got Dims
	for _, f := range files {
		b, err := Encode(f)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		if err := got.Add(back); err != nil {
			t.Fatal(err)
		}
	}
	want := Dims{
		Products:   []Product{{"99", name, -1}, {"100", name, 1}},
		Categories: []Category{{"food", name, -1}, {"dairy", name, 0}},
		Stores:     []Store{{}, {}, {"12", name, "North", 56_859_000, 35_911_000}},
		Tills:      []Till{{"12-3", "12", 3}},
		Cashiers:   []Cashier{{"e1", "Анна", "12"}},
		Customers:  []Customer{{}, holder},
		People:     []Person{{}, {"Анна", "+7", "a@example.ru", "29"}},
		Segments:   []Segment{{}, {"vip", name}},
		Members:    [][]int32{nil, {0, 1}},
		Rules:      []Rule{{"old", name, true}, {"manual", catalogue.Text{}, false}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestManifestHash(t *testing.T) {
	m := Manifest{Segments: []Ref{{Hash: "a", Table: TableSales, Store: "1", Month: "2026-11"}}}
	m.Seal()
	first := m.Hash
	m.Freshness.BuiltAt = 5
	if m.Seal(); m.Hash != first {
		t.Error("the moment of building changed the hash")
	}
	m.Segments[0].Hash = "b"
	if m.Seal(); m.Hash == first {
		t.Error("another file left the hash as it was")
	}
}
