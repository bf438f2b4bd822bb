package journal

import (
	"encoding/json"
	"testing"

	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/sync"
)

// FuzzReadEntry compares the journal's door with encoding/json, which everybody
// behind it reads with: what the journal takes can be decoded, to the same header
// and the same numbers.
func FuzzReadEntry(f *testing.F) {
	for _, b := range till(f, "a", 2).facts {
		f.Add(b)
	}
	head := `{"device":"a","epoch":1,"seq":1,"kind":"SaleRegistered","v":1,"at":1,"zone":0,"store":"1","till":1,"body":`
	f.Add([]byte(head + `{"id":1,"number":3,"shift":1e3}}`))
	f.Add([]byte(head + `{"id":"a","ID":"b"}}`))
	f.Add([]byte(head + `{"number":"1-1-7","\u006eumber":"1-1-8"}}`))
	f.Add([]byte(head + `{} {}}`))
	f.Add([]byte(head + `{"receipt":{"number":"1-1-5"}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := readEntry(raw, Place{"1", 1}, wire.PushHeader{Device: "a", Epoch: 1}, 1)
		if err != nil {
			return
		}
		if !json.Valid(raw) {
			t.Fatalf("%q was taken but is not JSON", raw)
		}
		decoded, err := fact.Decode(raw)
		if err != nil || decoded.Device != "a" || decoded.Epoch != 1 || decoded.Seq != 1 || decoded.Store != "1" || decoded.Till != 1 {
			t.Fatalf("decoded %+v, %v", decoded.Header, err)
		}
		if e.counter > countLimit || e.shift < 0 || e.shift >= shiftLimit {
			t.Fatalf("%+v", e)
		}
		r, err := fact.BodyOf[receipt.Receipt](decoded)
		if err == nil && decoded.Kind == fact.SaleRegistered && (r.ID != e.receipt || r.Number != "" && count(r.Number) != e.counter) {
			t.Fatalf("read %q, %d; decoded %q, %q", e.receipt, e.counter, r.ID, r.Number)
		}
	})
}

func count(number string) uint64 {
	n, _ := receipt.CountOf(number)
	return n
}

// Every kind of fact is known to the journal.
func TestNoKindIsMissing(t *testing.T) {
	if missing := numbered.Missing(); len(missing) > 0 {
		t.Errorf("missing: %v", missing)
	}
}
