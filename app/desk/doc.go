// Package desk draws the pages of managers and administrators and passes on what
// they ask: sums to the report worker, everything else to the server. Every page
// is one of: being loaded, data, or an error with its code.
//
// The page has one desk, which holds all that its parts show and is touched on
// the UI goroutine only.
package desk
