package refdata

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/quantity"
)

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

// What people type, and what they meant.
func TestSearchForgives(t *testing.T) {
	db := open(t)
	for i, name := range [][2]string{
		{"Молоко топлёное, 930 мл", "Baked milk, 930 ml"},
		{"Шоколад молочный «Snickers»", "Milk chocolate Snickers"},
		{"Мёд липовый", "Linden honey"},
		{"Печенье с молоком", "Biscuits with milk"},
		{"Огурцы солёные", "Pickled cucumbers"},
		{"Томаты резаные", "Chopped tomatoes"},
		{"Яблоко красное", "Red apple"},
		{"Кофе молотый", "Ground coffee"},
		{"Колбаса варёная", "Boiled sausage"},
		{"Жевательная резинка", "Chewing gum"},
		{"Хэппи бюджет", "Happy budget"},
	} {
		put(t, db, Row{Table: Products, Value: catalogue.Product{
			SKU: catalogue.SKU(fmt.Sprint(500 + i)), Name: catalogue.Text{RU: name[0], EN: name[1]}, Unit: quantity.Piece,
		}})
	}
	put(t, db, Row{Table: Barcodes, Value: catalogue.Barcode{GTIN: "04601234567893", SKU: "505", Factor: quantity.One}})
	cases := []struct {
		why, text string
		want      []catalogue.SKU
	}{
		{"another form", "молока", []catalogue.SKU{"500", "503"}},
		{"another form of an adjective", "топленого", []catalogue.SKU{"500"}},
		{"the plural", "яблоки", []catalogue.SKU{"506"}},
		{"a vowel that goes", "огурец", []catalogue.SKU{"504"}},
		{"English plural", "apples", []catalogue.SKU{"506"}},
		{"English singular", "tomato chopped", []catalogue.SKU{"505"}},
		{"the beginning before the form", "молок", []catalogue.SKU{"500", "503"}},
		{"Latin layout", "vjkjrj", []catalogue.SKU{"500", "503"}},
		{"Latin layout, a wrong key", "zykjrj", []catalogue.SKU{"506"}},
		{"Latin layout with signs", "ujhbpjyn", nil},
		{"Cyrillic layout", "сщаауу", []catalogue.SKU{"507"}},
		{"mixed layout, two words", "vjkjrj njgk", []catalogue.SKU{"500"}},
		{"Latin letters", "moloko", []catalogue.SKU{"500", "503"}},
		{"Latin letters, ch", "pechenye", []catalogue.SKU{"503"}},
		{"a brand in Cyrillic", "сникерс", []catalogue.SKU{"501"}},
		{"as it is heard", "малако", []catalogue.SKU{"500", "503"}},
		{"a wrong letter", "молоео", []catalogue.SKU{"500", "503"}},
		{"a letter missing", "молко", []catalogue.SKU{"500", "503"}},
		{"a letter too many", "моллоко", []catalogue.SKU{"500", "503"}},
		{"two letters swapped", "мооклом", nil},
		{"two letters swapped once", "огруцы", []catalogue.SKU{"504"}},
		{"wrong, and as it is heard", "шокалд", []catalogue.SKU{"501"}},
		{"wrong in a beginning", "шакол", []catalogue.SKU{"501"}},
		{"wrong and in another form", "мылока", []catalogue.SKU{"500", "503"}},
		{"wrong and in another layout", "jueheys", nil},
		{"a swap in another layout", "juehws", []catalogue.SKU{"504"}},
		{"one good word, one wrong", "молоко топлоное", []catalogue.SKU{"500"}},
		{"no typo in short words", "мюд", nil},
		{"no typo in numbers", "молоко 931", nil},
		{"a wrong vowel beside a letter that is a sign elsewhere", "колбоса", []catalogue.SKU{"508"}},
		{"as it is heard, with such a letter", "калбаса", []catalogue.SKU{"508"}},
		{"a letter missing, with such a letter", "колбса", []catalogue.SKU{"508"}},
		{"a wrong letter, with such a letter", "колбаза", []catalogue.SKU{"508"}},
		{"Latin layout with a comma inside", "rjk,fcf", []catalogue.SKU{"508"}},
		{"Latin layout with a comma, a wrong key", "rjk,jcf", []catalogue.SKU{"508"}},
		{"Latin layout with a semicolon first", ";tdfntkmyfz", []catalogue.SKU{"509"}},
		{"ж first, a wrong letter", "жевотельная", []catalogue.SKU{"509"}},
		{"х, э and ю", "хэппи бюджот", []catalogue.SKU{"510"}},
		{"Latin layout of them", "['ggb ,.l;tn", []catalogue.SKU{"510"}},
		{"the beginning of a barcode", "460123", []catalogue.SKU{"505"}},
		{"the beginning of articles", "50", nil},
		{"an article", "504", []catalogue.SKU{"504"}},
	}
	finder := &Finder{}
	for _, c := range cases {
		found, err := finder.Search(db, c.text, "1", 9000, 20)
		var got []catalogue.SKU
		for _, f := range found {
			got = append(got, f.SKU)
		}
		slices.Sort(got)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q finds %v, %v, want %v", c.why, c.text, got, err, c.want)
		}
	}
}

