package scanner

import "time"

// Code is what a scanner sent.
type Code struct {
	Text string // as a US keyboard reads its keys: most scanners take the computer's for one
	// Local is what the computer's own layout makes of the same keys, "" when that
	// is the same: a scanner set to the layout of its country means this.
	Local string
}

// Key is a key for the page: no part of a scan and no text.
type Key struct {
	Name   string // KeyboardEvent.key for named keys ("F12", "Escape"), the code for letters ("KeyP")
	Shift  bool
	Ctrl   bool
	Alt    bool
	Field  bool          // a text field has the focus
	Repeat bool          // held down
	Age    time.Duration // since it was pressed
}

// Handler receives what the keyboard gives. Its functions are called from the
// browser's event and must return at once.
type Handler struct {
	Scan  func(Code)        // a complete code
	Typed func(text string) // text typed while no field had the focus
	Key   func(Key) bool    // another key; true keeps it from the browser
	Mute  func()            // keys came that say nothing of what they mean; may be nil
	Raw   func(Event)       // every key as it comes, for who wants to see what a scanner sends; may be nil
}
