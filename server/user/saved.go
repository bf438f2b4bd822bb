package user

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"

	"tillsight/shared/errcode"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/office"
)

const savedColumns = `SELECT id, kind, name, body, shared, login, at, gone FROM saved `

func scanSaved(row sqlite.Row) wire.DeskItem {
	return wire.DeskItem{ID: row.Text(0), Kind: row.Text(1), Name: row.Text(2), Body: json.RawMessage(row.Text(3)),
		Shared: row.Int(4) == 1, Owner: row.Text(5), At: row.Int64(6), Gone: row.Int(7) == 1}
}

// Saved lists what a person keeps, removed things too, and what others share.
func (r *Registry) Saved(login string) ([]wire.DeskItem, error) {
	list := []wire.DeskItem{}
	err := r.db.Query(savedColumns+`
		WHERE login = ? OR shared = 1 AND gone = 0
		ORDER BY login <> ?, kind, name, id
		LIMIT ?`, func(row sqlite.Row) error {
		list = append(list, scanSaved(row))
		return nil
	}, login, login, 10*wire.SavedMax)
	if err != nil {
		return nil, fmt.Errorf("list saved: %w", err)
	}
	return list, nil
}

// Save keeps something of a person's and returns what is kept: an edit that is
// later than this one stays. It fails with errcode.Invalid for what is too large,
// and errcode.TooMany when the person keeps too much.
func (r *Registry) Save(login string, item wire.DeskItem) (kept wire.DeskItem, err error) {
	if item.Gone {
		item.Body, item.Shared = json.RawMessage("null"), false
	}
	if err := checkSaved(item); err != nil {
		return kept, err
	}
	item.At = min(item.At, r.now().UnixMilli()+wire.SavedAhead)
	item.Owner = login
	err = r.db.Write(func(tx *sqlite.Tx) error {
		have, count := 0, 0
		err := tx.Query(`SELECT count(*), coalesce(sum(id = ?), 0) FROM saved WHERE login = ?`, func(row sqlite.Row) error {
			count, have = row.Int(0), row.Int(1)
			return nil
		}, item.ID, login)
		if err != nil {
			return err
		}
		if have == 0 && count >= wire.SavedMax { // the thing removed longest ago makes room
			err := tx.Exec(`DELETE FROM saved WHERE login = ?1 AND id IN
				(SELECT id FROM saved WHERE login = ?1 AND gone = 1 ORDER BY at LIMIT 1)`, login)
			if err != nil {
				return err
			}
			count -= int(tx.Changes())
		}
		if have == 0 && count >= wire.SavedMax {
			return errcode.New(errcode.DataLimit, "user.Save", nil).With("limit", strconv.Itoa(wire.SavedMax))
		}
		err = tx.Exec(`INSERT INTO saved (login, id, kind, name, body, shared, at, gone)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (login, id) DO UPDATE
			SET kind = excluded.kind, name = excluded.name, body = excluded.body, shared = excluded.shared, at = excluded.at, gone = excluded.gone
			WHERE excluded.at > saved.at`,
			login, item.ID, item.Kind, item.Name, string(item.Body), item.Shared, item.At, item.Gone)
		if err != nil {
			return err
		}
		return tx.Query(savedColumns+`WHERE login = ? AND id = ?`, func(row sqlite.Row) error {
			kept = scanSaved(row)
			return nil
		}, login, item.ID)
	})
	if err != nil {
		return kept, fmt.Errorf("save: %w", err)
	}
	return kept, nil
}

func checkSaved(item wire.DeskItem) error {
	switch {
	case item.ID == "" || len(item.ID) > wire.SavedIDMax || len(item.Kind) > wire.SavedIDMax || item.Kind == "",
		utf8.RuneCountInString(item.Name) > wire.SavedNameMax || !utf8.ValidString(item.Name),
		len(item.Body) > wire.SavedBodyMax || !json.Valid(item.Body), item.At <= 0:
		return errcode.New(errcode.Invalid, "user.Save", fmt.Errorf("%s %q, body of %d bytes", item.Kind, item.ID, len(item.Body)))
	}
	return nil
}
