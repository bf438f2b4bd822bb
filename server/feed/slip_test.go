package feed

import (
	"bytes"
	"crypto/rand"
	"strings"
	"testing"

	"tillsight/shared/refdata"
)

// TestSlipKeysStayInTheirStore: every store has a key of its own that no other
// store hears of; a register that is lost brings a new one, and the one before
// is good a while longer.
func TestSlipKeysStayInTheirStore(t *testing.T) {
	f := filled(t, t.TempDir(), 1)
	defer closeFeed(t, f)
	since := f.Version()
	for range 2 { // the second time there is nothing to do
		if err := f.SealAllSlips(rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	keys := func(store string) (keys []refdata.SlipKey) {
		err := f.View(func(q refdata.Querier) (err error) {
			keys, err = refdata.SlipKeysOf(q, store)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	one, two := keys("1"), keys("2")
	if len(one) != 1 || len(two) != 1 || bytes.Equal(one[0].Key, two[0].Key) {
		t.Fatalf("keys %v, %v", one, two)
	}
	for range 3 {
		if err := f.SealSlips("1", true, rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	if again := keys("1"); len(again) != slipKeysKept || again[0].From <= again[1].From || bytes.Equal(again[0].Key, one[0].Key) {
		t.Errorf("after three registers were lost: %v", again)
	}
	page, err := f.Pull("2", since, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range page.Changes {
		if change.Table == refdata.SlipKeys && strings.HasPrefix(change.Key, "1/") {
			t.Errorf("store 2 hears of %s", change.Key)
		}
	}
}
