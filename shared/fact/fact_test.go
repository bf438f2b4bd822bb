package fact_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/parking"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
)

const fixtures = "../../testdata/fact/v1"

// encodeBody reads the body of f as what its kind says, checks it and encodes the fact anew.
func encodeBody(f fact.Fact) ([]byte, error) {
	body, err := f.Read()
	if err != nil {
		return nil, err
	}
	switch body := body.(type) {
	case *receipt.Receipt:
		err = body.Verify()
	case *shift.Shift:
		err = body.Verify()
	case *parking.Parking:
		err = body.Receipt.Verify()
	}
	if err != nil {
		return nil, err
	}
	f.Version = 1 // today's of every kind
	return fact.Encode(f.Header, body)
}

// Every fact ever released is read, makes sense and has the same bytes when it
// is written again. The chain was computed by Python's hashlib.
func TestFixtures(t *testing.T) {
	list, err := os.ReadFile(filepath.Join(fixtures, "chain.txt"))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[fact.Kind]bool{}
	var prev fact.Hash
	for i, line := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		hash, name, _ := strings.Cut(line, " ")
		text, err := os.ReadFile(filepath.Join(fixtures, name))
		if err != nil {
			t.Fatal(err)
		}
		f, err := fact.Decode(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		kinds[f.Kind] = true
		if f.Seq != uint64(i+1) || f.Version != 1 {
			t.Errorf("%s: seq %d, version %d", name, f.Seq, f.Version)
		}
		if got, err := encodeBody(f); err != nil || !bytes.Equal(got, text) {
			t.Errorf("%s: %v\ngot  %s\nwant %s", name, err, got, text)
		}
		if _, _, err := fact.Understand(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if prev = fact.Chain(prev, text); prev.String() != hash {
			t.Errorf("%s: chain %s, want %s", name, prev, hash)
		}
	}
	for _, kind := range fact.Kinds() {
		if !kinds[kind] {
			t.Errorf("no fixture of %s", kind)
		}
	}
	files, err := filepath.Glob(filepath.Join(fixtures, "*.json"))
	if err != nil || len(files) != len(strings.Split(strings.TrimSpace(string(list)), "\n")) {
		t.Errorf("%d fixtures are not those of chain.txt, %v", len(files), err)
	}
}

// The chain starts from 32 zero bytes: printf of them piped to sha256sum gives
// the hash of an empty fact.
func TestChainStart(t *testing.T) {
	const want = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
	if got := fact.Chain(fact.Hash{}, nil).String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestHashText(t *testing.T) {
	h := fact.Chain(fact.Hash{}, []byte("x"))
	b, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	var got fact.Hash
	if err := json.Unmarshal(b, &got); err != nil || got != h {
		t.Errorf("%s reads as %s, %v", b, got, err)
	}
	for _, text := range []string{`""`, `"00"`, `"` + strings.Repeat("z", 64) + `"`} {
		if err := json.Unmarshal([]byte(text), &got); errcode.Of(err) != errcode.Invalid {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := fact.Encode(header(), fact.SignIn{Employee: "e1"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fact.Decode(good); err != nil {
		t.Fatal(err)
	}
	edit := func(from, to string) []byte { return []byte(strings.Replace(string(good), from, to, 1)) }
	tests := map[string]struct {
		text []byte
		want errcode.Code
	}{
		"nothing":      {nil, errcode.Invalid},
		"cut":          {good[:len(good)-1], errcode.Invalid},
		"two facts":    {append(append([]byte{}, good...), good...), errcode.Invalid},
		"line break":   {append(append([]byte{}, good...), '\n'), errcode.Invalid},
		"no device":    {edit(`"d-12-3"`, `""`), errcode.Invalid},
		"no number":    {edit(`"seq":2048`, `"seq":0`), errcode.Invalid},
		"no epoch":     {edit(`"epoch":1`, `"epoch":0`), errcode.Invalid},
		"no kind":      {edit(`"SaleRegistered"`, `""`), errcode.Invalid},
		"no version":   {edit(`"v":1`, `"v":0`), errcode.Invalid},
		"negative":     {edit(`"seq":2048`, `"seq":-1`), errcode.Invalid},
		"not a number": {edit(`"at":`, `"at":"x`), errcode.Invalid},
		"doubled":      {edit(`"epoch":1`, `"epoch":1,"epoch":1`), errcode.Invalid},
		"look-alike":   {edit(`"epoch":1`, `"Device":"b","epoch":1`), errcode.Invalid},
		"other case":   {edit(`"device"`, `"Device"`), errcode.Invalid},
		"other order":  {edit(`"epoch":1,"seq":2048`, `"seq":2048,"epoch":1`), errcode.Invalid},
		"space":        {edit(`"epoch":1`, `"epoch": 1`), errcode.Invalid},
		"space before": {append([]byte(" "), good...), errcode.Invalid},
		"space after":  {append(append([]byte{}, good...), ' '), errcode.Invalid},
		"exponent":     {edit(`"seq":2048`, `"seq":2e3`), errcode.Invalid},
		"zeros":        {edit(`"seq":2048`, `"seq":02048`), errcode.Invalid},
		"escaped":      {edit(`"d-12-3"`, `"\u0064-12-3"`), errcode.Invalid},
		"no UTF-8":     {edit(`"d-12-3"`, "\"d-12-3\xff\""), errcode.Invalid},
		"member after": {edit(`}}`, `},"x":1}`), errcode.Invalid},
		"no body":      {edit(`{"employee":"e1"}`, ``), errcode.Invalid},
		"too large":    {bytes.Repeat([]byte(" "), fact.BytesMax+1), errcode.TooLarge},
	}
	for name, test := range tests {
		if f, err := fact.Decode(test.text); errcode.Of(err) != test.want {
			t.Errorf("%s: %+v, %v", name, f.Header, err)
		}
	}
}

// What says the same in other bytes is not canonical: two readers might read it
// differently.
func TestCanonical(t *testing.T) {
	h := header()
	h.Kind = fact.SignedIn
	good, err := fact.Encode(h, fact.SignIn{Employee: "e1"})
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"doubled": `{"employee":"e1","employee":"e2"}`, "look-alike": `{"employee":"e1","Employee":"e2"}`,
		"long s": `{"employee":"e1","failure\u017f":1}`, "unknown": `{"employee":"e1","x":1}`, "space": `{"employee": "e1"}`,
		"order": `{"failures":1,"employee":"e1"}`, "empty": `{"employee":""}`, "null": `null`, "exponent": `{"failures":1e0}`,
	} {
		raw := []byte(strings.Replace(string(good), `{"employee":"e1"}`, body, 1))
		if _, err := fact.Decode(raw); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, err := fact.Understand(raw); errcode.Of(err) != errcode.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := fact.Understand(good); err != nil {
		t.Error(err)
	}
}

// A receipt of the greatest length fits into a fact.
func TestLongestReceiptFits(t *testing.T) {
	text, err := fact.Encode(header(), sale(t, receipt.LinesMax))
	if err != nil {
		t.Fatalf("%d lines: %v", receipt.LinesMax, err)
	}
	t.Logf("%d lines take %d bytes", receipt.LinesMax, len(text))
}

// The header is written as encoding/json writes it.
func TestHeaderEqualsEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := rapid.Make[fact.Header]().Draw(t, "header")
		body := rapid.Make[fact.SignIn]().Draw(t, "body")
		want, err := json.Marshal(struct {
			fact.Header
			Body any `json:"body"`
		}{h, body})
		if err != nil {
			t.Fatal(err)
		}
		got, err := fact.Encode(h, body)
		if err != nil || string(got) != string(want) {
			t.Fatalf("%v\ngot  %s\nwant %s", err, got, want)
		}
	})
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(fixtures, "*.json"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		decoded, err := fact.Decode(text)
		if err != nil {
			if code := errcode.Of(err); code != errcode.Invalid && code != errcode.TooLarge {
				t.Fatalf("code %q", code)
			}
			return
		}
		once, err := encodeBody(decoded)
		if err != nil {
			return // kept in the journal, quarantined for projection
		}
		second, err := fact.Decode(once)
		if err != nil {
			t.Fatalf("%s\nwas encoded as %s: %v", text, once, err)
		}
		twice, err := encodeBody(second)
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%v\nonce  %s\ntwice %s", err, once, twice)
		}
	})
}
