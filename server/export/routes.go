package export

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"tillsight/server/routes"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

const (
	atOnce   = 3             // exports: each holds a state of the warehouse
	timeMost = 2 * time.Hour // that one may take
)

// Star is the warehouse as exports read it.
type Star interface {
	// Look calls queries with one unchanging state, which may take long.
	Look(queries func(warehouse.Querier) error) error
}

// Desk hands out tables of the warehouse.
type Desk struct {
	Star Star
	Log  *slog.Logger
}

// Routes are those of exports.
func (d Desk) Routes(r *routes.Registry) {
	places := make(chan struct{}, atOnce)
	routes.Add(r, office.GetDictionary, routes.Reader, routes.Persons,
		func(_ context.Context, who routes.Caller, _ wire.Nothing) (office.Dictionary, error) {
			return dictionary(who), nil
		})
	routes.Serve(r, office.Export, routes.Reader, routes.Persons,
		func(w http.ResponseWriter, r *http.Request, who routes.Caller, q office.ExportFile) error {
			table, format, ask, err := asked(r, who, q.File)
			if err != nil {
				return err
			}
			select {
			case places <- struct{}{}:
				defer func() { <-places }()
			default:
				return errcode.New(errcode.TooMany, "export", errors.New("others are being made")).With("seconds", "30")
			}
			return d.send(w, r, who, table, format, ask)
		}, routes.Figures)
}

// dictionary says what can be exported to whom asks.
func dictionary(who routes.Caller) (page office.Dictionary) {
	for _, f := range Formats {
		page.Formats = append(page.Formats, f.Suffix)
	}
	for _, t := range Tables() {
		if visible, ok := t.Visible(Ask{Who: who.Scope}); ok {
			page.Tables = append(page.Tables, visible.Dictionary())
		}
	}
	return page
}

// asked reads which rows of what table are wanted.
func asked(r *http.Request, who routes.Caller, file string) (Table, Format, Ask, error) {
	name, suffix, _ := strings.Cut(file, ".")
	table, known := TableOf(name)
	format, readable := FormatOf(suffix)
	query := r.URL.Query()
	ask := Ask{Who: who.Scope, From: query.Get("from"), To: query.Get("to"), Equal: map[string]string{}}
	for _, list := range query["store"] {
		ask.Only = append(ask.Only, strings.Split(list, ",")...)
	}
	table, visible := table.Visible(ask)
	for _, c := range table.Columns {
		if query.Has(c.Name) {
			ask.Equal[c.Name] = query.Get(c.Name)
		}
	}
	if !known || !readable || !visible {
		return table, format, ask, errcode.New(errcode.NotFound, "export", fmt.Errorf("%q", file))
	}
	return table, format, ask, table.Check(ask)
}

// send streams a table.
func (d Desk) send(w http.ResponseWriter, r *http.Request, who routes.Caller, table Table, format Format, ask Ask) error {
	ctx, cancel := context.WithTimeout(r.Context(), timeMost)
	defer cancel()
	if err := routes.Allow(w, timeMost); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	routes.Attachment(w, format.Type, table.Name+"."+format.Suffix)
	var rows int64
	err := d.Star.Look(func(q warehouse.Querier) (err error) {
		rows, err = Write(ctx, w, q, table, format, ask)
		return err
	})
	d.Log.Info("export", slog.String("table", table.Name), slog.String("form", format.Suffix), slog.String("to", who.Name()),
		slog.Int64("rows", rows), slog.Bool("personal", who.Personal()))
	if err != nil {
		return errors.Join(err, routes.ErrCut)
	}
	return nil
}
