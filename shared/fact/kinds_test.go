package fact

import (
	"encoding/json"
	"errors"
	"testing"

	"tillsight/shared/errcode"
)

// A body of an older version becomes today's, step by step and in one place.
func TestOlderBody(t *testing.T) {
	type today struct {
		Employee string `json:"employee"`
		Tries    int    `json:"tries"`
	}
	fine := func(Fact, *today) error { return nil }
	rename := func(from, to string) upcast {
		return func(raw json.RawMessage) (json.RawMessage, error) {
			members := map[string]json.RawMessage{}
			if err := json.Unmarshal(raw, &members); err != nil {
				return nil, err
			}
			members[to] = members[from]
			delete(members, from)
			return json.Marshal(members)
		}
	}
	k := of("SignedIn", 3, fine, rename("who", "employee"), rename("failures", "tries"))
	for version, body := range map[int]string{
		1: `{"who":"e1","failures":2}`, 2: `{"employee":"e1","failures":2}`, 3: `{"employee":"e1","tries":2}`,
	} {
		got, err := k.read(Fact{Header: Header{Kind: "SignedIn", Version: version}, Body: json.RawMessage(body)})
		if err != nil || *got.(*today) != (today{"e1", 2}) {
			t.Errorf("version %d: %+v, %v", version, got, err)
		}
	}
	if _, err := k.read(Fact{Header: Header{Version: 4}, Body: json.RawMessage(`{}`)}); errcode.Of(err) != errcode.UnknownFact {
		t.Errorf("a version to come: %v", err)
	}
	broken := of("SignedIn", 2, fine, func(json.RawMessage) (json.RawMessage, error) { return nil, errors.New("no") })
	if _, err := broken.read(Fact{Header: Header{Version: 1}}); errcode.Of(err) != errcode.Invalid {
		t.Errorf("a body that can't be brought to today's form: %v", err)
	}
}

// Every version but today's has a step to the next one.
func TestEveryOlderVersionIsRead(t *testing.T) {
	for _, k := range kinds {
		if len(k.older) != k.version-1 {
			t.Errorf("%s: version %d, %d steps", k.name, k.version, len(k.older))
		}
	}
}

func TestTable(t *testing.T) {
	table := Table[*[]string]{}
	On(table, SignedIn, func(r *[]string, f Fact, body *SignIn) error {
		*r = append(*r, body.Employee)
		return nil
	})
	Ignore(table, "nothing to do", SignInRefused)
	if got := len(table.Missing()); got != len(kinds)-2 {
		t.Errorf("%d kinds are missing", got)
	}
	if got := table.Kinds(); len(got) != 1 || got[0] != SignedIn {
		t.Errorf("takes %v", got)
	}
	var names []string
	take := func(kind Kind, version int, body string) error {
		return table.Take(&names, Fact{Header: Header{Kind: kind, Version: version, Seq: 1}, Body: json.RawMessage(body)})
	}
	if err := errors.Join(take(SignedIn, 1, `{"employee":"e1"}`), take(SignInRefused, 1, `no body`), take("News", 1, `{}`)); err != nil {
		t.Error(err)
	}
	if err := take(SignedIn, 1, `[]`); errcode.Of(err) != errcode.Invalid {
		t.Errorf("another body: %v", err)
	}
	if err := take(SignedIn, 2, `{}`); errcode.Of(err) != errcode.UnknownFact {
		t.Errorf("a version to come: %v", err)
	}
	if len(names) != 1 || names[0] != "e1" {
		t.Errorf("took %v", names)
	}
	for what, wrong := range map[string]func(){
		"another body": func() { On(Table[int]{}, SignedIn, func(int, Fact, *Nothing) error { return nil }) },
		"no kind":      func() { On(Table[int]{}, "News", func(int, Fact, *Nothing) error { return nil }) },
		"twice":        func() { Ignore(table, "again", SignedIn) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: a table was made of it", what)
				}
			}()
			wrong()
		}()
	}
}
