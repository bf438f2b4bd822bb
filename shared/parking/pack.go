package parking

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
)

// packedMax limits what a slip unpacks to: a receipt of receipt.LinesMax lines,
// each with something unusual, is smaller.
const packedMax = 512 << 10

// dictionary is what a slip's head looks like; deflate begins with having seen
// it. Changing it needs another version of the slip.
const dictionary = `{"mark":"","batch":"","serial":"","expires":"2026-1","best":"2026-1","min_age":18,"reason":"","list":"` +
	`"manual":{"bp":1000,"amount":,"limit":1000,"by":"e","reason":""}` +
	`"parts":[{"sku":"","name":{"ru":"","en":""},"qty":1000,"worth":,"tax_class":"standard","tax_bp":2000}]` +
	`{"offers":[{"price":99,"min":},{"list":"","price":99,"min":}]}` +
	`{"at":179,"by":"e-1-1","holder":"","id":"019","name":"","note":"","receipt":{"age":{"years":18,"by":"e","at":179},"card":"29000",` +
	`"cashier":"e-1-1","coupons":[""],"customer":"c","date":"2026-1","groups":[""],"number":"1-1-000","opened":179,"rules":1,"shift":1,` +
	`"state":"open","store":"1","total":1,"totals":[{"rule":"","times":1}],"type":"sale","used":[{"rule":"","times":1}],"zone":180},"till":1}`

// pack makes the compact form of p. What another register can look up or
// compute is left out: IDs and state of the receipt, sums, what goods are called
// and how they are taxed.
func pack(p *Parking) ([]byte, error) {
	head, err := unusual(headOf(p), emptyHead)
	if err != nil {
		return nil, err
	}
	plain := binary.AppendUvarint(nil, uint64(len(head)))
	plain = append(plain, head...)
	if plain, err = appendLines(plain, p.Receipt.Lines); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, err := flate.NewWriterDict(&b, flate.BestCompression, []byte(dictionary))
	if err != nil {
		return nil, errcode.New(errcode.Internal, "parking.pack", err)
	}
	if _, err := w.Write(plain); err != nil {
		return nil, errcode.New(errcode.Internal, "parking.pack", err)
	}
	if err := w.Close(); err != nil {
		return nil, errcode.New(errcode.Internal, "parking.pack", err)
	}
	return b.Bytes(), nil
}

// headOf is p without the lines and what follows from them.
func headOf(p *Parking) Parking {
	head := *p
	r := &head.Receipt
	r.ID, r.Lines, r.Tenders, r.Saved, r.Sources, r.Tax = "", nil, nil, nil, nil, nil
	r.Discount = 0
	return head
}

// Flags of a line. What they name follows in a column of its own.
const (
	flagSingle = 1 << iota
	flagVoided
	flagQuantity // other than one piece
	flagMin
	flagLabel
	flagCode     // a number
	flagCodeText // something else
	flagRest     // anything else, as JSON
)

// appendLines writes the lines column by column: what is alike in all of them
// then takes next to no room.
func appendLines(dst []byte, lines []receipt.Line) ([]byte, error) {
	dst = binary.AppendUvarint(dst, uint64(len(lines)))
	var columns [9][]byte
	n, at := 0, int64(0)
	for i := range lines {
		l := &lines[i]
		rest, err := restOf(*l)
		if err != nil {
			return nil, err
		}
		flags := flagsOf(l, rest)
		columns[0] = append(columns[0], flags)
		columns[1] = binary.AppendVarint(columns[1], int64(l.N-n))
		columns[2] = appendName(columns[2], string(l.SKU))
		columns[3] = binary.AppendUvarint(columns[3], uint64(l.Price))
		columns[4] = binary.AppendVarint(columns[4], l.At/1000-at)
		n, at = l.N, l.At/1000
		if flags&flagQuantity != 0 {
			columns[5] = binary.AppendUvarint(columns[5], uint64(l.Quantity))
		}
		if flags&flagMin != 0 {
			columns[6] = binary.AppendUvarint(columns[6], uint64(l.MinPrice))
		}
		if flags&flagLabel != 0 {
			columns[6] = binary.AppendUvarint(columns[6], uint64(l.LabelSum))
		}
		if flags&(flagCode|flagCodeText) != 0 {
			columns[7] = appendCode(columns[7], l.Code, flags&flagCode != 0)
		}
		if flags&flagRest != 0 {
			columns[8] = appendText(columns[8], rest)
		}
	}
	for _, column := range columns {
		dst = append(dst, column...)
	}
	return dst, nil
}

