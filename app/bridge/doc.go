// Package bridge is the typed conversation between the page and its workers:
// requests with an id and a method, answers or errors with a code, cancelling,
// and events that a worker sends unasked.
package bridge
