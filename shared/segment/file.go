package segment

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"unsafe"

	"tillsight/shared/errcode"
)

// File is the content of a segment file.
type File struct {
	Table   Table
	Store   string
	Month   string
	Columns []Column
}

// Column is one array. Values is a []uint8, []uint16, []uint32, []int32,
// []int64 or []string.
type Column struct {
	Name   string
	Values any
}

// A file is: magic, CRC32C of all that follows it, length of the header (both
// uint32), the header as JSON, zeros up to a multiple of eight, the arrays.
const (
	magic     = "TSSEG1\r\n"
	align     = 8
	prefixLen = len(magic) + 8
	headerMax = 1 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type header struct {
	Table   Table          `json:"table"`
	Store   string         `json:"store,omitempty"`
	Month   string         `json:"month,omitempty"`
	Columns []columnHeader `json:"columns"`
}

// columnHeader places one array: Offset counts from the end of the padded
// header, Rows values of Type. Strings are Rows+1 uint32 ends into the bytes
// that follow them.
type columnHeader struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Rows   int    `json:"rows"`
	Offset int    `json:"offset"`
	Bytes  int    `json:"bytes"`
}

// Encode returns the bytes of a file. The same content gives the same bytes.
func Encode(f File) ([]byte, error) {
	h := header{Table: f.Table, Store: f.Store, Month: f.Month, Columns: []columnHeader{}}
	var body []byte
	for _, column := range f.Columns {
		place := columnHeader{Name: column.Name, Offset: len(body)}
		var err error
		if body, err = appendValues(body, column.Values, &place); err != nil {
			return nil, errcode.New(errcode.Internal, "segment.Encode", fmt.Errorf("column %s: %w", column.Name, err))
		}
		place.Bytes = len(body) - place.Offset
		h.Columns = append(h.Columns, place)
		body = pad(body)
	}
	text, err := json.Marshal(h)
	if err != nil {
		return nil, errcode.New(errcode.Internal, "segment.Encode", err)
	}
	out := append([]byte(magic), make([]byte, 8)...)
	out = pad(append(out, text...))
	binary.LittleEndian.PutUint32(out[len(magic)+4:], uint32(len(text)))
	return seal(append(out, body...)), nil
}

// seal writes the checksum of b into it.
func seal(b []byte) []byte {
	binary.LittleEndian.PutUint32(b[len(magic):], crc32.Checksum(b[len(magic)+4:], castagnoli))
	return b
}

func pad(b []byte) []byte {
	for len(b)%align != 0 {
		b = append(b, 0)
	}
	return b
}

func appendValues(b []byte, values any, place *columnHeader) ([]byte, error) {
	switch v := values.(type) {
	case []uint8:
		place.Type, place.Rows = "u8", len(v)
		b = append(b, v...)
	case []uint16:
		place.Type, place.Rows = "u16", len(v)
		for _, n := range v {
			b = binary.LittleEndian.AppendUint16(b, n)
		}
	case []uint32:
		place.Type, place.Rows = "u32", len(v)
		for _, n := range v {
			b = binary.LittleEndian.AppendUint32(b, n)
		}
	case []int32:
		place.Type, place.Rows = "i32", len(v)
		for _, n := range v {
			b = binary.LittleEndian.AppendUint32(b, uint32(n))
		}
	case []int64:
		place.Type, place.Rows = "i64", len(v)
		for _, n := range v {
			b = binary.LittleEndian.AppendUint64(b, uint64(n))
		}
	case []string:
		place.Type, place.Rows = "text", len(v)
		return appendStrings(b, v)
	default:
		return nil, fmt.Errorf("no form for %T", values)
	}
	return b, nil
}

func appendStrings(b []byte, values []string) ([]byte, error) {
	end := uint64(0)
	b = binary.LittleEndian.AppendUint32(b, 0)
	for _, s := range values {
		end += uint64(len(s))
		if end > math.MaxUint32 {
			return nil, fmt.Errorf("more than 4 GiB of text")
		}
		b = binary.LittleEndian.AppendUint32(b, uint32(end))
	}
	for _, s := range values {
		b = append(b, s...)
	}
	return b, nil
}

