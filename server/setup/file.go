package setup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"tillsight/shared/chain"
	"tillsight/shared/errcode"
)

// fileMax limits a document, in bytes, and depthMax how deep it goes.
const (
	fileMax  = 16 << 20
	depthMax = 8
)

// Document is a chain as it stands in a file.
type Document struct {
	chain.Chain
	lines map[string]int // by field
}

// Line returns the line on which a field stands, 0 when it is not known: that of
// what it is part of, when it is missing.
func (d *Document) Line(field string) int {
	for field != "" {
		if line, ok := d.lines[field]; ok {
			return line
		}
		field = field[:max(strings.LastIndexAny(field, ".["), 0)]
	}
	return 0
}

// Parse reads a document in YAML, or in JSON. Numbers are read as they are written:
// the PIN 0123 keeps its zero, and a store 007 is none other's.
func Parse(text []byte) (d *Document, err error) {
	invalid := func(line int, err error) error {
		e := errcode.New(errcode.Invalid, "setup.Parse", err)
		if line > 0 {
			e = e.With("line", strconv.Itoa(line))
		}
		return e
	}
	if len(text) > fileMax {
		return nil, errcode.New(errcode.TooLarge, "setup.Parse", fmt.Errorf("%d bytes", len(text)))
	}
	defer func() { // a library's parser is not ours to trust
		if p := recover(); p != nil {
			d, err = nil, invalid(0, fmt.Errorf("no YAML: %v", p))
		}
	}()
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, invalid(0, err)
	}
	d = &Document{lines: map[string]int{}}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, invalid(0, errors.New("one document is wanted"))
	}
	r := &reader{lines: d.lines}
	plain := r.read(file.Docs[0].Body, "", 0)
	if r.err != nil {
		return nil, invalid(r.line, r.err)
	}
	b, err := json.Marshal(plain)
	if err != nil {
		return nil, invalid(0, err)
	}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d.Chain); err != nil {
		return nil, invalid(0, err)
	}
	return d, nil
}

// reader makes plain values of nodes: maps, lists, truths, and texts of all else.
type reader struct {
	lines map[string]int
	err   error
	line  int
}

func (r *reader) refuse(n ast.Node, format string, args ...any) any {
	if r.err == nil {
		r.err, r.line = fmt.Errorf(format, args...), n.GetToken().Position.Line
	}
	return nil
}

func (r *reader) read(n ast.Node, field string, depth int) any {
	if depth > depthMax {
		return r.refuse(n, "too deep")
	}
	r.lines[field] = n.GetToken().Position.Line
	switch n := n.(type) {
	case *ast.MappingNode:
		m := map[string]any{}
		for _, pair := range n.Values {
			r.pair(m, pair, field, depth)
		}
		return m
	case *ast.MappingValueNode:
		m := map[string]any{}
		r.pair(m, n, field, depth)
		return m
	case *ast.SequenceNode:
		list := []any{}
		for i, v := range n.Values {
			list = append(list, r.read(v, fmt.Sprintf("%s[%d]", field, i), depth+1))
		}
		return list
	case *ast.BoolNode:
		return n.Value
	case *ast.NullNode:
		return nil
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode:
		return n.GetToken().Value
	}
	return r.refuse(n, "%s is not understood here", n.Type())
}

func (r *reader) pair(m map[string]any, pair *ast.MappingValueNode, field string, depth int) {
	key := pair.Key.GetToken().Value
	if _, there := m[key]; there {
		r.refuse(pair, "%s stands twice", key)
		return
	}
	path := key
	if field != "" {
		path = field + "." + key
	}
	m[key] = r.read(pair.Value, path, depth+1)
}

// Format writes a chain as a document in YAML.
func Format(c chain.Chain) ([]byte, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("write chain: %w", err)
	}
	out, err := yaml.JSONToYAML(b)
	if err != nil {
		return nil, fmt.Errorf("write chain: %w", err)
	}
	return out, nil
}
