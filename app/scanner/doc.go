// Package scanner tells a keyboard-wedge scanner from a person by the timing of
// keys, and turns its bursts into codes.
//
// It reads physical keys (KeyboardEvent.code), so the keyboard's layout and
// CapsLock change nothing, needs no focused field, and keeps a scanner's Enter
// from pressing a button. What a person types fast by chance is given back to
// the field, in order and complete.
//
// A browser does not say which keyboard a key came from. Two scanners whose
// codes follow each other without a pause are told apart by their endings; two
// that type at the very same moment make one code that fails its check digit
// and is refused, so nothing wrong is sold.
package scanner
