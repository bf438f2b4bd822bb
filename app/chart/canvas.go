package chart

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Canvas shows a Drawing. The instance behind it is made once, gets a new
// option when Rev rises, follows the size of its place, and goes with it.
type Canvas struct {
	app.Compo

	ID      string
	Name    string // what it shows, for screen readers
	Class   string
	Tall    int // height in CSS pixels; 0: as the style sheet says
	Drawing *Drawing
	Rev     int
	OnPick  func(ctx app.Context, point int) // a mark was clicked; may be nil

	shown int
	plate plate
}

// OnMount makes the instance as soon as the library is there.
func (c *Canvas) OnMount(ctx app.Context) {
	ctx.Defer(func(ctx app.Context) { c.plate.mount(ctx, c) })
}

// OnUpdate hands a new drawing over.
func (c *Canvas) OnUpdate(app.Context) {
	if c.Rev != c.shown {
		c.show()
	}
}

func (c *Canvas) show() {
	c.shown = c.Rev
	if c.Drawing != nil {
		c.plate.show(c.Drawing)
	}
}

// OnDismount lets go of the instance.
func (c *Canvas) OnDismount() { c.plate.end() }

// Render draws the place. What is inside belongs to ECharts.
func (c *Canvas) Render() app.UI {
	place := app.Div().ID("%s", c.ID).Class("chart").Class(c.Class).Role("img").Aria("label", c.Name)
	if c.Tall > 0 {
		place.Style("height", strconv.Itoa(c.Tall)+"px")
	}
	return place
}

// CanvasColours reads the theme's colours from the page's style sheet.
func CanvasColours() Colours {
	return Colours{
		Text:   styleColour("--chart-text", "#3d4450"),
		Faint:  styleColour("--chart-faint", "#e0e3e8"),
		Back:   styleColour("--chart-back", "#ffffff"),
		Main:   styleColour("--chart-main", "#0072b2"),
		Pale:   styleColour("--chart-pale", "#a6cde3"),
		Fill:   styleColour("--chart-fill", "rgba(0,114,178,0.08)"),
		Heat:   []string{styleColour("--chart-heat-0", "#f0f6fa"), styleColour("--chart-heat-1", "#8cbfdc"), styleColour("--chart-heat-2", "#0072b2")},
		OnHeat: [2]string{styleColour("--chart-on-heat-0", "#1b1f26"), styleColour("--chart-on-heat-1", "#ffffff")},
	}
}
