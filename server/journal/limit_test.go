package journal

import (
	"errors"
	"testing"
	"time"

	"tillsight/shared/errcode"
)

// TestRoom: a disk that is nearly full takes no facts, says so to who asks after
// the health, and takes them again when there is room, without anything lost.
func TestRoom(t *testing.T) {
	j := open(t, t.TempDir())
	free, broken := int64(Reserve-1), error(nil)
	j.KeepFree(func() (int64, error) { return free, broken })
	b := till(t, "a", 2)
	push := func() (uint64, errcode.Code) {
		ack, err := b.push(t.Context(), j, 1, 2)
		return ack.Acked, errcode.Of(err)
	}
	if acked, code := push(); acked != 0 || code != errcode.StorageFull || j.Position() != 0 {
		t.Errorf("full: acked %d, %q, at %d", acked, code, j.Position())
	}
	if probe, fault := errcode.Of(j.Probe(t.Context())), errcode.Of(j.Fault()); probe != errcode.StorageFull || fault != errcode.StorageFull {
		t.Errorf("full: probe %q, fault %q", probe, fault)
	}
	broken = errors.New("the disk is gone")
	if _, code := push(); code != errcode.StorageFault {
		t.Errorf("gone: %q", code)
	}
	free, broken = Reserve, nil
	if acked, code := push(); acked != 2 || code != "" || j.Fault() != nil || j.Probe(t.Context()) != nil {
		t.Errorf("room again: acked %d, %q, fault %v", acked, code, j.Fault())
	}
}

// TestShareOfADay: one register can't fill the disk of all.
func TestShareOfADay(t *testing.T) {
	l, now := &limits{}, noon
	for _, step := range []struct {
		wait   time.Duration
		device string
		bytes  int64
		want   errcode.Code
		after  string // seconds to wait
	}{
		{0, "a", DayMax - 1, "", ""},
		{0, "a", 2, errcode.TooMany, "43200"},
		{0, "a", 1, "", ""},
		{0, "b", DayMax, "", ""},
		{11*time.Hour + 59*time.Minute, "a", 1, errcode.TooMany, "60"},
		{time.Minute, "a", DayMax, "", ""},
		{0, "b", 1, "", ""},
	} {
		now = now.Add(step.wait)
		err := l.share(now, step.device, step.bytes)
		var coded *errcode.Error
		errors.As(err, &coded)
		if errcode.Of(err) != step.want || coded != nil && coded.Data["seconds"] != step.after {
			t.Errorf("%+v: %v", step, err)
		}
	}
}
