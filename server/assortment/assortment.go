// Package assortment is what managers do to the goods and the rules of their
// sale: look, edit, stop, import, arrange the quick keys.
//
// Everything is written through the feed, so that tills hear of it in seconds.
// Every change names the state that it was made from and is refused when
// somebody else was quicker; one that changes nothing is done, however often it
// is sent.
package assortment

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// Feed is the reference data of the chain.
type Feed interface {
	View(queries func(q refdata.Querier) error) error
	// Change calls put in a transaction; put returns the newest version.
	Change(put func(tx *sqlite.Tx) (int64, error)) (int64, error)
	Version() int64
}

// Assortment is the goods of the chain as managers see them. It is safe for
// concurrent use.
type Assortment struct {
	feed Feed
	now  func() time.Time
}

// New returns the assortment of a feed.
func New(f Feed, now func() time.Time) *Assortment { return &Assortment{feed: f, now: now} }

// put writes rows in a transaction and counts those that changed something.
func (a *Assortment) put(rows func(tx *sqlite.Tx) ([]refdata.Row, error)) (version int64, changed int, err error) {
	version, err = a.feed.Change(func(tx *sqlite.Tx) (int64, error) {
		list, err := rows(tx)
		if err != nil {
			return 0, err
		}
		before, err := refdata.Cursor(tx)
		if err != nil {
			return 0, err
		}
		after, err := refdata.Put(tx, list)
		changed = int(after - before) // every row that is another gets a version
		return after, err
	})
	return version, changed, err
}

// tagOf names a state: equal states have equal tags.
func tagOf(state any) (string, error) {
	text, err := json.Marshal(state)
	if err != nil {
		return "", errcode.New(errcode.Internal, "assortment", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8]), nil
}

func conflict(op, tag, held string) error {
	return errcode.New(errcode.Conflict, op, fmt.Errorf("made from %q, held is %q", tag, held))
}
