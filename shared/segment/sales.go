package segment

import (
	"fmt"
	"math"

	"tillsight/shared/errcode"
)

// Kinds of a receipt in Sales.Kind.
const (
	KindSale   = 0
	KindReturn = 1
)

// NoCustomer marks a receipt without a known customer.
const NoCustomer = -1

// Sales are the receipts of one store and month in the order of their closing,
// with their lines. Receipt r owns lines First[r] to First[r+1]. Keys are the
// dense numbers of the dimension tables. Amounts are minor units, quantities
// thousandths; a return's are negative.
type Sales struct {
	Store string // ID
	Month string // 2026-11

	// One value per receipt.
	At       []uint32 // unix seconds
	Day      []uint16 // business date, days since 1970-01-01
	Hour     []uint8  // of the local clock
	Kind     []uint8
	Till     []uint16 // key
	Cashier  []uint16 // key
	Customer []int32  // key or NoCustomer
	Number   []int32  // count within the till, as in the receipt's number
	First    []uint32 // one more than receipts
	Sum      Amounts  // totals of the receipt's lines
	Took     []uint32 // ms from the first line to the end, 0 when unknown
	Voided   []uint16 // lines taken back before the end

	// One value per line.
	Product []int32 // key
	Price   Ints    // per unit, before discounts
	Line    Amounts

	Cut  Cuts
	Lost Abandoned

	// Bounds are set by Check.
	Bounds Bounds
}

// Cuts say what took how much off which line, in the order of the lines. A
// line's cuts add up to its discount.
type Cuts struct {
	Line   []uint32 // index of the line
	Rule   []int32  // key
	Amount Ints     // negative for a return
}

// Abandoned are the receipts that were given up: nothing was sold.
type Abandoned struct {
	Day     []uint16 // business date, days since 1970-01-01
	Hour    []uint8  // of the local clock
	Till    []uint16 // key
	Cashier []uint16 // key
	Total   Ints     // of the lines that had been scanned
}

// Bounds are what the columns of checked Sales stay within.
type Bounds struct {
	Checked              bool
	FirstDay, LastDay    uint16 // of the receipts, 0 when there are none
	Till, Cashier        int    // highest keys, −1 when there are none
	Product, CustomerKey int
}

// Amounts are the columns that measures add up.
type Amounts struct {
	Quantity Ints
	Net      Ints // paid, tax included
	Discount Ints
	Tax      Ints
	Cost     Ints // purchase cost; 0 when unknown
}

// Ints is a column of whole numbers, stored in 32 bits when all fit.
// Exactly one of the fields is set.
type Ints struct {
	N32 []int32
	N64 []int64
}

// MakeInts returns values in the narrower form that holds them.
func MakeInts(values []int64) Ints {
	for _, v := range values {
		if v < math.MinInt32 || v > math.MaxInt32 {
			return Ints{N64: values}
		}
	}
	narrow := make([]int32, len(values))
	for i, v := range values {
		narrow[i] = int32(v)
	}
	return Ints{N32: narrow}
}

// Len returns the number of values.
func (n Ints) Len() int {
	if n.N64 != nil {
		return len(n.N64)
	}
	return len(n.N32)
}

// At returns value i.
func (n Ints) At(i int) int64 {
	if n.N64 != nil {
		return n.N64[i]
	}
	return int64(n.N32[i])
}

func (n Ints) column(name string) Column {
	if n.N64 != nil {
		return Column{name, n.N64}
	}
	if n.N32 == nil {
		return Column{name, []int32{}}
	}
	return Column{name, n.N32}
}

// Receipts returns the number of receipts.
func (s *Sales) Receipts() int { return len(s.At) }

// Lines returns the number of lines.
func (s *Sales) Lines() int { return len(s.Product) }

func (a Amounts) columns(prefix string) []Column {
	return []Column{
		a.Quantity.column(prefix + "quantity"),
		a.Net.column(prefix + "net"),
		a.Discount.column(prefix + "discount"),
		a.Tax.column(prefix + "tax"),
		a.Cost.column(prefix + "cost"),
	}
}

