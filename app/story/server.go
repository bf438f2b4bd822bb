//go:build !js

package story

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Bounds of steps of the server, generous since machines may be slow: making a
// demo chain before it answers, finishing what is at hand when it is to stop.
const (
	startTime = 10 * time.Minute
	stopTime  = time.Minute
)

// Root returns the top of the checkout that the working directory is in.
func Root() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err) // there is nothing to run without it
	}
	for dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	panic("story: run inside the checkout")
}

// Server is a running tillsight.
type Server struct {
	URL  string
	Data string

	clock  Clock
	binary string
	addr   string
	cmd    *exec.Cmd
	log    *os.File
}

// StartServer starts the built binary with a clock on data, on a free port of
// loopback, and waits until it is healthy. It fails when `make build` has not been run.
func StartServer(ctx context.Context, clock Clock, data string, args ...string) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	addr := fmt.Sprintf("localhost:%d", port)
	s := &Server{URL: "http://" + addr, Data: data, clock: clock, addr: addr, binary: filepath.Join(Root(), "build", "tillsight")}
	return s, s.Start(ctx, args...)
}

// Start starts the server again after Stop, on the same address and data.
func (s *Server) Start(ctx context.Context, args ...string) error {
	log, err := os.OpenFile(filepath.Join(s.Data, "..", "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("server log: %w", err)
	}
	s.log = log
	s.cmd = exec.Command(s.binary, append([]string{"serve", "--addr", s.addr, "--data", s.Data}, args...)...)
	s.cmd.Env, s.cmd.Stdout, s.cmd.Stderr = s.clock.environment(), log, log
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start server (was it built?): %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for ctx.Err() == nil {
		answer, err := http.Get(s.URL + "/healthz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		pause(ctx, 50*time.Millisecond)
	}
	return fmt.Errorf("server did not become healthy: %s", s.Tail(20))
}

// Stop ends the server at once, as a crash would.
func (s *Server) Stop() error {
	if err := s.cmd.Process.Kill(); err != nil {
		return err
	}
	err := s.cmd.Wait()
	if _, killed := err.(*exec.ExitError); !killed && err != nil {
		return err
	}
	return s.log.Close()
}

// Quit asks the server to stop and waits until it has; a server that was
// stopped already is left alone.
func (s *Server) Quit(ctx context.Context) {
	if s.cmd.ProcessState != nil {
		return
	}
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return
	}
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case <-done:
	case <-time.After(stopTime):
		s.cmd.Process.Kill()
		<-done
	}
	s.log.Close()
}

// Run runs a command of the same binary on the same data and returns what it printed.
func (s *Server) Run(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, s.binary, append(args, "--data", s.Data)...)
	cmd.Env = s.clock.environment()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return string(out), nil
}

// Tail returns the last lines of the server's log.
func (s *Server) Tail(lines int) string {
	file, err := os.Open(s.log.Name())
	if err != nil {
		return err.Error()
	}
	defer file.Close()
	var kept []string
	for scanner := bufio.NewScanner(io.Reader(file)); scanner.Scan(); {
		kept = append(kept, scanner.Text())
		if len(kept) > lines {
			kept = kept[1:]
		}
	}
	return strings.Join(kept, "\n")
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return 0, fmt.Errorf("free port: %w", err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// pause waits for d or the end of ctx.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
