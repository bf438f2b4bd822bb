package follow_test

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tillsight/server/feed"
	"tillsight/server/follow"
	"tillsight/server/journal"
	"tillsight/server/notice"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
)

var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// tape is a journal in memory of people who sign in.
type tape struct {
	facts [][]byte
	notice.Board
}

func (t *tape) Calm(context.Context) {}

func (t *tape) Position() int64 { return int64(len(t.facts)) }

func (t *tape) Batch(ctx context.Context, after int64, limit int) (list []journal.Entry, err error) {
	for i := int(after); i < min(len(t.facts), int(after)+limit); i++ {
		list = append(list, journal.Entry{Pos: int64(i) + 1, Received: start.UnixMilli(), Bytes: t.facts[i]})
	}
	return list, ctx.Err()
}

func (t *tape) add(tb testing.TB, kind fact.Kind, body any) {
	tb.Helper()
	raw, err := fact.Encode(fact.Header{Device: "d", Epoch: 1, Seq: uint64(len(t.facts) + 1), Kind: kind, Version: 1,
		At: start.UnixMilli(), Store: "1", Till: 1}, body)
	if err != nil {
		tb.Fatal(err)
	}
	t.facts = append(t.facts, raw)
}

func openFeed(t *testing.T) *feed.Feed {
	t.Helper()
	dir := t.TempDir()
	f, err := feed.Open(filepath.Join(dir, "reference.db"), filepath.Join(dir, "snapshots"), func() time.Time { return start })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// No fact stops or ends a follower: what panics or fails is kept aside with the
// reason, and nothing that it wrote stays.
func TestFactsThatFailAreKeptAside(t *testing.T) {
	var j tape
	for _, who := range []string{"anna", "panic", "boris", "error", "clara"} {
		j.add(t, fact.SignedIn, fact.SignIn{Employee: who})
	}
	j.add(t, fact.CashMoved, fact.Nothing{})
	j.facts = append(j.facts, []byte("not a fact at all"))
	j.add(t, fact.SignedIn, fact.SignIn{Employee: "dora"})
	f := openFeed(t)
	r, err := follow.Open(&j, f, func() time.Time { return start }, follow.Follower{
		Name: "test", Kinds: []fact.Kind{fact.SignedIn}, Limit: 100,
		Take: func(tx *sqlite.Tx, e follow.Entry) error {
			who := e.Body.(*fact.SignIn).Employee
			if err := tx.Exec(`INSERT INTO follow_cursor (name, pos) VALUES (?, ?)`, who, e.Pos); err != nil {
				return err
			}
			switch who {
			case "panic":
				panic("integer overflow")
			case "error":
				return errors.New("no such thing")
			}
			return nil
		},
	}, embed.FS{})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.Look(t.Context()); n != len(j.facts) || err != nil {
		t.Fatalf("looked at %d, %v", n, err)
	}
	aside, err := r.AsideList(10)
	if err != nil || len(aside) != 2 || aside[0].Pos != 4 || aside[1].Pos != 2 || !strings.Contains(aside[1].Detail, "integer overflow") {
		t.Errorf("aside %+v, %v", aside, err)
	}
	if s, err := r.State(); err != nil || s.Behind != 0 || s.Aside != 2 || s.Still || s.Position != int64(len(j.facts)) {
		t.Errorf("state %+v, %v", s, err)
	}
	var kept []string
	_, err = f.Change(func(tx *sqlite.Tx) (int64, error) {
		return 0, tx.Query(`SELECT name FROM follow_cursor ORDER BY pos`, func(r sqlite.Row) error {
			kept = append(kept, r.Text(0))
			return nil
		})
	})
	if err != nil || !slices.Equal(kept, []string{"anna", "boris", "clara", "dora", "test"}) && !slices.Equal(kept, []string{"anna", "boris", "clara", "test", "dora"}) {
		t.Errorf("kept %v, %v", kept, err)
	}
}

// What is not the fact's fault is tried again, and nothing is lost by it.
func TestFaultsOutside(t *testing.T) {
	var j tape
	j.add(t, fact.SignedIn, fact.SignIn{Employee: "anna"})
	full := true
	taken := 0
	r, err := follow.Open(&j, openFeed(t), func() time.Time { return start }, follow.Follower{
		Name: "test", Kinds: []fact.Kind{fact.SignedIn}, Limit: 100,
		Take: func(*sqlite.Tx, follow.Entry) error {
			if full {
				return errcode.New(errcode.StorageFull, "test", nil)
			}
			taken++
			return nil
		},
	}, embed.FS{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Look(t.Context()); errcode.Of(err) != errcode.StorageFull {
		t.Fatalf("got %v", err)
	}
	if s, err := r.State(); err != nil || s.Behind != 1 || s.Aside != 0 {
		t.Errorf("state %+v, %v", s, err)
	}
	full = false
	if n, err := r.Look(t.Context()); n != 1 || err != nil || taken != 1 {
		t.Errorf("looked at %d, took %d, %v", n, taken, err)
	}
}

// After a restore the journal may be shorter than what was looked at.
func TestPlaceBeyondTheEnd(t *testing.T) {
	f := openFeed(t)
	var long, short tape
	for range 5 {
		long.add(t, fact.SignedIn, fact.SignIn{})
	}
	open := func(j *tape) *follow.Reader {
		r, err := follow.Open(j, f, func() time.Time { return start }, follow.Follower{Name: "test", Limit: 100}, embed.FS{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
		return r
	}
	open(&long)
	short.add(t, fact.SignedIn, fact.SignIn{})
	if pos, err := open(&short).Position(); pos != 1 || err != nil {
		t.Errorf("stands at %d, %v", pos, err)
	}
}

type calm struct{}

func (calm) Calm(context.Context) {}

// A follower that fails tries again by itself, with longer and longer pauses, and
// after minutes it stands still.
func TestRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		began := time.Now()
		var p follow.Pulse
		p.Begin(time.Now)
		var tries []time.Duration
		mends := 10 * time.Minute
		var failures []string
		var wait sync.WaitGroup
		wait.Go(func() {
			follow.Run(ctx, calm{}, &p, func(context.Context) (int, error) {
				tries = append(tries, time.Since(began))
				if time.Since(began) < mends {
					if len(tries)%2 == 0 {
						panic("no way")
					}
					return 0, errors.New("disk full")
				}
				return 0, nil
			}, func(err error) { failures = append(failures, fmt.Sprint(err)) }, make(chan struct{}))
		})
		<-time.After(time.Minute)
		if err, still := p.Fault(); err == nil || still {
			t.Errorf("after a minute: %v, %v", err, still)
		}
		<-time.After(5 * time.Minute)
		if err, still := p.Fault(); err == nil || !still {
			t.Errorf("after minutes: %v, %v", err, still)
		}
		<-time.After(6 * time.Minute)
		if err, still := p.Fault(); err != nil || still {
			t.Errorf("when it works again: %v, %v", err, still)
		}
		if want := []time.Duration{0, time.Second, 3 * time.Second, 7 * time.Second}; !slices.Equal(tries[:4], want) || len(tries) > 20 {
			t.Errorf("tried at %v", tries)
		}
		if len(failures) != len(tries)-1 {
			t.Errorf("%d failures of %d tries", len(failures), len(tries))
		}
		cancel()
		wait.Wait()
	})
}
