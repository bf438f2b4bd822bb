// Package routes is the register of all that the server answers by HTTP: each
// route with its method, path, who may ask, whose data it shows and how much may
// be sent to it. Domains put their routes in; package httpapi finds out who asks,
// holds all of them to what they say here, and serves them.
package routes

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	wire "tillsight/shared/wire/office"
)

// Who says who may ask.
type Who string

// Who.
const (
	Anybody  Who = "anybody"
	Register Who = "register"         // also one that was replaced at its place
	Current  Who = "current register" // that stands at its place now
	Manager  Who = "person"           // logged in
	Admin    Who = "administrator"    //
	Either   Who = "register, person" // a current register, or a person
	Reader   Who = "person, program"  // a person, or a program with a token
)

// Shows says whose data a route shows or changes, by the caller's scope.
type Shows string

// Shows.
const (
	Nothing Shows = "nothing"     // of the chain's
	Own     Shows = "own"         // what is the caller's alone
	Common  Shows = "common"      // what all stores share: for who has one
	Stores  Shows = "stores"      // what the caller's stores have; others are refused or left out
	Whole   Shows = "whole chain" // refused to who does not see all of it
	Persons Shows = "persons"     // stores, and who customers are to who may know it
)

// Device is a register that asks.
type Device struct {
	ID, Store string
	Till      int
	Epoch     uint32
	Replaced  bool // another one stands at its place
}

// Caller is who asks. Its scope is what it may see.
type Caller struct {
	scope.Scope
	User    wire.User // a person
	Device  Device    // a register
	Program string    // a program's token
	Secret  string    // that it showed: of its session or token
	Address string    // where it asks from
	Visit   Visit     // nil: nothing is written down
}

// Visit is the request as log and list of acts have it.
type Visit interface {
	// Known says who asks, where that is found out late.
	Known(who Caller)
	// Did writes down what somebody did that others may have to ask about.
	Did(who Caller, what, object string)
}

// Known tells the log who asks, where that is found out late.
func (c Caller) Known(who Caller) {
	if c.Visit != nil {
		c.Visit.Known(who)
	}
}

// Did writes down what the caller did.
func (c Caller) Did(what, object string) {
	if c.Visit != nil {
		c.Visit.Did(c, what, object)
	}
}

// Name is the caller in logs and histories.
func (c Caller) Name() string {
	switch {
	case c.User.Login != "":
		return c.User.Login
	case c.Device.ID != "":
		return c.Device.ID
	}
	return c.Program
}

// Handler answers one request, or fails before it wrote anything.
type Handler func(w http.ResponseWriter, r *http.Request, who Caller) error

// Route is one route.
type Route struct {
	Method, Path string
	Who          Who
	Shows        Shows
	Limit        int64 // bytes of a body, unpacked too; 0: there is none
	Figures      bool  // not while they are made anew: they would tell less than was sold
	Handle       Handler
}

// Pattern is the route as http.ServeMux has it.
func (r Route) Pattern() string { return r.Method + " " + r.Path }

// String is the route's line in the list of all.
func (r Route) String() string {
	return fmt.Sprintf("%-6s %-32s %-18s %-12s %d", r.Method, r.Path, r.Who, r.Shows, r.Limit)
}

// Admit refuses a caller whose scope the route does not show to.
func (r Route) Admit(c Caller) error {
	refused := false
	switch r.Shows {
	case Nothing, Own, Stores, Persons:
	case Common:
		refused = c.Empty()
	case Whole:
		refused = !c.Whole()
	default:
		refused = true
	}
	if refused {
		return errcode.New(errcode.Forbidden, "routes", fmt.Errorf("%s shows %s, not to %s", r.Pattern(), r.Shows, c.Scope))
	}
	return nil
}

// Part puts the routes of a domain in.
type Part func(*Registry)

// Registry is the list of routes.
type Registry struct{ list []Route }

// Add puts a route in.
func (r *Registry) Add(route Route) { r.list = append(r.list, route) }

// All returns the routes in the order in which they were put in.
func (r *Registry) All() []Route { return r.list }

// String is the list of all routes by path, one a line.
func (r *Registry) String() string {
	sorted := slices.SortedStableFunc(slices.Values(r.list), func(a, b Route) int { return strings.Compare(a.Path, b.Path) })
	var b strings.Builder
	for _, route := range sorted {
		fmt.Fprintln(&b, route)
	}
	return b.String()
}
