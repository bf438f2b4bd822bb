package main

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	wire "tillsight/shared/wire/sync"
)

// testClock is the time at which tests begin: noon in Moscow, or what
// TILLSIGHT_TEST_CLOCK says.
func testClock(t *testing.T) time.Time {
	t.Helper()
	text := os.Getenv("TILLSIGHT_TEST_CLOCK")
	if text == "" {
		text = "2026-11-30T12:00:00+03:00"
	}
	begin, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return begin
}

// started is when, by the machine, it was the time at which tests begin.
var started = time.Now()

// at is the environment of programs whose clock began at a time.
func at(begin time.Time) func(name string) string {
	ahead := begin.Sub(started).String()
	return func(name string) string {
		if name == clockAhead {
			return ahead
		}
		return ""
	}
}

// TestClock serves at times that differ from the machine's: registers are told
// the program's time, codes and log-ins hold by it, a demo chain ends the day
// before.
func TestClock(t *testing.T) {
	for _, text := range []string{"2026-12-01T00:30:00+03:00", "2026-12-31T23:58:00+03:00", "2028-02-29T12:00:00+03:00", "2024-02-29T07:59:00+03:00"} {
		t.Run(text, func(t *testing.T) {
			begin, err := time.Parse(time.RFC3339, text)
			if err != nil {
				t.Fatal(err)
			}
			server := serveAt(t, begin, filepath.Join(t.TempDir(), "data"), small...)
			offer := codeForm.FindStringSubmatch(server.text)
			if offer == nil {
				t.Fatalf("no code in\n%s", server.text)
			}
			e, status := post[wire.Enrolment](t, server.url+wire.Enrol.Path, "", wire.EnrolRequest{Code: offer[3]})
			if status != http.StatusOK {
				t.Fatalf("enrolment: %d, %+v", status, e)
			}
			body, _ := opening(t, e)
			ack, status := post[wire.Ack](t, server.url+wire.Push.Path, e.Token, body)
			if past := time.UnixMilli(ack.ServerTime).Sub(begin); status != http.StatusOK || past < 0 || past > time.Hour {
				t.Errorf("push: %d, the server says %v, it began at %v", status, time.UnixMilli(ack.ServerTime), begin)
			}
		})
	}
}
