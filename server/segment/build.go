package segment

import (
	"fmt"
	"math"

	"tillsight/server/warehouse"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// part is what one file of sales covers: days of one store and month.
type part struct {
	store, month string
	name         string // "" for closed days, "tail" for the latest one
	first, last  int    // days
	mark         string // changes when any of its rows does
	lines        int
}

// tail is the name of the part that still grows.
const tail = "tail"

// parts cuts the sales into files: for every store and month one, but for the
// latest day of a store, which is apart, so that a sale makes only that anew.
func parts(q warehouse.Querier) ([]part, error) {
	var list []part
	var revision, receipts int64
	seal := func() {
		if len(list) > 0 {
			p := &list[len(list)-1]
			p.mark = fmt.Sprintf("%d-%d %d %d %d", p.first, p.last, revision, receipts, p.lines)
		}
	}
	err := q.Query(`SELECT d.store, c.month, d.day = (SELECT max(day) FROM sales_day WHERE store = d.store), d.day,
			s.revision, d.receipts, d.lines
		FROM sales_day d
		JOIN sales_change s ON s.store = d.store AND s.day = d.day
		JOIN calendar c ON c.day = d.day
		ORDER BY d.store, d.day`, func(r sqlite.Row) error {
		p := part{store: r.Text(0), month: r.Text(1), first: r.Int(3)}
		if r.Bool(2) {
			p.name = tail
		}
		if n := len(list); n == 0 || list[n-1].store != p.store || list[n-1].month != p.month || p.name == tail {
			seal()
			list = append(list, p)
			revision, receipts = 0, 0
		}
		now := &list[len(list)-1]
		now.last = r.Int(3)
		revision = max(revision, r.Int64(4))
		receipts += r.Int64(5)
		now.lines += r.Int(6)
		return nil
	})
	seal()
	return list, err
}

// sales reads the receipts of a part in the order of their closing.
func sales(q warehouse.Querier, p part) (*segment.Sales, error) {
	s := &segment.Sales{Store: p.store, Month: p.month}
	index := map[int64]int{} // receipt → row
	err := q.Query(`SELECT pos, at, day, hour, kind, till, cashier, customer, count, took, voided
		FROM receipt
		WHERE store = ? AND day BETWEEN ? AND ?
		ORDER BY at, pos`, func(r sqlite.Row) error {
		index[r.Int64(0)] = len(s.At)
		s.At = append(s.At, uint32(r.Int64(1)/1000))
		s.Day = append(s.Day, uint16(r.Int(2)))
		s.Hour = append(s.Hour, uint8(r.Int(3)))
		s.Kind = append(s.Kind, uint8(r.Int(4)))
		s.Till = append(s.Till, uint16(r.Int(5)))
		s.Cashier = append(s.Cashier, uint16(r.Int(6)))
		customer := int32(segment.NoCustomer)
		if !r.Null(7) {
			customer = int32(r.Int64(7))
		}
		s.Customer = append(s.Customer, customer)
		s.Number = append(s.Number, int32(r.Int64(8)))
		s.Took = append(s.Took, uint32(min(r.Int64(9), math.MaxUint32)))
		s.Voided = append(s.Voided, uint16(r.Int64(10)))
		return nil
	}, p.store, p.first, p.last)
	if err != nil {
		return nil, err
	}
	if err := lines(q, p, s, index); err != nil {
		return nil, err
	}
	if err := cuts(q, p, s, index); err != nil {
		return nil, err
	}
	if err := lost(q, p, s); err != nil {
		return nil, err
	}
	return s, s.Check()
}

// amounts gathers the columns that measures add up.
type amounts struct{ quantity, net, discount, tax, cost []int64 }

func (a *amounts) columns() segment.Amounts {
	return segment.Amounts{
		Quantity: segment.MakeInts(a.quantity),
		Net:      segment.MakeInts(a.net),
		Discount: segment.MakeInts(a.discount),
		Tax:      segment.MakeInts(a.tax),
		Cost:     segment.MakeInts(a.cost),
	}
}

// lines reads the lines of the receipts of s and their sums.
func lines(q warehouse.Querier, p part, s *segment.Sales, index map[int64]int) error {
	n := len(s.At)
	sum := amounts{make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n)}
	var line amounts
	var prices []int64
	s.First = make([]uint32, 1, n+1)
	err := q.Query(`SELECT r.pos, l.product, l.price, l.quantity, l.net, l.discount, l.tax, l.cost
		FROM receipt r
		CROSS JOIN receipt_line l ON l.receipt = r.pos
		WHERE r.store = ? AND r.day BETWEEN ? AND ? AND l.voided = 0
		ORDER BY r.at, r.pos, l.n`, func(r sqlite.Row) error {
		row, ok := index[r.Int64(0)]
		if !ok || row < len(s.First)-1 {
			return fmt.Errorf("lines of receipt %d are out of order", r.Int64(0))
		}
		for len(s.First)-1 < row { // the receipts before are complete
			s.First = append(s.First, uint32(len(s.Product)))
		}
		s.Product = append(s.Product, int32(r.Int64(1)))
		prices = append(prices, r.Int64(2))
		for i, column := range []struct {
			line *[]int64
			sum  []int64
		}{{&line.quantity, sum.quantity}, {&line.net, sum.net}, {&line.discount, sum.discount}, {&line.tax, sum.tax}, {&line.cost, sum.cost}} {
			v := r.Int64(3 + i)
			*column.line = append(*column.line, v)
			column.sum[row] += v
		}
		return nil
	}, p.store, p.first, p.last)
	if err != nil {
		return err
	}
	for len(s.First) <= n {
		s.First = append(s.First, uint32(len(s.Product)))
	}
	s.Price = segment.MakeInts(prices)
	s.Line, s.Sum = line.columns(), sum.columns()
	return nil
}

