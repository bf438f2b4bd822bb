package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/wire/office"
)

// visit is one request as log and list of acts have it.
type visit struct {
	server *Server
	id     string
	who    routes.Caller
	err    error
}

// Known implements routes.Visit.
func (v *visit) Known(who routes.Caller) {
	who.Address = v.who.Address
	v.who = who
}

// Did implements routes.Visit. What is done stays done when it can't be written down.
func (v *visit) Did(who routes.Caller, what, object string) {
	err := v.server.Users.Note(office.Act{Login: who.Name(), Address: who.Address, What: what, Object: object})
	if err != nil {
		v.server.Log.Error("note act", "what", what, "object", object, "error", err)
	}
}

// serve answers a route: it finds out who asks, limits and unpacks the body,
// turns an error or a panic into an answer, and writes one line into the log.
func (s *Server) serve(route routes.Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Now()
		v := &visit{server: s, id: requestID(), who: routes.Caller{Address: s.address(r)}}
		w.Header().Set("X-Request-Id", v.id)
		w.Header().Set("Cache-Control", "no-store")
		out := &recorder{ResponseWriter: w}
		func() {
			defer func() {
				if p := recover(); p != nil {
					v.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
				}
			}()
			v.err = s.answerRoute(out, r, route, v)
		}()
		if v.err != nil && out.status == 0 {
			fail(out, v.err)
		}
		took := s.Now().Sub(began)
		s.metrics.request(route.Pattern(), out.status, took)
		s.logVisit(r, route, v, out, took)
		if errors.Is(v.err, routes.ErrCut) {
			panic(http.ErrAbortHandler) // the connection ends without the end of the answer
		}
	})
}

// answerRoute reads nothing of who is not let in.
func (s *Server) answerRoute(w http.ResponseWriter, r *http.Request, route routes.Route, v *visit) error {
	if route.Limit == 0 || r.Body == nil {
		r.Body = http.NoBody
	} else {
		r.Body = http.MaxBytesReader(w, r.Body, route.Limit)
	}
	who, err := s.identify(route.Who, r)
	if err != nil {
		return err
	}
	v.Known(who)
	who.Visit = v
	if err := route.Admit(who); err != nil {
		return err
	}
	if err := s.whole(route); err != nil {
		return err
	}
	if err := unpack(r, route.Limit); err != nil {
		return err
	}
	return route.Handle(w, r, who)
}

// whole refuses figures while they are made anew: they would tell less than was sold.
func (s *Server) whole(route routes.Route) error {
	if !route.Figures || s.Making == nil {
		return nil
	}
	done, total, making := s.Making()
	if !making {
		return nil
	}
	return errcode.New(errcode.Preparing, "httpapi", nil).With("percent", strconv.FormatInt(done*100/max(total, 1), 10)).With("seconds", "5")
}

func (s *Server) logVisit(r *http.Request, route routes.Route, v *visit, out *recorder, took time.Duration) {
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("id", v.id),
		slog.String("route", route.Pattern()),
		slog.String("address", v.who.Address),
		slog.Int("status", out.status),
		slog.Int64("bytes", out.bytes),
		slog.Float64("ms", float64(took.Microseconds())/1000),
	}
	if v.who.Device.ID != "" {
		attrs = append(attrs, slog.String("device", v.who.Device.ID))
	} else if name := v.who.Name(); name != "" {
		attrs = append(attrs, slog.String("login", name))
	}
	if v.err != nil {
		attrs = append(attrs, slog.String("code", string(errcode.Of(v.err))), slog.String("error", v.err.Error()))
	}
	switch {
	case out.status >= http.StatusInternalServerError && errcode.Of(v.err) != errcode.Cancelled:
		level = slog.LevelError
	case out.status >= http.StatusBadRequest:
		level = slog.LevelWarn
	case route.Path == "/healthz" || route.Path == "/metrics":
		level = slog.LevelDebug
	}
	s.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

func requestID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// unpack undoes the compression of the body.
func unpack(r *http.Request, limit int64) error {
	if r.Body == http.NoBody {
		return nil
	}
	switch coding := r.Header.Get("Content-Encoding"); coding {
	case "", "identity":
		return nil
	case "gzip":
		plain, err := gunzip(r.Body, limit)
		r.Body = io.NopCloser(bytes.NewReader(plain))
		return err
	default:
		return errcode.New(errcode.Invalid, "httpapi", fmt.Errorf("content coding %q", coding))
	}
}

func gunzip(body io.Reader, limit int64) ([]byte, error) {
	packed, err := routes.ReadAll(body)
	if err != nil {
		return nil, err
	}
	invalid := func(err error) error { return errcode.New(errcode.Invalid, "httpapi", fmt.Errorf("gzip: %w", err)) }
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, invalid(err)
	}
	plain, err := io.ReadAll(io.LimitReader(reader, limit+1))
	switch {
	case err != nil:
		return nil, invalid(err)
	case int64(len(plain)) > limit:
		return nil, errcode.New(errcode.TooLarge, "httpapi", fmt.Errorf("more than %d bytes", limit))
	}
	return plain, nil
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
