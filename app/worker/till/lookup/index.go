package lookup

import (
	"errors"

	"tillsight/app/bridge"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
)

// What Index.Step does at a time: some milliseconds, which a scan may have to wait.
const (
	wordsStep    = 500
	receiptsStep = 8
)

// popularReceipts is how many of the newest receipts say what is sold often.
const popularReceipts = 400

// Past is where the register's receipts are read.
type Past interface {
	Receipts(text string, limit int) ([]bridge.ReceiptRow, error) // newest first
	Receipt(id string) (receipt.Receipt, error)
}

// Index finds goods by words in one copy of the reference data, first those that
// are sold often. The zero value finds everything; Step makes it quick.
type Index struct {
	words refdata.Finder
	rows  []bridge.ReceiptRow // receipts to read
	read  bool                // rows were asked for
}

// Step reads ahead a little of what the first search would wait for, and reports
// whether there is nothing left to read.
func (x *Index) Step(copied refdata.Querier, past Past) (done bool, err error) {
	done, err = x.words.Load(copied, wordsStep)
	if err != nil || !done {
		return err != nil, err
	}
	if !x.read {
		if x.rows, err = past.Receipts("", popularReceipts); err != nil {
			return true, err
		}
		x.read = true
	}
	n := min(receiptsStep, len(x.rows))
	for _, row := range x.rows[:n] {
		sold, one := past.Receipt(row.ID)
		if one == nil {
			one = x.CountSold(copied, &sold)
		}
		err = errors.Join(err, one)
	}
	x.rows = x.rows[n:]
	return len(x.rows) == 0, err
}

// CountSold learns what a receipt sold.
func (x *Index) CountSold(copied refdata.Querier, r *receipt.Receipt) error {
	if r.State != receipt.Paid || r.Type != receipt.Sale {
		return nil
	}
	for i := range r.Lines {
		if r.Lines[i].Voided {
			continue
		}
		if err := x.words.CountSold(copied, r.Lines[i].SKU, 1); err != nil {
			return err
		}
	}
	return nil
}

// Search finds products by words of their names, article or code.
func (x *Index) Search(g Goods, text string, limit int) ([]refdata.Found, error) {
	return x.words.Search(g.Copy, text, g.Store, g.At, limit)
}
