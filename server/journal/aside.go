package journal

import (
	"context"
	"errors"
	"fmt"

	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/sqlite"
)

// Fork is a fact of another branch than the one that is held: it came under a
// number that was taken, or behind such a one.
type Fork struct {
	Device   string
	Epoch    uint32
	Seq      uint64
	Received int64 // unix ms
	Adopted  int64 // position at which it was taken in, 0: it is set aside, -1: for good
	Bytes    []byte
}

// Forks lists what came from a register's other branches, from a number on, in
// the order of numbers; of all registers when device is empty.
func (j *Journal) Forks(device string, from uint64, limit int) (list []Fork, err error) {
	err = j.read.Query(`SELECT c.device, c.epoch, f.seq, f.received, f.adopted, f.bytes
		FROM fork f JOIN chain c ON c.id = f.chain
		WHERE (?1 = '' OR c.device = ?1) AND f.seq >= ?2
		ORDER BY c.device, c.epoch, f.seq, f.received LIMIT ?3`, func(r sqlite.Row) error {
		list = append(list, Fork{Device: r.Text(0), Epoch: uint32(r.Int64(1)), Seq: uint64(r.Int64(2)), Received: r.Int64(3),
			Adopted: r.Int64(4), Bytes: r.Blob(5)})
		return nil
	}, device, from, limit)
	return list, err
}

// Branch is what came from the other branches of one epoch of a register.
type Branch struct {
	Device   string
	Epoch    uint32
	From     uint64 // lowest number that came with other bytes
	Received int64  // unix ms of the last of its facts
	Waiting  int    // facts that nobody has decided on
	Adopted  int    // facts that were taken in after all
	Aside    int    // facts that stay aside for good
	Left     *Left  // the last such decision, nil: none
}

// Left is a person's decision that facts of another branch stay aside.
type Left struct {
	At   int64 // unix ms
	By   string
	Note string
}

// Branches lists what came from other branches, in the order of registers.
func (j *Journal) Branches() (list []Branch, err error) {
	err = j.read.Query(`SELECT c.device, c.epoch, c.forked, coalesce(max(f.received), c.seen),
			count(f.adopted = 0 OR NULL), count(f.adopted > 0 OR NULL), count(f.adopted < 0 OR NULL),
			l.at, l.by, l.note
		FROM chain c
		LEFT JOIN fork f ON f.chain = c.id
		LEFT JOIN fork_left l ON l.rowid = (SELECT max(rowid) FROM fork_left WHERE chain = c.id)
		WHERE c.forked > 0
		GROUP BY c.id ORDER BY c.device, c.epoch`, func(r sqlite.Row) error {
		b := Branch{Device: r.Text(0), Epoch: uint32(r.Int64(1)), From: uint64(r.Int64(2)), Received: r.Int64(3),
			Waiting: r.Int(4), Adopted: r.Int(5), Aside: r.Int(6)}
		if !r.Null(7) {
			b.Left = &Left{At: r.Int64(7), By: r.Text(8), Note: r.Text(9)}
		}
		list = append(list, b)
		return nil
	})
	return list, err
}

// Forked calls fn with the facts that wait of a register's other branches.
func (j *Journal) Forked(device string, epoch uint32, fn func(raw []byte) error) error {
	return j.read.Query(`SELECT f.bytes FROM fork f JOIN chain c ON c.id = f.chain
		WHERE c.device = ? AND c.epoch = ? AND f.adopted = 0 ORDER BY f.seq, f.received`, func(r sqlite.Row) error {
		return fn(r.Blob(0))
	}, device, int64(epoch))
}

// Adopt takes in what is set aside of a register's other branches, at the end of
// the journal, in a chain of its own: both branches have happened, and a person
// says that both count. It returns how many facts there were. A receipt that both
// branches tell of counts once.
func (j *Journal) Adopt(ctx context.Context, device string, epoch uint32) (n int, err error) {
	_, err = j.write(ctx, &batch{done: make(chan struct{}), edit: func(w *writer) error {
		n, err = w.adopt(device, epoch)
		return err
	}})
	return n, err
}

// adoptedName is the device of the chain that holds a register's adopted facts.
func adoptedName(device string) string { return device + "~fork" }

