package store

import "testing"

func TestPlaceIn(t *testing.T) {
	for text, want := range map[string][2]int32{
		"56.8586, 35.9117": {56_858_600, 35_911_700}, "56.8586 35.9117": {56_858_600, 35_911_700}, "-1.5;-172.25": {-1_500_000, -172_250_000}, "": {0, 0},
	} {
		if lat, lon, ok := placeIn(text); !ok || lat != want[0] || lon != want[1] {
			t.Errorf("%q is %d, %d, %v", text, lat, lon, ok)
		}
	}
	for _, text := range []string{"Tver", "56.8", "91, 20", "20, 181", "56,8586, 35,9117"} {
		if lat, lon, ok := placeIn(text); ok {
			t.Errorf("%q is %d, %d", text, lat, lon)
		}
	}
}
