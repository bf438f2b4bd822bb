// Package ui holds the small parts that all pages are made of. They draw what
// they are given and report what was pressed; they know nothing of the trade.
//
// go-app keeps an event handler while its code is the same, whatever it has
// captured: handlers here are methods of components, which read the field of
// the moment. Pages that build elements in a loop do the same or add
// app.EventScope.
package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Press is what a part calls when it is used.
type Press func(app.Context)
