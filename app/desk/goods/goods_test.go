package goods

import (
	"slices"
	"testing"

	"tillsight/shared/syncproto"
)

func TestParseStock(t *testing.T) {
	rows, wrong := parseStock("100001; 12\r\n\n100002\t0,5\n100003 1 000\nslip\n100004;-1\n100005;3")
	want := []syncproto.StockCount{{SKU: "100001", Quantity: 12_000}, {SKU: "100002", Quantity: 500}, {SKU: "100005", Quantity: 3000}}
	if !slices.Equal(rows, want) || !slices.Equal(wrong, []int{4, 5, 6}) {
		t.Errorf("rows %v, wrong %v", rows, wrong)
	}
}
