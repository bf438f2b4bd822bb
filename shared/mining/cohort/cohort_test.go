package cohort_test

import (
	"reflect"
	"testing"

	"tillsight/shared/mining/cohort"
)

func TestTriangle(t *testing.T) {
	tri := cohort.New(3)
	for _, periods := range [][]int{{0}, {0, 1}, {0, 2}, {1, 2}, {2}} {
		tri.Add(periods)
	}
	if want := [][]int{{3, 1, 1}, {1, 1}, {1}}; !reflect.DeepEqual(tri.Counts, want) {
		t.Errorf("got %v, want %v", tri.Counts, want)
	}
}
