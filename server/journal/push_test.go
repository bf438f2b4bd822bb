package journal

import (
	"bytes"
	"testing"

	"tillsight/shared/fact"
	wire "tillsight/shared/wire/sync"
)

func FuzzParsePush(f *testing.F) {
	facts := till(f, "a", 3).facts
	f.Add(append([]byte("{\"proto\":1,\"count\":3}\n"), bytes.Join(facts, []byte("\n"))...))
	f.Add([]byte(`{"proto":1,"count":0}`))
	f.Add([]byte("{\"proto\":1,\"count\":1}\n\n"))
	f.Add([]byte("\n\n\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		header, facts, err := parsePush(body)
		if err != nil {
			return
		}
		if header.Count != len(facts) || len(facts) > wire.FactsMax {
			t.Fatalf("%d facts, header %+v", len(facts), header)
		}
		_, rest, _ := bytes.Cut(body, []byte("\n"))
		if joined := bytes.Join(facts, []byte("\n")); !bytes.Equal(joined, bytes.TrimSuffix(rest, []byte("\n"))) {
			t.Fatalf("facts %q of %q", joined, rest)
		}
		for _, raw := range facts {
			if len(raw) == 0 || len(raw) > fact.BytesMax || bytes.IndexByte(raw, '\n') >= 0 {
				t.Fatalf("fact %q", raw)
			}
		}
	})
}
