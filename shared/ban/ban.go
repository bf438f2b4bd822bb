// Package ban says when goods must not be sold: alcohol at night, energy drinks
// near schools, nothing strong on the first of September.
//
// A ban is data that a manager edits and the server sends; a till asks with its
// store's wall clock, offline. Bans add up: each may only forbid more. What is
// forbidden by nobody's rule is allowed.
package ban

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
)

// Rule forbids the sale of some goods at some times in some places.
type Rule struct {
	ID   string         `json:"id"`
	Name catalogue.Text `json:"name"` // as the cashier reads it: "Alcohol is not sold at night"

	SKUs       []catalogue.SKU `json:"skus,omitempty"`
	Categories []string        `json:"categories,omitempty"` // with everything below them
	Except     []catalogue.SKU `json:"except,omitempty"`     // of these categories

	// Stores and Regions limit the places: one of either is enough. None is everywhere.
	Stores  []string `json:"stores,omitempty"`
	Regions []string `json:"regions,omitempty"`

	From  string   `json:"from,omitempty"`  // first date, 2026-09-01
	Until string   `json:"until,omitempty"` // last date
	Dates []string `json:"dates,omitempty"` // single ones: 2026-05-25, or 09-01 of every year
	Days  []int    `json:"days,omitempty"`  // 1 Monday … 7 Sunday
	Hours []Span   `json:"hours,omitempty"` // none: all day

	Off bool `json:"off,omitempty"` // kept, but not in force
}

// Span is a part of the day, "08:00" to "23:00" exclusive. One that does not end
// after it begins goes over midnight and belongs to the day on which it begins.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// Limits of a rule.
const (
	idMax   = 60
	nameMax = 200
	listMax = 1000
)

// Validate refuses a rule that makes no sense; the Data of the error names the
// field. A rule without goods would forbid nothing and is refused too.
func (r Rule) Validate() error {
	wrong := func(field string, value any) error {
		return errcode.New(errcode.Invalid, "ban.Rule", fmt.Errorf("%s: %v", field, value)).With("field", field)
	}
	switch {
	case r.ID == "" || len(r.ID) > idMax || strings.ContainsAny(r.ID, "/\x00\n"):
		return wrong("id", r.ID)
	case strings.TrimSpace(r.Name.RU) == "" || utf8.RuneCountInString(r.Name.RU) > nameMax || utf8.RuneCountInString(r.Name.EN) > nameMax:
		return wrong("name", r.Name)
	case len(r.SKUs)+len(r.Categories) == 0 || len(r.SKUs)+len(r.Categories)+len(r.Except) > listMax:
		return wrong("goods", len(r.SKUs)+len(r.Categories))
	case len(r.Stores)+len(r.Regions) > listMax:
		return wrong("stores", len(r.Stores)+len(r.Regions))
	case !validDate(r.From):
		return wrong("from", r.From)
	case !validDate(r.Until) || r.From != "" && r.Until != "" && r.Until < r.From:
		return wrong("until", r.Until)
	}
	for _, date := range r.Dates {
		if date == "" || !validDate(date) && !validDate("2024-"+date) {
			return wrong("dates", date)
		}
	}
	for _, day := range r.Days {
		if day < 1 || day > 7 {
			return wrong("days", day)
		}
	}
	for _, span := range r.Hours {
		from, ok := minutes(span.From)
		to, ok2 := minutes(span.To)
		if !ok || !ok2 || from == dayMinutes || from == to {
			return wrong("hours", span)
		}
	}
	return nil
}

func validDate(date string) bool {
	_, err := time.Parse(time.DateOnly, date)
	return date == "" || err == nil
}

// dayMinutes is the number of minutes of a day by the wall clock.
const dayMinutes = 24 * 60

// minutes reads "08:00" to "24:00".
func minutes(text string) (int, bool) {
	if text == "24:00" {
		return dayMinutes, true
	}
	at, err := time.Parse("15:04", text)
	return at.Hour()*60 + at.Minute(), err == nil && len(text) == len("15:04")
}

// Place is a shop as bans see it.
type Place struct {
	Store  string
	Region string
}

func (r *Rule) covers(p Place) bool {
	return len(r.Stores)+len(r.Regions) == 0 || slices.Contains(r.Stores, p.Store) ||
		p.Region != "" && slices.Contains(r.Regions, p.Region)
}

// on reports whether the rule looks at a calendar day at all.
func (r *Rule) on(day time.Time) bool {
	date := day.Format(time.DateOnly)
	if r.From != "" && date < r.From || r.Until != "" && date > r.Until {
		return false
	}
	weekday := int(day.Weekday())
	if weekday == 0 {
		weekday = 7
	}
	if len(r.Days) == 0 && len(r.Dates) == 0 {
		return true
	}
	return slices.Contains(r.Days, weekday) || slices.Contains(r.Dates, date) || slices.Contains(r.Dates, date[5:])
}

// until returns when the ban that holds at a moment of the wall clock ends; ok is
// false when it does not hold then.
func (r *Rule) until(at time.Time) (end time.Time, ok bool) {
	today := at.Truncate(24 * time.Hour)
	if len(r.Hours) == 0 && r.on(today) {
		return today.AddDate(0, 0, 1), true
	}
	for _, day := range [2]time.Time{today.AddDate(0, 0, -1), today} {
		if !r.on(day) {
			continue
		}
		for _, span := range r.Hours {
			begin, stop := span.on(day)
			if !at.Before(begin) && at.Before(stop) && stop.After(end) {
				end, ok = stop, true
			}
		}
	}
	return end, ok
}

// on returns when the span begins and ends that belongs to a day.
func (s Span) on(day time.Time) (begin, end time.Time) {
	from, _ := minutes(s.From)
	to, _ := minutes(s.To)
	if to <= from {
		to += dayMinutes
	}
	return day.Add(time.Duration(from) * time.Minute), day.Add(time.Duration(to) * time.Minute)
}
