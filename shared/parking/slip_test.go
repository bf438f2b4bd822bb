package parking

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/tax"
)

var key = []byte("0123456789abcdef0123456789abcdef")

// parked is a receipt as a shop has them: articles of six digits, some goods by
// weight, and every tenth line scanned by a code that the catalogue does not
// give by itself.
func parked(lines int) *Parking {
	r := rand.New(rand.NewPCG(7, uint64(lines)))
	p := &Parking{
		ID: "019a9f2e-7c55-7d02-9d5e-0a1b2c3d4e5f", Note: "красное пальто", By: "e-1-2", Name: "Анна", At: 1_795_000_060_000, Till: 3,
		Receipt: receipt.Receipt{
			ID: "019a9f2e-0000-7d02-9d5e-0a1b2c3d4e5f", Number: "12-3-000345", Type: receipt.Sale, State: receipt.Open, Shift: 214,
			Opened: 1_795_000_000_000, Zone: 180, Date: "2026-11-18", Cashier: "e-1-2", Store: "12", Rules: 100_234,
			Card: "2900000000025", Customer: "c-2", Coupons: []string{"SPRING"}, Total: 1234_56,
			Used: []receipt.Used{{Rule: "milk", Times: 2}},
		},
	}
	at := p.Receipt.Opened
	for n := range lines {
		at += int64(1000 + r.IntN(6000))
		l := receipt.Line{N: n + 1, SKU: catalogue.SKU(fmt.Sprint(100_000 + r.IntN(100_000))),
			Quantity: quantity.One, Price: money.Amount(1000+r.IntN(90_000))/10*10 + 90, At: at / 1000 * 1000}
		if n%10 == 6 {
			l.Code = fmt.Sprintf("46%011d", r.Int64N(100_000_000_000))
		}
		switch {
		case n%9 == 4:
			l.Quantity = quantity.Milli(100 + r.IntN(3000))
		case n%7 == 3:
			l.Quantity = quantity.Milli(2+r.IntN(5)) * quantity.One
		}
		p.Receipt.Lines = append(p.Receipt.Lines, l)
	}
	return p
}

// together reads parts in a random order and opens the slip.
func together(t interface{ Fatal(...any) }, parts []string, order []int) (Parking, error) {
	var c Collector
	for i, n := range order {
		part, err := Read(strings.ToLower(parts[n]) + "\r")
		if err != nil {
			t.Fatal(err)
		}
		sealed, missing := c.Add(part)
		if i < len(order)-1 {
			if len(missing) != len(order)-1-i || slices.Contains(missing, n+1) {
				t.Fatal("missing", missing, "after", order[:i+1])
			}
			continue
		}
		return Open(sealed, "12", [][]byte{[]byte("another key of the store"), key})
	}
	return Parking{}, errors.New("no parts")
}

func TestSlipOfAnyLengthInAnyOrder(t *testing.T) {
	for _, lines := range []int{1, 10, 30, 100, 300, 1000, 1400} {
		p := parked(lines)
		parts, err := Parts(p, key)
		if err != nil {
			t.Fatalf("%d lines: %v", lines, err)
		}
		length := 0
		for _, part := range parts {
			length += len(part)
			if len(part) > partLong || strings.Trim(part, letters+"TSP") != "" || !IsPart(part) {
				t.Errorf("part of %d characters: %s", len(part), part)
			}
		}
		t.Logf("%4d lines: %2d parts, %5d characters, %.1f a line", lines, len(parts), length, float64(length)/float64(lines))
		got, err := together(t, parts, rand.New(rand.NewPCG(1, 2)).Perm(len(parts)))
		if err != nil {
			t.Fatal(err)
		}
		want := *p
		want.Receipt.ID = ""
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d lines:\ngot  %+v\nwant %+v", lines, got, want)
		}
	}
	if _, err := Parts(parked(receipt.LinesMax), key); !errors.Is(err, ErrTooLong) {
		t.Errorf("%d lines: %v", receipt.LinesMax, err)
	}
}

