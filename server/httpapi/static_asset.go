package httpapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"

	"github.com/andybalholm/brotli"

	"tillsight/web"
)

// asset is one file that browsers get, with the forms it is sent in. Large
// built files have no plain form: it is made from br for the rare client that
// takes nothing else.
type asset struct {
	path  string // "/web/app.wasm"
	typ   string // Content-Type
	hash  string // SHA-256 of the plain bytes, hex
	size  int64  // plain bytes
	plain []byte
	br    []byte
	gz    []byte
}

// tagLength is how much of the hash stands in an address: 64 bits tell
// versions of one file apart.
const tagLength = 16

func (a *asset) tag() string { return a.hash[:tagLength] }

// url is the address that always gives exactly these bytes.
func (a *asset) url() string { return a.path + "?v=" + a.tag() }

var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
}

// newAsset makes an asset of plain bytes, compressed where that pays.
func newAsset(name string, plain []byte) (*asset, error) {
	sum := sha256.Sum256(plain)
	a := &asset{
		path:  name,
		typ:   contentType(name),
		hash:  hex.EncodeToString(sum[:]),
		size:  int64(len(plain)),
		plain: plain,
	}
	if strings.HasPrefix(a.typ, "image/png") || strings.HasPrefix(a.typ, "font/") {
		return a, nil
	}
	var br, gz bytes.Buffer
	b := brotli.NewWriterLevel(&br, brotliSmall)
	g, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, w := range []io.WriteCloser{b, g} {
		if _, err := w.Write(plain); err != nil {
			return nil, fmt.Errorf("compress %s: %w", name, err)
		}
		if err := w.Close(); err != nil {
			return nil, fmt.Errorf("compress %s: %w", name, err)
		}
	}
	if br.Len() < len(plain) {
		a.br = br.Bytes()
	}
	if gz.Len() < len(plain) {
		a.gz = gz.Bytes()
	}
	return a, nil
}

// brotliSmall is the quality for small files, compressed when the server starts.
const brotliSmall = 6

func contentType(name string) string {
	if t, ok := contentTypes[path.Ext(name)]; ok {
		return t
	}
	return "application/octet-stream"
}

// loadAssets reads the folders static and build of files, sorted by path.
func loadAssets(files fs.FS) ([]*asset, error) {
	var all []*asset
	packed, err := loadPacked(files)
	if err != nil {
		return nil, err
	}
	all = append(all, packed...)
	for _, root := range []string{"static", "build"} {
		plain, err := loadPlain(files, root)
		if err != nil {
			return nil, err
		}
		all = append(all, plain...)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].path < all[j].path })
	for i := 1; i < len(all); i++ {
		if all[i].path == all[i-1].path {
			return nil, fmt.Errorf("two files for %s", all[i].path)
		}
	}
	return all, nil
}

// loadPacked reads the files that web/pack compressed.
func loadPacked(files fs.FS) ([]*asset, error) {
	text, err := fs.ReadFile(files, "build/"+web.PackList)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list map[string]web.Packed
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("read %s: %w", web.PackList, err)
	}
	var all []*asset
	for name, p := range list {
		if len(p.SHA256) != 2*sha256.Size {
			return nil, fmt.Errorf("%s: bad hash of %s", web.PackList, name)
		}
		br, err := fs.ReadFile(files, "build/"+name+".br")
		if err != nil {
			return nil, err
		}
		gz, err := fs.ReadFile(files, "build/"+name+".gz")
		if err != nil {
			return nil, err
		}
		all = append(all, &asset{
			path: "/web/" + name, typ: contentType(name), hash: p.SHA256, size: p.Size, br: br, gz: gz,
		})
	}
	return all, nil
}

func loadPlain(files fs.FS, root string) ([]*asset, error) {
	var all []*asset
	err := fs.WalkDir(files, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() || skipped(entry.Name()) {
			return nil
		}
		plain, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		a, err := newAsset("/web/"+strings.TrimPrefix(name, root+"/"), plain)
		if err != nil {
			return err
		}
		all = append(all, a)
		return nil
	})
	return all, err
}

// skipped tells files of the folders that are not for browsers.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || name == web.PackList ||
		strings.HasSuffix(name, ".br") || strings.HasSuffix(name, ".gz")
}
