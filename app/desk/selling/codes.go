package selling

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/office"
	"tillsight/app/scanner"
	"tillsight/shared/barcode"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	wire "tillsight/shared/wire/office"
)

// lab is the page on which the chain learns how codes are read: any code step by
// step, masks of its labels made from examples, samples that must stay right.
type lab struct {
	d     *kit.Desk
	masks kit.Remote[wire.Masks]
	said  string

	mask   kit.Form[struct{}, wire.SavedMask] // a mask on its way to the server
	sample kit.Form[struct{}, wire.Masks]     // a sample on its way there
	broken []wire.BrokenSample                // samples that a mask would read otherwise
	ran    map[string]barcode.Sample          // by code: those that are read otherwise now
	tried  bool                               // samples were read again

	stop func() // listening to scanners
	keys scanner.Log

	reading reading
	build   build
}

// reading is the code that is being looked at.
type reading struct {
	code   string
	rev    int // of the field
	read   *barcode.Examined
	looked kit.Remote[wire.Looked]
}

// build is masks being made from examples.
type build struct {
	kind     barcode.Kind
	text     string // examples, one a line
	wrong    string // what is wrong with them
	proposed []barcode.Mask
}

func newLab(d *kit.Desk) kit.View { return &lab{d: d, build: build{kind: barcode.Weight}} }

// Refresh gets the masks when the page is first opened.
func (v *lab) Refresh() {
	v.listen()
	if v.masks.Value() == nil {
		v.masks.Load(v.d, office.Asking(v.d.Office.Server, wire.GetMasks, struct{}{}), nil)
	}
}

// Redraw has nothing to do: the page draws no charts.
func (v *lab) Redraw() {}

// known is the masks and samples that the page has been told.
func (v *lab) known() wire.Masks {
	if m := v.masks.Value(); m != nil {
		return *m
	}
	return wire.Masks{}
}

// take puts masks and samples as the server has them now on the page.
func (v *lab) take(m wire.Masks, said string) {
	if have := v.masks.Value(); have != nil {
		*have = m
	}
	v.said, v.ran, v.tried = said, nil, false
}

// listen reads scanners while the page is open, whatever has the focus.
func (v *lab) listen() {
	if v.stop != nil {
		return
	}
	v.stop = scanner.Listen(scanner.Handler{
		Scan: func(c scanner.Code) { v.d.On(func() { v.examine(c.Text) }) },
		Raw:  func(e scanner.Event) { v.keys.Add(e) },
	})
}

// Leave ends listening to scanners.
func (v *lab) Leave() {
	if v.stop != nil {
		v.stop()
		v.stop = nil
	}
}

// examine reads a code; the server says what it stands for.
func (v *lab) examine(code string) {
	r := &v.reading
	v.said = ""
	r.code, r.read, r.looked = code, nil, kit.Remote[wire.Looked]{Again: "look-again"}
	r.rev++
	if strings.TrimSpace(code) == "" {
		return
	}
	x := barcode.Examine(code, v.known().Masks)
	r.read = &x
	r.looked.Load(v.d, office.Asking(v.d.Office.Server, wire.LookCode, wire.CodeOf{Code: code}), nil)
}

// keep makes the reading of the moment a sample.
func (v *lab) keep() {
	v.saveSample(wire.SampleChange{Sample: barcode.SampleOf(v.reading.code, v.known().Masks)}, v.d.Lang.T(labKept))
}

func (v *lab) saveSample(change wire.SampleChange, said string) {
	v.said = ""
	v.sample.Save(v.d, office.Asking(v.d.Office.Server, wire.SaveSample, change), func(m wire.Masks) []kit.Problem {
		v.take(m, said)
		return nil
	})
}

// saveMask writes a mask, unless a sample says that it must not.
func (v *lab) saveMask(change wire.MaskChange, said string) {
	v.said, v.broken = "", nil
	v.mask.Save(v.d, office.Asking(v.d.Office.Server, wire.SaveMask, change), func(saved wire.SavedMask) []kit.Problem {
		if v.broken = saved.Broken; len(v.broken) > 0 {
			return nil
		}
		v.take(saved.Masks, said)
		if !change.Drop {
			v.build.proposed = slices.DeleteFunc(v.build.proposed, func(m barcode.Mask) bool { return m == change.Mask })
		}
		if v.reading.code != "" {
			v.examine(v.reading.code)
			v.said = said
		}
		return nil
	})
}

// drop deletes a mask; it can be brought back at once.
func (v *lab) drop(m barcode.Mask) {
	v.saveMask(wire.MaskChange{Mask: m, Drop: true}, v.d.Lang.T(labDropped, "mask", m.Pattern))
	v.build.proposed = append([]barcode.Mask{m}, v.build.proposed...)
}

// runSamples reads all samples again.
func (v *lab) runSamples() {
	v.ran, v.tried = map[string]barcode.Sample{}, true
	m := v.known()
	for _, want := range m.Samples {
		if have, ok := want.Holds(m.Masks); !ok {
			v.ran[want.Code] = have
		}
	}
}

// propose looks for masks that read the examples.
func (v *lab) propose() {
	b, have := &v.build, v.known().Masks
	v.broken, v.said = nil, ""
	b.proposed, b.wrong = nil, ""
	examples, line := b.examples(v.d.Currency())
	if line > 0 {
		b.wrong = v.d.Lang.T(labBadLine, "n", line)
		return
	}
	masks, err := barcode.Guess(b.kind, examples)
	if err != nil {
		b.wrong = v.d.Lang.T(labNoFit, "n", errcode.As(err).Data["example"])
		return
	}
	b.proposed = slices.DeleteFunc(masks, func(m barcode.Mask) bool { return slices.Contains(have, m) })
	if len(b.proposed) == 0 {
		v.said = v.d.Lang.T(labAllThere)
	}
}

// examples reads the text; line is the first that makes no sense, 0 for none.
func (b *build) examples(c money.Currency) (list []barcode.Example, line int) {
	for i, text := range strings.Split(b.text, "\n") {
		fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == ';' })
		if len(fields) == 0 {
			continue
		}
		example, ok := b.example(fields, c)
		if !ok {
			return nil, i + 1
		}
		list = append(list, example)
	}
	if len(list) == 0 {
		return nil, 1
	}
	return list, 0
}

// example reads "code article value"; the value is grams or, with a decimal
// point, kilograms; pieces; or a sum.
func (b *build) example(fields []string, c money.Currency) (barcode.Example, bool) {
	if len(fields) != 3 && (b.kind != barcode.Card || len(fields) != 2) {
		return barcode.Example{}, false
	}
	e := barcode.Example{Code: fields[0], Article: fields[1]}
	if len(fields) < 3 {
		return e, true
	}
	var err error
	switch {
	case b.kind == barcode.Price:
		var sum money.Amount
		sum, err = money.Parse(fields[2], c)
		e.Value = int64(sum)
	case b.kind == barcode.Weight && strings.ContainsAny(fields[2], ".,"):
		var q quantity.Milli
		q, err = quantity.Parse(fields[2], quantity.Kilogram)
		e.Value = int64(q)
	default:
		e.Value, err = strconv.ParseInt(fields[2], 10, 64)
	}
	return e, err == nil && e.Value >= 0
}

func (v *lab) typed(_ app.Context, text string) { v.reading.code = text }

// wrote takes the text of the examples.
func (v *lab) wrote(ctx app.Context, _ app.Event) {
	v.build.text = ctx.JSSrc().Get("value").String()
	ctx.PreventUpdate()
}