func flagsOf(l *receipt.Line, rest []byte) byte {
	var flags byte
	set := func(flag byte, on bool) {
		if on {
			flags |= flag
		}
	}
	number := isNumber(l.Code)
	set(flagSingle, l.Single)
	set(flagVoided, l.Voided)
	set(flagQuantity, l.Quantity != quantity.One)
	set(flagMin, l.MinPrice != 0)
	set(flagLabel, l.LabelSum != 0)
	set(flagCode, number)
	set(flagCodeText, !number && l.Code != "")
	set(flagRest, len(rest) > 0)
	return flags
}

// bare is a line of which only what the columns do not hold is left.
func bare(l receipt.Line) receipt.Line {
	l.N, l.SKU, l.Code, l.Quantity, l.Price, l.MinPrice, l.LabelSum, l.At = 0, "", "", 0, 0, 0, 0, 0
	l.Single, l.Voided = false, false
	l.Name, l.Category, l.Unit, l.TaxClass, l.TaxBP, l.TaxAdded = catalogue.Text{}, "", "", "", 0, false
	l.Gross, l.Discount, l.Net, l.Tax, l.Applied = 0, 0, 0, 0, nil
	return l
}

// What nothing is known of: members that are like these are left out.
var (
	emptyLine = membersOf(receipt.Line{})
	emptyHead = membersOf(Parking{})
)

// members are the members of a JSON object.
type members = map[string]json.RawMessage

func membersOf(v any) members {
	var m members
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		panic(err) // of a type of ours
	}
	return m
}

// restOf is what is unusual about a line: fields that a later version adds
// travel here without anybody thinking of it.
func restOf(l receipt.Line) ([]byte, error) { return unusual(bare(l), emptyLine) }

// unusual is v as JSON without the members that it has in common with usual,
// nothing when those are all. Members of the receipt are treated the same way.
func unusual(v any, usual members) ([]byte, error) {
	fail := func(err error) ([]byte, error) { return nil, errcode.New(errcode.Internal, "parking.pack", err) }
	text, err := json.Marshal(v)
	if err != nil {
		return fail(err)
	}
	var m members
	if err := json.Unmarshal(text, &m); err != nil {
		return fail(err)
	}
	for name, value := range m {
		switch {
		case bytes.Equal(value, usual[name]):
			delete(m, name)
		case name == "receipt":
			var inner members
			if err := json.Unmarshal(usual[name], &inner); err != nil {
				return fail(err)
			}
			if m[name], err = unusual(value, inner); err != nil {
				return nil, err
			}
		}
	}
	if len(m) == 0 {
		return nil, nil
	}
	if text, err = json.Marshal(m); err != nil {
		return fail(err)
	}
	return text, nil
}

// isNumber reports whether digits survive as a number with their length.
func isNumber(s string) bool {
	if s == "" || len(s) > 18 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func value(digits string) uint64 {
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		panic(err) // isNumber said yes
	}
	return n
}

// appendName writes an article: a plain number as one, an even number before it.
func appendName(dst []byte, name string) []byte {
	if isNumber(name) && (name[0] != '0' || name == "0") {
		return binary.AppendUvarint(dst, value(name)<<1)
	}
	dst = binary.AppendUvarint(dst, uint64(len(name))<<1|1)
	return append(dst, name...)
}

// appendCode writes digits with their number, or a text.
func appendCode(dst []byte, code string, number bool) []byte {
	if !number {
		return appendText(dst, []byte(code))
	}
	dst = append(dst, byte(len(code)))
	return binary.AppendUvarint(dst, value(code))
}

func appendText(dst, text []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(text)))
	return append(dst, text...)
}

