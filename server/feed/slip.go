package feed

import (
	"fmt"
	"io"

	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// slipKeySize is the size of a key in bytes, and slipKeysKept how many a store
// has: slips of the one before are good until they expire.
const (
	slipKeySize  = 32
	slipKeysKept = 2
)

// SealSlips makes sure that the registers of store have a key to seal parking
// slips with; fresh gives them another one, because a register was lost.
func (f *Feed) SealSlips(store string, fresh bool, random io.Reader) error {
	if !fresh {
		has := false
		err := f.View(func(q refdata.Querier) error {
			keys, err := refdata.SlipKeysOf(q, store)
			has = len(keys) > 0
			return err
		})
		if err != nil || has {
			return err
		}
	}
	key := make([]byte, slipKeySize)
	if _, err := io.ReadFull(random, key); err != nil {
		return fmt.Errorf("make slip key: %w", err)
	}
	_, err := f.change(func(tx *sqlite.Tx) (int64, error) {
		held, err := refdata.SlipKeysOf(tx, store)
		if err != nil {
			return 0, err
		}
		from := f.now().UnixMilli()
		if len(held) > 0 && held[0].From >= from {
			from = held[0].From + 1
		}
		rows := []refdata.Row{{Table: refdata.SlipKeys, Value: refdata.SlipKey{Store: store, From: from, Key: key}}}
		for i := slipKeysKept - 1; i < len(held); i++ {
			rows = append(rows, refdata.Row{Table: refdata.SlipKeys, Key: fmt.Sprintf("%s/%d", store, held[i].From)})
		}
		return refdata.Put(tx, rows)
	})
	if err != nil {
		return fmt.Errorf("make slip key of store %s: %w", store, err)
	}
	return nil
}

// SealAllSlips is SealSlips for every store that has no key yet.
func (f *Feed) SealAllSlips(random io.Reader) error {
	var missing []string
	err := f.View(func(q refdata.Querier) error {
		stores, err := refdata.AllStores(q)
		if err != nil {
			return err
		}
		for _, store := range stores {
			keys, err := refdata.SlipKeysOf(q, store.ID)
			if err != nil {
				return err
			}
			if len(keys) == 0 {
				missing = append(missing, store.ID)
			}
		}
		return nil
	})
	for _, store := range missing {
		if err == nil {
			err = f.SealSlips(store, false, random)
		}
	}
	return err
}
