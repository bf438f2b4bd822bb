package refdata

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
)

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"Молоко «Заречье» 3,2 %, 930 мл": {"молоко", "заречье", "3.2", "930", "мл"},
		"Мёд ЦВЕТОЧНЫЙ":                  {"мед", "цветочный"},
		"Coca-Cola 0.5l":                 {"coca", "cola", "0.5l"},
		"1, 2":                           {"1", "2"},
		" , ":                            nil,
		"":                               nil,
	} {
		if got := Words(text); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSearch(t *testing.T) {
	db := open(t)
	put(t, db, small()...)
	for i, name := range []string{"Молоко топлёное", "Шоколад молочный", "Мёд липовый", "Печенье с молоком", "Молоток", "Чай зелёный с мёдом"} {
		put(t, db, Row{Table: Products, Value: catalogue.Product{
			SKU: catalogue.SKU(fmt.Sprint(500 + i)), Name: catalogue.Text{RU: name, EN: fmt.Sprint("Thing ", i)}, Unit: quantity.Piece,
		}})
	}
	put(t, db, Row{Table: Products, Value: catalogue.Product{
		SKU: "599", Name: catalogue.Text{RU: "Молоко с завода"}, Unit: quantity.Piece, Stopped: true,
	}})
	cases := []struct {
		text string
		want []catalogue.SKU
	}{
		{"молоко", []catalogue.SKU{"500", "100234", "503", "599"}},
		{"мол", []catalogue.SKU{"504", "500", "100234", "501", "503", "599"}},
		{"3,2 молоко", []catalogue.SKU{"100234"}},
		{"3.2 МОЛ зар", []catalogue.SKU{"100234"}},
		{"мед", []catalogue.SKU{"502", "505"}},
		{"мёд", []catalogue.SKU{"502", "505"}},
		{"зеленый мед", []catalogue.SKU{"505"}},
		{"milk", []catalogue.SKU{"100234"}},
		{"zarechye milk", []catalogue.SKU{"100234"}},
		{"1011", []catalogue.SKU{"100777"}},
		{"100234", []catalogue.SKU{"100234"}},
		{"4601234567893", []catalogue.SKU{"100234"}},
		{"CH-7", []catalogue.SKU{"CH-7"}},
		{"нет такого", nil},
		{"молоко нет", nil},
		{"%", nil},
	}
	for _, c := range cases {
		items, err := Search(db, c.text, "1", 9000, 20)
		var got []catalogue.SKU
		for _, item := range items {
			got = append(got, item.SKU)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("Search(%q) = %v, %v, want %v", c.text, got, err, c.want)
		}
	}
	if items, err := Search(db, "мол", "1", 9000, 2); err != nil || len(items) != 2 {
		t.Errorf("limit 2: %d, %v", len(items), err)
	}
}

func TestSearchFollowsRenames(t *testing.T) {
	db := open(t)
	put(t, db, small()...)
	renamed := milk
	renamed.Name = catalogue.Text{RU: "Кефир"}
	put(t, db, Row{Table: Products, Value: renamed})
	if items, err := Search(db, "молоко", "1", 9000, 9); err != nil || len(items) != 0 {
		t.Errorf("the old name finds %v, %v", items, err)
	}
	if items, err := Search(db, "кефир", "1", 9000, 9); err != nil || len(items) != 1 {
		t.Errorf("the new name finds %v, %v", items, err)
	}
	put(t, db, Row{Table: Products, Key: string(milk.SKU)})
	if items, err := Search(db, "кефир", "1", 9000, 9); err != nil || len(items) != 0 {
		t.Errorf("a deleted product is found: %v, %v", items, err)
	}
}

func TestPackedIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.Int64Range(-1000, 1<<40), 1, 50, rapid.ID[int64]).Draw(t, "ids")
		slices.Sort(ids)
		got, err := unpackIDs(nil, packIDs(ids))
		if err != nil || !reflect.DeepEqual(got, ids) {
			t.Fatalf("%v, %v, want %v", got, err, ids)
		}
	})
}

func TestDistinct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		far := rapid.SampledFrom([]int64{50, 5000, 1 << 62}).Draw(t, "far")
		ids := rapid.SliceOfN(rapid.Int64Range(-far, far), 1, 60).Draw(t, "ids")
		want := slices.Clone(ids)
		slices.Sort(want)
		want = slices.Compact(want)
		if got := distinct(ids); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func FuzzUnpackIDs(f *testing.F) {
	f.Add(packIDs([]int64{-2, 5, 900}))
	f.Add([]byte{0x80})
	f.Fuzz(func(t *testing.T, b []byte) {
		if ids, err := unpackIDs(nil, b); err == nil && len(ids) == 0 {
			t.Fatal("no ids and no error")
		}
	})
}
