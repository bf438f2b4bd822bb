package cubesql

import (
	"testing"

	"tillsight/shared/audience"
	"tillsight/shared/cube"
)

// Every dimension but those for filters only has an expression, and every trait
// is a dimension and a field of audiences.
func TestTraitsAreKnown(t *testing.T) {
	for _, d := range cube.Dims() {
		if _, ok := expressions[d.ID]; !ok && !d.Many && d.ID != cube.Age {
			t.Errorf("%s has no expression", d.ID)
		}
	}
	for _, trait := range cube.Traits() {
		if _, ok := cube.DimOf(trait.Dim); !ok {
			t.Errorf("%s is no dimension", trait.Dim)
		}
		if f, ok := audience.FieldOf(audience.Field(trait.Field)); !ok || f.Kind != audience.Text {
			t.Errorf("%s is no field of words", trait.Field)
		}
	}
}
