package register

import (
	"testing"
	"time"

	"tillsight/app/scanner"
)

// later moves the clock of the page.
func (d *tillDesk) later(by time.Duration) {
	d.Helper()
	now := d.till.r.Now().Add(by)
	d.do(func(r *register) { r.Now = func() time.Time { return now } })
}

// press sends a key as the browser does and lets everything settle.
func (d *tillDesk) press(k scanner.Key) {
	d.Helper()
	d.till.r.key(k)
	d.do(func(*register) {})
}

// A press that commits is never made by the second half of a double tap, nor by
// a key that is held down: not a payment, nor anything else.
func TestNothingIsCommittedByReflex(t *testing.T) {
	f12, f11, enter := scanner.Key{Name: "F12"}, scanner.Key{Name: "F11"}, scanner.Key{Name: "Enter"}
	tests := []struct {
		name string
		open func(*register) // the change of the screen
		key  scanner.Key
		call string // what the key does once the screen was seen
	}{
		{"exact cash", func(r *register) { r.pay.open() }, f12, "pay r1 [{cash 10000 }]"},
		{"all by card", func(r *register) { r.pay.open() }, f11, "pay r1 [{card 10000 }]"},
		{"the rest by card after a part", func(r *register) { r.pay.open(); r.input("40"); r.pay.card() }, f11, "pay r1 [{card 10000 }]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := openTill(t, selling())
			d.scan("4607012345678")
			d.do(tt.open)
			before := len(d.fake.calls)
			held := tt.key
			held.Repeat = true
			d.press(tt.key)
			d.later(400 * time.Millisecond)
			d.press(tt.key)
			d.later(300 * time.Millisecond)
			d.press(held)
			late := tt.key
			late.Age = 600 * time.Millisecond // pressed early, heard late
			d.press(late)
			if !d.till.r.clicked(300*time.Millisecond, true) || d.till.r.clicked(0, true) || d.till.r.clicked(300*time.Millisecond, false) {
				t.Error("a click counts when it was made, and only on what commits")
			}
			if len(d.fake.calls) != before {
				t.Fatalf("by reflex: %q", d.fake.calls[before:])
			}
			d.press(tt.key)
			d.called(tt.call)
			// The change stays in sight for whoever pressed twice.
			d.press(tt.key)
			d.press(enter)
			if d.till.r.screen != screenPaid {
				t.Error("the change was gone before anybody could see it")
			}
			d.later(time.Second)
			d.press(enter)
			if d.till.r.screen != screenSell {
				t.Error("Enter does not begin the next receipt")
			}
		})
	}
}

func TestEnterInASheetWaitsUntilItIsSeen(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.askClose() })
	enter := scanner.Key{Name: "Enter", Field: true}
	if !d.till.r.key(enter) {
		t.Error("Enter reached a sheet that nobody has seen")
	}
	d.later(time.Second)
	if d.till.r.key(enter) {
		t.Error("Enter is kept from the sheet's field")
	}
	enter.Repeat = true
	if !d.till.r.key(enter) {
		t.Error("a held Enter reached the sheet")
	}
}

func TestHeldKeysThatOnlyMoveGoOn(t *testing.T) {
	d := openTill(t, selling())
	for _, name := range []string{"ArrowUp", "ArrowDown", "PageUp", "Backspace"} {
		if d.till.r.withheld(scanner.Key{Name: name, Repeat: true}, commandUp) {
			t.Errorf("%s does not repeat", name)
		}
	}
	if !d.till.r.withheld(scanner.Key{Name: "F4", Repeat: true}, commandNone) {
		t.Error("a held F4 voids line after line")
	}
}
