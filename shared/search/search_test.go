package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
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

// Forms of one word have one root. Where Snowball's stemmer decides, its
// published vocabulary has the same pairs.
func TestRoot(t *testing.T) {
	for _, forms := range [][]string{
		{"молоко", "молока", "молоку", "молоком", "молоке"},
		{"сыр", "сыра", "сыры", "сыров", "сыром"},
		{"огурец", "огурцы", "огурцов", "огурцом"},
		{"салфетка", "салфетки", "салфеток", "салфетками"},
		{"пирожок", "пирожки", "пирожков"},
		{"сосиска", "сосиски", "сосисок"},
		{"топленое", "топленого", "топленый", "топленая"},
		{"яблоко", "яблоки", "яблок"},
		{"лимон", "лимоны", "лимонов"},
		{"tomato", "tomatoes"}, {"berry", "berries"}, {"egg", "eggs"}, {"peach", "peaches"}, {"box", "boxes"},
	} {
		for _, form := range forms[1:] {
			if root(form) != root(forms[0]) {
				t.Errorf("%s is %q, %s is %q", forms[0], root(forms[0]), form, root(form))
			}
		}
	}
	for _, pair := range [][2]string{{"сок", "сак"}, {"молоко", "молоток"}, {"сон", "снег"}, {"glass", "glas"}, {"0.5l", "0.5"}} {
		if root(pair[0]) == root(pair[1]) {
			t.Errorf("%s and %s are both %q", pair[0], pair[1], root(pair[0]))
		}
	}
}

func TestSound(t *testing.T) {
	for _, alike := range [][]string{
		{"молоко", "moloko", "малако"}, {"сникерс", "snickers", "snikers"}, {"чай", "chay", "chai"},
		{"хлеб", "hleb", "khleb"}, {"йогурт", "yogurt", "jogurt"}, {"яйцо", "yaytso", "jajtso"}, {"огурец", "ogurets"},
		{"шоколад", "shokolad", "шакалад"}, {"твикс", "twix"}, {"кола", "cola"}, {"щи", "shchi"}, {"юбилейное", "yubileynoe"},
	} {
		for _, word := range alike[1:] {
			if sound(word) != sound(alike[0]) {
				t.Errorf("%s sounds %q, %s %q", alike[0], sound(alike[0]), word, sound(word))
			}
		}
	}
}

func TestOtherLayout(t *testing.T) {
	for typed, meant := range map[string]string{
		"vjkjrj": "молоко", "Vjkjrj": "молоко", "[kt,": "хлеб", "{kt<": "хлеб", "ьшдл": "milk", "z,kjrb": "яблоки", "'cnhfujy": "эстрагон", "5 rcg": "5 ксп",
	} {
		if got := OtherLayout(typed); got != meant {
			t.Errorf("OtherLayout(%q) = %q, want %q", typed, got, meant)
		}
	}
}

func TestPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("аЁx5,. «-"))).Draw(t, "text")
		runes := []rune(text)
		words, places := Words(text), Places(text)
		if len(words) != len(places) {
			t.Fatalf("%q has %d words at %d places", text, len(words), len(places))
		}
		for i, p := range places {
			if got := Words(string(runes[p[0]:p[1]])); len(got) != 1 || got[0] != words[i] {
				t.Fatalf("%q: %q at %v, want %q", text, got, p, words[i])
			}
		}
	})
}

// distance is the number of keys to put right, by the textbook: optimal string
// alignment.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := range a {
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			best := min(d[i][j]+cost, d[i][j+1]+1, d[i+1][j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				best = min(best, d[i-1][j-1]+1)
			}
			d[i+1][j+1] = best
		}
	}
	return d[len(a)][len(b)]
}

// Near finds every word that has a beginning one wrong key away.
func TestNearIsComplete(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("абвio")), 1, 7, -1)
	rapid.Check(t, func(t *rapid.T) {
		typed, word := word.Draw(t, "typed"), word.Draw(t, "word")
		want := false
		for n := range len([]rune(word)) + 1 {
			want = want || distance([]rune(typed), []rune(word)[:n]) <= 1
		}
		if got := nearStart(letters(typed), letters(word)) >= 0; got != want {
			t.Fatalf("%q near %q: %v, want %v", typed, word, got, want)
		}
	})
}

func FuzzVocabulary(f *testing.F) {
	f.Add("молоко сыр snickers 0.5l", "vjkjrj")
	f.Add("a", "\xff")
	f.Fuzz(func(t *testing.T, names, typed string) {
		words := Words(names)
		slices.Sort(words)
		v := NewVocabulary(slices.Compact(words))
		for _, text := range []string{typed, OtherLayout(typed)} {
			for _, word := range Words(text) {
				seen := map[int]bool{}
				take := func(i int, kind Kind) {
					if kind >= None {
						t.Fatalf("%q answers %q as %d", v.Word(i), word, kind)
					}
					seen[i] = true
				}
				v.Plain(word, take)
				v.Alike(word, take)
				v.Near(word, take)
				for i := range v.Len() {
					if strings.HasPrefix(v.Word(i), word) && !seen[i] {
						t.Fatalf("%q does not find %q", word, v.Word(i))
					}
				}
				if !utf8.ValidString(word) {
					t.Fatalf("word %q", word)
				}
			}
		}
	})
}

func TestOtherScript(t *testing.T) {
	for text, want := range map[string][]string{
		"AC-12": {"АС-12"}, "АС-12": {"AC-12"}, "сн": {"ch"}, "cок": {"сок", "cok"}, "АC-1": {"АС-1", "AC-1"}, "milk": nil, "12": nil, "": nil,
	} {
		if got := OtherScript(text); !slices.Equal(got, want) {
			t.Errorf("OtherScript(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestMeasure(t *testing.T) {
	for word, want := range map[string]string{"5л": "5 л", "0.5l": "0.5 l", "500мл": "500 мл", "5": "", "л5": "", "5литров": "", "5л2": "", "": ""} {
		number, unit, ok := Measure(word)
		if ok != (want != "") || ok && number+" "+unit != want {
			t.Errorf("Measure(%q) = %q, %q, %v", word, number, unit, ok)
		}
	}
}
