package main

import (
	"crypto/tls"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"
)

// certificate is a pair of files that somebody renews while the server runs. A
// handshake after that gets the new pair; one that can't be read, since it is
// half written, leaves the old.
type certificate struct {
	cert, key string
	log       *slog.Logger

	mu   sync.Mutex
	pair *tls.Certificate
	seen [2]fileState // when pair was last tried
}

// fileState changes whenever a file is written.
type fileState struct {
	size  int64
	wrote time.Time
}

// loadCertificate reads the pair for the first time.
func loadCertificate(cert, key string, log *slog.Logger) (*certificate, error) {
	c := &certificate{cert: cert, key: key, log: log}
	seen, err := c.look()
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("certificate %s, key %s: %w", cert, key, err)
	}
	c.pair, c.seen = &pair, seen
	return c, nil
}

func (c *certificate) look() (state [2]fileState, err error) {
	for i, name := range []string{c.cert, c.key} {
		var info fs.FileInfo
		if info, err = os.Stat(name); err != nil {
			return state, err
		}
		state[i] = fileState{info.Size(), info.ModTime()}
	}
	return state, nil
}

// get implements tls.Config.GetCertificate.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	seen, err := c.look()
	if err == nil && seen == c.seen {
		return c.pair, nil
	}
	c.seen = seen
	if err == nil {
		var pair tls.Certificate
		if pair, err = tls.LoadX509KeyPair(c.cert, c.key); err == nil {
			c.pair = &pair
			c.log.Info("certificate renewed", slog.Time("until", pair.Leaf.NotAfter))
			return c.pair, nil
		}
	}
	c.log.Warn("the certificate stays the old one", slog.Any("error", err))
	return c.pair, nil
}
