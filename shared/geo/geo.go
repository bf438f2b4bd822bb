// Package geo lays places of Russia out on a plane, as its map is drawn.
package geo

import (
	"math"
	"strings"
)

// Albers's conic projection with equal areas, as maps of Russia usually are:
// standard parallels 52° and 64° north, central meridian 105° east, on a sphere.
const (
	radius   = 6371.0 // kilometres
	meridian = 105.0
	origin   = 56.0
	parallel = 52.0
	other    = 64.0
)

// Size of the map of Russia from edge to edge, in kilometres.
const (
	Width  = 8010.0
	Height = 4360.0
)

// Project returns the place of a point of the earth, in kilometres east and north
// of the map's middle. Degrees; longitudes west of Greenwich lie beyond 180° east.
func Project(lat, lon float64) (x, y float64) {
	if lon < 0 {
		lon += 360
	}
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	n := (math.Sin(rad(parallel)) + math.Sin(rad(other))) / 2
	c := math.Cos(rad(parallel))*math.Cos(rad(parallel)) + 2*n*math.Sin(rad(parallel))
	rho := func(lat float64) float64 { return radius * math.Sqrt(c-2*n*math.Sin(rad(lat))) / n }
	theta := n * rad(lon-meridian)
	return rho(lat) * math.Sin(theta), rho(origin) - rho(lat)*math.Cos(theta)
}

// kinds are the words for what kind of region it is, which people leave out.
var kinds = []string{"Республика ", " Республика", " республика", " область", " край", " автономный округ", " — Кузбасс", "Автономная область ", " автономная область", "город "}

// RegionName is a region's name without what kind of region it is, so that
// "Тверская область" and "Тверская" are one.
func RegionName(name string) string {
	for _, kind := range kinds {
		name = strings.ReplaceAll(name, kind, "")
	}
	for _, dash := range []string{" — ", " - ", " – "} {
		name, _, _ = strings.Cut(name, dash)
	}
	name = strings.ReplaceAll(strings.TrimSpace(name), "ё", "е")
	if usual := usual[name]; usual != "" {
		return usual
	}
	return name
}

// usual are short names of regions that are also called otherwise.
var usual = map[string]string{
	"Удмуртская": "Удмуртия", "Чувашская": "Чувашия", "Чеченская": "Чечня", "Карачаево-Черкесская": "Карачаево-Черкесия",
	"Кабардино-Балкарская": "Кабардино-Балкария", "Саха (Якутия)": "Якутия", "Саха /Якутия/": "Якутия", "Саха": "Якутия", "Кузбасс": "Кемеровская",
	"Еврейская автономная": "Еврейская", "Ханты-Мансийский Автономный округ": "Ханты-Мансийский", "Северная Осетия-Алания": "Северная Осетия",
}
