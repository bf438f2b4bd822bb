package fact

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Table says what a reader R does with every kind of fact. A kind that is in no
// row is missing, which the reader's test asks for.
type Table[R any] map[Kind]row[R]

type row[R any] struct {
	take func(r R, f Fact, body any) error // nil: ignored
	raw  bool                              // it does without the body
	why  string
}

// On has do take the facts of kind k. Their body must be a B.
func On[R, B any](t Table[R], k Kind, do func(r R, f Fact, body *B) error) {
	if known := find(k); known == nil || known.body != reflect.TypeFor[B]() {
		panic(fmt.Sprintf("fact.On: the body of %s is no %s", k, reflect.TypeFor[B]()))
	}
	t.add(k, row[R]{take: func(r R, f Fact, body any) error { return do(r, f, body.(*B)) }})
}

// OnRaw has do take the facts of kind k without reading their body: it wants the
// header, or reads what it needs by itself.
func OnRaw[R any](t Table[R], k Kind, do func(r R, f Fact) error) {
	t.add(k, row[R]{raw: true, take: func(r R, f Fact, _ any) error { return do(r, f) }})
}

// Ignore says why the reader has no use for facts of these kinds.
func Ignore[R any](t Table[R], why string, kinds ...Kind) {
	for _, k := range kinds {
		t.add(k, row[R]{why: why})
	}
}

func (t Table[R]) add(k Kind, r row[R]) {
	if _, ok := t[k]; ok {
		panic(fmt.Sprintf("fact.Table: %s stands there twice", k))
	}
	t[k] = r
}

// Missing lists the kinds of which the table says nothing.
func (t Table[R]) Missing() (list []Kind) {
	for _, k := range Kinds() {
		if _, ok := t[k]; !ok {
			list = append(list, k)
		}
	}
	return list
}

// Takes reports whether the reader does anything with facts of kind k.
func (t Table[R]) Takes(k Kind) bool { return t[k].take != nil }

// Kinds lists the kinds that the reader does something with.
func (t Table[R]) Kinds() []Kind {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(t)), func(k Kind) bool { return !t.Takes(k) })
}

// Take has r take f. What it ignores is not even decoded; a body that is no body
// of its kind, or of a version to come, is an error.
func (t Table[R]) Take(r R, f Fact) error {
	if !t.Takes(f.Kind) {
		return nil
	}
	if t[f.Kind].raw {
		return t[f.Kind].take(r, f, nil)
	}
	body, err := f.Read()
	if err != nil {
		return err
	}
	return t[f.Kind].take(r, f, body)
}

// TakeRead is Take of a fact whose body was read before.
func (t Table[R]) TakeRead(r R, f Fact, body any) error {
	if !t.Takes(f.Kind) {
		return nil
	}
	return t[f.Kind].take(r, f, body)
}
