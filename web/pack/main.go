// Pack compresses built files for browsers once, at build time, so that the
// server sends ready bytes. For each input it writes NAME.br and NAME.gz to the
// output folder, and for all of them pack.json with hash and size of the plain
// bytes. An input whose hash is already there is left alone.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"

	"tillsight/web"
)

func main() {
	out := flag.String("out", "web/build", "folder for the compressed files")
	quality := flag.Int("quality", 10, "brotli quality, 0 to 11")
	flag.Parse()
	if err := run(*out, *quality, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

// run packs inputs, each a FILE or FILE=NAME with the name it is served under.
func run(out string, quality int, inputs []string) error {
	listFile := filepath.Join(out, web.PackList)
	before, err := readList(listFile)
	if err != nil {
		return err
	}
	type outcome struct {
		name   string
		packed web.Packed
		err    error
	}
	done := make(chan outcome)
	for _, input := range inputs {
		file, name, ok := strings.Cut(input, "=")
		if !ok {
			name = filepath.Base(file)
		}
		go func() {
			packed, err := pack(out, name, file, quality, before[name])
			if err != nil {
				err = fmt.Errorf("pack %s: %w", file, err)
			}
			done <- outcome{name, packed, err}
		}()
	}
	after := map[string]web.Packed{}
	var errs []error
	for range inputs {
		o := <-done
		after[o.name] = o.packed
		errs = append(errs, o.err)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	text, err := json.MarshalIndent(after, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(listFile, append(text, '\n'), 0o644)
}

func readList(file string) (map[string]web.Packed, error) {
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list map[string]web.Packed
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return list, nil
}

func pack(out, name, file string, quality int, before web.Packed) (web.Packed, error) {
	plain, err := os.ReadFile(file)
	if err != nil {
		return web.Packed{}, err
	}
	sum := sha256.Sum256(plain)
	packed := web.Packed{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(plain)), Quality: quality}
	target := filepath.Join(out, filepath.FromSlash(name))
	if packed == before && exists(target+".br") && exists(target+".gz") {
		return packed, nil
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return packed, err
	}
	br, err := compressBrotli(plain, quality)
	if err != nil {
		return packed, err
	}
	gz, err := compressGzip(plain)
	if err != nil {
		return packed, err
	}
	fmt.Printf("%-28s %9d  br %8d  gz %8d\n", name, len(plain), len(br), len(gz))
	if err := os.WriteFile(target+".br", br, 0o644); err != nil {
		return packed, err
	}
	return packed, os.WriteFile(target+".gz", gz, 0o644)
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

func compressBrotli(plain []byte, quality int) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: quality, LGWin: 24})
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func compressGzip(plain []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
