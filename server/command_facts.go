package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"tillsight/server/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	"tillsight/shared/syncproto"
)

// importCommand takes what a till could not send itself.
type importCommand struct {
	dataDir
	File string `arg:"" type:"existingfile" help:"Journal as a till exported it."`
}

// Run implements the command. A register that was replaced or revoked is no
// obstacle: a person vouches for the file.
func (c *importCommand) Run(ctx context.Context, s streams) (err error) {
	if err := c.need(); err != nil {
		return err
	}
	release, err := c.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	t, err := c.openTruth()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	before := t.journal.Position()
	ack, err := t.importFacts(ctx, file)
	if err != nil {
		return fmt.Errorf("import %s: %w", c.File, err)
	}
	fmt.Fprintf(s.out, "%d new facts; the register's facts are held up to %d\n", t.journal.Position()-before, ack.Acked)
	return nil
}

// importFacts appends a push body of any length in batches.
func (t *truth) importFacts(ctx context.Context, body io.Reader) (ack syncproto.Ack, err error) {
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, fact.BytesMax+1)
	if !lines.Scan() {
		return ack, errors.Join(errcode.New(errcode.Invalid, "import", errors.New("no header")), lines.Err())
	}
	var h syncproto.PushHeader
	if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
		return ack, errcode.New(errcode.Invalid, "import", fmt.Errorf("header: %w", err))
	}
	if err := t.known(h.Device); err != nil {
		return ack, err
	}
	var batch [][]byte
	size := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		h.Count = len(batch)
		if ack, err = t.journal.Append(ctx, h, batch); err != nil {
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
		if len(batch) == syncproto.FactsMax || size+len(line) > syncproto.BytesMax {
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

func (t *truth) known(id string) error {
	list, err := t.devices.List()
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.ID == id {
			return nil
		}
	}
	return errcode.New(errcode.NotFound, "import", fmt.Errorf("no register %q was ever enrolled here", id))
}

// finding is something that verify has to say.
type finding func(format string, args ...any)

// verifyFacts recomputes all chains and receipts.
func verifyFacts(ctx context.Context, j *journal.Journal, out io.Writer, found finding) error {
	facts, err := j.Verify(ctx, func(c journal.Chain, err error) {
		found("register %s, epoch %d: %v", c.Device, c.Epoch, err)
	})
	if err != nil {
		return err
	}
	chains, err := j.Chains()
	if err != nil {
		return err
	}
	for _, c := range chains {
		if c.Forked != 0 {
			found("register %s, epoch %d: other facts came from number %d on", c.Device, c.Epoch, c.Forked)
		}
	}
	receipts, err := verifyReceipts(ctx, j, found)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d facts in %d chains, %d receipts recomputed\n", facts, len(chains), receipts)
	return nil
}

const verifyPage = 2000

func verifyReceipts(ctx context.Context, j *journal.Journal, found finding) (n int64, err error) {
	for after, end := int64(0), j.Position(); after < end; {
		err := j.Read(ctx, after, verifyPage, func(pos int64, b []byte) error {
			after = pos
			f, err := fact.Decode(b)
			if err != nil {
				found("fact at %d: %v", pos, err)
				return nil
			}
			switch f.Kind {
			case fact.SaleRegistered, fact.ReturnRegistered:
			default:
				return nil
			}
			n++
			r, err := fact.BodyOf[receipt.Receipt](f)
			if err == nil {
				err = r.Verify()
			}
			if err != nil {
				found("receipt %s (fact at %d): %v", r.Number, pos, err)
			}
			return nil
		})
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
