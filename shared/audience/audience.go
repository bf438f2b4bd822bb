// Package audience is segments of customers: conditions on what customers are
// and what they bought, as data.
//
// A condition is a tree of all, any and not over comparisons of a field. It is
// checked before it is kept (Problems name the place), answered for all
// customers or for some, and says of each customer which values made it true.
package audience

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
)

// Field names what a condition looks at.
type Field string

// Fields. Those of purchases can be of the last Days days.
const (
	Sex        Field = "sex"        // f, m
	Age        Field = "age"        // whole years
	BirthdayIn Field = "birthday"   // days until the next birthday, 0 is today
	City       Field = "city"       //
	Region     Field = "region"     //
	HomeStore  Field = "home_store" // where the card was given
	Income     Field = "income"     // band
	Home       Field = "home"       // owner, renter
	Household  Field = "household"  // persons
	Children   Field = "children"   //
	Offers     Field = "offers"     // consent to be sent offers
	Enrolled   Field = "enrolled"   // days since

	Recency    Field = "recency"    // days since the latest purchase
	First      Field = "first"      // days since the first purchase
	Receipts   Field = "receipts"   // of sale
	Returns    Field = "returns"    // receipts of return
	Revenue    Field = "revenue"    // less returns, minor units
	Margin     Field = "margin"     // minor units
	Discount   Field = "discount"   // minor units
	Average    Field = "average"    // sales per receipt of sale, minor units
	Items      Field = "items"      // positions
	Stores     Field = "stores"     // how many different ones
	Interval   Field = "interval"   // mean days between days with a purchase
	Visited    Field = "visited"    // stores bought in
	Categories Field = "categories" // bought from, or from one below
	Products   Field = "products"   // bought
	RFM        Field = "rfm"        // segment by the quintiles of the last 365 days
)

// Kind says what values a field has.
type Kind string

// Kinds.
const (
	Number Kind = "number"
	Money  Kind = "money" // minor units
	Text   Kind = "text"  // one of several
	Set    Kind = "set"   // any of several
	Truth  Kind = "truth"
)

// Described is what can be asked of a field.
type Described struct {
	Field  Field `json:"field"`
	Kind   Kind  `json:"kind"`
	Window bool  `json:"window,omitempty"` // may be of the last days
	// Whole says that a customer's value depends on the other customers.
	Whole bool `json:"whole,omitempty"`
}

var fields = []Described{
	{Field: Recency, Kind: Number}, {Field: First, Kind: Number},
	{Field: Receipts, Kind: Number, Window: true}, {Field: Revenue, Kind: Money, Window: true},
	{Field: Margin, Kind: Money, Window: true}, {Field: Average, Kind: Money, Window: true},
	{Field: Discount, Kind: Money, Window: true}, {Field: Items, Kind: Number, Window: true},
	{Field: Returns, Kind: Number, Window: true}, {Field: Stores, Kind: Number, Window: true},
	{Field: Interval, Kind: Number, Window: true},
	{Field: Categories, Kind: Set, Window: true}, {Field: Products, Kind: Set, Window: true}, {Field: Visited, Kind: Set, Window: true},
	{Field: RFM, Kind: Text, Whole: true},
	{Field: Sex, Kind: Text}, {Field: Age, Kind: Number}, {Field: BirthdayIn, Kind: Number},
	{Field: City, Kind: Text}, {Field: Region, Kind: Text}, {Field: HomeStore, Kind: Text},
	{Field: Household, Kind: Number}, {Field: Children, Kind: Number}, {Field: Income, Kind: Text}, {Field: Home, Kind: Text},
	{Field: Offers, Kind: Truth}, {Field: Enrolled, Kind: Number},
}

// Fields returns what conditions can look at, in the order in which it is offered.
func Fields() []Described { return slices.Clone(fields) }

// FieldOf describes a field.
func FieldOf(id Field) (Described, bool) {
	i := slices.IndexFunc(fields, func(d Described) bool { return d.Field == id })
	if i < 0 {
		return Described{}, false
	}
	return fields[i], true
}

// Op compares.
type Op string

// Ops.
const (
	Least Op = ">="
	Most  Op = "<="
	Equal Op = "="
	In    Op = "in"
	NotIn Op = "not_in"
	Is    Op = "is" // Truth
)

// Ops returns the comparisons of a kind of field.
func (k Kind) Ops() []Op {
	switch k {
	case Number, Money:
		return []Op{Least, Most, Equal}
	case Truth:
		return []Op{Is}
	}
	return []Op{In, NotIn}
}

