// Package prefs keeps what this browser remembers of the people before it, for
// all pages. Losing it costs nothing.
package prefs

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
	"tillsight/shared/receipt"
)

// Preferences are of this browser, not of a register or a person.
type Preferences struct {
	Theme string `json:"theme,omitempty"` // "light", "dark", "" as the device
	Mute  bool   `json:"mute,omitempty"`
	Print bool   `json:"print,omitempty"` // every receipt
	// Narrow is receipt paper of 58 instead of 80 mm.
	Narrow bool `json:"narrow,omitempty"`
	// Camera is the ID of the camera that was chosen to scan with.
	Camera string `json:"camera,omitempty"`
	Scale  string `json:"scale,omitempty"` // protocol of the scale at this till, "" for none
	// ScanPrefix is what this till's scanner puts before every code.
	ScanPrefix string `json:"scan_prefix,omitempty"`
	// Grouping of equal goods at this till; nil is the chain's way.
	Grouping *receipt.Grouping `json:"grouping,omitempty"`
}

// Keys of the browser's storage. The loader reads langKey too.
const (
	langKey = "lang"
	key     = "till.preferences"
)

// Language returns the stored language or the browser's.
func Language(ctx app.Context) i18n.Lang {
	var stored string
	if err := ctx.LocalStorage().Get(langKey, &stored); err != nil {
		stored = "" // another form of another version: as good as none
	}
	return i18n.Choose(stored, i18n.Preferred()...)
}

// SetLanguage remembers the language.
func SetLanguage(ctx app.Context, lang i18n.Lang) { Store(ctx, langKey, string(lang)) }

// Load returns the stored preferences, or none.
func Load(ctx app.Context) Preferences {
	var p Preferences
	if err := ctx.LocalStorage().Get(key, &p); err != nil {
		return Preferences{}
	}
	return p
}

// Save remembers p.
func Save(ctx app.Context, p Preferences) { Store(ctx, key, p) }

// Store remembers a value under a key of a page's own. A browser that refuses
// keeps it for this visit.
func Store(ctx app.Context, key string, value any) {
	if err := ctx.LocalStorage().Set(key, value); err != nil {
		app.Log(err)
	}
}
