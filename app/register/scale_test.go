package register

import (
	"context"
	"slices"
	"testing"

	"tillsight/app/scale"
	"tillsight/app/ui/uitest"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
)

// weigh lets the scale say something.
func weigh(r *register, weight quantity.Milli, stable bool) {
	r.balance.weighed(context.Background(), scale.Reading{Weight: weight, Stable: stable}, nil)
}

func TestScaleSellsOnceAtRest(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) {
		r.balance.stop = func() {}
		r.find.write("chee")
	})
	d.shows("Cheese")
	d.do(func(r *register) { r.find.enter() })
	d.shows("Waiting for the scale")
	d.do(func(r *register) { weigh(r, 0, true) })
	d.shows("Put the goods on the scale")
	d.do(func(r *register) { weigh(r, 612, false) })
	d.shows("0.612 kg, moving")
	d.do(func(r *register) { weigh(r, 842, true) })
	d.called("add 77 ×842")
	if d.till.r.sheet != nil {
		t.Fatalf("sheet %q is still open", d.till.r.sheetID())
	}

	sold := func() int {
		n := 0
		for _, call := range d.fake.calls {
			if call == "add 77 ×842" {
				n++
			}
		}
		return n
	}
	d.do(func(r *register) { r.find.write("chee") })
	d.shows("Cheese")
	d.do(func(r *register) { r.find.enter() })
	d.do(func(r *register) { weigh(r, 845, true) })
	d.shows("This weight is sold already")
	if sold() != 1 {
		t.Fatalf("calls %q", d.fake.calls)
	}
	d.do(func(r *register) { weigh(r, 0, true) })
	d.do(func(r *register) { weigh(r, 300, true) })
	d.called("add 77 ×300")
}

func TestGoodsThatLieOnTheScaleAreSoldAtOnce(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) {
		r.balance.stop = func() {}
		weigh(r, 500, true)
		r.find.write("chee")
	})
	d.shows("Cheese")
	d.do(func(r *register) { r.find.enter() })
	d.called("add 77 ×500")
}

func TestScaleThatFailsLeavesTyping(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) {
		r.balance.stop = func() {}
		r.balance.weighed(context.Background(), scale.Reading{}, errcode.New(errcode.ScaleSilent, "test", nil))
		r.find.write("chee")
	})
	d.shows("Cheese")
	d.do(func(r *register) { r.find.enter() })
	d.shows("The scale does not answer")
	d.do(func(r *register) { r.sheet.base().text = "0,842"; weigh(r, 500, true) })
	if slices.Contains(d.fake.calls, "add 77 ×500") {
		t.Fatal("sold by the scale while a weight was being typed")
	}
	d.do(func(r *register) { settle(r) })
	d.called("add 77 ×842")
	uitest.Hides(t, d.till, "scale.silent")
}

func TestUnchangedReadingsAreNoNews(t *testing.T) {
	n := 0
	see := changes(func(scale.Reading, error) { n++ })
	for _, r := range []scale.Reading{{Weight: 1}, {Weight: 1}, {Weight: 1, Stable: true}, {Weight: 1, Stable: true}} {
		see(r, nil)
	}
	see(scale.Reading{}, errcode.New(errcode.ScaleSilent, "test", nil))
	see(scale.Reading{}, errcode.New(errcode.ScaleSilent, "test", nil))
	if n != 3 {
		t.Errorf("%d changes, want 3", n)
	}
}
