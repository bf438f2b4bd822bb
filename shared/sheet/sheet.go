// Package sheet writes tables for spreadsheets, a row at a time: CSV, and XLSX
// with real numbers and dates. It holds one row in memory, however many there
// are, and knows neither reports nor languages: titles come in ready.
package sheet

import (
	"errors"
	"strconv"
	"time"
)

// Kind says what the cells of a column are.
type Kind int

// Kinds.
const (
	Text   Kind = iota // Cell.Text
	Number             // Cell.N × 10^-Exponent
	Share              // Cell.N basis points: 10000 is 100 %
	Date               // Cell.Text, 2026-11-22
	Moment             // Cell.N, unix ms of the clock that is to be shown, as if it were UTC
)

// Column describes a column.
type Column struct {
	Title    string
	Kind     Kind
	Exponent int // of Number, 0 … 9
	Width    int // in characters; 0: by the title and the kind
}

// Cell is a value in the form that its column's kind asks for. The zero Cell is
// empty.
type Cell struct {
	Text string
	N    int64
	OK   bool // N counts
}

// TextOf makes a cell of a text, and of a date as 2026-11-22.
func TextOf(text string) Cell { return Cell{Text: text} }

// Of makes a cell of a number.
func Of(n int64) Cell { return Cell{N: n, OK: true} }

// Writer takes the rows of a table, one cell per column, and nothing after Close.
type Writer interface {
	Row(cells []Cell) error
	Close() error
}

// errWidth is a mistake of the caller.
var errWidth = errors.New("sheet: a row is not as wide as its table")

// decimal writes n × 10^-exponent with point between whole and fraction.
func decimal(n int64, exponent int, point string) string {
	if exponent == 0 {
		return strconv.FormatInt(n, 10)
	}
	sign, digits := "", strconv.FormatInt(n, 10)
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for len(digits) <= exponent {
		digits = "0" + digits
	}
	cut := len(digits) - exponent
	return sign + digits[:cut] + point + digits[cut:]
}

// exponentOf is the number of decimal places that a column's N has.
func (c Column) exponentOf() int {
	if c.Kind == Share {
		return 4
	}
	return c.Exponent
}

const dayMS = 24 * 60 * 60 * 1000

// serial is a moment as spreadsheets count: days since 1899-12-30, the time of
// day as their part, to the millisecond.
func serial(ms int64) string {
	const epoch = 25569 // 1970-01-01
	day := ms / dayMS
	rest := ms % dayMS
	if rest < 0 {
		day, rest = day-1, rest+dayMS
	}
	return strconv.FormatFloat(float64(epoch+day)+float64(rest)/dayMS, 'f', -1, 64)
}

// dateOf reads a date; what is none stays a text.
func dateOf(text string) (ms int64, ok bool) {
	t, err := time.Parse(time.DateOnly, text)
	return t.UnixMilli(), err == nil && t.Year() >= 1900
}
