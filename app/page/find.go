package page

import (
	"strings"
	"unicode"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/parking"
	"tillsight/shared/quantity"
)

// find is the input line of the selling screen with what it found.
type find struct {
	text    string
	rev     int // rises when the program changes text
	times   quantity.Milli
	results []bridge.Hit
	asked   int  // searches sent
	shown   bool // results belong to text
	cursor  int
	moved   bool // the cursor was: Enter takes what it stands on
	price   bool // the next code is asked for its price, not sold
}

// resultsMax is how many products a search shows.
const resultsMax = 12

// searchable reports whether text is worth a search: any letter, or the
// beginning of a code or an article.
func searchable(text string) bool {
	text = strings.TrimSpace(text)
	return strings.ContainsFunc(text, unicode.IsLetter) || len(text) >= 3
}

// multiplier reads "3*" or "0,5*" as a quantity for the next item.
func multiplier(text string) (quantity.Milli, bool) {
	before, rest, found := strings.Cut(text, "*")
	if !found || rest != "" {
		return 0, false
	}
	q, err := quantity.Parse(before, quantity.Kilogram)
	return q, err == nil && q > 0
}

// write puts text into the input line as if it had been typed.
func (r *register) write(text string) {
	r.find.rev++
	ui.Put(findID, text)
	r.typed(text)
}

// typed takes the text of the input line. The key that leads into it may be
// pressed inside of it as well.
func (r *register) typed(text string) {
	if rest, slash := strings.CutPrefix(text, "/"); slash {
		r.write(rest)
		return
	}
	if times, ok := multiplier(text); ok {
		r.find.times = times
		r.clearFind()
		return
	}
	r.find.text, r.find.shown, r.find.cursor, r.find.moved = text, false, 0, false
	if !searchable(text) {
		r.find.results = nil
		return
	}
	r.find.asked++
	asked := r.find.asked
	ask(r, bridge.TillSearch, bridge.Search{Text: text, Limit: resultsMax}, func(found []bridge.Hit, e *errcode.Error) {
		if asked != r.find.asked || r.find.text == "" {
			return // an answer to older text
		}
		if e != nil {
			r.fail(e)
			return
		}
		r.find.results, r.find.shown = found, true
	})
}

func (r *register) clearFind() {
	r.find.text, r.find.results, r.find.shown, r.find.cursor, r.find.moved = "", nil, false, 0, false
	r.find.asked++
	r.find.rev++
	ui.Put(findID, "")
}

// enter sells, or asks the price of, what the input line says.
func (r *register) enter() {
	text := strings.TrimSpace(r.find.text)
	if text == "" {
		return
	}
	if parking.IsPart(text) {
		r.scanSlip(text)
		return
	}
	words := strings.ContainsFunc(text, unicode.IsLetter)
	if (words || r.find.moved) && r.find.cursor < len(r.find.results) {
		r.pick(r.find.results[r.find.cursor].Product)
		return
	}
	r.scan(bridge.Scan{Code: text, Typed: true})
}

// scan sells a code, or asks its price.
func (r *register) scan(s bridge.Scan) {
	r.strip = strip{}
	if r.find.price {
		r.askPrice(s)
		return
	}
	if r.screen != screenSell {
		r.screen, r.paid, r.report = screenSell, nil, nil
	}
	r.sheet = ""
	s.Quantity, s.Grouping = r.find.times, r.prefs.Grouping
	r.find.times = 0
	r.clearFind()
	order(r, bridge.TillScan, s, r.sold)
}

func (r *register) askPrice(s bridge.Scan) {
	r.find.price = false
	r.clearFind()
	ask(r, bridge.TillPriceCheck, s, func(p bridge.Product, e *errcode.Error) {
		if e != nil {
			r.fail(e)
			r.sound(false)
			return
		}
		r.showPrice(p)
	})
}

func (r *register) showPrice(p bridge.Product) {
	name := p.Name.In(string(r.lang))
	if p.NoPrice {
		r.fail(errcode.New(errcode.NoPrice, "", nil).With("name", name))
		return
	}
	message := i18n.PriceIs
	left := r.leftText(p)
	switch {
	case p.Stopped:
		message = i18n.PriceStopped
	case left != "":
		message = i18n.PriceIsLeft
	}
	r.say(ui.Busy, message, "name", name, "sum", r.sum(p.Amount), "unit", r.lang.Unit(p.Unit), "left", left)
}

// sold shows what a scan or an added product changed.
func (r *register) sold(d bridge.Delta, e *errcode.Error) {
	if e != nil && e.Code == errcode.NeedWeight {
		r.weigh(e)
		return
	}
	if e != nil {
		r.fail(e)
		r.sound(false)
		return
	}
	coupons := len(r.basket.Coupons)
	r.changed(d)
	r.sound(true)
	if n := len(d.Coupons); n > coupons {
		r.say(ui.Good, i18n.CouponTaken, "code", d.Coupons[n-1])
	}
	r.repriced(d.Repriced)
	r.hint(d.Hint)
}

// pick sells a product found by name or on a quick key. Goods sold by weight
// ask for it.
func (r *register) pick(p bridge.Product) {
	r.strip = strip{}
	if r.find.price {
		r.find.price = false
		r.clearFind()
		r.showPrice(p)
		return
	}
	if p.NoPrice {
		r.fail(errcode.New(errcode.NoPrice, "", nil).With("name", p.Name.In(string(r.lang))))
		r.sound(false)
		return
	}
	if !p.Unit.Whole() && r.find.times == 0 {
		r.wantWeight(p)
		return
	}
	r.add(p.SKU, r.find.times)
}

func (r *register) add(sku catalogue.SKU, q quantity.Milli) {
	r.find.times = 0
	r.clearFind()
	order(r, bridge.TillAdd, bridge.Add{SKU: sku, Quantity: q, Grouping: r.prefs.Grouping}, r.sold)
}

func (r *register) loadQuick() {
	ask(r, bridge.TillQuickKeys, bridge.Nothing{}, func(groups []bridge.QuickGroup, e *errcode.Error) {
		if e != nil {
			r.fail(e)
			return
		}
		r.quick = groups
		r.quickRev++
		if r.group >= len(groups) {
			r.group = 0
		}
	})
}