func TestSearchPutsFirst(t *testing.T) {
	db := open(t)
	for i, name := range []string{"Сырник", "Соус сыр", "Сыр", "Сырок", "Паста с сыром"} {
		put(t, db, Row{Table: Products, Value: catalogue.Product{
			SKU: catalogue.SKU(fmt.Sprint(500 + i)), Name: catalogue.Text{RU: name}, Unit: quantity.Piece,
		}})
	}
	order := func(finder *Finder, text string) string {
		found, err := finder.Search(db, text, "1", 9000, 20)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range found {
			names = append(names, f.Name.RU)
		}
		return strings.Join(names, ", ")
	}
	finder := &Finder{}
	if got, want := order(finder, "сыр"), "Сыр, Соус сыр, Сырник, Сырок, Паста с сыром"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	if err := finder.CountSold(db, "503", 40); err != nil {
		t.Fatal(err)
	}
	if got, want := order(finder, "сыр"), "Сыр, Соус сыр, Сырок, Сырник, Паста с сыром"; got != want {
		t.Errorf("after sales %s, want %s", got, want)
	}
}

func TestSearchMarks(t *testing.T) {
	db := open(t)
	put(t, db, Row{Table: Products, Value: catalogue.Product{
		SKU: "1", Name: catalogue.Text{RU: "Мёд «Липовый», 0,5 л", EN: "Honey, 0.5 l"}, Unit: quantity.Piece,
	}})
	for text, want := range map[string]string{
		"мед лип": "[Мёд] «[Лип]овый», 0,5 л", "0.5 медом": "[Мёд] «Липовый», [0,5] л", "vtl": "[Мёд] «Липовый», 0,5 л",
	} {
		found, err := new(Finder).Search(db, text, "1", 9000, 20)
		if err != nil || len(found) != 1 {
			t.Fatalf("%q: %d found, %v", text, len(found), err)
		}
		name, got, at := []rune(found[0].Name.RU), "", 0
		for _, m := range found[0].RU {
			got += string(name[at:m[0]]) + "[" + string(name[m[0]:m[1]]) + "]"
			at = m[1]
		}
		if got += string(name[at:]); got != want {
			t.Errorf("%q marks %s, want %s", text, got, want)
		}
	}
}

// A Finder that lives while the assortment changes finds what a new one finds.
func TestFinderFollowsChanges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db := open(t)
		finder := &Finder{}
		names := []string{"молоко", "молоток", "сыр", "сырок", "мёд"}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			sku := catalogue.SKU(fmt.Sprint(rapid.IntRange(1, 4).Draw(rt, "sku")))
			row := Row{Table: Products, Key: string(sku)}
			if rapid.Bool().Draw(rt, "keep") {
				row.Value = catalogue.Product{SKU: sku, Unit: quantity.Piece,
					Name: catalogue.Text{RU: rapid.SampledFrom(names).Draw(rt, "name")}}
			}
			put(t, db, row)
			for _, text := range []string{"мол", "сыры", "мед", "молко"} {
				got, err := finder.Search(db, text, "1", 9000, 9)
				want, err2 := new(Finder).Search(db, text, "1", 9000, 9)
				if err != nil || err2 != nil || !reflect.DeepEqual(got, want) {
					rt.Fatalf("%q: %v %v, want %v %v", text, got, err, want, err2)
				}
			}
		}
	})
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

// What nobody typed is a guess, so that it is never sold by the same Enter.
func TestSearchSaysWhatIsAGuess(t *testing.T) {
	db := open(t)
	put(t, db, Row{Table: Products, Value: catalogue.Product{SKU: "500", Name: catalogue.Text{RU: "Молоко топлёное", EN: "Baked milk"}, Unit: quantity.Piece}})
	put(t, db, Row{Table: Barcodes, Value: catalogue.Barcode{GTIN: "04601234567893", SKU: "500", Factor: quantity.One}})
	for text, guess := range map[string]bool{
		"молоко": false, "мол": false, "молока": false, "milk": false, "топленое мол": false, "4601234567893": false, "500": false,
		"малако": true, "мылоко": true, "vjkjrj": true, "moloko": true, "мол тоблен": true,
	} {
		found, err := new(Finder).Search(db, text, "1", 9000, 5)
		if err != nil || len(found) != 1 || found[0].Guess != guess {
			t.Errorf("%q: %+v, %v, want a guess: %v", text, found, err, guess)
		}
	}
}
