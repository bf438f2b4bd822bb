package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// pairOf makes a certificate and its key.
func pairOf(t *testing.T, serial int64) (cert, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "till"}, DNSNames: []string{"localhost"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<32, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
}

func TestCertificateIsRenewed(t *testing.T) {
	dir := t.TempDir()
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	written := time.Unix(1_795_000_000, 0)
	write := func(name string, b []byte) {
		t.Helper()
		written = written.Add(time.Second)
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, written, written); err != nil {
			t.Fatal(err)
		}
	}
	first, firstKey := pairOf(t, 1)
	second, secondKey := pairOf(t, 2)
	write(certFile, first)
	write(keyFile, secondKey)
	if _, err := loadCertificate(certFile, keyFile, slog.New(slog.DiscardHandler)); err == nil {
		t.Error("a pair that does not belong together was taken at the start")
	}
	write(keyFile, firstKey)
	c, err := loadCertificate(certFile, keyFile, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	want := func(serial int64, when string) {
		t.Helper()
		pair, err := c.get(&tls.ClientHelloInfo{})
		if err != nil || pair.Leaf.SerialNumber.Int64() != serial {
			t.Errorf("%s: %v, %v; want certificate %d", when, pair.Leaf.SerialNumber, err, serial)
		}
	}
	want(1, "at first")
	write(certFile, second)
	want(1, "with half of the new pair")
	write(certFile, second[:len(second)/2])
	want(1, "with a half-written file")
	if err := os.Remove(certFile); err != nil {
		t.Fatal(err)
	}
	want(1, "without the file")
	write(certFile, second)
	write(keyFile, secondKey)
	want(2, "with both")
}

// A server that can't listen says so before it makes anything, and names no address.
func TestNothingIsMadeWithoutListening(t *testing.T) {
	taken, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	cert, _ := pairOf(t, 1)
	_, key := pairOf(t, 2)
	files := t.TempDir()
	certFile, keyFile := filepath.Join(files, "cert.pem"), filepath.Join(files, "key.pem")
	if err := errors.Join(os.WriteFile(certFile, cert, 0o600), os.WriteFile(keyFile, key, 0o600)); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"a port in use":       {"--addr", taken.Addr().String()},
		"another's key":       {"--addr", "localhost:0", "--tls-cert", certFile, "--tls-key", keyFile},
		"the files exchanged": {"--addr", "localhost:0", "--tls-cert", keyFile, "--tls-key", certFile},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		out, err := command(t, "", append([]string{"serve", "--data", dir}, args...)...)
		if err == nil || out != "" {
			t.Errorf("%s: %v, printed %q", name, err, out)
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: the data directory was made: %v", name, err)
		}
	}
}
