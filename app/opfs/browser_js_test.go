package opfs_test

import (
	"errors"
	"syscall/js"
	"testing"
	"time"

	"tillsight/app/opfs"
	"tillsight/app/opfs/opfstest"
	"tillsight/shared/errcode"
)

func TestBrowser(t *testing.T) {
	opfstest.Run(t, func(t *testing.T, name string) opfs.Dir {
		dir, err := opfs.OpenDir("contract/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return dir
	})
}

func TestAwait(t *testing.T) {
	promise := js.Global().Get("Promise")
	if v, err := opfs.Await(promise.Call("resolve", 7), time.Second); err != nil || v.Int() != 7 {
		t.Errorf("resolved: %v, %v", v, err)
	}
	full := js.Global().Get("DOMException").New("no room", "QuotaExceededError")
	if _, err := opfs.Await(promise.Call("reject", full), time.Second); errcode.Of(err) != errcode.StorageFull {
		t.Errorf("rejected: %v", err)
	}
	if _, err := opfs.Await(promise.Call("reject", "word"), time.Second); errcode.Of(err) != errcode.StorageFault {
		t.Errorf("rejected with a string: %v", err)
	}
	never := promise.New(js.Global().Get("Function").New("a", "b", ""))
	if _, err := opfs.Await(never, time.Millisecond); errcode.Of(err) != errcode.StorageFault {
		t.Errorf("never settled: %v", err)
	}
}

func TestStorageFacts(t *testing.T) {
	_, perr := opfs.Persist()
	facts, err := opfs.Storage()
	if err = errors.Join(perr, err); err != nil || facts.Quota <= 0 {
		t.Errorf("%+v, %v", facts, err)
	}
}
