// Package shell is the program's side of its loader (web/shell/app.js) and
// service worker: where its workers start from, which version runs, and when
// the device may move to the next one.
//
// The service worker has the next version ready on the device while this one
// runs, and starts it only when it is told to, or at a page start, and never
// while Busy.
package shell
