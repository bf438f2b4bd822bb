package network

import (
	"testing"

	"tillsight/shared/errcode"
)

// TestFailure: the server's trouble is never taken for the device's own.
func TestFailure(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   errcode.Code
		data   string
	}{
		{404, `{"error":{"code":"not_found"}}`, errcode.NotFound, ""},
		{429, `{"error":{"code":"too_many","data":{"seconds":"7"}}}`, errcode.TooMany, "7"},
		{507, `{"error":{"code":"storage.full"}}`, errcode.ServerFull, ""},
		{503, `{"error":{"code":"storage.fault"}}`, errcode.ServerFault, ""},
		{500, `{"error":{"code":"database.damaged"}}`, errcode.ServerFault, ""},
		{502, `<html>bad gateway`, errcode.BadAnswer, ""},
		{500, `{}`, errcode.BadAnswer, ""},
		{500, `{"error":null}`, errcode.BadAnswer, ""},
		{500, `{"error":{"code":""}}`, errcode.BadAnswer, ""},
		{500, ``, errcode.BadAnswer, ""},
	} {
		e := errcode.As(Failure("/v1/push", c.status, []byte(c.body)))
		if e.Code != c.want || e.Data["seconds"] != c.data || e.Err == nil {
			t.Errorf("%d %s: %v", c.status, c.body, e)
		}
	}
}