// Decode reads a file. The columns use the bytes of b where they lie, so b
// must not be changed afterwards. Damaged bytes give errcode.DBDamaged.
func Decode(b []byte) (File, error) {
	h, body, err := decodeHeader(b)
	if err != nil {
		return File{}, errcode.New(errcode.DBDamaged, "segment.Decode", err)
	}
	f := File{Table: h.Table, Store: h.Store, Month: h.Month}
	for _, place := range h.Columns {
		values, err := place.values(body)
		if err != nil {
			return File{}, errcode.New(errcode.DBDamaged, "segment.Decode", fmt.Errorf("column %s: %w", place.Name, err))
		}
		f.Columns = append(f.Columns, Column{Name: place.Name, Values: values})
	}
	return f, nil
}

func decodeHeader(b []byte) (header, []byte, error) {
	var h header
	if len(b) < prefixLen || string(b[:len(magic)]) != magic {
		return h, nil, fmt.Errorf("not a segment file")
	}
	if crc32.Checksum(b[len(magic)+4:], castagnoli) != binary.LittleEndian.Uint32(b[len(magic):]) {
		return h, nil, fmt.Errorf("checksum differs")
	}
	n := int(binary.LittleEndian.Uint32(b[len(magic)+4:]))
	if n > headerMax || n > len(b)-prefixLen {
		return h, nil, fmt.Errorf("header of %d bytes", n)
	}
	if err := json.Unmarshal(b[prefixLen:prefixLen+n], &h); err != nil {
		return h, nil, fmt.Errorf("header: %w", err)
	}
	start := (prefixLen + n + align - 1) / align * align
	if start > len(b) {
		return h, nil, fmt.Errorf("header without arrays")
	}
	return h, b[start:], nil
}

// values cuts one array out of body.
func (c columnHeader) values(body []byte) (any, error) {
	if c.Offset < 0 || c.Bytes < 0 || c.Rows < 0 || c.Offset > len(body) || c.Bytes > len(body)-c.Offset {
		return nil, fmt.Errorf("outside the file")
	}
	b := body[c.Offset : c.Offset+c.Bytes]
	switch c.Type {
	case "u8":
		return arrayOf[uint8](b, c.Rows)
	case "u16":
		return arrayOf[uint16](b, c.Rows)
	case "u32":
		return arrayOf[uint32](b, c.Rows)
	case "i32":
		return arrayOf[int32](b, c.Rows)
	case "i64":
		return arrayOf[int64](b, c.Rows)
	case "text":
		return stringsOf(b, c.Rows)
	}
	return nil, fmt.Errorf("unknown type %q", c.Type)
}

// Number is a type that a column holds.
type Number interface {
	uint8 | uint16 | uint32 | int32 | int64
}

// arrayOf views b as rows values of T: in place when it is aligned for T (a
// file from Encode in an aligned buffer always is), else as a copy. All
// platforms that this runs on are little-endian.
func arrayOf[T Number](b []byte, rows int) ([]T, error) {
	var zero T
	size := int(unsafe.Sizeof(zero))
	if rows > len(b)/size || rows*size != len(b) {
		return nil, fmt.Errorf("%d bytes for %d values of %d", len(b), rows, size)
	}
	if rows == 0 {
		return []T{}, nil
	}
	if uintptr(unsafe.Pointer(&b[0]))%unsafe.Alignof(zero) != 0 {
		b = append(make([]byte, 0, len(b)+align), b...)
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&b[0])), rows), nil
}

func stringsOf(b []byte, rows int) ([]string, error) {
	if rows > len(b)/4-1 {
		return nil, fmt.Errorf("%d bytes for %d strings", len(b), rows)
	}
	ends, err := arrayOf[uint32](b[:4*(rows+1)], rows+1)
	if err != nil {
		return nil, err
	}
	text := b[4*(rows+1):]
	out := make([]string, rows)
	for i := range out {
		from, to := ends[i], ends[i+1]
		if from > to || uint64(to) > uint64(len(text)) {
			return nil, fmt.Errorf("string %d outside its text", i)
		}
		if from < to {
			out[i] = unsafe.String(&text[from], int(to-from))
		}
	}
	return out, nil
}

// get finds column name of type T in f.
func get[T any](f File, name string) ([]T, error) {
	for _, column := range f.Columns {
		if column.Name != name {
			continue
		}
		values, ok := column.Values.([]T)
		if !ok {
			return nil, fmt.Errorf("column %s is %T", name, column.Values)
		}
		return values, nil
	}
	return nil, fmt.Errorf("no column %s", name)
}

// Rows returns the length of the first column: of a dimension, its rows.
func (f File) Rows() int {
	if len(f.Columns) == 0 {
		return 0
	}
	switch v := f.Columns[0].Values.(type) {
	case []int32:
		return len(v)
	case []uint32:
		return len(v)
	}
	return 0
}
