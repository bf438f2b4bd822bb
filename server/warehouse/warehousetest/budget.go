package warehousetest

import (
	"tillsight/server/notice"
	"tillsight/shared/segment"
)

// Budget is an office's book in memory.
type Budget struct {
	Plans    []segment.Plan
	Expenses []segment.Expense
	N        int64 // version

	board notice.Board
}

// All implements warehouse.Budget.
func (b *Budget) All() ([]segment.Plan, []segment.Expense, int64, error) {
	return b.Plans, b.Expenses, b.N, nil
}

// Version implements warehouse.Budget.
func (b *Budget) Version() int64 { return b.N }

// Subscribe implements warehouse.Budget.
func (b *Budget) Subscribe() (<-chan struct{}, func()) { return b.board.Subscribe() }
