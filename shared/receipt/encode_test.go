package receipt_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/receipt"
)

func TestAppendJSONEqualsEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r receipt.Receipt
		fillFields(t, &r)
		want, err := json.Marshal(&r)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.AppendJSON(nil); string(got) != string(want) {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}