// Condition is a tree; exactly one of All, Any, Not and Field is set.
type Condition struct {
	All []Condition `json:"all,omitempty"`
	Any []Condition `json:"any,omitempty"`
	Not *Condition  `json:"not,omitempty"`

	Field Field    `json:"field,omitempty"`
	Op    Op       `json:"op,omitempty"`
	N     *int64   `json:"n,omitempty"`    // of numbers and money
	Text  []string `json:"text,omitempty"` // of texts and sets
	Yes   *bool    `json:"yes,omitempty"`  // of truths
	Days  int      `json:"days,omitempty"` // 0: ever; else the last ones, today among them
}

// Definition is a segment.
type Definition struct {
	ID   string         `json:"id"`
	Name catalogue.Text `json:"name"`
	Text string         `json:"text,omitempty"` // what it is for
	// Live segments follow the data; the others keep who was in them when their
	// condition was last saved.
	Live    bool      `json:"live"`
	Tills   bool      `json:"tills"` // promotions can ask for it: the tills know who is in it
	Where   Condition `json:"where"`
	Version int       `json:"version"` // when saving: the one that was seen, 0 for a new one
	By      string    `json:"by,omitempty"`
	At      int64     `json:"at,omitempty"` // unix ms
	Retired bool      `json:"retired,omitempty"`
}

// Listed is a segment with how many are in it.
type Listed struct {
	Definition
	Size    int     `json:"size"`
	Sizes   []Sized `json:"sizes"`   // at the end of days, oldest first
	Entered int     `json:"entered"` // in the last 30 days
	Left    int     `json:"left"`
	Checked int64   `json:"checked"` // unix ms: up to when it is right
}

// Sized is how many were in a segment at the end of a day.
type Sized struct {
	Date string `json:"date"`
	N    int    `json:"n"`
}

// Saved answers a Definition.
type Saved struct {
	Definition *Definition `json:"definition,omitempty"`
	Problems   Problems    `json:"problems,omitempty"`
}

// Tried answers a Condition.
type Tried struct {
	Count    int      `json:"count"`
	Of       int      `json:"of"`      // customers there are
	Revenue  int64    `json:"revenue"` // of theirs in the last 365 days, minor units
	Sample   []Member `json:"sample,omitempty"`
	Problems Problems `json:"problems,omitempty"`
}

// Member is somebody's stay in a segment.
type Member struct {
	Customer string  `json:"customer"`
	Name     string  `json:"name,omitempty"` // with the right to personal data
	Entered  int64   `json:"entered"`        // unix ms
	Left     int64   `json:"left,omitempty"` // 0: still in it
	Why      []Value `json:"why,omitempty"`  // what was so when he entered
	WhyLeft  []Value `json:"why_left,omitempty"`
	Segment  string  `json:"segment,omitempty"` // ID, in a customer's profile
	Version  int     `json:"version,omitempty"` // of the definition by which he entered
}

// Value is what a customer had in a field when a condition was looked at.
type Value struct {
	Field Field  `json:"field"`
	Days  int    `json:"days,omitempty"`
	N     *int64 `json:"n,omitempty"`
	Text  string `json:"text,omitempty"`
}

// Members is a page of those in a segment, the latest to enter first.
type Members struct {
	Members []Member `json:"members"`
	Total   int      `json:"total"`
}

// Offer is the values of a field that customers have, most frequent first.
type Offer struct {
	Described
	Values []string `json:"values,omitempty"`
}

// Problem is one thing wrong with a definition.
type Problem struct {
	Path   string `json:"path"`           // where.all[2].n
	Code   string `json:"code"`           // as those of package pricing
	Line   int    `json:"line,omitempty"` // of JSON that can't be read, from 1
	Column int    `json:"column,omitempty"`
}

// Problems are all that is wrong.
type Problems []Problem

func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, problem := range p {
		texts[i] = problem.Path + " " + problem.Code
	}
	return strings.Join(texts, "; ")
}

// Codes of problems.
const (
	ProblemMissing = "missing"
	ProblemRange   = "range"
	ProblemUnknown = "unknown"
	ProblemFormat  = "format"
)

// Limits of a condition.
const (
	depthMax  = 8
	leavesMax = 50
	textsMax  = 1000
	textMax   = 200
	daysMax   = 3660
	numberMax = 1_000_000_000_000_00
	nameMax   = 80
)

type checker struct {
	problems Problems
	leaves   int
}

func (c *checker) add(path, code string) {
	c.problems = append(c.problems, Problem{Path: path, Code: code})
}

