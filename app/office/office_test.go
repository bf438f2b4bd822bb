//go:build !js

package office

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"tillsight/app/network"
	"tillsight/shared/errcode"
	"tillsight/shared/wire"
	ask "tillsight/shared/wire/office"
)

func server(t *testing.T, status int, body string) *Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(wire.OwnHeader) == "" {
			t.Error("request without our header")
		}
		w.WriteHeader(status)
		if _, err := w.Write([]byte(body)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	return &Client{Base: s.URL, Network: network.HTTP{Client: s.Client()}}
}

func TestFailuresHaveCodes(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		want   errcode.Code
	}{
		{"server's own", 401, `{"error":{"code":"unauthorised"}}`, errcode.Unauthorised},
		{"with data", 429, `{"error":{"code":"too_many","data":{"seconds":"4"}}}`, errcode.TooMany},
		{"a proxy's page", 502, `<html>bad gateway</html>`, errcode.BadAnswer},
		{"other JSON", 500, `{"message":"x"}`, errcode.BadAnswer},
		{"a log-in page of a hotel", 200, `<html>welcome</html>`, errcode.BadAnswer},
		{"cut short", 200, `{"login":"an`, errcode.BadAnswer},
	}
	for _, tt := range tests {
		_, err := Call(t.Context(), server(t, tt.status, tt.body), ask.GetSession, struct{}{})
		if got := errcode.Of(err); got != tt.want {
			t.Errorf("%s: code %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNoAnswerIsOffline(t *testing.T) {
	c := server(t, 200, "{}")
	c.Base = "http://127.0.0.1:1" // nothing listens on the port of tcpmux
	if _, err := Call(t.Context(), c, ask.GetSession, struct{}{}); errcode.Of(err) != errcode.Offline {
		t.Errorf("code %q", errcode.Of(err))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Call(ctx, c, ask.LogOut, struct{}{}); errcode.Of(err) != errcode.Offline {
		t.Errorf("cancelled: code %q", errcode.Of(err))
	}
}

func TestAnswers(t *testing.T) {
	u, err := Call(t.Context(), server(t, 200, `{"login":"anna","name":"Anna","role":"manager"}`), ask.LogIn, ask.Credentials{Login: "anna", Password: "secret"})
	if err != nil || u.Name != "Anna" {
		t.Errorf("got %+v, %v", u, err)
	}
	if _, err := Call(t.Context(), server(t, 204, ""), ask.Revoke, ask.DeviceID{Device: "d1"}); err != nil {
		t.Errorf("no content: %v", err)
	}
	list, err := Call(t.Context(), server(t, 200, `{"products":[{"sku":"1"}],"more":true}`), ask.GetProducts, ask.FindProducts{Text: "молоко & хлеб", Store: "12", Limit: 50})
	if err != nil || len(list.Products) != 1 || !list.More {
		t.Errorf("got %+v, %v", list, err)
	}
}
