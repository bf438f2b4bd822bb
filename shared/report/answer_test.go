package report_test

import (
	"context"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
)

func TestAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chain(t)
		asked := 0
		cubeOf := func(_ context.Context, from, to string) (*cube.Cube, error) {
			asked++
			if to != "2026-10-31" {
				t.Fatalf("the cube up to %q", to)
			}
			return c, nil
		}
		request := report.BaseRequest{To: "2026-10-31"}
		body, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		got, err := report.Answer(context.Background(), report.Request{Report: report.Name(report.NameBase), Ask: body}, cubeOf)
		if err != nil {
			t.Fatal(err)
		}
		want, err := report.BaseOf(context.Background(), c, request)
		if err != nil {
			t.Fatal(err)
		}
		if asked != 1 || toJSON(t, got) != toJSON(t, want) {
			t.Fatalf("got %s\nwant %s", toJSON(t, got), toJSON(t, want))
		}
	})
}

func TestAnswerRefuses(t *testing.T) {
	never := func(context.Context, string, string) (*cube.Cube, error) {
		t.Fatal("asked for a cube")
		return nil, nil
	}
	for _, tt := range []struct {
		name report.Name
		ask  string
		code errcode.Code
	}{
		{"weather", `{}`, errcode.Invalid},
		{report.Name(report.NameBase), `{"to":5}`, errcode.Invalid},
		{report.Name(report.NameBase), ``, errcode.Invalid},
		{report.Name(report.NameBase), `{"to":"tomorrow"}`, errcode.BadQuery},
	} {
		r := report.Request{Report: tt.name, Ask: []byte(tt.ask)}
		if _, err := report.Answer(context.Background(), r, never); errcode.Of(err) != tt.code {
			t.Errorf("%s %s: got %v", tt.name, tt.ask, err)
		}
	}
}

func toJSON(t interface{ Fatal(...any) }, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
