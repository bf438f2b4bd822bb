// Package document is what the office decides, of any kind, as desk and server
// talk about it: a body with its key, the version that was seen, who wrote it and
// when. A kind says whose its documents are and what is wrong with one; its
// addresses, and the types that travel, follow from its name.
package document

import "tillsight/shared/wire"

// Kind is a kind of documents with bodies of type T.
type Kind[T any] struct {
	Name   string           // in addresses and in what was done
	Key    func(T) string   //
	Check  func(T) error    // what makes no sense, with the field that it is about
	Stores func(T) []string // whose it is; nil: always the whole chain's
	Limit  int64            // bytes of one, 0: as any message
}

// Document is one with what people need to know of it.
type Document[T any] struct {
	Key     string `json:"key"`
	Version int    `json:"version"`        // from 1
	Gone    bool   `json:"gone,omitempty"` // taken away by this version
	By      string `json:"by,omitempty"`   // login, "" when it was not written at the desk
	At      int64  `json:"at,omitempty"`   // unix ms
	Body    T      `json:"body"`
}

// Put writes the version after the one that was seen, 0 for a new document. With
// Gone it is taken away, and needs no body.
type Put[T any] struct {
	Key  string `path:"key" json:"-"`
	Seen int    `json:"seen"`
	Gone bool   `json:"gone,omitempty"`
	Body T      `json:"body"`
}

// Back writes a version of before again.
type Back struct {
	Key  string `path:"key" json:"-"`
	Seen int    `json:"seen"`
	To   int    `json:"to"`
}

// Named names a document.
type Named struct {
	Key string `path:"key"`
}

// Problem is what is wrong with a field.
type Problem struct {
	Field  string `json:"field"`
	Code   string `json:"code,omitempty"`
	Value  string `json:"value,omitempty"`
	Line   int    `json:"line,omitempty"` // of a text, from 1
	Column int    `json:"column,omitempty"`
}

// Saved is what became of a Put. With Problems nothing was written.
type Saved[T any] struct {
	Document *Document[T] `json:"document,omitempty"`
	Problems []Problem    `json:"problems,omitempty"`
}

func (k Kind[T]) path(rest string) string { return "/v1/office/" + k.Name + rest }

// List asks for the documents that there are.
func (k Kind[T]) List() wire.Endpoint[wire.Nothing, []Document[T]] {
	return wire.Endpoint[wire.Nothing, []Document[T]]{Method: "GET", Path: k.path("")}
}

// Save writes one.
func (k Kind[T]) Save() wire.Endpoint[Put[T], Saved[T]] {
	return wire.Endpoint[Put[T], Saved[T]]{Method: "PUT", Path: k.path("/{key}"), Limit: k.Limit}
}

// History asks for the versions of one, the newest first.
func (k Kind[T]) History() wire.Endpoint[Named, []Document[T]] {
	return wire.Endpoint[Named, []Document[T]]{Method: "GET", Path: k.path("/{key}/history")}
}

// Undo writes a version of before again.
func (k Kind[T]) Undo() wire.Endpoint[Back, Saved[T]] {
	return wire.Endpoint[Back, Saved[T]]{Method: "POST", Path: k.path("/{key}/undo")}
}