// File returns s in file form.
func (s *Sales) File() File {
	columns := []Column{
		{"at", s.At},
		{"day", s.Day},
		{"hour", s.Hour},
		{"kind", s.Kind},
		{"till", s.Till},
		{"cashier", s.Cashier},
		{"customer", s.Customer},
		{"number", s.Number},
		{"first", s.First},
		{"product", s.Product},
		s.Price.column("price"),
	}
	columns = append(columns, s.Sum.columns("sum.")...)
	columns = append(columns, s.Line.columns("line.")...)
	columns = append(columns, Column{"took", s.Took}, Column{"voided", s.Voided},
		Column{"cut.line", s.Cut.Line}, Column{"cut.rule", s.Cut.Rule}, s.Cut.Amount.column("cut.amount"),
		Column{"lost.day", s.Lost.Day}, Column{"lost.hour", s.Lost.Hour}, Column{"lost.till", s.Lost.Till},
		Column{"lost.cashier", s.Lost.Cashier}, s.Lost.Total.column("lost.total"))
	return File{Table: TableSales, Store: s.Store, Month: s.Month, Columns: columns}
}

// reader collects the first error of many columns.
type reader struct {
	f   File
	err error
}

func read[T any](r *reader, name string, rows int) []T {
	values, err := get[T](r.f, name)
	if err == nil && rows >= 0 && len(values) != rows {
		err = fmt.Errorf("column %s has %d of %d rows", name, len(values), rows)
	}
	if r.err == nil {
		r.err = err
	}
	return values
}

func (r *reader) ints(name string, rows int) Ints {
	if wide, err := get[int64](r.f, name); err == nil {
		if len(wide) != rows && r.err == nil {
			r.err = fmt.Errorf("column %s has %d of %d rows", name, len(wide), rows)
		}
		return Ints{N64: wide}
	}
	return Ints{N32: read[int32](r, name, rows)}
}

func (r *reader) amounts(prefix string, rows int) Amounts {
	return Amounts{
		Quantity: r.ints(prefix+"quantity", rows),
		Net:      r.ints(prefix+"net", rows),
		Discount: r.ints(prefix+"discount", rows),
		Tax:      r.ints(prefix+"tax", rows),
		Cost:     r.ints(prefix+"cost", rows),
	}
}

// SalesOf reads the file form of Sales and checks that its parts fit together.
func SalesOf(f File) (*Sales, error) {
	if f.Table != TableSales {
		return nil, errcode.New(errcode.DBDamaged, "segment.SalesOf", fmt.Errorf("file of %s", f.Table))
	}
	r := &reader{f: f}
	s := &Sales{Store: f.Store, Month: f.Month}
	s.At = read[uint32](r, "at", -1)
	n := len(s.At)
	s.Day = read[uint16](r, "day", n)
	s.Hour = read[uint8](r, "hour", n)
	s.Kind = read[uint8](r, "kind", n)
	s.Till = read[uint16](r, "till", n)
	s.Cashier = read[uint16](r, "cashier", n)
	s.Customer = read[int32](r, "customer", n)
	s.Number = read[int32](r, "number", n)
	s.First = read[uint32](r, "first", n+1)
	s.Sum = r.amounts("sum.", n)
	s.Product = read[int32](r, "product", -1)
	lines := len(s.Product)
	s.Price = r.ints("price", lines)
	s.Line = r.amounts("line.", lines)
	s.Took = read[uint32](r, "took", n)
	s.Voided = read[uint16](r, "voided", n)
	s.Cut.Line = read[uint32](r, "cut.line", -1)
	s.Cut.Rule = read[int32](r, "cut.rule", len(s.Cut.Line))
	s.Cut.Amount = r.ints("cut.amount", len(s.Cut.Line))
	s.Lost.Day = read[uint16](r, "lost.day", -1)
	s.Lost.Hour = read[uint8](r, "lost.hour", len(s.Lost.Day))
	s.Lost.Till = read[uint16](r, "lost.till", len(s.Lost.Day))
	s.Lost.Cashier = read[uint16](r, "lost.cashier", len(s.Lost.Day))
	s.Lost.Total = r.ints("lost.total", len(s.Lost.Day))
	if r.err == nil {
		r.err = s.Check()
	}
	if r.err != nil {
		return nil, errcode.New(errcode.DBDamaged, "segment.SalesOf", r.err)
	}
	return s, nil
}

