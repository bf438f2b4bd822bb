package journal

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// chain is the end of one epoch as the writer knows it.
type chain struct {
	id     int64
	high   uint64
	hash   fact.Hash
	forked uint64
}

// run writes batches until the journal closes. A failed transaction is
// reported to each till in it, none of which is acknowledged.
func (j *Journal) run() {
	defer close(j.stopped)
	for {
		select {
		case <-j.quit:
			return
		case b := <-j.queue:
			j.commit(j.gather(b))
		}
	}
}

// gather takes what waits behind b into the same transaction.
func (j *Journal) gather(b *batch) []*batch {
	group := []*batch{b}
	for n := len(b.facts); n < groupMax; {
		select {
		case b := <-j.queue:
			group = append(group, b)
			n += len(b.facts)
		default:
			return group
		}
	}
	return group
}

func (j *Journal) commit(group []*batch) {
	now := j.now().UnixMilli()
	position := j.position.Load()
	err := j.disk.Write(func(tx *sqlite.Tx) error {
		w := writer{tx: tx, now: now, chains: j.chains, position: position}
		for _, b := range group {
			if err := w.append(b); err != nil {
				return err
			}
		}
		position = w.position
		return nil
	})
	if err != nil {
		// What is remembered may be ahead of the disk.
		clear(j.chains)
		position = j.position.Load()
		err = fmt.Errorf("append to the journal: %w", err)
		j.fault.Store(&err)
	} else {
		j.fault.Store(nil)
	}
	before := j.position.Swap(position)
	added := err == nil && position > before
	if added {
		j.storm.note(j.now(), int(position-before))
	}
	for _, b := range group {
		if err != nil {
			b.ack, b.err = wire.Ack{}, err
		}
		close(b.done)
	}
	if added {
		j.news.Post()
	}
}

// writer is the inside of one transaction.
type writer struct {
	tx       *sqlite.Tx
	now      int64
	chains   map[chainKey]*chain
	position int64
}

// append decides what becomes of b and leaves the answer in it. It returns an
// error only when the database failed.
func (w *writer) append(b *batch) error {
	if b.probe {
		return w.tx.Exec(`INSERT INTO probe (id, at) VALUES (1, ?)
			ON CONFLICT DO UPDATE SET at = excluded.at`, w.now)
	}
	if b.raise != nil {
		return w.raise(*b.raise)
	}
	if b.edit != nil {
		return w.edit(b)
	}
	c, err := w.chain(b.header.Device, b.header.Epoch)
	if err != nil {
		return err
	}
	branch, at, err := w.diverges(c, b)
	if err != nil {
		return err
	}
	first := b.header.First
	switch {
	case first > c.high+1: // a gap: nothing can be taken
	case branch:
		err = w.setAside(c, b, at)
		b.err = errcode.New(errcode.Fork, "journal.Append", fmt.Errorf("%s/%d", b.header.Device, b.header.Epoch)).
			With("seq", strconv.FormatUint(at, 10))
	default:
		err = w.add(c, b)
	}
	b.ack = wire.Ack{Acked: c.high, Chain: c.hash, Expected: c.high + 1, ServerTime: w.now}
	return err
}

// edit does what a person asked for. That it can't be done is their answer and no
// fault of the disk.
func (w *writer) edit(b *batch) error {
	err := b.edit(w)
	if errcode.Of(err) == errcode.NotFound {
		b.err, err = err, nil
	}
	return err
}

// chain returns the end of the chain, beginning it when it is new.
func (w *writer) chain(device string, epoch uint32) (*chain, error) {
	key := chainKey{device, epoch}
	if c, ok := w.chains[key]; ok {
		return c, nil
	}
	const find = `SELECT id, high, hash, forked FROM chain WHERE device = ? AND epoch = ?`
	var c *chain
	load := func(r sqlite.Row) error {
		c = &chain{id: r.Int64(0), high: uint64(r.Int64(1)), hash: hashOf(r.Blob(2)), forked: uint64(r.Int64(3))}
		return nil
	}
	if err := w.tx.Query(find, load, device, int64(epoch)); err != nil {
		return nil, err
	}
	if c == nil {
		zero := fact.Hash{}
		err := w.tx.Exec(`INSERT INTO chain (device, epoch, high, hash, forked, seen)
			VALUES (?, ?, 0, ?, 0, ?)`, device, int64(epoch), zero[:], w.now)
		if err != nil {
			return nil, err
		}
		if err := w.tx.Query(find, load, device, int64(epoch)); err != nil {
			return nil, err
		}
	}
	w.chains[key] = c
	return c, nil
}

// diverges reports whether b is of another branch than the one held, and the
// first number whose facts differ. The hash of a fact covers those before it.
func (w *writer) diverges(c *chain, b *batch) (bool, uint64, error) {
	first := b.header.First
	if first > c.high+1 {
		return false, 0, nil
	}
	if first == c.high+1 {
		return b.header.Prev != c.hash, c.high, nil
	}
	last := min(c.high, first+uint64(len(b.facts))-1)
	var differs uint64
	found := errors.New("found")
	err := w.tx.Query(`SELECT seq, hash
		FROM fact
		WHERE chain = ? AND seq BETWEEN ? AND ?
		ORDER BY seq`, func(r sqlite.Row) error {
		seq, hash := uint64(r.Int64(0)), hashOf(r.Blob(1))
		ours := b.header.Prev
		if seq >= first {
			ours = b.facts[seq-first].hash
		}
		if hash != ours {
			differs = seq
			return found
		}
		return nil
	}, c.id, first-1, last)
	if errors.Is(err, found) {
		return true, differs, nil
	}
	return false, 0, err
}

