// Package register draws the screens and passes on what people press and scan. It
// decides nothing about goods or money: the till's worker does, and answers with
// what to show. Every screen is one of: being loaded, data, or an error with
// its code.
//
// A till page has one register, which holds all that its parts show. The parts
// get it with a revision that rises when they have to draw anew. The register
// is touched on the UI goroutine only.
package register
