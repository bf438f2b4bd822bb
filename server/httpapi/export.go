package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"tillsight/server/export"
	"tillsight/server/routes"
	"tillsight/server/warehouse"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	wire "tillsight/shared/wire/office"
)

// Star is the warehouse as exports read it.
type Star interface {
	// Look calls queries with one unchanging state, which may take long.
	Look(queries func(warehouse.Querier) error) error
}

// Tokens let other programs in.
type Tokens interface {
	Create(t wire.TokenRequest, by string) (wire.Token, string, error)
	List() ([]wire.Token, error)
	Revoke(id int64) error
	Authenticate(text string) (wire.Token, error)
}

const (
	exportsMax = 3             // at once: each holds a state of the warehouse
	exportTime = 2 * time.Hour // that one may take
)

// dictionary says what can be exported to whom asks.
func (s *Server) dictionary(w http.ResponseWriter, _ *http.Request, who routes.Caller) error {
	page := wire.Dictionary{}
	for _, f := range export.Formats {
		page.Formats = append(page.Formats, f.Suffix)
	}
	for _, t := range export.Tables() {
		if visible, ok := t.Visible(export.Ask{Who: who.Scope}); ok {
			page.Tables = append(page.Tables, visible.Dictionary())
		}
	}
	return answer(w, page)
}

// exportTable streams a table.
func (s *Server) exportTable(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	name, suffix, _ := strings.Cut(r.PathValue("file"), ".")
	table, known := export.TableOf(name)
	format, readable := export.FormatOf(suffix)
	ask := export.Ask{Who: who.Scope, From: r.FormValue("from"), To: r.FormValue("to")}
	for _, list := range r.Form["store"] {
		ask.Only = append(ask.Only, strings.Split(list, ",")...)
	}
	table, visible := table.Visible(ask)
	ask.Equal = map[string]string{}
	for _, c := range table.Columns {
		if values := r.Form[c.Name]; len(values) > 0 {
			ask.Equal[c.Name] = values[0]
		}
	}
	if !known || !readable || !visible {
		return errcode.New(errcode.NotFound, "httpapi.export", fmt.Errorf("%q", r.PathValue("file")))
	}
	if err := table.Check(ask); err != nil {
		return err
	}
	select {
	case s.exporting <- struct{}{}:
		defer func() { <-s.exporting }()
	default:
		return errcode.New(errcode.TooMany, "httpapi.export", errors.New("others are being made")).With("seconds", "30")
	}
	ctx, cancel := context.WithTimeout(r.Context(), exportTime)
	defer cancel()
	if err := allow(w, exportTime); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	w.Header().Set("Content-Type", format.Type)
	w.Header().Set("Content-Disposition", `attachment; filename="`+table.Name+"."+format.Suffix+`"`)
	var rows int64
	err := s.Star.Look(func(q warehouse.Querier) (err error) {
		rows, err = export.Write(ctx, w, q, table, format, ask)
		return err
	})
	s.Log.Info("export", slog.String("table", table.Name), slog.String("form", format.Suffix), slog.String("to", who.Name()),
		slog.Int64("rows", rows), slog.Bool("personal", who.Personal()))
	if err != nil {
		return errors.Join(err, errCut)
	}
	return nil
}

// errCut marks an answer of which a part may have gone out: the connection must
// not end as if it were whole.
var errCut = errors.New("the answer was cut")

// tokens lists tokens.
func (s *Server) tokens(w http.ResponseWriter, _ *http.Request, _ routes.Caller) error {
	list, err := s.Tokens.List()
	if err != nil {
		return err
	}
	return answer(w, list)
}

// newToken makes a token and shows it this once.
func (s *Server) newToken(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[wire.TokenRequest](r)
	if err != nil {
		return err
	}
	err = s.Feed.View(func(q refdata.Querier) error {
		for _, id := range request.Stores {
			if _, found, err := refdata.Store(q, id); err != nil || !found {
				return errors.Join(err, errcode.New(errcode.Invalid, "httpapi.newToken", fmt.Errorf("store %q", id)).With("field", "store"))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	made, secret, err := s.Tokens.Create(request, who.User.Login)
	if err != nil {
		return err
	}
	s.note(who, "token.add", fmt.Sprint(made.ID))
	return answer(w, wire.MadeToken{Token: made, Secret: secret})
}

// revokeToken ends a token.
func (s *Server) revokeToken(w http.ResponseWriter, r *http.Request, who routes.Caller) error {
	request, err := readMessage[struct {
		ID int64 `json:"id"`
	}](r)
	if err != nil {
		return err
	}
	if err := s.Tokens.Revoke(request.ID); err != nil {
		return err
	}
	s.note(who, "token.revoke", fmt.Sprint(request.ID))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// exportRoutes are those of exports and their tokens.
func (s *Server) exportRoutes(r *routes.Registry) {
	if s.Star == nil || s.Tokens == nil {
		return
	}
	r.Add(routes.Route{Method: "GET", Path: wire.PathDictionary, Who: routes.Reader, Shows: routes.Persons, Handle: s.dictionary})
	r.Add(routes.Route{Method: "GET", Path: wire.PathExport + "{file}", Who: routes.Reader, Shows: routes.Persons, Handle: s.made(s.exportTable)})
	r.Add(routes.Route{Method: "GET", Path: wire.PathTokens, Who: routes.Admin, Shows: routes.Whole, Handle: s.tokens})
	r.Add(routes.Route{Method: "POST", Path: wire.PathTokens, Who: routes.Admin, Shows: routes.Whole, Limit: messageMax, Handle: s.newToken})
	r.Add(routes.Route{Method: "POST", Path: wire.PathTokenRevoke, Who: routes.Admin, Shows: routes.Whole, Limit: messageMax, Handle: s.revokeToken})
}
