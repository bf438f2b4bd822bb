package bridge

import "log"

// Method names what a worker does for the page, with the types of the question
// and of the answer: both sides are held to them when they are compiled.
type Method[Q, A any] string

// Event names what a worker tells unasked, with the type of what it tells.
type Event[T any] string

// Nothing is the question of a method that needs none.
type Nothing = struct{}

// Teller returns a function that sends event. It is for callers that have nobody
// to return an error to: a failure is logged.
func Teller[T any](s *Server, event Event[T]) func(T) {
	return func(body T) {
		if err := Emit(s, event, body); err != nil {
			log.Print(err)
		}
	}
}
