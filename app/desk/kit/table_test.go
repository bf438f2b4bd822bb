package kit

import (
	"context"
	"errors"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/shared/cube"
	"tillsight/shared/sheet"
)

func TestTableLeavesColumnsOutWhole(t *testing.T) {
	type sold struct {
		name        string
		now, before int64
	}
	opened := ""
	table := func(compared bool) *Grid {
		return Table[sold]{Rows: []sold{{"milk", 3, 2}, {"", 1, 0}}, Open: func(s sold) { opened = s.name }, Opens: func(s sold) bool { return s.name != "" },
			Columns: []TableColumn[sold]{
				{Text: "Goods", Cell: func(s sold) sheet.Cell { return sheet.TextOf(s.name) }},
				{Title: i18n.WidgetThen, Format: AsCount, Cell: func(s sold) sheet.Cell { return sheet.Of(s.before) }, Total: sheet.Of(2), Without: !compared},
				{Title: i18n.ColRevenue, Format: AsCount, Cell: func(s sold) sheet.Cell { return sheet.Of(s.now) }, Total: sheet.Of(4), Open: func(s sold) { opened = "cell" }},
			}}.Grid(i18n.EN)
	}
	for compared, columns := range map[bool]int{true: 3, false: 2} {
		g := table(compared)
		last := columns - 1
		if len(g.Columns) != columns || len(g.Total) != columns || len(g.Rows[0].Cells) != columns || g.Rows[0].Cells[last] != sheet.Of(3) || g.Total[last] != sheet.Of(4) {
			t.Errorf("compared %v: %+v", compared, g)
		}
		if g.Rows[1].Open != nil {
			t.Error("a row opens what it does not have")
		}
		g.Rows[0].Open()
		if opened != "milk" {
			t.Errorf("opened %q", opened)
		}
		if g.Rows[0].Opens[last](); opened != "cell" {
			t.Errorf("opened %q", opened)
		}
	}
}

// page gives a desk its context.
type page struct {
	app.Compo
	d *Desk
}

func (p *page) OnPreRender(ctx app.Context) { p.d.Ctx = ctx }
func (p *page) Render() app.UI              { return app.Div() }

// mounted is a desk whose work is carried out by the engine.
func mounted(t *testing.T) (app.TestEngine, *Desk) {
	t.Helper()
	engine, d := app.NewTestEngine(), testDesk(i18n.EN)
	if err := engine.Load(&page{d: d}); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	return engine, d
}

func TestRemoteKeepsTheLatest(t *testing.T) {
	engine, d := mounted(t)
	var r Remote[string]
	first, second := make(chan string), make(chan string)
	r.Load(d, func(context.Context) (string, error) { return <-first, nil }, nil)
	r.Load(d, func(context.Context) (string, error) { return <-second, nil }, nil)
	if !r.Busy() || r.Value() != nil {
		t.Error("nothing is awaited")
	}
	go func() { second <- "new"; first <- "old" }()
	engine.ConsumeAll()
	if v := r.Value(); v == nil || *v != "new" || r.Busy() {
		t.Errorf("%v", v)
	}
	r.Load(d, func(context.Context) (string, error) { return "", errors.New("no") }, nil)
	engine.ConsumeAll()
	if v := r.Value(); v == nil || *v != "new" || r.fault == nil {
		t.Errorf("after a failure: %v, %v", v, r.fault)
	}
}

func TestFormSavesOnce(t *testing.T) {
	engine, d := mounted(t)
	f := Form[string, []Problem]{Draft: "x"}
	asked := 0
	save := func() {
		f.Save(d, func(context.Context) ([]Problem, error) { asked++; return []Problem{{Field: "name"}}, nil }, func(found []Problem) []Problem { return found })
	}
	save()
	save()
	engine.ConsumeAll()
	if asked != 1 || f.Busy() || len(f.Found()) != 1 {
		t.Errorf("asked %d times, busy %v, found %v", asked, f.Busy(), f.Found())
	}
	f.Set(func(text *string) { *text = "y" })
	if f.Draft != "y" || f.Rev != 1 || f.Found() != nil {
		t.Errorf("%+v", f)
	}
}

// A change is green where it is good, not where it is up.
func TestToneOfChanges(t *testing.T) {
	for _, tt := range []struct {
		better int
		less   bool
		bp     int64
		want   string
	}{
		{1, false, 4500, "delta up"}, {1, false, -700, "delta down"}, {1, true, 4500, "delta down"}, {1, true, -700, "delta up"},
		{-1, false, 24900, "delta down"}, {-1, false, -4300, "delta up"}, {0, false, 4500, "delta"}, {1, false, 3, "delta"},
	} {
		if got := tone(Column{Format: AsChange, Better: tt.better}, GridRow{Less: tt.less}, tt.bp); got != tt.want {
			t.Errorf("%+v is %q", tt, got)
		}
	}
	d := testDesk(i18n.EN)
	for id, want := range map[cube.MeasureID]int{cube.Revenue: 1, cube.Returns: -1, cube.DiscountShare: -1, cube.VoidedShare: -1} {
		if got := BetterOf(d, id); got != want {
			t.Errorf("%s: %d, want %d", id, got, want)
		}
	}
}
