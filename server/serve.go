package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"tillsight/server/follow"
	"tillsight/server/httpapi"
	"tillsight/server/notice"
	"tillsight/shared/refdata"
	"tillsight/web"
)

const (
	stopTime   = 10 * time.Second // for requests at hand when the server stops
	flushEvery = 30 * time.Second
)

// serveCommand runs the server.
type serveCommand struct {
	dataDir
	Addr         string     `help:"Address to listen on; ${default} is port 8080 of all." aliases:"listen" default:":8080" placeholder:"HOST:PORT"`
	TLSCert      string     `name:"tls-cert" type:"existingfile" help:"Certificate chain (PEM)."`
	TLSKey       string     `name:"tls-key" type:"existingfile" help:"Private key (PEM)."`
	Proxy        bool       `help:"A proxy of ours stands before the server: believe its X-Forwarded headers."`
	MetricsToken string     `help:"Token with which /metrics can be read; without one nobody can." default:"${metrics_token}"`
	Demo         bool       `help:"Fill the data directory with a generated chain when it is empty."`
	DemoSize     demoFlags  `embed:"" prefix:"demo-"`
	DemoLogins   demoLogins `embed:"" prefix:"demo-"`
	LogLevel     string     `enum:"debug,info,warn,error" default:"info" help:"debug, info, warn or error."`
}

// Run implements the command: it serves until ctx ends, then finishes what is
// at hand.
func (c *serveCommand) Run(ctx context.Context, s streams) (err error) {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return errors.New("--tls-cert and --tls-key belong together")
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(s.err, &slog.HandlerOptions{Level: level}))
	// What may be wrong with the command line is said before anything is made.
	listener, err := c.listen(log)
	if err != nil {
		return err
	}
	defer func() {
		if closing := listener.Close(); !errors.Is(closing, net.ErrClosed) {
			err = errors.Join(err, closing)
		}
	}()
	release, err := c.lock()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := c.prepareDemo(ctx, s); err != nil {
		return err
	}
	t, err := c.openTruth()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	d, err := c.openDerived(t, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	return c.serve(ctx, log, s, t, d, listener)
}

// listen takes the address, with TLS if there is a certificate.
func (c *serveCommand) listen(log *slog.Logger) (net.Listener, error) {
	var pair *certificate
	if c.TLSCert != "" {
		var err error
		if pair, err = loadCertificate(c.TLSCert, c.TLSKey, log); err != nil {
			return nil, err
		}
	}
	listener, err := net.Listen("tcp", c.Addr)
	switch {
	case err != nil:
		return nil, err
	case pair != nil:
		return tls.NewListener(listener, &tls.Config{
			MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: pair.get,
		}), nil
	case !c.Proxy && !ofThisMachine(listener.Addr()):
		log.Warn("plain HTTP for other machines: passwords and tokens can be read on the way, and browsers give tills no durable storage; " +
			"use --tls-cert and --tls-key, or a proxy with TLS before this and --proxy")
	}
	return listener, nil
}

