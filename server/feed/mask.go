package feed

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

// Masks returns what tills read labels by, and the samples.
func (f *Feed) Masks() (m wire.Masks, err error) {
	err = f.View(func(q refdata.Querier) error {
		m, err = masksOf(q)
		return err
	})
	return m, err
}

func masksOf(q refdata.Querier) (wire.Masks, error) {
	masks, e1 := refdata.AllMasks(q)
	samples, e2 := refdata.AllSamples(q)
	if masks == nil {
		masks = []barcode.Mask{}
	}
	if samples == nil {
		samples = []barcode.Sample{}
	}
	return wire.Masks{Masks: masks, Samples: samples}, errors.Join(e1, e2)
}

// SaveMask writes or drops a mask, unless a sample would be read otherwise: what
// is known to be right stays right.
func (f *Feed) SaveMask(s wire.MaskChange) (saved wire.SavedMask, err error) {
	if err := s.Mask.Validate(); err != nil && !s.Drop {
		return saved, err
	}
	saved.Version, err = f.change(func(tx *sqlite.Tx) (int64, error) {
		saved.Broken = nil
		before, err := masksOf(tx)
		if err != nil {
			return 0, err
		}
		saved.Masks = before
		after, rows, err := edited(before.Masks, s)
		if err != nil {
			return 0, err
		}
		if saved.Broken = broken(before.Samples, after); len(saved.Broken) > 0 {
			return refdata.Cursor(tx)
		}
		version, err := refdata.Put(tx, rows)
		if err != nil {
			return 0, err
		}
		saved.Masks, err = masksOf(tx)
		return version, err
	})
	if err != nil {
		return saved, fmt.Errorf("save mask %q: %w", s.Mask.Pattern, err)
	}
	return saved, nil
}

// edited is the list of masks after a change, and the rows that make it.
func edited(masks []barcode.Mask, s wire.MaskChange) (after []barcode.Mask, rows []refdata.Row, err error) {
	gone := s.Replaces
	if s.Drop {
		gone = s.Mask.Pattern
	}
	if gone != "" {
		if !slices.ContainsFunc(masks, func(m barcode.Mask) bool { return m.Pattern == gone }) {
			return nil, nil, errcode.New(errcode.NotFound, "feed.SaveMask", fmt.Errorf("mask %q", gone))
		}
		if s.Drop || gone != s.Mask.Pattern {
			rows = append(rows, refdata.Row{Table: refdata.Masks, Key: gone})
		}
	}
	after = slices.DeleteFunc(slices.Clone(masks), func(m barcode.Mask) bool { return m.Pattern == gone || m.Pattern == s.Mask.Pattern })
	if s.Drop {
		return after, rows, nil
	}
	if gone == "" && len(after) < len(masks) {
		return nil, nil, errcode.New(errcode.Conflict, "feed.SaveMask", fmt.Errorf("mask %q is there", s.Mask.Pattern))
	}
	after = append(after, s.Mask)
	// As tills read them back: by pattern. Of masks with equal prefixes the first counts.
	slices.SortFunc(after, func(a, b barcode.Mask) int { return strings.Compare(a.Pattern, b.Pattern) })
	return after, append(rows, refdata.Row{Table: refdata.Masks, Value: s.Mask}), nil
}

func broken(samples []barcode.Sample, masks []barcode.Mask) (list []wire.BrokenSample) {
	for _, want := range samples {
		if have, ok := want.Holds(masks); !ok {
			list = append(list, wire.BrokenSample{Want: want, Have: have})
		}
	}
	return list
}

// samplesMax limits what is run before every change of a mask.
const samplesMax = 2000

// SaveSample keeps how a code is to be read, or forgets it.
func (f *Feed) SaveSample(s wire.SampleChange) (masks wire.Masks, err error) {
	_, err = f.change(func(tx *sqlite.Tx) (int64, error) {
		before, err := masksOf(tx)
		if err != nil {
			return 0, err
		}
		if len(before.Samples) >= samplesMax && !s.Drop {
			return 0, errcode.New(errcode.TooLarge, "feed.SaveSample", fmt.Errorf("%d samples", len(before.Samples)))
		}
		row := refdata.Row{Table: refdata.CodeSamples, Value: s.Sample}
		if s.Drop {
			row = refdata.Row{Table: refdata.CodeSamples, Key: refdata.SampleKey(s.Sample.Code)}
		}
		version, err := refdata.Put(tx, []refdata.Row{row})
		if err != nil {
			return 0, err
		}
		masks, err = masksOf(tx)
		return version, err
	})
	if err != nil {
		return masks, fmt.Errorf("save sample: %w", err)
	}
	return masks, nil
}

// Look says what a code stands for in the chain, in the order in which tills ask.
func (f *Feed) Look(code string) (looked wire.Looked, err error) {
	now := f.now().UnixMilli()
	err = f.View(func(q refdata.Querier) error {
		item, found, err := refdata.ProductByCode(q, barcode.Key(code), "", now)
		if err != nil || found {
			looked = lookedAt(item, found)
			return err
		}
		masks, err := refdata.AllMasks(q)
		if err != nil {
			return err
		}
		c, _ := barcode.Parse(code, masks) // why it is wrong is told by whoever shows it
		if _, known, err := refdata.CustomerByCard(q, c.Raw); err != nil || known || c.Kind == barcode.Card {
			looked.Card = c.Raw
			return err
		}
		switch {
		case c.GTIN != "":
			item, found, err = refdata.ProductByCode(q, c.GTIN, "", now)
		case c.Article != "":
			item, found, err = byNumber(q, c.Article, now)
		}
		looked = lookedAt(item, found)
		return err
	})
	return looked, err
}

// byNumber finds a product by PLU or article, leading zeros or not.
func byNumber(q refdata.Querier, text string, at int64) (item refdata.Item, found bool, err error) {
	for _, number := range []string{text, strings.TrimLeft(text, "0")} {
		if item, found, err = refdata.ProductByPLU(q, number, "", at); err != nil || found {
			return item, found, err
		}
		if item, found, err = refdata.ProductBySKU(q, catalogue.SKU(number), "", at); err != nil || found {
			return item, found, err
		}
	}
	return item, false, nil
}

// lookedAt makes the answer of what was found.
func lookedAt(item refdata.Item, found bool) (looked wire.Looked) {
	if !found {
		return looked
	}
	looked.Product = &wire.PricedProduct{Product: item.Product, Code: item.Code}
	if item.Priced {
		looked.Product.Price = &item.Price
	}
	if item.Factor != quantity.One {
		looked.Factor = int64(item.Factor)
	}
	return looked
}
