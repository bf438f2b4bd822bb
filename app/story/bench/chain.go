//go:build !js

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"tillsight/app/story"
)

// articles is the size of the measured assortment.
const articles = 100_000

var tablet = story.Look{Width: 1280, Height: 800, Lang: "ru"}

// chain is a served demo chain with many articles and little history.
type chain struct {
	*story.Server
	pin   string   // of a senior cashier of store 1
	codes []string // of single pieces, one a product
}

// theChain makes and serves the chain when it is first wanted.
func (b *bench) theChain(ctx context.Context) (*chain, error) {
	if b.chain != nil {
		return b.chain, nil
	}
	data := filepath.Join(b.dir, "data")
	if err := os.Mkdir(data, 0o755); err != nil {
		return nil, err
	}
	server, err := story.StartServer(ctx, b.clock, data, "--demo", "--demo-stores=2", "--demo-months=2", "--demo-lines=8000",
		fmt.Sprintf("--demo-skus=%d", articles))
	if err != nil {
		return nil, err
	}
	c := &chain{Server: server}
	b.chain = c
	if c.pin, err = c.SeniorPIN(); err != nil {
		return nil, err
	}
	c.codes, err = c.Barcodes(1000)
	return c, err
}

// browser starts Chromium on a profile of the run and adds the measuring script.
func (b *bench) browser(ctx context.Context, profile string) (*story.Browser, *story.Tab, error) {
	browser, err := story.StartBrowser(ctx, b.clock, filepath.Join(b.dir, profile), tablet)
	if err != nil {
		return nil, nil, err
	}
	tab := browser.First()
	if err := tab.Before(measureJS); err != nil {
		browser.Close()
		return nil, nil, err
	}
	return browser, tab, nil
}