// Check makes sure that no index leaves its table and sets the Bounds. Whoever
// fills the columns by hand calls it before they are used.
func (s *Sales) Check() error {
	if len(s.First) == 0 || s.First[0] != 0 || int(s.First[len(s.First)-1]) != len(s.Product) {
		return fmt.Errorf("receipts do not cover the lines")
	}
	for i := 1; i < len(s.First); i++ {
		if s.First[i] < s.First[i-1] {
			return fmt.Errorf("lines of receipt %d overlap", i-1)
		}
	}
	for i := range s.At {
		if s.Hour[i] > 23 || s.Kind[i] > KindReturn || s.Customer[i] < NoCustomer || s.Customer[i] >= KeyMax {
			return fmt.Errorf("receipt %d is impossible", i)
		}
	}
	if err := s.checkBeside(); err != nil {
		return err
	}
	b := Bounds{Checked: true, Till: max(top(s.Till), top(s.Lost.Till)), Cashier: max(top(s.Cashier), top(s.Lost.Cashier)), Product: top(s.Product), CustomerKey: top(s.Customer)}
	if bottom := floor(s.Product); bottom < 0 || b.Product >= KeyMax {
		return fmt.Errorf("a line has no product")
	}
	if len(s.Day) > 0 {
		b.FirstDay, b.LastDay = uint16(floor(s.Day)), uint16(top(s.Day))
	}
	s.Bounds = b
	return nil
}

// checkBeside checks what lies beside receipts and lines. Columns that were left
// out by whoever fills them by hand are nothing.
func (s *Sales) checkBeside() error {
	if s.Took == nil {
		s.Took = make([]uint32, len(s.At))
	}
	if s.Voided == nil {
		s.Voided = make([]uint16, len(s.At))
	}
	if len(s.Took) != len(s.At) || len(s.Voided) != len(s.At) {
		return fmt.Errorf("%d times and %d counts of voided lines for %d receipts", len(s.Took), len(s.Voided), len(s.At))
	}
	cuts := s.Cut
	if len(cuts.Rule) != len(cuts.Line) || cuts.Amount.Len() != len(cuts.Line) {
		return fmt.Errorf("cuts are not whole")
	}
	for i, line := range cuts.Line {
		if int(line) >= len(s.Product) || i > 0 && line < cuts.Line[i-1] || cuts.Rule[i] < 0 || cuts.Rule[i] >= KeyMax {
			return fmt.Errorf("cut %d is impossible", i)
		}
	}
	lost := s.Lost
	if n := len(lost.Day); len(lost.Hour) != n || len(lost.Till) != n || len(lost.Cashier) != n || lost.Total.Len() != n {
		return fmt.Errorf("abandoned receipts are not whole")
	}
	for i, hour := range lost.Hour {
		if hour > 23 {
			return fmt.Errorf("abandoned receipt %d is impossible", i)
		}
	}
	return nil
}

// top returns the highest value, −1 when there is none.
func top[T Number](column []T) int {
	if len(column) == 0 {
		return -1
	}
	high := column[0]
	for _, v := range column {
		if v > high {
			high = v
		}
	}
	return int(high)
}

// floor returns the lowest value, 0 when there is none.
func floor[T Number](column []T) int {
	if len(column) == 0 {
		return 0
	}
	low := column[0]
	for _, v := range column {
		if v < low {
			low = v
		}
	}
	return int(low)
}