// unpack reads what pack wrote.
func unpack(b []byte) (Parking, error) {
	r := flate.NewReaderDict(bytes.NewReader(b), []byte(dictionary))
	plain, err := io.ReadAll(io.LimitReader(r, packedMax+1))
	if err == nil && len(plain) > packedMax {
		err = errors.New("too long")
	}
	if err != nil {
		return Parking{}, damaged(err)
	}
	d := &reader{rest: plain}
	var p Parking
	if head := d.text(); d.err == nil && len(head) > 0 {
		if err := json.Unmarshal(head, &p); err != nil {
			return Parking{}, damaged(err)
		}
	}
	p.Receipt.Lines = d.lines()
	if d.err == nil && len(d.rest) != 0 {
		d.err = fmt.Errorf("%d bytes too many", len(d.rest))
	}
	if d.err != nil {
		return Parking{}, damaged(d.err)
	}
	return p, nil
}

func damaged(err error) error { return errcode.New(errcode.SlipDamaged, "parking", err) }

// reader takes values off the front of rest until one is not there.
type reader struct {
	rest []byte
	err  error
}

func (d *reader) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

// positive is a number that an int64 holds.
func (d *reader) positive() int64 {
	v := d.uvarint()
	if v > 1<<62 {
		d.fail()
		return 0
	}
	return int64(v)
}

func (d *reader) varint() int64 {
	v, n := binary.Varint(d.rest)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *reader) fail() {
	if d.err == nil {
		d.err = io.ErrUnexpectedEOF
	}
	d.rest = nil
}

func (d *reader) bytes(n uint64) []byte {
	if n > uint64(len(d.rest)) {
		d.fail()
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *reader) text() []byte { return d.bytes(d.uvarint()) }

func (d *reader) lines() []receipt.Line {
	count := d.uvarint()
	if count > receipt.LinesMax {
		d.fail()
	}
	if d.err != nil || count == 0 {
		return nil
	}
	flags := d.bytes(count)
	if d.err != nil {
		return nil
	}
	lines := make([]receipt.Line, count)
	each := func(flag byte, read func(l *receipt.Line)) {
		for i := range lines {
			if d.err == nil && (flag == 0 || flags[i]&flag != 0) {
				read(&lines[i])
			}
		}
	}
	n, at := 0, int64(0)
	each(0, func(l *receipt.Line) { n += int(int32(d.varint())); l.N = n })
	each(0, func(l *receipt.Line) { l.SKU = catalogue.SKU(d.name()) })
	each(0, func(l *receipt.Line) { l.Price = money.Amount(d.positive()) })
	each(0, func(l *receipt.Line) { at += d.varint(); l.At = at * 1000 })
	each(flagQuantity, func(l *receipt.Line) { l.Quantity = quantity.Milli(d.positive()) })
	for i := range lines {
		l := &lines[i]
		l.Single, l.Voided = flags[i]&flagSingle != 0, flags[i]&flagVoided != 0
		if flags[i]&flagQuantity == 0 {
			l.Quantity = quantity.One
		}
		if flags[i]&flagMin != 0 {
			l.MinPrice = money.Amount(d.positive())
		}
		if flags[i]&flagLabel != 0 {
			l.LabelSum = money.Amount(d.positive())
		}
	}
	for i := range lines {
		switch {
		case flags[i]&flagCode != 0:
			lines[i].Code = d.digits()
		case flags[i]&flagCodeText != 0:
			lines[i].Code = string(d.text())
		}
	}
	each(flagRest, d.addRest)
	return lines
}

func (d *reader) name() string {
	v := d.uvarint()
	if v&1 == 0 {
		return strconv.FormatUint(v>>1, 10)
	}
	return string(d.bytes(v >> 1))
}

func (d *reader) digits() string {
	length := d.bytes(1)
	v := d.uvarint()
	if d.err != nil {
		return ""
	}
	text := strconv.FormatUint(v, 10)
	if int(length[0]) < len(text) || length[0] > 18 {
		d.fail()
		return ""
	}
	return fmt.Sprintf("%0*s", int(length[0]), text)
}

// addRest adds what is unusual about a line to what the columns said.
func (d *reader) addRest(l *receipt.Line) {
	text := d.text()
	if d.err != nil {
		return
	}
	var rest receipt.Line
	if err := json.Unmarshal(text, &rest); err != nil {
		d.err = err
		return
	}
	rest = bare(rest)
	rest.N, rest.SKU, rest.Code, rest.Quantity, rest.Price = l.N, l.SKU, l.Code, l.Quantity, l.Price
	rest.MinPrice, rest.LabelSum, rest.At, rest.Single, rest.Voided = l.MinPrice, l.LabelSum, l.At, l.Single, l.Voided
	*l = rest
}
