// Package shelflife says what the dates on a package mean at the till: past its
// use-by date it must not be sold, past its best-before date the customer is
// told, near the end it may be worth a markdown.
//
// Dates are the store's: a package is good through the whole of the day printed
// on it.
package shelflife

import (
	"fmt"
	"strings"
	"time"

	"tillsight/shared/errcode"
)

// Life is what a package says about itself. Dates are 2026-11-22 or, when the
// hour is printed too, 2026-11-22T14:30; "" is not said.
type Life struct {
	UseBy      string // GS1 AI 17, AI 7003
	BestBefore string // GS1 AI 15, or AI 16, sell by
}

// Rule is how a category, with everything below it, is treated before its dates.
type Rule struct {
	Category string `json:"category"`
	// Refuse is how many days before the use-by date a package is no longer sold:
	// 0 sells it through that day.
	Refuse int `json:"refuse,omitempty"`
	// Hint is from how many days before the use-by date on the cashier is told to
	// offer a discount of MarkdownBP basis points; 0 and no MarkdownBP: never.
	Hint       int   `json:"hint,omitempty"`
	MarkdownBP int64 `json:"markdown_bp,omitempty"`
}

// daysMax limits what a rule may say.
const daysMax = 366

// Validate refuses a rule that makes no sense.
func (r Rule) Validate() error {
	if r.Category == "" || strings.ContainsAny(r.Category, "/\x00\n") || r.Refuse < 0 || r.Refuse > daysMax ||
		r.Hint < 0 || r.Hint > daysMax || r.MarkdownBP < 0 || r.MarkdownBP > 10000 {
		return errcode.New(errcode.Invalid, "shelflife.Rule", fmt.Errorf("%+v", r)).With("field", "category")
	}
	return nil
}

// State is what the dates come to.
type State string

// States.
const (
	Good    State = ""
	Expired State = "expired" // must not be sold
	Stale   State = "stale"   // past its best: the customer is to know
	Near    State = "near"    // worth a markdown
)

// Judge returns the state of a package at a moment of the shop's wall clock,
// given as a time in UTC with the clock's date and hours, and the date that
// decided it. A date that can't be read counts as not said.
func Judge(l Life, rule Rule, wall time.Time) (State, string) {
	if end, ok := End(l.UseBy); ok {
		if !wall.Before(end.AddDate(0, 0, -rule.Refuse)) {
			return Expired, l.UseBy
		}
		if near := end.AddDate(0, 0, -rule.Hint); rule.MarkdownBP > 0 && !wall.Before(near) {
			return Near, l.UseBy
		}
	}
	if end, ok := End(l.BestBefore); ok && !wall.Before(end) {
		return Stale, l.BestBefore
	}
	return Good, ""
}

// End returns the first moment at which a package of this date is past it.
func End(date string) (time.Time, bool) {
	if at, err := time.Parse("2006-01-02T15:04", date); err == nil {
		return at, true
	}
	day, err := time.Parse(time.DateOnly, date)
	return day.AddDate(0, 0, 1), err == nil && date != ""
}
