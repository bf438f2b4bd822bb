//go:build !js

package story

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tillsight/shared/quantity"
	"tillsight/shared/sqlite"
)

// Before runs script in every page that the tab opens from now on, before the
// page's own.
func (t *Tab) Before(script string) error {
	return t.do("add a script", func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return chromedp.Void{}, err
	})
}

// Throttle makes the page's main thread slower by a factor; workers and the
// compiler's own threads keep their speed.
func (t *Tab) Throttle(factor float64) error { return t.do("throttle", slower(factor)) }

func slower(factor float64) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, target *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, target, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: factor})
		return chromedp.Void{}, err
	}
}

// throttle makes a tab as much slower as TILLSIGHT_TEST_THROTTLE says: "3" is a
// third of the speed.
func throttle() chromedp.Action[chromedp.Void] {
	text := cmp.Or(os.Getenv("TILLSIGHT_TEST_THROTTLE"), "1")
	factor, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return func(context.Context, *chromedp.Target) (chromedp.Void, error) {
			return chromedp.Void{}, fmt.Errorf("TILLSIGHT_TEST_THROTTLE: %w", err)
		}
	}
	return slower(factor)
}

// Code asks the command line for an enrolment code.
func (s *Server) Code(ctx context.Context, store string, till int) (string, error) {
	out, err := s.Run(ctx, "enrol", "--store", store, "--till", strconv.Itoa(till))
	if err != nil {
		return "", err
	}
	code, _, _ := strings.Cut(out, "\n")
	return code, nil
}

// SeniorPIN returns the PIN of somebody in store 1 of the demo chain who may
// give discounts and cancel, which a cashier may not.
func (s *Server) SeniorPIN() (string, error) {
	raw, err := os.ReadFile(filepath.Join(s.Data, "demo-logins.json"))
	if err != nil {
		return "", err
	}
	var logins []struct{ What, PIN string }
	if err := json.Unmarshal(raw, &logins); err != nil {
		return "", err
	}
	for _, l := range logins {
		if strings.HasPrefix(l.What, "senior") {
			return l.PIN, nil
		}
	}
	return "", fmt.Errorf("no senior cashier among %s", raw)
}

// Barcodes lists n codes of single pieces that store 1 may sell to anybody at
// any hour, one a product, spread over the assortment.
func (s *Server) Barcodes(n int) ([]string, error) { return s.sellable("p.id * 7919 % 100003", n) }

// sellable lists codes as Barcodes does, in an order. No ban may ever name the
// goods: what is sold must not depend on when.
func (s *Server) sellable(order string, n int) ([]string, error) {
	var codes []string
	err := s.Query("reference.db", `WITH RECURSIVE banned (category) AS (
			SELECT value FROM sale_ban, json_each(row, '$.categories')
			UNION
			SELECT key FROM category JOIN banned ON row ->> '$.parent' = banned.category)
		SELECT min(b.code)
		FROM barcode b JOIN product p ON p.id = b.product
		WHERE p.unit = ? AND NOT p.stopped AND p.min_age = 0 AND b.factor = ?
			AND b.code BETWEEN 4600000000000 AND 4699999999999
			AND p.category NOT IN (SELECT category FROM banned)
			AND p.id NOT IN (SELECT CAST(value AS INTEGER) FROM sale_ban, json_each(row, '$.skus'))
			AND EXISTS (SELECT 1 FROM price WHERE price.product = p.id)
		GROUP BY p.id
		ORDER BY `+order+`
		LIMIT ?`, func(r sqlite.Row) error {
		codes = append(codes, r.Text(0))
		return nil
	}, string(quantity.Piece), int64(quantity.One), n)
	if err == nil && len(codes) < n {
		err = fmt.Errorf("the chain has %d codes, want %d", len(codes), n)
	}
	return codes, err
}

// Query reads a database of the server beside it.
func (s *Server) Query(file, sql string, row func(sqlite.Row) error, args ...any) error {
	db, err := sqlite.Open(filepath.Join(s.Data, file), sqlite.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(db.Query(sql, row, args...), db.Close())
}

// SignIn types a PIN and opens a shift when there is none.
func (t *Tab) SignIn(pin string) error {
	if err := errors.Join(t.See(`#till[data-phase="signed-out"]`), t.Keys(pin), t.Enter(),
		t.Until(`["no-shift","selling"].includes(document.querySelector("#till").dataset.phase)`)); err != nil {
		return err
	}
	closed, err := Eval[bool](t, `document.querySelector("#till").dataset.phase === "no-shift"`)
	if err != nil {
		return err
	}
	if closed {
		if err := errors.Join(t.Type("#float", "1000"), t.Click("#open-shift")); err != nil {
			return err
		}
	}
	return t.See(`#till[data-phase="selling"]`)
}
