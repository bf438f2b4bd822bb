// Package register draws the screens and passes on what people press and scan. It
// decides nothing about goods or money: the till's worker does, and answers with
// what to show. Every screen is one of: being loaded, data, or an error with
// its code.
//
// A till page has one register. Its parts (gate, input line, basket, payment,
// receipts, camera, scale) have their own state; what they share is kit.Page, with
// a revision that rises when they have to draw anew. A sheet is made when it opens
// and dies with it. All are touched on the UI goroutine only.
package register
