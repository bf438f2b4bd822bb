package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tillsight/server/journal"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/sync"
)

// asServer makes the test binary a server that can be killed.
const asServer = "TILLSIGHT_TEST_SERVE"

func TestMain(m *testing.M) {
	if os.Getenv(asServer) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// victim is a server in a process of its own.
type victim struct {
	cmd *exec.Cmd
	url string
}

func startVictim(t *testing.T, dir string) *victim {
	t.Helper()
	v := &victim{cmd: exec.Command(os.Args[0], "serve", "--data", dir, "--addr", "localhost:0", "--log-level", "error")}
	v.cmd.Env = append(os.Environ(), asServer+"=1", clockAhead+"="+at(testClock(t))(clockAhead))
	out, err := v.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := v.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if v.cmd.ProcessState == nil { // the test ended before it killed the server
			v.kill(t)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	_, url, found := strings.Cut(strings.TrimSpace(line), "Tillsight is at ")
	if err != nil || !found {
		t.Fatalf("the server did not start: %q, %v", line, err)
	}
	v.url = url
	return v
}

// kill ends the process as kill -9 does.
func (v *victim) kill(t *testing.T) {
	t.Helper()
	if err := v.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	v.cmd.Wait() // it says that it was killed
}

// seller is a register that keeps what it sold until it is acknowledged.
type seller struct {
	wire.Enrolment
	facts [][]byte
	hash  []fact.Hash // after each fact
	acked int
}

func (s *seller) sell(t *testing.T, n int) {
	for range n {
		seq := len(s.facts) + 1
		raw, err := fact.Encode(fact.Header{Device: s.Device, Epoch: s.Epoch, Seq: uint64(seq), Kind: fact.SaleRegistered,
			Version: 1, At: 1_795_000_000_000, Zone: 180, Store: s.Store.ID, Till: s.Till},
			receipt.Receipt{ID: fmt.Sprintf("%s-%d", s.Device, seq), Number: fmt.Sprintf("%s-%d-%d", s.Store.ID, s.Till, seq), Reason: strings.Repeat("x", 700)})
		if err != nil {
			t.Error(err)
			return
		}
		prev := fact.Hash{}
		if seq > 1 {
			prev = s.hash[seq-2]
		}
		s.facts, s.hash = append(s.facts, raw), append(s.hash, fact.Chain(prev, raw))
	}
}

// push sends what waits, as far as one batch goes. An answer that does not come
// says nothing.
func (s *seller) push(ctx context.Context, url string) {
	last := min(s.acked+40, len(s.facts))
	header := wire.PushHeader{Proto: 1, Device: s.Device, Epoch: s.Epoch, First: uint64(s.acked + 1), Count: last - s.acked}
	if s.acked > 0 {
		header.Prev = s.hash[s.acked-1]
	}
	head, err := json.Marshal(header)
	if err != nil {
		return
	}
	body := bytes.Join(append([][]byte{head}, s.facts[s.acked:last]...), []byte("\n"))
	q, err := http.NewRequestWithContext(ctx, "POST", url+wire.Push.Path, bytes.NewReader(body))
	if err != nil {
		return
	}
	q.Header.Set("Authorization", "Bearer "+s.Token)
	a, err := http.DefaultClient.Do(q)
	if err != nil {
		return
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	var ack wire.Ack
	if err != nil || a.StatusCode != http.StatusOK || json.Unmarshal(text, &ack) != nil {
		return
	}
	s.acked = int(ack.Acked)
}

// TestKill kills the server again and again while registers push. Whatever was
// acknowledged is there, once, and the rest arrives afterwards.
func TestKill(t *testing.T) {
	const kills, registers = 8, 3
	dir := filepath.Join(t.TempDir(), "data")
	mustCommand(t, "", "demo", "--data", dir, "--stores", "1", "--months", "1", "--lines", "500", "--skus", "300")
	server := startVictim(t, dir)
	sellers := make([]*seller, registers)
	for i := range sellers {
		code := mustCommand(t, "", "enrol", "--store", "1", "--till", fmt.Sprint(i+1), "--data", dir)
		e, status := post[wire.Enrolment](t, server.url+wire.Enrol.Path, "", wire.EnrolRequest{Code: strings.TrimSpace(code)})
		if status != http.StatusOK {
			t.Fatalf("enrolment: %d", status)
		}
		sellers[i] = &seller{Enrolment: e}
	}
	for range kills {
		ctx, stop := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		var pushes atomic.Int64
		enough := make(chan struct{})
		for _, s := range sellers {
			wait.Go(func() {
				for ctx.Err() == nil {
					s.sell(t, 30)
					s.push(ctx, server.url)
					if pushes.Add(1) == 25 {
						close(enough)
					}
				}
			})
		}
		<-enough
		server.kill(t) // in the middle of whatever there is
		stop()
		wait.Wait()
		server = startVictim(t, dir)
	}
	sold := 0
	for _, s := range sellers {
		sold += len(s.facts)
		for tries := 0; s.acked < len(s.facts) && tries < 10_000; tries++ {
			s.push(t.Context(), server.url)
		}
		if s.acked != len(s.facts) {
			t.Fatalf("%d of %d facts acknowledged", s.acked, len(s.facts))
		}
	}
	server.kill(t)
	t.Logf("%d facts", sold)
	mustCommand(t, "", "rebuild", "--data", dir)
	held := heldBy(t, dir)
	for _, s := range sellers {
		if got := held[s.Device]; len(got) != len(s.facts) || !bytes.Equal(bytes.Join(got, nil), bytes.Join(s.facts, nil)) {
			t.Errorf("%d facts held, %d sold, or they differ", len(got), len(s.facts))
		}
	}
}

// heldBy returns the facts of each register in the order of the journal.
func heldBy(t *testing.T, dir string) map[string][][]byte {
	t.Helper()
	data, err := dataDir{Data: dir}.openTruth()
	if err != nil {
		t.Fatal(err)
	}
	held := map[string][][]byte{}
	for after, end := int64(0), data.journal.Position(); after < end; {
		err := data.journal.Read(t.Context(), after, 1000, func(pos int64, b []byte) error {
			after = pos
			f, err := fact.Decode(b)
			held[f.Device] = append(held[f.Device], b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := data.journal.Verify(t.Context(), func(c journal.Chain, err error) { t.Errorf("chain %s: %v", c.Device, err) }); err != nil {
		t.Error(err)
	}
	if err := data.close(); err != nil {
		t.Error(err)
	}
	return held
}
