package store

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/office"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

// places is where the stores stand, to be looked at and changed.
type places struct {
	open  bool
	list  []wire.StorePlace
	fault *errcode.Error
}

// toggle shows the places, or hides them.
func (p *atlas) toggle() {
	p.places.open = !p.places.open
	if !p.places.open {
		return
	}
	p.places.fault = nil
	kit.Call(p.d, office.Asking(p.d.Office.Server, wire.GetStorePlaces, struct{}{}), func(list []wire.StorePlace, e *errcode.Error) {
		p.places.list, p.places.fault = list, e
	})
}

// drawPlaces draws a line for each store.
func (p *atlas) drawPlaces() []app.UI {
	l := p.d.Lang
	if p.places.fault != nil {
		return []app.UI{p.d.ErrorBox(p.places.fault)}
	}
	return []app.UI{app.Div().Class("places").Body(app.Range(p.places.list).Slice(func(i int) app.UI {
		s := p.places.list[i]
		name := s.Name.In(string(l))
		at := ""
		if s.Lat != 0 || s.Lon != 0 {
			at = degrees(s.Lat) + ", " + degrees(s.Lon)
		}
		return app.Div().Class("setting").Body(
			app.Span().Class("place-name").Text(name),
			&kit.Typed{ID: "region-" + s.Store, Hint: l.T(placeRegion), Value: s.Region, On: func(text string) {
				s.Region = text
				p.place(i, s)
			}},
			&kit.Typed{ID: "place-" + s.Store, Hint: l.T(placeHint), Value: at, On: func(text string) {
				lat, lon, ok := placeIn(text)
				if !ok {
					p.d.Say(ui.Bad, l.T(placeBad))
					p.d.Rev++
					return
				}
				s.Lat, s.Lon = lat, lon
				p.place(i, s)
			}},
		)
	}))}
}

// place saves where a store stands. The map follows when the report worker has
// the new files.
func (p *atlas) place(i int, place wire.StorePlace) {
	kit.Call(p.d, office.Asking(p.d.Office.Server, wire.PlaceStore, place),
		func(saved wire.StorePlace, e *errcode.Error) {
			if e != nil {
				p.d.Say(ui.Bad, p.d.Lang.Error(e))
				return
			}
			p.places.list[i] = saved
			p.d.Say(ui.Good, p.d.Lang.T(placeSaved, "name", saved.Name.In(string(p.d.Lang))))
			p.d.AskServer()
		})
}

// degrees writes millionths of degrees as maps do.
func degrees(n int32) string { return strconv.FormatFloat(float64(n)/1e6, 'f', -1, 64) }

// placeIn reads "56.8586, 35.9117" as maps copy it; "" takes the place away.
func placeIn(text string) (lat, lon int32, ok bool) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, 0, true
	}
	var a, b float64
	text = strings.NewReplacer(",", " ", ";", " ").Replace(text)
	if n, err := fmt.Sscan(text, &a, &b); n != 2 || err != nil || a < -90 || a > 90 || b < -180 || b > 180 {
		return 0, 0, false
	}
	return int32(math.Round(a * 1e6)), int32(math.Round(b * 1e6)), true
}
