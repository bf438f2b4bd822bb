package intake

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"tillsight/shared/errcode"
)

// Text reads the bytes of a file as text: UTF-8, UTF-16 of either order, or the
// code page of Russian spreadsheets.
func Text(data []byte) (string, error) {
	const op = "intake.Text"
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "", errcode.New(errcode.FileWorkbook, op, nil)
	case len(bytes.TrimSpace(data)) == 0:
		return "", errcode.New(errcode.FileEmpty, op, nil)
	}
	if order := wide(data); order != nil {
		return fromUTF16(data, order)
	}
	marked := bytes.HasPrefix(data, []byte("\ufeff"))
	plain := bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(plain) {
		return string(plain), nil
	}
	if marked || mostlyUTF8(plain) || !mostly1251(plain) {
		return "", errcode.New(errcode.FileEncoding, op, errors.New("neither UTF-8 nor windows-1251"))
	}
	var b strings.Builder
	for _, c := range plain {
		r := rune(c)
		switch {
		case c >= 0xc0:
			r = 'А' + rune(c-0xc0)
		case c >= 0x80:
			r = upper1251[c-0x80]
		}
		if r == utf8.RuneError {
			return "", errcode.New(errcode.FileEncoding, op, errors.New("a byte that windows-1251 has not"))
		}
		b.WriteRune(r)
	}
	return b.String(), nil
}

// wide returns the order of a file in UTF-16: by its mark, or by every second
// byte of its beginning being zero.
func wide(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return binary.BigEndian
	case len(data) < 4 || len(data)%2 != 0:
		return nil
	case data[0] != 0 && data[1] == 0 && data[2] != 0 && data[3] == 0:
		return binary.LittleEndian
	case data[0] == 0 && data[1] != 0 && data[2] == 0 && data[3] != 0:
		return binary.BigEndian
	}
	return nil
}

func fromUTF16(data []byte, order binary.ByteOrder) (string, error) {
	if len(data)%2 != 0 {
		return "", errcode.New(errcode.FileEncoding, "intake.Text", errors.New("half a character of UTF-16"))
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
	if strings.TrimSpace(text) == "" {
		return "", errcode.New(errcode.FileEmpty, "intake.Text", nil)
	}
	return text, nil
}

// upper1251 is 0x80 … 0xBF of windows-1251; the letters follow.
var upper1251 = []rune("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\ufffd™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї")

// mostlyUTF8 reports whether a file is UTF-8 that was damaged: it has more
// Russian letters of two bytes than bytes that are none.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case n == 1 && r == utf8.RuneError:
			bad++
		case unicode.Is(unicode.Cyrillic, r):
			good++
		}
		data = data[n:]
	}
	return good > bad
}

// mostly1251 reports whether bytes above ASCII are letters as windows-1251 has
// them, not those of another code page with the same alphabet.
func mostly1251(data []byte) bool {
	const frequent = "оеаинтсрвлОЕАИНТСРВЛ"
	const koi8 = "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"
	other := []rune(koi8)
	letters, rest, own, foreign := 0, 0, 0, 0
	for _, c := range data {
		switch {
		case c >= 0xc0:
			letters++
			if strings.ContainsRune(frequent, 'А'+rune(c-0xc0)) {
				own++
			}
			if strings.ContainsRune(frequent, other[c-0xc0]) {
				foreign++
			}
		case c >= 0x80 && !strings.ContainsRune("Ёё№«»–—“”„’…°\u00a0•·", upper1251[c-0x80]):
			rest++
		}
	}
	return rest <= letters/4 && (letters < 40 || own*3 >= foreign*2)
}
