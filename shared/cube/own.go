package cube

import (
	"errors"
	"math/big"
	"strings"

	"tillsight/shared/errcode"
	"tillsight/shared/formula"
)

// OwnPrefix begins the IDs of measures that people made.
const OwnPrefix = "own:"

// Own is a measure that a person made of others by an expression of their IDs:
// "margin / receipts". Money counts in its main unit there, shares as parts of
// one: "revenue * 20%", "revenue - 1000" mean what they say.
type Own struct {
	ID     MeasureID `json:"id"` // begins with OwnPrefix
	Expr   string    `json:"expr"`
	Format Format    `json:"format,omitempty"` // "": as the units of the expression say
	Better int       `json:"better,omitempty"` // as of Measure
}

// unit is what a figure of an expression is, for those that are not given one.
type unit struct {
	money    int  // power of money: 1 of a sum, 0 of a number
	constant bool // fits anything
	ratio    bool // something was divided
	share    bool // sums were divided by sums
	mixed    bool // sums were added to numbers
	format   Format
}

// perUnit is how many of a format's whole numbers are one. Minor units are
// hundredths in every currency that we sell in.
var perUnit = map[Format]int64{FormatMoney: 100, FormatCount: 1, FormatMilli: 1000, FormatShare: 10000}

// MeasureOf compiles o. A mistake in the expression is an errcode.BadQuery that
// wraps a *formula.Problem.
func (o Own) MeasureOf() (Measure, error) {
	bad := func(err error) (Measure, error) {
		return Measure{}, errcode.New(errcode.BadQuery, "cube.Own", err).With("field", "own").With("value", string(o.ID))
	}
	if !strings.HasPrefix(string(o.ID), OwnPrefix) || o.Format != "" && perUnit[o.Format] == 0 {
		return bad(errors.New("no name or format of an own measure"))
	}
	e, err := formula.Parse(o.Expr)
	if err != nil {
		return bad(err)
	}
	if wrong := e.Check(func(name string) bool { _, ok := MeasureOf(MeasureID(name)); return ok }); wrong != nil {
		return bad(wrong)
	}
	m := Measure{ID: o.ID, Format: o.Format, Better: o.Better, Additivity: additivityOf(e.Root())}
	if m.Format == "" {
		m.Format = unitOf(e.Root()).formatOf()
	}
	parts := map[string]Measure{}
	for _, name := range e.Names() {
		part, _ := MeasureOf(MeasureID(name))
		parts[name] = part
		m.Num = append(append(m.Num, part.Num...), part.Den...) // what executors have to collect
	}
	scale := big.NewRat(perUnit[m.Format], 1)
	m.compute = func(figure func(*Measure) Value) Value {
		v, ok := e.Eval(func(name string) (*big.Rat, bool) {
			part := parts[name]
			v := figure(&part)
			return big.NewRat(v.N, perUnit[part.Format]), v.OK
		})
		if !ok {
			return Value{}
		}
		return rounded(new(big.Rat).Mul(v, scale))
	}
	return m, nil
}

// rounded is the nearest whole number, halves away from zero; nothing when it is
// too large.
func rounded(v *big.Rat) Value {
	double := new(big.Int).Lsh(v.Num(), 1)
	if v.Sign() < 0 {
		double.Sub(double, v.Denom())
	} else {
		double.Add(double, v.Denom())
	}
	whole := double.Quo(double, new(big.Int).Lsh(v.Denom(), 1))
	if !whole.IsInt64() {
		return Value{}
	}
	return Some(whole.Int64())
}

// unitOf follows the units through an expression.
func unitOf(n formula.Node) unit {
	var args []unit
	for _, arg := range n.Args() {
		args = append(args, unitOf(arg))
	}
	switch n.Kind() {
	case formula.Number, formula.Percent:
		return unit{constant: true, format: FormatMilli}
	case formula.Name:
		m, _ := MeasureOf(MeasureID(n.Word()))
		u := unit{format: m.Format}
		if m.Format == FormatMoney {
			u.money = 1
		}
		return u
	case formula.Mul, formula.Div:
		return args[0].times(args[1], n.Kind() == formula.Div)
	}
	u := args[0]
	for _, other := range args[1:] {
		u = u.plus(other)
	}
	return u
}

func (u unit) times(v unit, divided bool) unit {
	out := unit{constant: u.constant && v.constant, ratio: u.ratio || v.ratio || divided && !v.constant, mixed: u.mixed || v.mixed, format: FormatMilli}
	switch {
	case v.constant:
		out.format, out.share = u.format, u.share
	case u.constant && !divided:
		out.format, out.share = v.format, v.share
	}
	if divided {
		out.money = u.money - v.money
		out.share = out.share || u.money != 0 && out.money == 0 && !u.constant && !v.constant
		return out
	}
	out.money = u.money + v.money
	return out
}

func (u unit) plus(v unit) unit {
	switch {
	case u.constant:
		return v
	case v.constant:
		return u
	}
	u.mixed = u.mixed || v.mixed || u.money != v.money
	u.ratio, u.share = u.ratio || v.ratio, u.share || v.share
	if u.format != v.format {
		u.format = FormatMilli
	}
	return u
}

func (u unit) formatOf() Format {
	switch {
	case u.mixed:
		return FormatMilli
	case u.money == 1:
		return FormatMoney
	case u.money == 0 && u.share:
		return FormatShare
	case u.money == 0 && !u.ratio:
		return u.format
	}
	return FormatMilli
}

// worse lists additivities from the best.
var worse = []Additivity{Additive, ReceiptOnly, Distinct, Ratio}

// additivityOf says whether the values of parts add up. Only whole multiples do:
// anything else is rounded in every row.
func additivityOf(n formula.Node) Additivity {
	args := n.Args()
	switch n.Kind() {
	case formula.Name:
		m, _ := MeasureOf(MeasureID(n.Word()))
		return m.Additivity
	case formula.Neg:
		return additivityOf(args[0])
	case formula.Add, formula.Sub:
		a, b := additivityOf(args[0]), additivityOf(args[1])
		for _, of := range worse {
			if of == a {
				return b
			}
			if of == b {
				return a
			}
		}
	case formula.Mul:
		for i, arg := range args {
			if arg.Kind() == formula.Number && !strings.Contains(arg.Word(), ".") {
				return additivityOf(args[1-i])
			}
		}
	}
	return Ratio
}

// measureOf returns a measure of the query: one that everybody has, or an own one.
func (q Query) measureOf(id MeasureID) (Measure, bool) {
	if m, ok := MeasureOf(id); ok {
		return m, true
	}
	for _, own := range q.Own {
		if own.ID == id {
			m, err := own.MeasureOf()
			return m, err == nil
		}
	}
	return Measure{}, false
}
