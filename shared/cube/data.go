package cube

import (
	"context"

	"tillsight/shared/segment"
)

// Data is what Run works on: the dimension tables and the sales that matter.
type Data struct {
	Dims  *segment.Dims
	Sales []*segment.Sales
}

// Progress reports that done of total receipts have been looked at.
type Progress func(done, total int)

// Run answers q over data. Progress may be nil. A cancelled context ends it
// with errcode.Cancelled within some milliseconds.
func Run(ctx context.Context, data Data, q Query, progress Progress) (*Result, error) {
	return nil, nil
}