func (w *writer) adopt(device string, epoch uint32) (int, error) {
	var facts []Fork
	var hashes [][]byte
	err := w.tx.Query(`SELECT f.seq, f.hash, f.bytes FROM fork f JOIN chain c ON c.id = f.chain
		WHERE c.device = ? AND c.epoch = ? AND f.adopted = 0 ORDER BY f.seq, f.received`, func(r sqlite.Row) error {
		facts = append(facts, Fork{Seq: uint64(r.Int64(0)), Bytes: r.Blob(2)})
		hashes = append(hashes, r.Blob(1))
		return nil
	}, device, int64(epoch))
	if err != nil {
		return 0, err
	}
	if len(facts) == 0 {
		return 0, errcode.New(errcode.NotFound, "journal.Adopt", fmt.Errorf("nothing of %s/%d is set aside", device, epoch))
	}
	c, err := w.chain(adoptedName(device), epoch)
	if err != nil {
		return 0, err
	}
	for i, f := range facts {
		w.position++
		c.high, c.hash = c.high+1, fact.Chain(c.hash, f.Bytes)
		err := errors.Join(
			w.tx.Exec(`INSERT INTO fact (pos, chain, seq, received, hash, bytes) VALUES (?, ?, ?, ?, ?, ?)`,
				w.position, c.id, c.high, w.now, c.hash[:], f.Bytes),
			w.tx.Exec(`UPDATE fork SET adopted = ? WHERE seq = ? AND hash = ? AND adopted = 0
				AND chain = (SELECT id FROM chain WHERE device = ? AND epoch = ?)`,
				w.position, f.Seq, hashes[i], device, int64(epoch)))
		if err != nil {
			return 0, err
		}
	}
	return len(facts), w.tx.Exec(`UPDATE chain SET high = ?, hash = ?, seen = ? WHERE id = ?`, c.high, c.hash[:], w.now, c.id)
}

// Leave notes that what is set aside of a register's other branches now stays aside
// for good, as somebody says: it is what another branch tells too, or never
// happened. It stays in the journal. It returns how many facts there were.
func (j *Journal) Leave(ctx context.Context, device string, epoch uint32, by, note string) (n int, err error) {
	if by == "" || len(note) > noteMax {
		return 0, errcode.New(errcode.Invalid, "journal.Leave", fmt.Errorf("%s/%d by %q", device, epoch, by))
	}
	_, err = j.write(ctx, &batch{done: make(chan struct{}), edit: func(w *writer) error {
		n, err = w.leave(device, epoch, by, note)
		return err
	}})
	return n, err
}

func (w *writer) leave(device string, epoch uint32, by, note string) (int, error) {
	chain, n, empty := int64(0), 0, false
	err := w.tx.Query(`SELECT id, (SELECT count(*) FROM fork WHERE chain = c.id AND adopted = 0),
			forked > 0 AND NOT EXISTS (SELECT 1 FROM fork WHERE chain = c.id) AND NOT EXISTS (SELECT 1 FROM fork_left WHERE chain = c.id)
		FROM chain c WHERE device = ? AND epoch = ?`, func(r sqlite.Row) error {
		chain, n, empty = r.Int64(0), r.Int(1), r.Bool(2)
		return nil
	}, device, int64(epoch))
	if err != nil {
		return 0, err
	}
	if n == 0 && !empty { // empty: only the hash of what was before it told that there is a branch
		return 0, errcode.New(errcode.NotFound, "journal.Leave", fmt.Errorf("nothing of %s/%d is set aside", device, epoch))
	}
	return n, errors.Join(
		w.tx.Exec(`UPDATE fork SET adopted = -1 WHERE chain = ? AND adopted = 0`, chain),
		w.tx.Exec(`INSERT INTO fork_left (chain, at, by, note, facts) VALUES (?, ?, ?, ?, ?)`, chain, w.now, by, note, n))
}

// Settled is a person's word that a fact stays aside.
type Settled struct {
	Pos  int64
	At   int64 // unix ms
	By   string
	Note string
}

// Settle notes that a fact stays aside for good, as somebody says. It stays in
// the journal.
func (j *Journal) Settle(ctx context.Context, pos int64, by, note string) error {
	if pos < 1 || pos > j.Position() || by == "" || len(note) > noteMax {
		return errcode.New(errcode.Invalid, "journal.Settle", fmt.Errorf("fact at %d by %q", pos, by))
	}
	_, err := j.write(ctx, &batch{done: make(chan struct{}), edit: func(w *writer) error {
		return w.tx.Exec(`INSERT INTO settled (pos, at, by, note) VALUES (?, ?, ?, ?)
			ON CONFLICT (pos) DO UPDATE SET at = excluded.at, by = excluded.by, note = excluded.note`, pos, w.now, by, note)
	}})
	return err
}

const noteMax = 2000 // bytes

// SettledFacts returns what people said of facts that stay aside, by position.
func (j *Journal) SettledFacts() (map[int64]Settled, error) {
	all := map[int64]Settled{}
	return all, j.read.Query(`SELECT pos, at, by, note FROM settled`, func(r sqlite.Row) error {
		all[r.Int64(0)] = Settled{r.Int64(0), r.Int64(1), r.Text(2), r.Text(3)}
		return nil
	})
}
