package httpapi

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	goods "tillsight/server/assortment"
	"tillsight/server/device"
	"tillsight/shared/budget"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// bodyMax limits what is read of any request, compressed or not.
const bodyMax = 2 << 20

// visit is what the log says of one request.
type visit struct {
	id     string
	device string
	err    error
}

type visitKey struct{}

func noteDevice(r *http.Request, d device.Device) {
	if v, ok := r.Context().Value(visitKey{}).(*visit); ok {
		v.device = d.ID
	}
}

// handle serves one route: it limits and unpacks the body, turns an error or a
// panic into an answer, and writes one line into the log.
func (s *Server) handle(mux *http.ServeMux, method, path string, h handler) {
	pattern := path
	if method != "" {
		pattern = method + " " + path
	}
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		began := s.Now()
		v := &visit{id: requestID()}
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		w.Header().Set("X-Request-Id", v.id)
		w.Header().Set("Cache-Control", "no-store")
		out := &recorder{ResponseWriter: w}
		func() {
			defer func() {
				if p := recover(); p != nil {
					v.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
				}
			}()
			v.err = unpack(w, r)
			if v.err == nil {
				v.err = h(out, r)
			}
		}()
		if v.err != nil && out.status == 0 {
			out.status = fail(w, v.err)
		}
		took := s.Now().Sub(began)
		s.metrics.request(pattern, out.status, took)
		s.logVisit(r, pattern, v, out, took)
		if errors.Is(v.err, errCut) {
			panic(http.ErrAbortHandler) // the connection ends without the end of the answer
		}
	})
}

func (s *Server) logVisit(r *http.Request, pattern string, v *visit, out *recorder, took time.Duration) {
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("id", v.id),
		slog.String("route", pattern),
		slog.Int("status", out.status),
		slog.Int64("bytes", out.bytes),
		slog.Float64("ms", float64(took.Microseconds())/1000),
	}
	if v.device != "" {
		attrs = append(attrs, slog.String("device", v.device))
	}
	if v.err != nil {
		attrs = append(attrs, slog.String("code", string(errcode.Of(v.err))), slog.String("error", v.err.Error()))
	}
	switch {
	case out.status >= http.StatusInternalServerError && errcode.Of(v.err) != errcode.Cancelled:
		level = slog.LevelError
	case out.status >= http.StatusBadRequest:
		level = slog.LevelWarn
	case pattern == "GET /healthz" || pattern == "GET /metrics":
		level = slog.LevelDebug
	}
	s.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

func requestID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// unpack limits the body and undoes its compression.
func unpack(w http.ResponseWriter, r *http.Request) error {
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	limit := int64(bodyMax)
	if r.URL.Path == syncproto.PathGoodsFile || strings.HasPrefix(r.URL.Path, syncproto.PathStock) {
		limit = goods.FileMax // read after it is known who sends it
	}
	if strings.HasPrefix(r.URL.Path, budget.PathPlans) || strings.HasPrefix(r.URL.Path, budget.PathExpenses) {
		limit = importMax
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	switch coding := r.Header.Get("Content-Encoding"); coding {
	case "", "identity":
		return nil
	case "gzip":
		plain, err := gunzip(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(plain))
		return err
	default:
		return errcode.New(errcode.Invalid, "httpapi", fmt.Errorf("content coding %q", coding))
	}
}

func gunzip(body io.Reader) ([]byte, error) {
	packed, err := io.ReadAll(body)
	if err != nil {
		return nil, bodyError(err)
	}
	invalid := func(err error) error { return errcode.New(errcode.Invalid, "httpapi", fmt.Errorf("gzip: %w", err)) }
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, invalid(err)
	}
	plain, err := io.ReadAll(io.LimitReader(reader, bodyMax+1))
	switch {
	case err != nil:
		return nil, invalid(err)
	case len(plain) > bodyMax:
		return nil, errcode.New(errcode.TooLarge, "httpapi", fmt.Errorf("more than %d bytes", bodyMax))
	}
	return plain, nil
}

// bodyError classifies why a body could not be read.
func bodyError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return errcode.New(errcode.TooLarge, "httpapi", err)
	}
	return errcode.New(errcode.Cancelled, "httpapi", fmt.Errorf("read request: %w", err))
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