// ofThisMachine reports whether only programs of this machine reach addr.
func ofThisMachine(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// prepareDemo makes the chain that was asked for when there is nothing yet.
func (c *serveCommand) prepareDemo(ctx context.Context, s streams) error {
	found, err := c.exists()
	if err != nil || found || !c.Demo {
		return err
	}
	return c.makeDemo(ctx, c.DemoSize, c.DemoLogins, s.err)
}

// serve answers requests and does what has to be done beside them.
func (c *serveCommand) serve(ctx context.Context, log *slog.Logger, s streams, t *truth, d *derived, listener net.Listener) error {
	static, err := httpapi.NewStatic(web.Files)
	if err != nil {
		return err
	}
	t.journal.KeepFree(func() (int64, error) { return freeSpace(c.Data) })
	f, err := openFollowers(t)
	if err != nil {
		return err
	}
	closing, close := context.WithCancel(context.WithoutCancel(ctx))
	defer close()
	changed := &notice.Board{}
	documents, err := openDocuments(t)
	if err != nil {
		return err
	}
	parts, metrics := interfaceOf(t, d, f, documents, log, changed)
	server := httpapi.NewHTTP(httpapi.New(httpapi.Options{
		Journal:      t.journal,
		Devices:      t.devices,
		Users:        t.users,
		Feed:         t.feed,
		Segments:     d.segments,
		Warehouse:    d.warehouse,
		Audit:        f.audit,
		Tokens:       t.tokens,
		Parked:       f.parked,
		Followers:    func() ([]follow.State, error) { return f.states(t, d) },
		Making:       d.making,
		Static:       static,
		Log:          log,
		Now:          t.now,
		Routes:       parts,
		Metrics:      metrics,
		Changed:      changed,
		Closing:      closing,
		Proxy:        c.Proxy,
		MetricsToken: c.MetricsToken,
	}))
	server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelWarn)

	var beside sync.WaitGroup
	beside.Go(func() { flushDevices(closing, log, t) })
	d.run(closing, t, log, &beside)
	f.run(closing, t, log, &beside)
	failed := make(chan error, 1)
	go func() { failed <- accept(server, listener) }()
	if err := c.greet(s, t, listener.Addr()); err != nil {
		return errors.Join(err, server.Close())
	}
	log.Info("started", slog.String("address", listener.Addr().String()), slog.Int64("facts", t.journal.Position()))
	select {
	case err = <-failed:
	case <-ctx.Done():
		log.Info("stopping")
	}
	close() // live streams end, so that the others can be waited for
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if stopErr := server.Shutdown(patience); stopErr != nil {
		err = errors.Join(err, fmt.Errorf("stop: %w", stopErr), server.Close())
	}
	beside.Wait()
	log.Info("stopped")
	return err
}

// accept serves until the server is shut down.
func accept(server *http.Server, listener net.Listener) error {
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// flushDevices writes now and then when registers were last seen.
func flushDevices(ctx context.Context, log *slog.Logger, t *truth) {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := t.devices.Flush(); err != nil {
			log.Error("flush devices", slog.Any("error", err))
		}
	}
}

// greet tells a person where to go on.
func (c *serveCommand) greet(s streams, t *truth, addr net.Addr) error {
	fmt.Fprintf(s.out, "Tillsight is at %s\n", c.origin(addr))
	if err := printLogins(s.out, c.dataDir); err != nil {
		return err
	}
	key, err := t.start.Link()
	if err != nil {
		return err
	}
	if key != "" {
		fmt.Fprintf(s.out, "Nobody can log in yet. Set the chain up by this link, which is good once, for an hour:\n  %s/manager/setup#%s\n", c.origin(addr), key)
	}
	if !c.Demo {
		return nil
	}
	return offerTill(s, t)
}

// offerTill prints a code for a till, one where no tablet stands if there is one.
func offerTill(s streams, t *truth) error {
	var tills []refdata.Till
	err := t.feed.View(func(q refdata.Querier) (err error) {
		tills, err = refdata.AllTills(q)
		return err
	})
	if err != nil || len(tills) == 0 {
		return err
	}
	registers, err := t.devices.List()
	if err != nil {
		return err
	}
	taken := map[refdata.Till]bool{}
	for _, d := range registers {
		taken[refdata.Till{Store: d.Store, Number: d.Till}] = true
	}
	place := tills[0]
	for _, till := range tills {
		if !taken[till] {
			place = till
			break
		}
	}
	code, err := t.devices.NewCode(place.Store, place.Number)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "  new till  store %s, till %d: code %s (once, until %s)\n", code.Store, code.Till,
		readable(code.Code), time.UnixMilli(code.Expires).Format("15:04"))
	return nil
}

// origin is the address for a browser on this machine.
func (c *serveCommand) origin(addr net.Addr) string {
	scheme := "http"
	if c.TLSCert != "" {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return scheme + "://" + addr.String()
	}
	if ip := net.ParseIP(strings.Split(host, "%")[0]); ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}
