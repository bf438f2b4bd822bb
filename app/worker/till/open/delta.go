package open

import (
	"slices"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/receipt"
)

// Whole is the delta of the whole receipt; with no open receipt its State is "".
func (r *Receipt) Whole() bridge.Delta {
	d := r.Head()
	d.Full = true
	if r.Doc != nil {
		d.Lines = slices.Clone(r.Doc.Lines)
	}
	return d
}

// Delta is what changed in the open receipt.
func (r *Receipt) Delta(changed []int) bridge.Delta {
	d := r.Head()
	d.Lines = make([]receipt.Line, 0, len(changed))
	for _, n := range changed {
		if i, ok := slices.BinarySearchFunc(r.Doc.Lines, n, func(l receipt.Line, n int) int { return l.N - n }); ok {
			d.Lines = append(d.Lines, r.Doc.Lines[i])
		}
	}
	return d
}

// Head is the delta without lines.
func (r *Receipt) Head() bridge.Delta {
	doc := r.Doc
	if doc == nil {
		return bridge.Delta{Lines: []receipt.Line{}}
	}
	d := bridge.Delta{
		ID:       doc.ID,
		Number:   doc.Number,
		State:    doc.State,
		Last:     r.Last,
		Count:    doc.Count(),
		Total:    doc.Total,
		Taken:    r.Payments.Taken(),
		Payments: r.Payments,
		Discount: doc.Discount,
		Tax:      doc.Tax,
		Card:     doc.Card,
		Customer: r.Customer,
		Groups:   doc.Groups,
		Coupons:  doc.Coupons,
		Saved:    doc.Saved,
		Prompts:  r.prompts(),
		Sources:  doc.Sources,
	}
	if d.Customer == "" {
		d.Customer = doc.Customer
	}
	if d.Age = doc.AgeMissing(); d.Age != 0 {
		d.Born = bornBy(doc.Date, d.Age)
	}
	return d
}

// Line returns a line of the open receipt.
func (r *Receipt) Line(n int) (receipt.Line, bool) {
	if r.Doc == nil {
		return receipt.Line{}, false
	}
	i := slices.IndexFunc(r.Doc.Lines, func(l receipt.Line) bool { return l.N == n })
	if i < 0 {
		return receipt.Line{}, false
	}
	return r.Doc.Lines[i], true
}

// bornBy returns the latest birth date of who is so many years old on a date.
// Who was born on 29 February comes of age on 1 March of a common year.
func bornBy(date string, years int) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	born := day.AddDate(-years, 0, 0)
	if born.Day() != day.Day() { // 29 February of a common year
		born = born.AddDate(0, 0, -1)
	}
	return born.Format(time.DateOnly)
}
