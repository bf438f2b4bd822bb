package basket_test

import (
	"reflect"
	"testing"

	"tillsight/shared/mining/basket"
)

func TestPairs(t *testing.T) {
	// {1,2} {1,2,2,3} {3} {2,1,9} {9}
	source := func(run func([]uint32, []int32)) {
		run([]uint32{0, 2, 6, 7}, []int32{1, 2, 1, 2, 2, 3, 3})
		run([]uint32{0, 3, 4}, []int32{2, 1, 9, 9})
	}
	got, receipts := basket.Pairs(source, 10, 3, 2)
	want := []basket.Pair{{X: 1, Y: 2, Together: 3, WithX: 3, WithY: 3}, {X: 1, Y: 3, Together: 1, WithX: 3, WithY: 2}}
	if receipts != 5 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d receipts, got %+v, want %+v", receipts, got, want)
	}
	if got, _ := basket.Pairs(func(func([]uint32, []int32)) {}, 10, 3, 2); len(got) != 0 {
		t.Errorf("no receipts: %v", got)
	}
}