// setAside keeps the facts of b that are not held, at being the first number
// that differs. The chain that is held stays as it is.
func (w *writer) setAside(c *chain, b *batch, at uint64) error {
	for i, e := range b.facts {
		seq := b.header.First + uint64(i)
		if seq < at {
			continue
		}
		err := w.tx.Exec(`INSERT INTO fork (chain, seq, hash, received, bytes)
			VALUES (?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, c.id, seq, e.hash[:], w.now, e.bytes)
		if err != nil {
			return err
		}
	}
	if c.forked == 0 || at < c.forked {
		c.forked = max(at, 1)
	}
	return w.tx.Exec(`UPDATE chain SET forked = ?, seen = ? WHERE id = ?`, c.forked, w.now, c.id)
}

// add writes the facts of b that are new.
func (w *writer) add(c *chain, b *batch) error {
	held := c.high + 1 - b.header.First
	if held >= uint64(len(b.facts)) {
		return nil
	}
	for _, e := range b.facts[held:] {
		w.position++
		c.high, c.hash = c.high+1, e.hash
		err := w.tx.Exec(`INSERT INTO fact (pos, chain, seq, received, hash, bytes)
			VALUES (?, ?, ?, ?, ?, ?)`, w.position, c.id, c.high, w.now, c.hash[:], e.bytes)
		if err != nil {
			return err
		}
		if e.receipt != "" {
			if err := w.receipt(e.receipt); err != nil {
				return err
			}
		}
	}
	if err := w.numbers(b.from, b.facts[held:]); err != nil {
		return err
	}
	return w.tx.Exec(`UPDATE chain SET high = ?, hash = ?, seen = ? WHERE id = ?`, c.high, c.hash[:], w.now, c.id)
}

// receipt notes the newest fact's receipt and flags it when it was there before.
func (w *writer) receipt(id string) error {
	err := w.tx.Exec(`INSERT INTO receipt (id, pos) VALUES (?, ?) ON CONFLICT DO NOTHING`, id, w.position)
	if err != nil || w.tx.Changes() > 0 {
		return err
	}
	return w.tx.Exec(`INSERT INTO repeated (pos, first, id)
		SELECT ?, pos, id FROM receipt WHERE id = ?`, w.position, id)
}

// place is a till place with the highest numbers that it gave.
type place struct {
	Place
	counter uint64
	shift   int
}

// raiseMax is how far a push moves a place's numbers at most: a register that
// claims more gains nothing by it, and whoever comes after it has numbers left.
const raiseMax = 1_000_000

func (w *writer) raise(p place) error {
	return w.tx.Exec(`INSERT INTO place (store, till, counter, shift)
		VALUES (?1, ?2, min(?3, ?5), min(?4, ?5))
		ON CONFLICT DO UPDATE SET
			counter = max(counter, min(?3, counter + ?5)),
			shift   = max(shift, min(?4, shift + ?5))`, p.Store, p.Till, p.counter, p.shift, raiseMax)
}

// numbers raises the counters of the till place that the facts are of.
func (w *writer) numbers(at Place, facts []entry) error {
	p := place{Place: at}
	for _, e := range facts {
		p.counter, p.shift = max(p.counter, e.counter), max(p.shift, e.shift)
	}
	if p.counter == 0 && p.shift == 0 {
		return nil
	}
	return w.raise(p)
}

// Verify recomputes the hash chain of every device from the stored bytes and
// returns the number of facts. report hears each chain that does not agree.
func (j *Journal) Verify(ctx context.Context, report func(c Chain, err error)) (int64, error) {
	chains, err := j.Chains()
	if err != nil {
		return 0, err
	}
	var facts int64
	for _, c := range chains {
		if err := j.verify(ctx, c); errcode.Of(err) == errcode.Cancelled {
			return facts, err
		} else if err != nil {
			report(c, err)
		}
		facts += int64(c.High)
	}
	return facts, nil
}

// hashOf takes a stored hash; a damaged one agrees with nothing.
func hashOf(b []byte) (h fact.Hash) {
	copy(h[:], b)
	return h
}

const verifyPage = 2000

func (j *Journal) verify(ctx context.Context, c Chain) error {
	var (
		hash fact.Hash
		seq  uint64
	)
	for seq < c.High {
		before := seq
		err := j.read.Query(`SELECT seq, hash, bytes
			FROM fact
			WHERE chain = (SELECT id FROM chain WHERE device = ? AND epoch = ?) AND seq > ? AND seq <= ?
			ORDER BY seq
			LIMIT ?`, func(r sqlite.Row) error {
			seq++
			hash = fact.Chain(hash, r.Blob(2))
			if got := uint64(r.Int64(0)); got != seq {
				return fmt.Errorf("fact %d is missing", seq)
			}
			if hashOf(r.Blob(1)) != hash {
				return fmt.Errorf("fact %d does not follow the one before it", seq)
			}
			return nil
		}, c.Device, int64(c.Epoch), before, c.High, verifyPage)
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return errcode.New(errcode.Cancelled, "journal.Verify", ctx.Err())
		}
		if seq == before {
			return fmt.Errorf("facts after %d are missing", seq)
		}
	}
	if hash != c.Hash {
		return fmt.Errorf("the chain ends with another hash")
	}
	return nil
}
