package receipt_test

import (
	"fmt"
	"reflect"

	"pgregory.net/rapid"
)

// fillFields draws a value for every exported field of *v that is a string, a
// number, a flag or a struct of them, so that a field added later is drawn too.
func fillFields(t *rapid.T, v any) { fill(t, reflect.ValueOf(v).Elem(), "") }

func fill(t *rapid.T, v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.Just(""), rapid.String(), rapid.SampledFrom([]string{
			"«Молоко» 3,2 % — Bücher & <b>", "\u2028\u2029", "\xff\xe2\x80", "tab\t\"\\\x7f\b",
		})).Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.OneOf(rapid.Just(int64(0)), rapid.Int64()).Draw(t, name))
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				fill(t, v.Field(i), f.Name)
			}
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 3).Draw(t, name)
		if n == 0 && rapid.Bool().Draw(t, name+" nil") {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i), fmt.Sprintf("%s[%d]", name, i))
		}
	default:
		t.Fatalf("field %s: no way to draw a %s", name, v.Kind())
	}
}
