package parking

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestAppendJSONEqualsEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Parking
		fill(t, reflect.ValueOf(&p).Elem(), "")
		want, err := json.Marshal(&p)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.AppendJSON(nil); string(got) != string(want) {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}
