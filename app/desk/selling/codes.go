package selling

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
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
	masks wire.Masks
	asked bool
	fault *errcode.Error
	said  string
	busy  bool
	rev   int // of the fields

	stop func() // listening to scanners
	keys scanner.Log

	code   string
	read   *barcode.Examined
	looked *wire.Looked
	round  int

	kind     barcode.Kind
	text     string // examples, one a line
	wrong    string // what is wrong with them
	proposed []barcode.Mask
	broken   []wire.BrokenSample
	ran      map[string]barcode.Sample // by code: those that are read otherwise
	tried    bool
}

func newLab(d *kit.Desk) kit.View { return &lab{d: d, kind: barcode.Weight} }

// Refresh implements view.
func (v *lab) Refresh() {
	v.listen()
	if v.asked {
		return
	}
	v.asked = true
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.GetMasks, struct{}{}), func(m wire.Masks, e *errcode.Error) {
		if v.fault = e; e == nil {
			v.masks = m
		}
	})
}

func (v *lab) Redraw() {}

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

// Leave implements leaver.
func (v *lab) Leave() {
	if v.stop != nil {
		v.stop()
		v.stop = nil
	}
}

// examine reads a code; the server says what it stands for.
func (v *lab) examine(code string) {
	v.code, v.said, v.looked = code, "", nil
	v.rev++
	if strings.TrimSpace(code) == "" {
		v.read = nil
		return
	}
	x := barcode.Examine(code, v.masks.Masks)
	v.read = &x
	v.round++
	round := v.round
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.LookCode, wire.CodeOf{Code: code}),
		func(looked wire.Looked, e *errcode.Error) {
			if round == v.round && e == nil {
				v.looked = &looked
			}
		})
}

// keep makes the reading of the moment a sample.
func (v *lab) keep() {
	sample := barcode.SampleOf(v.code, v.masks.Masks)
	v.send(wire.SampleChange{Sample: sample}, v.d.Lang.T(i18n.LabKept))
}

func (v *lab) send(s wire.SampleChange, said string) {
	v.busy, v.said = true, ""
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.SaveSample, s),
		func(m wire.Masks, e *errcode.Error) {
			v.busy, v.fault = false, e
			if e == nil {
				v.masks, v.said, v.ran, v.tried = m, said, nil, false
			}
		})
}

// runSamples reads all samples again.
func (v *lab) runSamples() {
	v.ran, v.tried = map[string]barcode.Sample{}, true
	for _, want := range v.masks.Samples {
		if have, ok := want.Holds(v.masks.Masks); !ok {
			v.ran[want.Code] = have
		}
	}
}

// propose looks for masks that read the examples.
func (v *lab) propose() {
	v.proposed, v.wrong, v.broken, v.said = nil, "", nil, ""
	examples, line := v.examples()
	if line > 0 {
		v.wrong = v.d.Lang.T(i18n.LabBadLine, "n", line)
		return
	}
	masks, err := barcode.Guess(v.kind, examples)
	if err != nil {
		v.wrong = v.d.Lang.T(i18n.LabNoFit, "n", errcode.As(err).Data["example"])
		return
	}
	v.proposed = slices.DeleteFunc(masks, func(m barcode.Mask) bool { return slices.Contains(v.masks.Masks, m) })
	if len(v.proposed) == 0 {
		v.said = v.d.Lang.T(i18n.LabAllThere)
	}
}

// examples reads the text; line is the first that makes no sense, 0 for none.
func (v *lab) examples() (list []barcode.Example, line int) {
	for i, text := range strings.Split(v.text, "\n") {
		fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == ';' })
		if len(fields) == 0 {
			continue
		}
		example, ok := v.example(fields)
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
func (v *lab) example(fields []string) (barcode.Example, bool) {
	if len(fields) != 3 && (v.kind != barcode.Card || len(fields) != 2) {
		return barcode.Example{}, false
	}
	e := barcode.Example{Code: fields[0], Article: fields[1]}
	if len(fields) < 3 {
		return e, true
	}
	var err error
	switch {
	case v.kind == barcode.Price:
		var sum money.Amount
		sum, err = money.Parse(fields[2], v.d.Currency())
		e.Value = int64(sum)
	case v.kind == barcode.Weight && strings.ContainsAny(fields[2], ".,"):
		var q quantity.Milli
		q, err = quantity.Parse(fields[2], quantity.Kilogram)
		e.Value = int64(q)
	default:
		e.Value, err = strconv.ParseInt(fields[2], 10, 64)
	}
	return e, err == nil && e.Value >= 0
}

// save writes a mask, unless a sample says that it must not.
func (v *lab) save(s wire.MaskChange, said string) {
	v.busy, v.said, v.broken = true, "", nil
	kit.Call(v.d, office.Asking(v.d.Office.Server, wire.SaveMask, s),
		func(saved wire.SavedMask, e *errcode.Error) {
			v.busy, v.fault = false, e
			if e != nil {
				return
			}
			v.masks, v.broken = saved.Masks, saved.Broken
			if len(v.broken) > 0 {
				return
			}
			v.said, v.ran, v.tried = said, nil, false
			if !s.Drop {
				v.proposed = slices.DeleteFunc(v.proposed, func(m barcode.Mask) bool { return m == s.Mask })
			}
			if v.code != "" {
				v.examine(v.code)
				v.said = said
			}
		})
}

func (v *lab) typed(_ app.Context, text string) { v.code = text }

// wrote takes the text of the examples.
func (v *lab) wrote(ctx app.Context, _ app.Event) {
	v.text = ctx.JSSrc().Get("value").String()
	ctx.PreventUpdate()
}
