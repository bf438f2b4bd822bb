// Package canonical writes JSON by appending, byte for byte as encoding/json
// would. It exists because the bytes of a sale are made between the tap on "pay"
// and the disk, and reflection in WebAssembly takes three times as long there.
package canonical

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// A key is passed as it is written, with what separates it from the member
// before: `,"name":` or `{"name":`. One append is all it costs.

// Text appends key and a string.
func Text(dst []byte, key, value string) []byte { return String(append(dst, key...), value) }

// TextIf is Text for a field with omitempty.
func TextIf(dst []byte, key, value string) []byte {
	if value == "" {
		return dst
	}
	return String(append(dst, key...), value)
}

// Int appends key and a number.
func Int[T ~int | ~int64](dst []byte, key string, value T) []byte {
	return strconv.AppendInt(append(dst, key...), int64(value), 10)
}

// IntIf is Int for a field with omitempty.
func IntIf[T ~int | ~int64](dst []byte, key string, value T) []byte {
	if value == 0 {
		return dst
	}
	return strconv.AppendInt(append(dst, key...), int64(value), 10)
}

// True appends key and true, nothing for false: a field with omitempty.
func True(dst []byte, key string, value bool) []byte {
	if !value {
		return dst
	}
	return append(append(dst, key...), "true"...)
}

// List appends key and the elements that one writes.
func List[T any](dst []byte, key string, list []T, one func(dst []byte, element *T) []byte) []byte {
	dst = append(append(dst, key...), '[')
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = one(dst, &list[i])
	}
	return append(dst, ']')
}

// Classes of bytes in a string; a string's class is the union of its bytes'.
const (
	high   = 1 << iota // part of a character beyond ASCII
	escape             // needs escaping, or may begin a line separator
)

var classes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&', c == 0x7f, c == 0xe2:
			t[c] = escape
		case c >= utf8.RuneSelf:
			t[c] = high
		}
	}
	return t
}()

// String appends s quoted.
func String(dst []byte, s string) []byte {
	var class uint8
	for i := 0; i < len(s); i++ {
		class |= classes[s[i]]
	}
	if class >= escape || class == high && !utf8.ValidString(s) {
		return unusual(dst, s)
	}
	dst = append(dst, '"')
	dst = append(dst, s...)
	return append(dst, '"')
}

func unusual(dst []byte, s string) []byte {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return append(dst, b...)
}
