package register

import (
	"testing"

	"tillsight/app/bridge"
	"tillsight/app/scanner"
	"tillsight/app/ui"
	"tillsight/shared/quantity"
)

func TestKeyCommand(t *testing.T) {
	sell := bridge.PhaseSelling
	key := func(name string) scanner.Key { return scanner.Key{Name: name} }
	field := func(name string) scanner.Key { return scanner.Key{Name: name, Field: true} }
	tests := []struct {
		name   string
		key    scanner.Key
		phase  bridge.Phase
		screen screen
		sheet  string
		want   command
		action string
	}{
		{"pay", key("F12"), sell, screenSell, "", commandPay, ""},
		{"pay from the input line", field("F12"), sell, screenSell, "", commandPay, ""},
		{"price", key("F2"), sell, screenSell, "", commandNone, "price"},
		{"void", field("F4"), sell, screenSell, "", commandNone, "void"},
		{"close the shift", scanner.Key{Name: "F9", Shift: true}, sell, screenSell, "", commandNone, "close"},
		{"F8 is the scanner's", key("F8"), sell, screenSell, "", commandKeep, ""},
		{"F5 explains a price and must not reload a receipt", key("F5"), sell, screenSell, "", commandNone, "why"},
		{"Ctrl is the browser's", scanner.Key{Name: "KeyR", Ctrl: true}, sell, screenSell, "", commandNone, ""},
		{"Esc", key("Escape"), sell, screenPay, "", commandClose, ""},
		{"up", field("ArrowUp"), sell, screenSell, "", commandUp, ""},
		{"Backspace in a field is the field's", field("Backspace"), sell, screenSell, "", commandNone, ""},
		{"Backspace elsewhere", key("Backspace"), sell, screenSell, "", commandDelete, ""},
		{"Enter is the input line's", field("Enter"), sell, screenSell, "", commandNone, ""},
		{"no payment behind a sheet", key("F12"), sell, screenSell, "sheet-cancel", commandKeep, ""},
		{"Enter in a sheet is the sheet's", field("Enter"), sell, screenSell, "sheet-cash", commandNone, ""},
		{"cash", key("F12"), sell, screenPay, "", commandPay, ""},
		{"card", key("F11"), sell, screenPay, "", commandCard, ""},
		{"print", key("F6"), sell, screenPaid, "", commandPrint, ""},
		{"next", key("Enter"), sell, screenPaid, "", commandNext, ""},
		{"print a report", key("F6"), bridge.PhaseSelling, screenReport, "", commandPrint, ""},
		{"PIN", key("Enter"), bridge.PhaseSignedOut, screenSell, "", commandEnter, ""},
		{"PIN digit", key("Backspace"), bridge.PhaseSignedOut, screenSell, "", commandDelete, ""},
		{"reload of a refused till", key("F5"), bridge.PhaseRefused, screenSell, "", commandNone, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, a := keyCommand(tt.key, tt.phase, tt.screen, tt.sheet)
			id := ""
			if a != nil {
				id = a.id
			}
			if got != tt.want || id != tt.action {
				t.Errorf("%q %q, want %q %q", got, id, tt.want, tt.action)
			}
		})
	}
}

// Every action has a key of its own, none that something else needs.
func TestEveryActionHasAKey(t *testing.T) {
	taken := map[string]string{"F1": "help", "F8": "scanners", "F11": "card", "F12": "pay", "": "nothing"}
	for _, a := range actions {
		if by := taken[a.key]; by != "" {
			t.Errorf("key %q of %s is that of %s", a.key, a.id, by)
		}
		taken[a.key] = a.id
	}
}

func TestMultiplier(t *testing.T) {
	tests := []struct {
		text string
		want quantity.Milli
		rest string
		ok   bool
	}{
		{"3*", 3000, "", true}, {"0,5*", 500, "", true}, {"0.5*", 500, "", true}, {"3*46", 3000, "46", true},
		{"*", 0, "", false}, {"3", 0, "", false}, {"0*", 0, "", false}, {"a*", 0, "", false}, {"*46*", 0, "", false},
	}
	for _, tt := range tests {
		if got, rest, ok := multiplier(tt.text); ok != tt.ok || ok && (got != tt.want || rest != tt.rest) {
			t.Errorf("%q: %d %q %v, want %d %q", tt.text, got, rest, ok, tt.want, tt.rest)
		}
	}
}

func TestSearchable(t *testing.T) {
	for text, want := range map[string]bool{"": false, "4": false, "46": false, "460": true, "м": true, " ": false, "mi": true} {
		if got := searchable(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestKeypadType(t *testing.T) {
	tests := []struct{ text, key, want string }{
		{"", "7", "7"}, {"0", "7", "7"}, {"7", "0", "70"}, {"", ",", "0,"}, {"7", ",", "7,"}, {"7,", ",", "7,"},
		{"7,5", "0", "7,50"}, {"7,50", "1", "7,50"}, {"75", ui.Backspace, "7"}, {"", ui.Backspace, ""},
		{"123456789", "0", "123456789"}, {"7", "x", "7"}, {"молок", ui.Backspace, "моло"},
	}
	for _, tt := range tests {
		if got := ui.Type(tt.text, tt.key, 2, 9); got != tt.want {
			t.Errorf("%q %q: %q, want %q", tt.text, tt.key, got, tt.want)
		}
	}
}
