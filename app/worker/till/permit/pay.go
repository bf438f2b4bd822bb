package permit

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tillsight/app/worker/till/lookup"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/receipt"
	"tillsight/shared/shelflife"
)

// Category names the category of an article, "" of one that is not known.
type Category func(catalogue.SKU) string

// Pay refuses to close a receipt with goods whose hour or date has passed since
// they were scanned.
func (r *Rules) Pay(lines []receipt.Line, of Category, wall time.Time) error {
	numbers, why := r.Banned(lines, of, wall)
	if why == nil {
		numbers, why = r.Expired(lines, wall)
	}
	if why == nil {
		return nil
	}
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return why.With("lines", strings.Join(words, ", "))
}

// Banned returns the lines that may not be sold at a time, and why the first of
// them may not.
func (r *Rules) Banned(lines []receipt.Line, of Category, wall time.Time) (numbers []int, why *errcode.Error) {
	if r.bans.Len() == 0 {
		return nil, nil
	}
	for i := range lines {
		l := &lines[i]
		if l.Voided {
			continue
		}
		v := r.ban(l, of, wall)
		if !v.Banned {
			continue
		}
		numbers = append(numbers, l.N)
		if why == nil {
			why = lookup.About(banError(v, wall, errcode.SaleBanNow), l.Name)
		}
	}
	return numbers, why
}

// ban is the first one that a line or a part of it is under.
func (r *Rules) ban(l *receipt.Line, of Category, wall time.Time) ban.Verdict {
	v := r.bans.At(ban.Goods{SKU: l.SKU, Category: l.Category}, wall)
	for i := 0; !v.Banned && i < len(l.Parts); i++ {
		v = r.bans.At(ban.Goods{SKU: l.Parts[i].SKU, Category: of(l.Parts[i].SKU)}, wall)
	}
	return v
}

// Expired is Banned for packages whose date has passed since the scan: a receipt
// that waited over midnight, or was recalled on another day.
func (r *Rules) Expired(lines []receipt.Line, wall time.Time) (numbers []int, why *errcode.Error) {
	for i := range lines {
		l := &lines[i]
		if l.Voided || l.Expires == "" {
			continue
		}
		state, date := shelflife.Judge(shelflife.Life{UseBy: l.Expires}, r.life(l.Category), wall)
		if state != shelflife.Expired {
			continue
		}
		numbers = append(numbers, l.N)
		if why == nil {
			why = lookup.About(errcode.New(errcode.Expired, "till.Pay", nil), l.Name).With("date", date)
		}
	}
	return numbers, why
}

// banError makes the error of a ban.
func banError(v ban.Verdict, wall time.Time, code errcode.Code) *errcode.Error {
	if v.Until.IsZero() {
		code = errcode.SaleBanned
	}
	e := errcode.New(code, "till.sell", fmt.Errorf("ban %s", v.Rule.ID)).With("rule", v.Rule.Name.RU)
	if v.Rule.Name.EN != "" {
		e.With("rule.en", v.Rule.Name.EN)
	}
	switch {
	case v.Until.IsZero():
	case v.Until.Sub(wall) < 24*time.Hour:
		e.With("until", v.Until.Format("15:04"))
	default:
		e.With("until", v.Until.Format("2006-01-02T15:04"))
	}
	return e
}
