//go:build !js

package story

import (
	"fmt"

	"github.com/chromedp/chromedp"
)

// watch collects what the tab's page complains about: uncaught exceptions,
// refused resources, violations of the content security policy.
func watch(t *Tab) *Tab {
	messages := chromedp.Console(t.ctx)
	go func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			if message.Type != chromedp.ConsoleError && !message.IsException() {
				continue
			}
			t.mu.Lock()
			t.faults = append(t.faults, fmt.Sprintf("%s: %s (%s:%d)", message.Type, message.Text, message.URL, message.Line))
			t.mu.Unlock()
		}
	}()
	return t
}

// Faults returns what the page complained about since the tab was opened.
func (t *Tab) Faults() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string{}, t.faults...)
}
