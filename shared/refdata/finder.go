package refdata

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"tillsight/shared/catalogue"
	"tillsight/shared/search"
	"tillsight/shared/sqlite"
)

// Finder searches an assortment by names. It keeps the words of all names with
// the products that bear them in memory, about a megabyte and a half for
// 100 000 articles, and reads them anew when they have changed. It may be used
// from any goroutine.
type Finder struct {
	mu   sync.Mutex
	held *words        // nil: nothing read yet
	next *words        // being read
	sold map[int64]int // product id to how often it was sold
}

// words is the table of that name at one revision.
type words struct {
	revision int64
	names    []string
	lists    [][]byte // products of each, packed
	all      *search.Vocabulary
}

// Found is a product with the parts of its names that answer what was typed:
// from rune, to rune.
type Found struct {
	Item
	RU, EN [][2]int
	Guess  bool // no word of it was typed: it sounds so, or some keys were other ones
}

// CountSold tells that a product was sold n times more: among equals, what is
// sold often is found first.
func (f *Finder) CountSold(q Querier, sku catalogue.SKU, n int) error {
	id, err := idOf(q, sku)
	if err != nil || id == 0 {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.sold == nil {
		f.sold = map[int64]int{}
	}
	f.sold[id] += n
	return nil
}

// errEnough ends a query that has given what was wanted.
var errEnough = errors.New("enough")

// Load reads up to limit words if there are newer ones than those held, and
// reports whether that was all. A till calls it between other work, so that no
// scan waits for 50 000 words; Search does what is left at once.
func (f *Finder) Load(q Querier, limit int) (done bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.load(q, limit)
}

func (f *Finder) load(q Querier, limit int) (bool, error) {
	revision, err := wordsRevision(q)
	if err != nil {
		return false, err
	}
	if f.held != nil && f.held.revision == revision {
		return true, nil
	}
	if f.next == nil || f.next.revision != revision {
		f.next = &words{revision: revision}
	}
	after := ""
	if n := len(f.next.names); n > 0 {
		after = f.next.names[n-1]
	}
	read := 0
	err = q.Query(`SELECT word, products FROM word WHERE word > ? ORDER BY word LIMIT ?`, func(r sqlite.Row) error {
		read++
		f.next.names = append(f.next.names, r.Text(0))
		f.next.lists = append(f.next.lists, slices.Clone(r.Blob(1)))
		return nil
	}, after, limit)
	if err != nil || read == limit {
		return false, err
	}
	f.next.all = search.NewVocabulary(f.next.names)
	f.held, f.next = f.next, nil
	return true, nil
}

// wordsRevision counts the changes of the words.
func wordsRevision(q Querier) (revision int64, err error) {
	err = q.Query(`SELECT value FROM meta WHERE name = 'words'`, func(r sqlite.Row) error {
		revision = r.Int64(0)
		return nil
	})
	return revision, err
}

// candidatesMax is how many products of a search are read to be ranked.
const candidatesMax = 200

// Search finds products by words of their names in any order and form, or the
// beginnings of words, and by article, short number, barcode or a part of it.
// Only when that finds nothing it tries the other keyboard layout and script,
// and then wrong keys. Best matches come first.
func (f *Finder) Search(q Querier, text, store string, at int64, limit int) ([]Found, error) {
	if limit <= 0 {
		return nil, nil
	}
	found, err := byNumber(q, strings.TrimSpace(text), store, at, limit)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for done := false; !done; {
		if done, err = f.load(q, 1<<20); err != nil {
			return nil, err
		}
	}
	terms, ids, tolerance, err := f.held.answer(text, f.sold)
	if err != nil {
		return nil, err
	}
	ranked, err := rank(q, ids, terms, f.sold)
	if err != nil {
		return nil, err
	}
	for _, hit := range ranked {
		if len(found) >= limit {
			break
		}
		item, ok, err := itemByID(q, hit.id, store, at)
		if err != nil {
			return nil, err
		}
		same := func(known Found) bool { return known.SKU == item.SKU }
		if ok && !slices.ContainsFunc(found, same) {
			found = append(found, Found{Item: item, RU: marks(item.Name.RU, terms), EN: marks(item.Name.EN, terms), Guess: tolerance > asTyped})
		}
	}
	return found, nil
}

// Search is Finder.Search for callers that search once.
func Search(q Querier, text, store string, at int64, limit int) ([]Item, error) {
	found, err := new(Finder).Search(q, text, store, at, limit)
	items := make([]Item, len(found))
	for i := range found {
		items[i] = found[i].Item
	}
	return items, err
}

// term is one typed word: the words of names that answer it.
type term map[string]reply

// reply is a word of the vocabulary and how well it answers.
type reply struct {
	word int
	kind search.Kind
	mark int // its first runes that were typed
}

// tolerance is what a search may take for what was typed.
type tolerance int

const (
	asTyped   tolerance = iota
	otherKeys           // another layout of the keyboard, another script
	wrongKeys           // one wrong key a word
	tolerances
)

// answer returns the terms of text and the products to rank, at the least
// tolerance at which there are any.
func (w *words) answer(text string, sold map[int64]int) ([]term, []int64, tolerance, error) {
	for t := range tolerances {
		terms := w.terms(text, t)
		if terms == nil {
			continue
		}
		ids, err := w.candidates(terms, sold)
		if err != nil || len(ids) > 0 {
			return terms, ids, t, err
		}
	}
	return nil, nil, asTyped, nil
}

// terms returns the words of text, nil when one of them answers to nothing.
func (w *words) terms(text string, t tolerance) []term {
	var terms []term
	fields := strings.Fields(text)
	for i := 0; i < len(fields); i++ {
		if i+1 < len(fields) {
			if pair := w.measure(search.Words(fields[i]), search.Words(fields[i+1]), t); pair != nil {
				terms = append(terms, pair...)
				i++
				continue
			}
		}
		answered, ok := w.part(fields[i], t)
		if !ok {
			return nil
		}
		terms = append(terms, answered...)
	}
	return terms
}

// measure answers a number and a unit behind a blank: names may have them as one
// word, "5л".
func (w *words) measure(number, unit []string, t tolerance) []term {
	if len(number) != 1 || len(unit) != 1 || !search.IsMeasure(number[0], unit[0]) {
		return nil
	}
	terms := []term{{}, {}}
	for i, typed := range []string{number[0], unit[0]} {
		w.read(typed, t, terms[i])
		w.read(number[0]+unit[0], t, terms[i])
		if i == 1 && t >= otherKeys {
			w.read(search.OtherLayout(typed), t, terms[i])
		}
		if len(terms[i]) == 0 {
			return nil
		}
	}
	return terms
}

// part answers what stands between spaces. What are letters in one layout are
// signs in the other ("колбаса" is "rjk,fcf"), so that its readings may have
// unlike numbers of words: then they are alternatives, the one that signs do not
// divide first.
func (w *words) part(part string, t tolerance) ([]term, bool) {
	typed := search.Words(part)
	if t == asTyped {
		return w.each(t, typed)
	}
	other := search.Words(search.OtherLayout(part))
	if len(typed) == len(other) {
		return w.each(t, typed, other)
	}
	if len(other) > 0 && len(other) < len(typed) {
		typed, other = other, typed
	}
	if terms, ok := w.each(t, typed); ok {
		return terms, true
	}
	return w.each(t, other)
}

// each returns a term for every word of readings that are as long as each other; two
// for a number with its unit, which names may have as two words.
func (w *words) each(t tolerance, readings ...[]string) ([]term, bool) {
	var terms []term
	for i := range readings[0] {
		one, pair := term{}, []term{{}, {}}
		for _, reading := range readings {
			w.read(reading[i], t, one)
			if number, unit, ok := search.Measure(reading[i]); ok {
				w.whole(number, pair[0])
				w.whole(unit, pair[1])
			}
		}
		switch {
		case len(pair[0]) > 0 && len(pair[1]) > 0:
			maps.Copy(pair[0], one)
			maps.Copy(pair[1], one)
			terms = append(terms, pair...)
		case len(one) > 0:
			terms = append(terms, one)
		default:
			return nil, false
		}
	}
	return terms, true
}

// whole adds to a term the word itself.
func (w *words) whole(word string, term term) {
	w.all.Plain(word, func(at int, kind search.Kind) {
		if kind == search.Whole {
			term[word] = reply{at, kind, utf8.RuneCountInString(word)}
		}
	})
}

// read adds to a term the words that answer what was typed.
func (w *words) read(typed string, t tolerance, term term) {
	length := utf8.RuneCountInString(typed)
	take := func(word int, kind search.Kind) {
		name := w.names[word]
		if best, known := term[name]; known && best.kind <= kind {
			return
		}
		mark := utf8.RuneCountInString(name)
		switch {
		case kind == search.Prefix:
			mark = length
		case kind == search.Whole && length == 1:
			kind = search.Prefix // somebody begins to type: "м" is no metre
		}
		term[name] = reply{word, kind, mark}
	}
	w.all.Plain(typed, take)
	if t >= otherKeys {
		w.all.Alike(typed, take)
		for _, way := range search.OtherScript(typed) {
			w.all.Plain(way, take)
		}
	}
	if t >= wrongKeys {
		w.all.Near(typed, take)
	}
}

// candidates returns products that answer all terms, up to candidatesMax: what
// is sold first, then in the order of how well they answer.
func (w *words) candidates(terms []term, sold map[int64]int) ([]int64, error) {
	if len(terms) == 0 {
		return nil, nil
	}
	all, err := w.products(terms, search.None)
	if err != nil || len(all) <= candidatesMax {
		return all, err
	}
	picked := make([]int64, 0, candidatesMax)
	seen := map[int64]bool{}
	pick := func(ids []int64) {
		for _, id := range ids {
			if len(picked) < candidatesMax && !seen[id] {
				seen[id] = true
				picked = append(picked, id)
			}
		}
	}
	var known []int64
	for id := range sold {
		if _, ok := slices.BinarySearch(all, id); ok {
			known = append(known, id)
		}
	}
	slices.SortFunc(known, func(a, b int64) int { return cmp.Or(cmp.Compare(sold[b], sold[a]), cmp.Compare(a, b)) })
	pick(known[:min(len(known), candidatesMax/2)])
	for kind := search.Whole; kind < search.None && len(picked) < candidatesMax; kind++ {
		ids, err := w.products(terms, kind)
		if err != nil {
			return nil, err
		}
		pick(ids)
	}
	return picked, nil
}

// products returns the ids, ascending, that answer all terms by kinds up to worst.
func (w *words) products(terms []term, worst search.Kind) ([]int64, error) {
	order := slices.Clone(terms)
	slices.SortFunc(order, func(a, b term) int { return cmp.Compare(w.size(a), w.size(b)) })
	var both []int64
	for i, t := range order {
		var ids []int64
		var err error
		lists := 0
		for _, reply := range t {
			if reply.kind > worst {
				continue
			}
			lists++
			if ids, err = unpackIDs(ids, w.lists[reply.word]); err != nil {
				return nil, err
			}
		}
		if lists > 1 {
			ids = distinct(ids)
		}
		if i > 0 {
			ids = intersect(both, ids)
		}
		if both = ids; len(both) == 0 {
			return nil, nil
		}
	}
	return both, nil
}

func (w *words) size(t term) (bytes int) {
	for _, reply := range t {
		bytes += len(w.lists[reply.word])
	}
	return bytes
}
