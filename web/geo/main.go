// Program geo makes the map of Russia's regions that the desk draws: Natural
// Earth's boundaries, laid out on a plane and simplified until they are small.
//
// Source: ne_10m_admin_1_states_provinces of Natural Earth (public domain,
// naturalearthdata.com), as the Go module github.com/sams96/rgeo v1.2.0 carries it
// in data/Provinces10.gz (the module's own code is Apache-2.0 and not used):
//
//	go mod download -json github.com/sams96/rgeo@v1.2.0
//	go run ./web/geo -in .../data/Provinces10.gz -out web/static/geo/russia.json
//
// Coordinates are kilometres of package geo's projection, whole numbers. Regions
// go by the names that stores have: those of name_ru without the word for what
// kind of region it is.
package main

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"tillsight/shared/geo"
)

// Limits of what is drawn.
const (
	tolerance = 9.0   // kilometres that a line may be off
	isletArea = 900.0 // square kilometres below which an island is left out
)

type feature struct {
	Properties struct {
		ISO  string `json:"iso_3166_2"`
		Name string `json:"name_ru"`
	} `json:"properties"`
	Geometry struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

type point [2]int32

// corrected are names that the source has like another region's, or not as
// people say them.
var corrected = map[string]string{"RU-ALT": "Алтайский", "RU-AL": "Алтай", "RU-YEV": "Еврейская", "RU-KHM": "Ханты-Мансийский", "RU-SE": "Северная Осетия"}

func main() {
	in := flag.String("in", "", "Provinces10.gz")
	out := flag.String("out", "web/static/geo/russia.json", "")
	flag.Parse()
	if err := run(*in, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in, out string) error {
	regions, err := read(in)
	if err != nil {
		return err
	}
	simplify(regions)
	type shape struct {
		Type       string            `json:"type"`
		Properties map[string]string `json:"properties"`
		Geometry   map[string]any    `json:"geometry"`
	}
	var shapes []shape
	for _, r := range regions {
		var polygons [][][]point
		for _, ring := range r.rings {
			if len(ring) > 3 {
				polygons = append(polygons, [][]point{ring})
			}
		}
		shapes = append(shapes, shape{"Feature", map[string]string{"name": r.name, "iso": r.iso}, map[string]any{"type": "MultiPolygon", "coordinates": polygons}})
	}
	text, err := json.Marshal(map[string]any{"type": "FeatureCollection", "source": "Natural Earth, public domain", "features": shapes})
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(text, '\n'), 0o644)
}

// region is a subject with its outer rings; holes are other regions, drawn on top.
type region struct {
	iso, name string
	rings     [][]point
}

func read(name string) ([]*region, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() // read only
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	var all struct {
		Features []feature `json:"features"`
	}
	if err := json.NewDecoder(unzipped).Decode(&all); err != nil {
		return nil, err
	}
	var regions []*region
	for _, f := range all.Features {
		if !strings.HasPrefix(f.Properties.ISO, "RU-") {
			continue
		}
		r := &region{iso: f.Properties.ISO, name: geo.RegionName(f.Properties.Name)}
		if name := corrected[r.iso]; name != "" {
			r.name = name
		}
		var polygons [][][][2]float64
		if f.Geometry.Type == "Polygon" {
			polygons = make([][][][2]float64, 1)
			err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
		} else {
			err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
		}
		if err != nil {
			return nil, err
		}
		for _, polygon := range polygons {
			if ring := project(polygon[0]); math.Abs(area(ring)) >= isletArea || len(polygons) == 1 {
				r.rings = append(r.rings, ring)
			}
		}
		if r.name != "" && len(r.rings) > 0 {
			regions = append(regions, r)
		}
	}
	// Large regions first: what lies within another is drawn after it.
	slices.SortFunc(regions, func(a, b *region) int { return int(math.Copysign(1, b.size()-a.size())) })
	return regions, nil
}

func (r *region) size() (sum float64) {
	for _, ring := range r.rings {
		sum += math.Abs(area(ring))
	}
	return sum
}

// project lays a ring out in whole kilometres, without the closing point.
func project(ring [][2]float64) []point {
	var list []point
	for _, p := range ring[:len(ring)-1] {
		x, y := geo.Project(p[1], p[0])
		at := point{int32(math.Round(x)), int32(math.Round(y))}
		if len(list) == 0 || list[len(list)-1] != at {
			list = append(list, at)
		}
	}
	for len(list) > 1 && list[0] == list[len(list)-1] {
		list = list[:len(list)-1]
	}
	return list
}

func area(ring []point) float64 {
	var sum float64
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += float64(p[0])*float64(q[1]) - float64(q[0])*float64(p[1])
	}
	return sum / 2
}

// simplify thins the lines out. A border between two regions is the same line in
// both: rings are cut where more than two lines meet, and each piece is thinned
// in one direction whichever ring it is part of.
func simplify(regions []*region) {
	next := map[point]map[point]bool{}
	link := func(a, b point) {
		if next[a] == nil {
			next[a] = map[point]bool{}
		}
		next[a][b] = true
	}
	for _, r := range regions {
		for _, ring := range r.rings {
			for i, p := range ring {
				q := ring[(i+1)%len(ring)]
				link(p, q)
				link(q, p)
			}
		}
	}
	for _, r := range regions {
		for i, ring := range r.rings {
			r.rings[i] = thin(ring, func(p point) bool { return len(next[p]) != 2 })
		}
	}
}

// thin simplifies a ring between its junctions and closes it.
func thin(ring []point, junction func(point) bool) []point {
	start := 0
	for i, p := range ring {
		if junction(p) {
			start = i
			break
		}
		if less(p, ring[start]) { // the same start in every ring of an island
			start = i
		}
	}
	turned := append(slices.Clone(ring[start:]), ring[:start]...)
	turned = append(turned, turned[0])
	out := []point{turned[0]}
	from := 0
	for i := 1; i < len(turned); i++ {
		if i == len(turned)-1 || junction(turned[i]) {
			out = append(out, arc(turned[from : i+1])[1:]...)
			from = i
		}
	}
	return out
}

func less(a, b point) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

// arc thins a line out by Douglas and Peucker, always in the same direction.
func arc(line []point) []point {
	if less(line[len(line)-1], line[0]) {
		line = slices.Clone(line)
		slices.Reverse(line)
		done := douglas(line)
		slices.Reverse(done)
		return done
	}
	return douglas(line)
}

func douglas(line []point) []point {
	if len(line) < 3 {
		return slices.Clone(line)
	}
	first, last := line[0], line[len(line)-1]
	far, at := -1.0, 0
	for i := 1; i < len(line)-1; i++ {
		if d := distance(line[i], first, last); d > far {
			far, at = d, i
		}
	}
	if far <= tolerance {
		return []point{first, last}
	}
	left := douglas(line[:at+1])
	return append(left, douglas(line[at:])[1:]...)
}

func distance(p, a, b point) float64 {
	dx, dy := float64(b[0]-a[0]), float64(b[1]-a[1])
	px, py := float64(p[0]-a[0]), float64(p[1]-a[1])
	if dx == 0 && dy == 0 {
		return math.Hypot(px, py)
	}
	t := math.Max(0, math.Min(1, (px*dx+py*dy)/(dx*dx+dy*dy)))
	return math.Hypot(px-t*dx, py-t*dy)
}
