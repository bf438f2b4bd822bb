package cube

import "context"

// Matrix is the revenue by two dimensions, only where there were sales.
type Matrix struct {
	Rows, Columns []string // keys in their order, those without sales too
	Row, Column   []int32  // of each cell
	Net           []int64
}

// Matrix collects the revenue of s by two dimensions, however many cells it has.
func (c *Cube) Matrix(ctx context.Context, s Slice, row, column DimID) (*Matrix, error) {
	q := Query{Measures: []MeasureID{Revenue}, By: []DimID{row, column}, From: s.From, To: s.To, Where: s.Where}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	x := &columns{Cube: c, ctx: ctx}
	w, ok, err := newWindow(x, q)
	if err != nil || !ok {
		return &Matrix{}, err
	}
	collected, err := x.pass(w)
	if err != nil {
		return nil, err
	}
	m := &Matrix{Rows: x.cells.by[0].keys, Columns: x.cells.by[1].keys}
	for i, n := range collected.cells {
		m.Row = append(m.Row, int32(n/x.cells.strides[0]))
		m.Column = append(m.Column, int32(n%x.cells.strides[0]))
		m.Net = append(m.Net, collected.bases[i][SaleNet]+collected.bases[i][ReturnNet])
	}
	return m, nil
}
