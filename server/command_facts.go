package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"tillsight/server/device"
	"tillsight/server/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/sync"
)

// importCommand takes what a till could not send itself.
type importCommand struct {
	dataDir
	File  string `arg:"" type:"existingfile" help:"Journal as a till exported it."`
	Store string `help:"For a register that this server does not know, as after a restore: the store where it stood."`
	Till  int    `help:"And the number of its till."`
}

// Run implements the command. A register that was replaced or revoked is no
// obstacle: a person vouches for the file.
func (c *importCommand) Run(ctx context.Context, s streams) error {
	return c.decide(func(t *truth) error {
		before := t.journal.Position()
		ack, err := c.read(ctx, t)
		if err != nil {
			return fmt.Errorf("import %s: %w", c.File, err)
		}
		fmt.Fprintf(s.out, "%d new facts; the register's facts are held up to %d\n", t.journal.Position()-before, ack.Acked)
		return nil
	})
}

func (c *importCommand) read(ctx context.Context, t *truth) (ack wire.Ack, err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return ack, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return t.importFacts(ctx, file, place{c.Store, c.Till})
}

// place is where a person says that a register stood.
type place struct {
	store string
	till  int
}

// importFacts appends a push body of any length in batches. What the register
// itself said of its last fact is compared before anything is written.
func (t *truth) importFacts(ctx context.Context, body io.ReadSeeker, vouched place) (ack wire.Ack, err error) {
	h, lines, err := readExport(body)
	if err != nil {
		return ack, err
	}
	if err := t.vouch(h, vouched); err != nil {
		return ack, err
	}
	from, err := t.placeOf(h.Device)
	if err != nil {
		return ack, err
	}
	h.Last = nil // of the whole
	var batch [][]byte
	size := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		h.Count = len(batch)
		if ack, err = t.journal.Append(ctx, from, h, batch); err != nil {
			return err
		}
		for _, b := range batch {
			h.Prev = fact.Chain(h.Prev, b)
		}
		h.First += uint64(len(batch))
		if ack.Expected < h.First {
			return errcode.New(errcode.Conflict, "import", fmt.Errorf("fact %d is missing", ack.Expected))
		}
		batch, size = nil, 0
		return nil
	}
	for lines.Scan() {
		line := lines.Bytes()
		if len(batch) == wire.FactsMax || size+len(line) > wire.BytesMax {
			if err := flush(); err != nil {
				return ack, err
			}
		}
		batch, size = append(batch, append([]byte(nil), line...)), size+len(line)
	}
	if err := lines.Err(); err != nil {
		return ack, err
	}
	return ack, flush()
}

// readExport reads the header of an export and returns its facts' lines, after
// it compared all of them with the header.
func readExport(body io.ReadSeeker) (h wire.PushHeader, facts *bufio.Scanner, err error) {
	invalid := func(err error) error { return errcode.New(errcode.Invalid, "import", err) }
	begin := func() (*bufio.Scanner, error) {
		if _, err := body.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(body)
		lines.Buffer(nil, fact.BytesMax+1)
		if !lines.Scan() {
			return nil, errors.Join(invalid(errors.New("no header")), lines.Err())
		}
		return lines, nil
	}
	lines, err := begin()
	if err != nil {
		return h, nil, err
	}
	if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
		return h, nil, invalid(fmt.Errorf("header: %w", err))
	}
	last, count := h.Prev, 0
	for lines.Scan() {
		last, count = fact.Chain(last, lines.Bytes()), count+1
	}
	switch {
	case lines.Err() != nil:
		return h, nil, lines.Err()
	case h.Count != count:
		return h, nil, invalid(fmt.Errorf("%d facts announced, the file holds %d", h.Count, count))
	case h.Last != nil && *h.Last != last:
		return h, nil, errcode.New(errcode.Garbled, "import", errors.New("the facts are not those that the till wrote"))
	}
	facts, err = begin()
	return h, facts, err
}

// vouch makes sure that the register of an export is known. One that is not, as
// after a restore, is taken in when a person says where it stood: as one that was
// replaced, which gets nothing and may only hand over.
func (t *truth) vouch(h wire.PushHeader, at place) error {
	list, err := t.devices.List()
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.ID == h.Device && at != (place{}) && at != (place{d.Store, d.Till}) {
			return errcode.New(errcode.Conflict, "import", fmt.Errorf("register %q stands at store %s, till %d", h.Device, d.Store, d.Till))
		}
		if d.ID == h.Device {
			return nil
		}
	}
	if at == (place{}) {
		return errcode.New(errcode.NotFound, "import",
			fmt.Errorf("no register %q was ever enrolled here: if you know it, say where it stood by --store and --till", h.Device))
	}
	known := false
	err = t.feed.View(func(q refdata.Querier) error {
		tills, err := refdata.AllTills(q)
		known = slices.Contains(tills, refdata.Till{Store: at.store, Number: at.till})
		return err
	})
	if err == nil && !known {
		err = errcode.New(errcode.NotFound, "import", fmt.Errorf("store %q has no till %d", at.store, at.till))
	}
	if err != nil {
		return err
	}
	now := t.now().UnixMilli()
	return t.devices.Adopt(device.Device{ID: h.Device, Name: "import", Store: at.store, Till: at.till, Epoch: h.Epoch,
		Enrolled: now, Seen: now, Replaced: true})
}

// placeOf returns where a register stands or stood.
func (t *truth) placeOf(id string) (journal.Place, error) {
	list, err := t.devices.List()
	if err != nil {
		return journal.Place{}, err
	}
	for _, d := range list {
		if d.ID == id {
			return journal.Place{Store: d.Store, Till: d.Till}, nil
		}
	}
	return journal.Place{}, errcode.New(errcode.NotFound, "journal", fmt.Errorf("register %q", id))
}