// Check returns what is wrong with a definition.
func (d Definition) Check() Problems {
	c := &checker{}
	if strings.TrimSpace(d.Name.RU) == "" {
		c.add("name.ru", ProblemMissing)
	}
	if len([]rune(d.Name.RU)) > nameMax || len([]rune(d.Name.EN)) > nameMax {
		c.add("name", ProblemRange)
	}
	c.condition("where", d.Where, 1)
	return c.problems
}

// Check returns what is wrong with a condition.
func (w Condition) Check() Problems {
	c := &checker{}
	c.condition("where", w, 1)
	return c.problems
}

func (c *checker) condition(path string, w Condition, depth int) {
	kinds := 0
	for _, set := range []bool{len(w.All) > 0, len(w.Any) > 0, w.Not != nil, w.Field != ""} {
		if set {
			kinds++
		}
	}
	switch {
	case kinds == 0:
		c.add(path, ProblemMissing)
		return
	case kinds > 1:
		c.add(path, ProblemFormat)
		return
	case depth > depthMax:
		c.add(path, ProblemRange)
		return
	}
	for i, part := range w.All {
		c.condition(path+".all["+strconv.Itoa(i)+"]", part, depth+1)
	}
	for i, part := range w.Any {
		c.condition(path+".any["+strconv.Itoa(i)+"]", part, depth+1)
	}
	if w.Not != nil {
		c.condition(path+".not", *w.Not, depth+1)
	}
	if w.Field != "" {
		c.leaf(path, w)
	}
}

func (c *checker) leaf(path string, w Condition) {
	if c.leaves++; c.leaves == leavesMax+1 {
		c.add(path, ProblemRange)
	}
	d, known := FieldOf(w.Field)
	if !known {
		c.add(path+".field", ProblemUnknown)
		return
	}
	if !slices.Contains(d.Kind.Ops(), w.Op) {
		c.add(path+".op", ProblemUnknown)
	}
	if w.Days < 0 || w.Days > daysMax || w.Days > 0 && !d.Window {
		c.add(path+".days", ProblemRange)
	}
	switch d.Kind {
	case Number, Money:
		if w.N == nil {
			c.add(path+".n", ProblemMissing)
		} else if *w.N < -numberMax || *w.N > numberMax {
			c.add(path+".n", ProblemRange)
		}
	case Truth:
		if w.Yes == nil {
			c.add(path+".yes", ProblemMissing)
		}
	default:
		if len(w.Text) == 0 {
			c.add(path+".text", ProblemMissing)
		}
		if len(w.Text) > textsMax || slices.ContainsFunc(w.Text, func(t string) bool { return utf8.RuneCountInString(t) > textMax }) {
			c.add(path+".text", ProblemRange)
		}
	}
}

// Leaves returns the comparisons of a condition, in their order.
func (w Condition) Leaves() (list []Condition) {
	if w.Field != "" {
		return []Condition{w}
	}
	for _, part := range slices.Concat(w.All, w.Any) {
		list = append(list, part.Leaves()...)
	}
	if w.Not != nil {
		list = append(list, w.Not.Leaves()...)
	}
	return list
}

// Whole reports whether a customer's answer depends on the other customers.
func (w Condition) Whole() bool {
	return slices.ContainsFunc(w.Leaves(), func(l Condition) bool {
		d, _ := FieldOf(l.Field)
		return d.Whole
	})
}

// Parse reads a definition from JSON; what it does not know is a problem, with
// its line and column when the text can't be read.
func Parse(text []byte) (d Definition, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	err = decoder.Decode(&d)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	if err == nil {
		if problems := d.Check(); len(problems) > 0 {
			return d, problems
		}
		return d, nil
	}
	problem := Problem{Code: ProblemFormat}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	at := decoder.InputOffset()
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at, problem.Path = kind.Offset, kind.Field
	default:
		if _, name, found := strings.Cut(err.Error(), "unknown field "); found {
			problem.Path, problem.Code = strings.Trim(name, `"`), ProblemUnknown
		}
	}
	at = min(at, int64(len(text)))
	problem.Line = 1 + bytes.Count(text[:at], []byte("\n"))
	problem.Column = int(at) - bytes.LastIndexByte(text[:at], '\n')
	return d, Problems{problem}
}

// Invalid is the error of what can't be kept.
func (p Problems) Invalid() error {
	return errcode.New(errcode.Invalid, "audience", fmt.Errorf("%w", p)).With("field", p[0].Path)
}
