package journal

import (
	"fmt"
	"strconv"
	"sync"
	"time"

	"tillsight/shared/errcode"
)

const (
	// Reserve is what pushes leave free of the disk, in bytes: people can still log
	// in and see what is wrong, and what is in memory finds room. It is more than a
	// write-ahead log grows to.
	Reserve = 64 << 20
	// DayMax is what one register may send in a day of UTC, in bytes. A busy one sells
	// for three megabytes a day, and keeps a quarter of a year when it has no line.
	DayMax = 512 << 20
)

// limits hold pushes to what the disk has room for, and each register to its share.
type limits struct {
	free func() (int64, error)

	mu   sync.Mutex
	day  int64
	used map[string]int64 // of that day, by register
}

// KeepFree has the journal take no push while free, asked before each, says that
// less than Reserve bytes are left. It is called before the journal is used.
func (j *Journal) KeepFree(free func() (int64, error)) { j.limits.free = free }

// Room returns why the disk has no room for a push, nil when it has.
func (j *Journal) Room() error {
	if j.limits.free == nil {
		return nil
	}
	free, err := j.limits.free()
	if err != nil {
		return errcode.New(errcode.StorageFault, "journal.Room", err)
	}
	if free < Reserve {
		return errcode.New(errcode.StorageFull, "journal.Room", fmt.Errorf("%d bytes are free", free))
	}
	return nil
}

// share counts bytes of a register, and refuses those beyond its share of the day.
func (l *limits) share(now time.Time, device string, bytes int64) error {
	day := now.Unix() / (24 * 3600)
	l.mu.Lock()
	defer l.mu.Unlock()
	if day != l.day || l.used == nil {
		l.day, l.used = day, map[string]int64{}
	}
	if l.used[device]+bytes > DayMax {
		wait := (day+1)*24*3600 - now.Unix()
		return errcode.New(errcode.TooMany, "journal.Append", fmt.Errorf("register %s has sent %d bytes today", device, l.used[device])).
			With("seconds", strconv.FormatInt(wait, 10))
	}
	l.used[device] += bytes
	return nil
}
