package pricing

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"tillsight/shared/errcode"
)

// Parse reads a set from its JSON form and validates it. The error wraps
// Problems that say where in the text they are; fields that nobody knows are
// problems too, because a misspelt condition would make a rule apply to all.
func Parse(text []byte) (Set, error) {
	const op = "pricing.Parse"
	var s Set
	if err := json.Unmarshal(text, &s); err != nil {
		return Set{}, errcode.New(errcode.Invalid, op, Problems{syntax(text, err)})
	}
	places, err := scan(text)
	if err != nil {
		return Set{}, errcode.New(errcode.Invalid, op, err)
	}
	problems := places.unknown
	if err := s.Validate(); err != nil {
		var found Problems
		errors.As(err, &found)
		problems = append(problems, found...)
	}
	if len(problems) == 0 {
		return s, nil
	}
	for i := range problems {
		problems[i].Line, problems[i].Column = position(text, places.of(problems[i].Path))
	}
	return Set{}, errcode.New(errcode.Invalid, op, problems)
}

// ParseOne reads one element of a set's list, "rules", "lists" or "regulations".
// Problems have the places in its own text.
func ParseOne(list string, text []byte) (Set, Problems, error) {
	before, after := `{"`+list+`":[`, `]}`
	if list != "rules" {
		before = `{"rules":[],"` + list + `":[`
	}
	set, err := Parse([]byte(before + string(text) + after))
	var problems Problems
	if errors.As(err, &problems) {
		for i := range problems {
			problems[i].Path = strings.TrimPrefix(problems[i].Path, list+"[0].")
			if problems[i].Line == 1 {
				problems[i].Column = max(1, problems[i].Column-len(before))
			}
		}
		return set, problems, nil
	}
	if err == nil && len(set.Rules)+len(set.Lists)+len(set.Regulations) != 1 {
		err = errcode.New(errcode.Invalid, "pricing.ParseOne", errors.New("not one of "+list))
	}
	return set, nil, err
}

// syntax says where text is no JSON or holds a value of another type.
func syntax(text []byte, err error) Problem {
	p := Problem{Code: ProblemFormat}
	var wrongType *json.UnmarshalTypeError
	var wrongSyntax *json.SyntaxError
	switch {
	case errors.As(err, &wrongType):
		p.Path = wrongType.Field
		p.Line, p.Column = position(text, wrongType.Offset)
	case errors.As(err, &wrongSyntax):
		p.Line, p.Column = position(text, wrongSyntax.Offset)
	}
	return p
}

func position(text []byte, offset int64) (line, column int) {
	before := text[:min(max(offset, 0), int64(len(text)))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}

// places knows where in a text the values of a set begin.
type places struct {
	offsets map[string]int64
	unknown Problems
}

// of returns the place of path or, when it is missing, of what should hold it.
func (p *places) of(path string) int64 {
	for {
		if at, ok := p.offsets[path]; ok {
			return at
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			return 0
		}
		path = path[:i]
	}
}

// scan notes the places of all values of a text that is known to be a set.
func scan(text []byte) (*places, error) {
	p := &places{offsets: map[string]int64{}}
	return p, p.value(json.NewDecoder(bytes.NewReader(text)), text, "", reflect.TypeFor[Set]())
}

func (p *places) value(d *json.Decoder, text []byte, path string, t reflect.Type) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	p.offsets[path] = start(text, d.InputOffset())
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		err = p.members(d, text, path, t)
	case json.Delim('['):
		for i := 0; err == nil && d.More(); i++ {
			err = p.value(d, text, path+"["+strconv.Itoa(i)+"]", t.Elem())
		}
	default:
		return nil
	}
	if err == nil {
		_, err = d.Token() // the closing one
	}
	return err
}

func (p *places) members(d *json.Decoder, text []byte, path string, t reflect.Type) error {
	for d.More() {
		at := start(text, d.InputOffset())
		key, err := d.Token()
		if err != nil {
			return err
		}
		name := key.(string) // the only kind of key there is
		inner := strings.TrimPrefix(path+"."+name, ".")
		if field, ok := fieldOf(t, name); ok {
			err = p.value(d, text, inner, field)
		} else {
			p.offsets[inner] = at
			p.unknown = append(p.unknown, Problem{Path: inner, Code: ProblemUnknown})
			var skip json.RawMessage
			err = d.Decode(&skip)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fieldOf returns the type of a struct's field by its JSON name.
func fieldOf(t reflect.Type, name string) (reflect.Type, bool) {
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name {
			return f.Type, true
		}
	}
	return nil, false
}

// start skips what separates values.
func start(text []byte, offset int64) int64 {
	for offset < int64(len(text)) && strings.IndexByte(" \t\r\n,:", text[offset]) >= 0 {
		offset++
	}
	return offset
}
