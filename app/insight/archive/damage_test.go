package archive_test

import (
	"bytes"
	"testing"

	"tillsight/app/opfs"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
)

// damage changes a bit of a byte of a file that the device keeps.
func (d *device) damage(disk *opfs.Memory, hash string, at int64) {
	d.t.Helper()
	d.server.mu.Lock()
	file := d.server.files[hash]
	d.server.mu.Unlock()
	names, err := disk.List()
	if err != nil {
		d.t.Fatal(err)
	}
	for _, name := range names {
		if start := bytes.Index(disk.Bytes(name), file); start >= 0 && disk.Flip(name, int64(start)+at, 1) {
			return
		}
	}
	d.t.Fatalf("%.8s is not on the device", hash)
}

func TestDamagedFileIsFetchedAgain(t *testing.T) {
	d := newDevice(t, newServer(t))
	disk := opfs.NewMemory()
	d.dir = func() (opfs.Dir, error) { return disk, nil }
	d.start()
	d.until("complete", complete)
	for _, ref := range d.server.manifest.Segments {
		d.damage(disk, ref.Hash, ref.Size-1)
	}
	d.start()
	d.wantRevenue(cube.Query{}, "1200")
	d.server.leave(true)
	d.start()
	d.wantRevenue(cube.Query{}, "1200") // what was fetched again was kept
}

func TestDamagedFileOffline(t *testing.T) {
	d := newDevice(t, newServer(t))
	disk := opfs.NewMemory()
	d.dir = func() (opfs.Dir, error) { return disk, nil }
	d.start()
	d.until("complete", complete)
	d.stop()
	d.damage(disk, d.server.manifest.Segments[0].Hash, 200)
	d.server.leave(true)
	d.start()
	if _, err := d.revenue(cube.Query{}); errcode.Of(err) != errcode.NoData {
		t.Errorf("got %v, want no data rather than a part of it", err)
	}
	d.wantRevenue(cube.Query{From: "2026-11-01", To: "2026-11-30"}, "500")
}