// TestSlipKeepsEveryField fills receipts with anything and looks for what gets
// lost: a field that is added to a receipt is either carried or named here.
func TestSlipKeepsEveryField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p Parking
		fill(t, reflect.ValueOf(&p).Elem(), "")
		p.Receipt.Store = "12"
		for i := range p.Receipt.Lines {
			l := &p.Receipt.Lines[i]
			l.N = i*3 + 1
			l.Quantity, l.Price = l.Quantity&0xffffff, l.Price&0xffffff
			l.MinPrice, l.LabelSum, l.At = l.MinPrice&0xffffff, l.LabelSum&0xffffff, l.At&0xffffffffff/1000*1000
		}
		parts, err := Parts(&p, key)
		if err != nil {
			t.Fatal(err)
		}
		got, err := together(t, parts, rapid.Permutation(indexes(len(parts))).Draw(t, "order"))
		if err != nil {
			t.Fatal(err)
		}
		want := p
		r := &want.Receipt
		r.ID, r.Discount, r.Tax, r.Saved, r.Sources, r.Tenders = "", 0, nil, nil, nil, nil // computed or not there yet
		r.Lines = nil
		for _, l := range p.Receipt.Lines {
			l.Name, l.Category, l.Unit = catalogue.Text{}, "", ""          // of the catalogue
			l.TaxClass, l.TaxBP, l.TaxAdded = tax.Class(""), 0, false      // of the tax table
			l.Gross, l.Discount, l.Net, l.Tax, l.Applied = 0, 0, 0, 0, nil // computed
			r.Lines = append(r.Lines, l)
		}
		if a, b := want.AppendJSON(nil), got.AppendJSON(nil); string(a) != string(b) {
			t.Fatalf("got  %s\nwant %s", b, a)
		}
	})
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func fill(t *rapid.T, v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[0-9]{1,19}`), rapid.StringMatching(`[ -~«–я]{0,20}`)).Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 1<<50)).Draw(t, name))
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				fill(t, v.Field(i), f.Name)
			}
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 3).Draw(t, name)
		if n == 0 {
			return // nil: JSON's omitempty makes no difference
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i), fmt.Sprintf("%s[%d]", name, i))
		}
	case reflect.Map, reflect.Pointer:
	default:
		t.Fatalf("field %s: no way to draw a %s", name, v.Kind())
	}
}

func TestSlipThatIsRefused(t *testing.T) {
	parts, err := Parts(parked(40), key)
	if err != nil || len(parts) < 2 {
		t.Fatal(len(parts), err)
	}
	for at := range parts[0] { // any character that is read wrongly
		wrong := []byte(parts[0])
		wrong[at] = letters[(strings.IndexByte(letters, wrong[at])+7)%32]
		if _, err := Read(string(wrong)); errcode.Of(err) != errcode.SlipDamaged && errcode.Of(err) != errcode.SlipVersion {
			t.Fatalf("character %d changed: %v", at, err)
		}
	}
	var sealed []byte
	for _, text := range parts {
		part, err := Read(text)
		if err != nil {
			t.Fatal(err)
		}
		sealed = append(sealed, part.data...)
	}
	for at := range sealed { // any bit that was changed on purpose
		wrong := slices.Clone(sealed)
		wrong[at] ^= 4
		if _, err := Open(wrong, "12", [][]byte{key}); err == nil {
			t.Fatalf("byte %d changed and opened", at)
		}
	}
	tests := []struct {
		name, store string
		keys        [][]byte
		sealed      []byte
		want        errcode.Code
	}{
		{"good", "12", [][]byte{key}, sealed, ""},
		{"another store", "13", [][]byte{key}, sealed, errcode.SlipForeign},
		{"another key", "12", [][]byte{[]byte("0123456789abcdeX")}, sealed, errcode.SlipAltered},
		{"no key", "12", nil, sealed, errcode.SlipKey},
		{"half of it", "12", [][]byte{key}, sealed[:len(sealed)/2], errcode.SlipAltered},
		{"nothing", "12", [][]byte{key}, nil, errcode.SlipDamaged},
		{"a newer version", "12", [][]byte{key}, append([]byte{9}, sealed[1:]...), errcode.SlipVersion},
	}
	for _, test := range tests {
		if _, err := Open(test.sealed, test.store, test.keys); errcode.Of(err) != test.want {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
	if _, err := Parts(parked(1), []byte("short")); errcode.Of(err) != errcode.SlipKey {
		t.Errorf("sealed with a short key: %v", err)
	}
}

func TestIsPart(t *testing.T) {
	for code, want := range map[string]bool{
		"4601234567893": false, "": false, "TSP": false, "TSPAAAAAAAAAAAAAAAAAAAAAAA": false, "TSP1": false,
		"tsp10123456789abcdefgh": true, "TSP20123456789ABCDEFGH": true, "0104601234567893215abc": false,
	} {
		if got := IsPart(code); got != want {
			t.Errorf("IsPart(%q) = %v", code, got)
		}
	}
}

// TestTwoSlipsAtOnce mixes the parts of two slips, as happens when both lie on
// the counter.
func TestTwoSlipsAtOnce(t *testing.T) {
	one, two := parked(60), parked(61)
	two.ID = "019a9f2e-ffff-7d02-9d5e-0a1b2c3d4e5f"
	a, err := Parts(one, key)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parts(two, key)
	if err != nil {
		t.Fatal(err)
	}
	var c Collector
	whole := 0
	for i := range max(len(a), len(b)) {
		for _, parts := range [][]string{a, b} {
			if i >= len(parts) {
				continue
			}
			part, err := Read(parts[i])
			if err != nil {
				t.Fatal(err)
			}
			if sealed, missing := c.Add(part); len(missing) == 0 {
				if _, err := Open(sealed, "12", [][]byte{key}); err != nil {
					t.Error(err)
				}
				whole++
			}
		}
	}
	if whole != 2 {
		t.Errorf("%d slips came together", whole)
	}
}

// FuzzRead feeds anything to the scanner's side of a slip.
func FuzzRead(f *testing.F) {
	parts, err := Parts(parked(3), key)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(parts[0])
	f.Add("TSP1")
	f.Fuzz(func(t *testing.T, text string) {
		part, err := Read(text)
		if err != nil {
			return
		}
		var c Collector
		sealed, missing := c.Add(part)
		if len(missing) != part.Count-1 {
			t.Fatalf("%d missing of %d", len(missing), part.Count)
		}
		if p, err := Open(sealed, "12", [][]byte{key}); err == nil && p.Receipt.Store != "12" {
			t.Fatalf("opened a slip of %q", p.Receipt.Store)
		}
	})
}

// FuzzUnpack feeds anything to what stands behind the seal: a key may be stolen.
func FuzzUnpack(f *testing.F) {
	for _, lines := range []int{0, 1, 12} {
		b, err := pack(parked(lines))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := unpack(b)
		if err != nil {
			if errcode.Of(err) != errcode.SlipDamaged {
				t.Fatal(err)
			}
			return
		}
		if len(p.Receipt.Lines) > receipt.LinesMax {
			t.Fatalf("%d lines", len(p.Receipt.Lines))
		}
		again, err := pack(&p)
		if err != nil {
			t.Fatal(err)
		}
		if same, err := unpack(again); err != nil || !reflect.DeepEqual(same.Receipt.Lines, p.Receipt.Lines) {
			t.Fatalf("does not survive: %v\n%+v\n%+v", err, p, same)
		}
	})
}
