package main

import (
	"fmt"
	"io"
	"strings"
)

// bar shows how far a long job is. It writes a line at each tenth, so that it
// reads well in a log too.
type bar struct {
	to    io.Writer
	what  string
	tenth int
}

func newBar(to io.Writer, what string) *bar { return &bar{to: to, what: what, tenth: -1} }

func (b *bar) show(done, total int) {
	if total <= 0 {
		return
	}
	tenth := min(done*10/total, 10)
	if tenth == b.tenth {
		return
	}
	b.tenth = tenth
	fmt.Fprintf(b.to, "%s [%s%s] %d%%\n", b.what, strings.Repeat("#", tenth), strings.Repeat(".", 10-tenth), tenth*10)
}

func (b *bar) end() {
	if b.tenth < 10 {
		b.show(1, 1)
	}
}
