package geo_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"tillsight/shared/geo"
)

// TestProject: a degree of longitude on the central meridian is as long as on
// the sphere, areas stay, and what lies beyond the date line goes on eastwards.
func TestProject(t *testing.T) {
	x, y := geo.Project(56, 105)
	if math.Abs(x) > 1e-9 || math.Abs(y) > 1e-9 {
		t.Errorf("the middle lies at %f, %f", x, y)
	}
	// On a standard parallel lengths are true: one degree at 52° north is 111.19 km × cos 52°.
	x0, y0 := geo.Project(52, 105)
	x1, y1 := geo.Project(52, 106)
	if d := math.Hypot(x1-x0, y1-y0); math.Abs(d-111.195*math.Cos(52*math.Pi/180)) > 0.05 {
		t.Errorf("a degree at 52° is %.3f km", d)
	}
	// The cell of one degree has the area of the sphere's: R² Δλ (sin φ₂ − sin φ₁).
	_, low := geo.Project(60, 105)
	_, high := geo.Project(61, 105)
	xa, ya := geo.Project(60, 106)
	xb, yb := geo.Project(61, 106)
	cell := math.Abs((0*ya-xa*low)+(xa*yb-xb*ya)+(xb*high-0*yb)+(0*low-0*high)) / 2
	want := 6371 * 6371 * math.Pi / 180 * (math.Sin(61*math.Pi/180) - math.Sin(60*math.Pi/180))
	if math.Abs(cell/want-1) > 0.002 {
		t.Errorf("a cell of one degree is %.1f km², want %.1f", cell, want)
	}
	west, _ := geo.Project(66, -172)
	east, _ := geo.Project(66, 178)
	if west <= east {
		t.Error("Chukotka is torn apart")
	}
}

func TestRegionName(t *testing.T) {
	for name, want := range map[string]string{
		"Тверская область": "Тверская", "Республика Татарстан": "Татарстан", "Пермский край": "Пермский", "Москва": "Москва", "г Москва": "г Москва",
		"Ханты-Мансийский автономный округ — Югра": "Ханты-Мансийский", "Удмуртская Республика": "Удмуртия", "Кемеровская область - Кузбасс": "Кемеровская", "": "",
	} {
		if got := geo.RegionName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// TestMap: every region of the map has a name of its own and lies where it should.
func TestMap(t *testing.T) {
	b, err := os.ReadFile("../../web/static/geo/russia.json")
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Features []struct {
			Properties struct{ Name string }
			Geometry   struct{ Coordinates [][][][2]float64 }
		}
	}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	inside := map[string][2]float64{"Тверская": {56.8586, 35.9117}, "Москва": {55.7540, 37.6204}, "Татарстан": {55.7944, 49.1115}, "Новосибирская": {55.0282, 82.9211},
		"Калининградская": {54.7075, 20.5073}, "Пермский": {58.0103, 56.2342}, "Чукотский": {66.3, -172.5}}
	seen := map[string]bool{}
	for _, f := range m.Features {
		name := f.Properties.Name
		if name == "" || seen[name] || geo.RegionName(name) != name {
			t.Errorf("region %q", name)
		}
		seen[name] = true
		at, ok := inside[name]
		if !ok {
			continue
		}
		x, y := geo.Project(at[0], at[1])
		in := false
		for _, polygon := range f.Geometry.Coordinates {
			in = in || contains(polygon[0], x, y)
		}
		if !in {
			t.Errorf("%s is not where it should be", name)
		}
		delete(inside, name)
	}
	if len(seen) != 83 || len(inside) > 0 || len(b) > 100_000 {
		t.Errorf("%d regions, %v not found, %d bytes", len(seen), inside, len(b))
	}
}

func contains(ring [][2]float64, x, y float64) (in bool) {
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a[1] > y) != (b[1] > y) && x < (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}
