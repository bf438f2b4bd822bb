package refdata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/search"
	"tillsight/shared/sqlite"
)

// Limits of finding by a part of a number.
const (
	partMin  = 3 // digits
	partsMax = 20
)

// byNumber finds what text names exactly, then articles and barcodes that begin
// with it.
func byNumber(q Querier, text, store string, at int64, limit int) ([]Found, error) {
	if text == "" || strings.ContainsAny(text, " \t") {
		return nil, nil
	}
	var found []Found
	add := func(item Item, ok bool, err error) error {
		same := func(known Found) bool { return known.SKU == item.SKU }
		if ok && err == nil && len(found) < limit && !slices.ContainsFunc(found, same) {
			found = append(found, Found{Item: item})
		}
		return err
	}
	for _, find := range []func() (Item, bool, error){
		func() (Item, bool, error) { return ProductByPLU(q, text, store, at) },
		func() (Item, bool, error) { return ProductBySKU(q, catalogue.SKU(text), store, at) },
		func() (Item, bool, error) { return ProductByCode(q, barcode.Key(text), store, at) },
	} {
		if err := add(find()); err != nil {
			return nil, err
		}
	}
	for _, sku := range spellings(text) {
		item, ok, err := ProductBySKU(q, catalogue.SKU(sku), store, at)
		if err := add(item, ok, err); err != nil {
			return nil, err
		}
	}
	ids, err := byPart(q, text)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if err := add(itemByID(q, id, store, at)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// spellings are the other ways in which people write an article that has letters:
// large or small, in the letters of the other script that look the same.
func spellings(text string) []string {
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return nil
	}
	text = strings.ToUpper(text)
	var all []string
	for _, way := range append([]string{text}, search.OtherScript(text)...) {
		all = append(all, way, strings.ToLower(way))
		if first, size := utf8.DecodeRuneInString(way); first != utf8.RuneError {
			all = append(all, way[:size]+strings.ToLower(way[size:]))
		}
	}
	return all
}

// byPart returns the products whose article, or one of whose barcodes, begins
// with text.
func byPart(q Querier, text string) (ids []int64, err error) {
	digits := strings.Trim(text, "0123456789") == ""
	if len(text) < partMin || !digits || len(text) >= 14 {
		return nil, nil
	}
	row := func(r sqlite.Row) error {
		ids = append(ids, r.Int64(0))
		return nil
	}
	for _, span := range beginning(text, 10) {
		if err := q.Query(`SELECT id FROM product WHERE id BETWEEN ? AND ? LIMIT ?`, row, span[0], span[1], partsMax); err != nil {
			return nil, err
		}
	}
	for _, span := range beginning(text, 14) {
		if err := q.Query(`SELECT product FROM barcode WHERE code BETWEEN ? AND ? LIMIT ?`, row, span[0], span[1], partsMax); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// beginning returns the numbers of more digits than text, up to most, that
// begin with it.
func beginning(text string, most int) [][2]int64 {
	low, ok := number(text)
	if !ok {
		return nil
	}
	var spans [][2]int64
	high := low
	for range most - len(text) {
		low, high = low*10, high*10+9
		spans = append(spans, [2]int64{low, high})
	}
	return spans
}
