package warehouse

import (
	"fmt"
	"slices"
	"strings"

	"tillsight/shared/catalogue"
	"tillsight/shared/sqlite"
)

// Members is where segments of customers and who is in them come from.
type Members interface {
	// Changes returns all segments and the stays that began or ended after a
	// change, in their order.
	Changes(after int64) (MemberChanges, error)
}

// MemberChanges is what changed in segments of customers.
type MemberChanges struct {
	Seq      int64 // number of the last change
	Segments []CustomerSegment
	Members  []Member
}

// CustomerSegment is a segment as exports tell of it.
type CustomerSegment struct {
	ID          string
	Name        catalogue.Text
	Live, Tills bool
	Version     int
	Retired     bool
	At          int64
	By          string
}

// Member is somebody's stay in a segment.
type Member struct {
	Segment, Customer string
	Entered, Left     int64
	Version           int
	Why, WhyLeft      string // JSON
}

// TakeMembers takes over what changed in segments of customers.
func (w *Warehouse) TakeMembers(m Members) error {
	held, err := metaOf(w.read, "members")
	if err != nil {
		return err
	}
	c, err := m.Changes(held)
	if err != nil {
		return err
	}
	text := fmt.Sprint(c.Segments)
	if len(c.Members) == 0 && held == c.Seq && text == w.segments {
		return nil
	}
	slices.SortFunc(c.Segments, func(a, b CustomerSegment) int { return strings.Compare(a.ID, b.ID) })
	err = w.db.Write(func(tx *sqlite.Tx) error {
		if err := writeMembers(tx, c); err != nil {
			return err
		}
		revision, err := nextRevision(tx)
		if err != nil {
			return err
		}
		if err := setMeta(tx, "segments", revision); err != nil {
			return err
		}
		return setMeta(tx, "members", c.Seq)
	})
	if err != nil {
		return fmt.Errorf("take over segments: %w", err)
	}
	w.segments = text
	w.news.Post()
	return nil
}

func writeMembers(tx *sqlite.Tx, c MemberChanges) error {
	if err := tx.Exec(`DELETE FROM ref_segment`); err != nil {
		return err
	}
	for key, s := range c.Segments {
		err := tx.Exec(`INSERT INTO ref_segment (key, id, name_ru, name_en, live, tills, version, retired, at, by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, key, s.ID, s.Name.RU, s.Name.EN, s.Live, s.Tills, s.Version, s.Retired, s.At, s.By)
		if err != nil {
			return err
		}
	}
	for _, m := range c.Members {
		err := tx.Exec(`INSERT OR REPLACE INTO segment_member (segment, customer, entered, left, version, why, why_left)
			SELECT ?, key, ?, ?, ?, ?, ? FROM customer WHERE id = ?`,
			m.Segment, m.Entered, m.Left, m.Version, m.Why, m.WhyLeft, m.Customer)
		if err != nil {
			return err
		}
	}
	return nil
}

// changed notes that a customer changed in this batch.
func (p *projection) changed(customer int64) error { return changeCustomer(p.tx, customer, p.revision) }

func changeCustomer(tx *sqlite.Tx, customer, revision int64) error {
	return tx.Exec(`INSERT INTO customer_change (customer, revision)
		VALUES (?, ?)
		ON CONFLICT (customer) DO UPDATE SET revision = excluded.revision`, customer, revision)
}
