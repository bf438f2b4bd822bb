package refdata

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
)

// candidatesMax is how many products of a search are read to be ranked.
const candidatesMax = 200

// Words splits a text into the words that a search knows: lower case, ё as е,
// a decimal comma as a point.
func Words(text string) []string {
	runes := []rune(strings.ToLower(text))
	var words []string
	var word []rune
	for i, r := range runes {
		switch {
		case r == 'ё':
			word = append(word, 'е')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word = append(word, r)
		case (r == ',' || r == '.') && i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]):
			word = append(word, '.')
		case len(word) > 0:
			words = append(words, string(word))
			word = word[:0]
		}
	}
	if len(word) > 0 {
		words = append(words, string(word))
	}
	return words
}

// index adds a product's name to the search or takes it out.
func (w *writer) index(id int64, name catalogue.Text, add bool) {
	for _, word := range Words(name.RU + " " + name.EN) {
		p := w.words[word]
		if p == nil {
			p = &posting{add: map[int64]bool{}, remove: map[int64]bool{}}
			w.words[word] = p
		}
		if add {
			delete(p.remove, id)
			p.add[id] = true
		} else {
			delete(p.add, id)
			p.remove[id] = true
		}
	}
}

func (w *writer) flushWords() error {
	for word, edit := range w.words {
		ids, err := postings(w.tx, word)
		if err != nil {
			return err
		}
		merged := ids[:0]
		for _, id := range ids {
			if !edit.remove[id] && !edit.add[id] {
				merged = append(merged, id)
			}
		}
		for id := range edit.add {
			merged = append(merged, id)
		}
		slices.Sort(merged)
		if len(merged) == 0 {
			err = w.tx.Exec(`DELETE FROM word WHERE word = ?`, word)
		} else {
			err = w.tx.Exec(`INSERT INTO word (word, products) VALUES (?, ?)
				ON CONFLICT (word) DO UPDATE SET products = excluded.products`, word, packIDs(merged))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func postings(q Querier, word string) (ids []int64, err error) {
	err = q.Query(`SELECT products FROM word WHERE word = ?`, func(r sqlite.Row) error {
		ids, err = unpackIDs(nil, r.Blob(0))
		return err
	}, word)
	return ids, err
}

// packIDs encodes ascending ids.
func packIDs(ids []int64) []byte {
	b := binary.AppendVarint(nil, ids[0])
	for i, id := range ids[1:] {
		b = binary.AppendUvarint(b, uint64(id-ids[i]))
	}
	return b
}

// unpackIDs appends the ids of b to ids.
func unpackIDs(ids []int64, b []byte) ([]int64, error) {
	ids = slices.Grow(ids, len(b))
	id, n := binary.Varint(b)
	for n > 0 {
		ids = append(ids, id)
		if b = b[n:]; len(b) == 0 {
			return ids, nil
		}
		var step uint64
		step, n = binary.Uvarint(b)
		id += int64(step)
	}
	return nil, errcode.New(errcode.DBDamaged, "refdata.Search", nil)
}

// Search finds products by words of their names in any order, each word or its
// beginning, and by article, short number or barcode. Best matches come first.
func Search(q Querier, text, store string, at int64, limit int) ([]Item, error) {
	words := Words(text)
	if len(words) == 0 || limit <= 0 {
		return nil, nil
	}
	items, err := byNumber(q, strings.TrimSpace(text), store, at)
	if err != nil {
		return nil, err
	}
	ids, err := candidates(q, words)
	if err != nil {
		return nil, err
	}
	ranked, err := rank(q, ids, words)
	if err != nil {
		return nil, err
	}
	for _, id := range ranked {
		if len(items) >= limit {
			break
		}
		item, found, err := itemByID(q, id, store, at)
		if err != nil {
			return nil, err
		}
		same := func(known Item) bool { return known.SKU == item.SKU }
		if found && !slices.ContainsFunc(items, same) {
			items = append(items, item)
		}
	}
	return items[:min(limit, len(items))], nil
}

// byNumber finds what text names exactly.
func byNumber(q Querier, text, store string, at int64) ([]Item, error) {
	if strings.ContainsAny(text, " \t") {
		return nil, nil
	}
	var items []Item
	for _, find := range []func() (Item, bool, error){
		func() (Item, bool, error) { return ProductByPLU(q, text, store, at) },
		func() (Item, bool, error) { return ProductBySKU(q, catalogue.SKU(text), store, at) },
		func() (Item, bool, error) { return ProductByCode(q, barcode.Key(text), store, at) },
	} {
		item, found, err := find()
		if err != nil {
			return nil, err
		}
		same := func(known Item) bool { return known.SKU == item.SKU }
		if found && !slices.ContainsFunc(items, same) {
			items = append(items, item)
		}
	}
	return items, nil
}

// candidates returns the products that hold every word or a word that begins
// with it. Products that hold the words themselves come first when there are
// more than can be ranked.
func candidates(q Querier, words []string) ([]int64, error) {
	var exact, all []int64
	for i, word := range words {
		whole, err := postings(q, word)
		if err != nil {
			return nil, err
		}
		begun := slices.Clone(whole)
		err = q.Query(`SELECT products FROM word WHERE word > ? AND word < ?`, func(r sqlite.Row) error {
			begun, err = unpackIDs(begun, r.Blob(0))
			return err
		}, word, word+"\U0010ffff")
		if err != nil {
			return nil, err
		}
		if len(begun) > len(whole) {
			begun = distinct(begun)
		}
		if i == 0 {
			exact, all = whole, begun
			continue
		}
		exact, all = intersect(exact, whole), intersect(all, begun)
	}
	found := exact[:min(len(exact), candidatesMax)]
	for _, id := range all {
		if len(found) >= candidatesMax {
			break
		}
		if _, known := slices.BinarySearch(exact, id); !known {
			found = append(found, id)
		}
	}
	return found, nil
}

// distinct sorts ids and drops repeated ones: by a bit for each where they lie
// close together, which is all but always.
func distinct(ids []int64) []int64 {
	low, high := slices.Min(ids), slices.Max(ids)
	span := uint64(high-low) + 1
	if span == 0 || span > 64*uint64(len(ids)) {
		slices.Sort(ids)
		return slices.Compact(ids)
	}
	set := make([]uint64, span/64+1)
	for _, id := range ids {
		set[(id-low)/64] |= 1 << ((id - low) % 64)
	}
	ids = ids[:0]
	for i, word := range set {
		for ; word != 0; word &= word - 1 {
			ids = append(ids, low+int64(i*64+bits.TrailingZeros64(word)))
		}
	}
	return ids
}

func intersect(a, b []int64) []int64 {
	var both []int64
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			both = append(both, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return both
}

// rank orders products: those that can be sold, then by how many of the words
// stand whole in the name, how early the first of them stands, and short names.
func rank(q Querier, ids []int64, words []string) ([]int64, error) {
	type scored struct {
		id    int64
		score int
		name  string
	}
	var list []scored
	for _, id := range ids {
		err := q.Query(`SELECT name_ru, name_en, stopped FROM product WHERE id = ?`, func(r sqlite.Row) error {
			score := max(score(Words(r.Text(0)), words), score(Words(r.Text(1)), words))
			if r.Bool(2) {
				score -= 1 << 20
			}
			list = append(list, scored{id, score, r.Text(0)})
			return nil
		}, id)
		if err != nil {
			return nil, err
		}
	}
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.score != b.score {
			return a.score > b.score
		}
		return a.name+strconv.FormatInt(a.id, 10) < b.name+strconv.FormatInt(b.id, 10)
	})
	ranked := make([]int64, len(list))
	for i, s := range list {
		ranked[i] = s.id
	}
	return ranked, nil
}

// score weighs how well a name's words answer the words asked for.
func score(name, words []string) int {
	total := 0
	for i, word := range words {
		best := 0
		for at, have := range name {
			points := 0
			switch {
			case have == word:
				points = 1000
			case strings.HasPrefix(have, word):
				points = 500
			}
			if points > 0 {
				points += max(0, 100-10*at)
				if i == 0 && at == 0 {
					points += 200
				}
			}
			best = max(best, points)
		}
		total += best
	}
	return total - len(name)
}
