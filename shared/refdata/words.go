package refdata

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/search"
	"tillsight/shared/sqlite"
)

// index adds a product's name to the search or takes it out.
func (w *writer) index(id int64, name catalogue.Text, add bool) {
	for _, word := range search.Words(name.RU + " " + name.EN) {
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

// flushWords writes the edited lists and counts that they have changed.
func (w *writer) flushWords() error {
	if len(w.words) == 0 {
		return nil
	}
	err := w.tx.Exec(`INSERT INTO meta (name, value) VALUES ('words', 1)
		ON CONFLICT (name) DO UPDATE SET value = value + 1`)
	if err != nil {
		return err
	}
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
	return nil, errcode.New(errcode.DBDamaged, "refdata.unpackIDs", nil)
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
