package httpapi

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"time"

	"tillsight/server/feed"
	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/wire/sync"
)

// downloadTime is how long a download may take: 20 MB by a bad mobile line.
const downloadTime = 30 * time.Minute

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// file sends a snapshot of the register's own store, or a file of the analytical
// data that the person may see.
func (s *Server) file(w http.ResponseWriter, r *http.Request, who routes.Caller, q sync.FileName) error {
	if who.Device.ID != "" {
		return s.sendFile(w, r, q.SHA256, func(sha256 string) (string, error) { return s.Feed.File(who.Device.Store, sha256) })
	}
	if s.Segments == nil {
		return errcode.New(errcode.NotFound, "httpapi.file", nil)
	}
	return s.sendFile(w, r, q.SHA256, func(sha256 string) (string, error) {
		return s.Segments.File(r.Context(), who.Scope, sha256)
	})
}

// sendFile sends an immutable file in the smallest form that the client takes.
// A part of a file (Range) is a part of the plain form.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, sha256 string, find func(sha256 string) (string, error)) error {
	if !hashForm.MatchString(sha256) {
		return errcode.New(errcode.NotFound, "httpapi.sendFile", fmt.Errorf("%q", sha256))
	}
	path, err := find(sha256)
	if err != nil {
		return err
	}
	file, encoding, err := openSmallest(path, r)
	if err != nil {
		return err
	}
	defer file.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Vary", "Accept-Encoding, Authorization, Cookie")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("ETag", `"`+sha256[:16]+encoding+`"`)
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	if err := routes.Allow(w, downloadTime); err != nil {
		return fmt.Errorf("send file: %w", err)
	}
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

func openSmallest(path string, r *http.Request) (file *os.File, encoding string, err error) {
	if r.Header.Get("Range") == "" {
		for _, e := range feed.Encodings {
			if !accepts(r.Header.Get("Accept-Encoding"), e.Name) {
				continue
			}
			file, err := os.Open(path + e.Suffix)
			if err == nil {
				return file, e.Name, nil
			}
			if !errors.Is(err, fs.ErrNotExist) {
				return nil, "", fmt.Errorf("send file: %w", err)
			}
		}
	}
	file, err = os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", errcode.New(errcode.NotFound, "httpapi.sendFile", err)
	}
	if err != nil {
		return nil, "", fmt.Errorf("send file: %w", err)
	}
	return file, "", nil
}
