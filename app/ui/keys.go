package ui

// Key is a key that was pressed.
type Key struct {
	Name    string // what it writes: "k", "Escape"
	Code    string // which one it is, whatever the layout: "KeyK", "Slash"
	Command bool   // with Ctrl, or ⌘
	Alt     bool
	Typing  bool // into a field
}