// cuts reads what took something off the lines of s. Lines are found by their
// place among those of their receipt that count.
func cuts(q warehouse.Querier, p part, s *segment.Sales, index map[int64]int) error {
	var amounts []int64
	err := q.Query(`SELECT r.pos, (SELECT count(*) FROM receipt_line b WHERE b.receipt = r.pos AND b.voided = 0 AND b.n < c.n),
			c.rule, c.amount
		FROM receipt r
		CROSS JOIN receipt_cut c ON c.receipt = r.pos
		WHERE r.store = ? AND r.day BETWEEN ? AND ?
		ORDER BY r.at, r.pos, c.n, c.i`, func(r sqlite.Row) error {
		row, ok := index[r.Int64(0)]
		if !ok {
			return fmt.Errorf("cuts of receipt %d, which is not here", r.Int64(0))
		}
		s.Cut.Line = append(s.Cut.Line, s.First[row]+uint32(r.Int64(1)))
		s.Cut.Rule = append(s.Cut.Rule, int32(r.Int64(2)))
		amounts = append(amounts, r.Int64(3))
		return nil
	}, p.store, p.first, p.last)
	s.Cut.Amount = segment.MakeInts(amounts)
	return err
}

// lost reads the receipts that were given up.
func lost(q warehouse.Querier, p part, s *segment.Sales) error {
	var totals []int64
	err := q.Query(`SELECT day, hour, till, cashier, total
		FROM cancelled_receipt
		WHERE store = ? AND day BETWEEN ? AND ?
		ORDER BY at, pos`, func(r sqlite.Row) error {
		s.Lost.Day = append(s.Lost.Day, uint16(r.Int64(0)))
		s.Lost.Hour = append(s.Lost.Hour, uint8(r.Int64(1)))
		s.Lost.Till = append(s.Lost.Till, uint16(r.Int64(2)))
		s.Lost.Cashier = append(s.Lost.Cashier, uint16(r.Int64(3)))
		totals = append(totals, r.Int64(4))
		return nil
	}, p.store, p.first, p.last)
	s.Lost.Total = segment.MakeInts(totals)
	return err
}
