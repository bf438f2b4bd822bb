package errcode_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"tillsight/shared/errcode"
)

func TestOf(t *testing.T) {
	cause := errors.New("disk on fire")
	classified := errcode.New(errcode.StorageFault, "journal.Append", cause)
	tests := []struct {
		err  error
		want errcode.Code
	}{
		{nil, ""}, {cause, errcode.Internal}, {classified, errcode.StorageFault},
		{fmt.Errorf("commit sale: %w", classified), errcode.StorageFault},
	}
	for _, test := range tests {
		if got := errcode.Of(test.err); got != test.want {
			t.Errorf("Of(%v) = %q, want %q", test.err, got, test.want)
		}
		if as := errcode.As(test.err); (as == nil) != (test.err == nil) || as != nil && as.Code != test.want {
			t.Errorf("As(%v) = %+v", test.err, as)
		}
	}
	if !errors.Is(classified, cause) {
		t.Error("the cause got lost")
	}
	if got, want := classified.Error(), "journal.Append: storage.fault: disk on fire"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Codes travel between versions, so that two must never be the same.
func TestCodesAreUnique(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, decl := range file.Decls {
		for _, spec := range decl.(*ast.GenDecl).Specs {
			value := spec.(*ast.ValueSpec)
			code, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			if other, twice := seen[code]; twice {
				t.Errorf("%s and %s are both %q", other, value.Names[0], code)
			}
			seen[code] = value.Names[0].Name
		}
	}
	if len(seen) < 40 {
		t.Errorf("found %d codes", len(seen))
	}
}
