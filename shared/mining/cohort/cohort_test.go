package cohort_test

import (
	"reflect"
	"testing"

	"tillsight/shared/mining/cohort"
)

func TestTriangle(t *testing.T) {
	tri := cohort.New(3)
	for _, periods := range [][]int{{0}, {0, 1}, {0, 2}, {1, 2}, {2}} {
		tri.Add(periods[0], periods)
	}
	if want := [][]int{{3, 1, 1}, {1, 1}, {1}}; !reflect.DeepEqual(tri.Counts, want) {
		t.Errorf("got %v, want %v", tri.Counts, want)
	}
	signed := cohort.New(3)
	signed.Add(1, []int{0, 2})
	if want := [][]int{{0, 0, 0}, {0, 1}, {0}}; !reflect.DeepEqual(signed.Counts, want) {
		t.Errorf("who bought before he signed up: got %v, want %v", signed.Counts, want)
	}
}
