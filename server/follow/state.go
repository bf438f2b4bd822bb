package follow

import (
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
)

// State is what an operator is told of a follower.
type State struct {
	Name     string `json:"name"`
	Position int64  `json:"position"` // in the journal
	Behind   int64  `json:"behind"`   // facts
	Aside    int64  `json:"aside"`    // facts that wait for a person
	Still    bool   `json:"still"`    // it has failed for minutes
	Fault    string `json:"-"`        // of the last look; not for everybody
}

// State returns how the follower does.
func (r *Reader) State() (s State, err error) {
	s.Name = r.Name
	if s.Position, err = r.Position(); err != nil {
		return s, err
	}
	err = r.feed.View(func(q refdata.Querier) error {
		return q.Query(`SELECT count(*) FROM follow_aside WHERE name = ?`, func(row sqlite.Row) error {
			s.Aside = row.Int64(0)
			return nil
		}, r.Name)
	})
	s.Behind = max(0, r.journal.Position()-s.Position)
	fault, still := r.Fault()
	if s.Still = still; fault != nil {
		s.Fault = fault.Error()
	}
	return s, err
}

// Aside is a fact that a follower could not take in.
type Aside struct {
	Follower string `json:"follower"`
	Pos      int64  `json:"pos"`
	At       int64  `json:"at"` // unix ms
	Kind     string `json:"kind"`
	Reason   string `json:"reason"` // code
	Detail   string `json:"detail"`
}

// AsideList lists what waits for a person, newest first.
func (r *Reader) AsideList(limit int) (list []Aside, err error) {
	err = r.feed.View(func(q refdata.Querier) error {
		return q.Query(`SELECT pos, at, kind, reason, detail FROM follow_aside WHERE name = ? ORDER BY pos DESC LIMIT ?`,
			func(row sqlite.Row) error {
				list = append(list, Aside{Follower: r.Name, Pos: row.Int64(0), At: row.Int64(1), Kind: row.Text(2),
					Reason: row.Text(3), Detail: row.Text(4)})
				return nil
			}, r.Name, limit)
	})
	return list, err
}
