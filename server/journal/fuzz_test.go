package journal

import (
	"encoding/json"
	"testing"

	"tillsight/shared/fact"
)

// FuzzReadFact compares the journal's quick reader with fact.Decode: what the
// journal takes can be decoded to the same header.
func FuzzReadFact(f *testing.F) {
	for _, b := range till(f, "a", 2).facts {
		f.Add(b)
	}
	f.Add([]byte(`{"device":"a","epoch":1,"seq":1,"kind":"X","v":1,"body":{"id":1,"number":3,"shift":1e3}}`))
	f.Add([]byte(`{"device":"a","device":"b","epoch":1,"seq":1,"kind":"X","v":1}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := readEntry(raw, "a", 1, 1)
		if err != nil {
			return
		}
		if !json.Valid(raw) {
			t.Fatalf("%q was taken but is not JSON", raw)
		}
		h, _, err := readFact(raw)
		if err != nil {
			t.Fatal(err)
		}
		if e.counter > countLimit || e.shift < 0 || e.shift >= shiftLimit || h.Seq != 1 {
			t.Fatalf("%+v of %+v", e, h)
		}
		decoded, err := fact.Decode(raw)
		if err == nil && (decoded.Device != h.Device || decoded.Epoch != h.Epoch || decoded.Seq != h.Seq ||
			decoded.Kind != h.Kind || decoded.Version != h.Version) {
			t.Fatalf("decoded %+v, read %+v", decoded.Header, h)
		}
	})
}
