package register

import (
	"strings"
	"unicode"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
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
	entered bool // Enter was pressed before they did
	cursor  int
	moved   bool // the cursor was: Enter takes what it stands on
	guessed bool // by the first Enter, over what nobody typed
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
	if r.stepKey(text) {
		r.write("")
		return
	}
	if times, ok := multiplier(text); ok {
		r.setTimes(times)
		return
	}
	r.find.text = text
	r.find.stale()
	if !searchable(text) {
		r.find.results = nil
		return
	}
	r.find.asked++
	asked := r.find.asked
	kit.Ask(r.Page, bridge.TillSearch, bridge.Search{Text: text, Limit: resultsMax}, func(found []bridge.Hit, e *errcode.Error) {
		if asked != r.find.asked || r.find.text == "" {
			return // an answer to older text
		}
		entered := r.find.entered
		r.find.stale()
		if e != nil {
			r.Fail(e)
			return
		}
		r.find.results, r.find.shown = found, true
		if entered {
			r.enter()
		}
	})
}

// stale says that what was found, chosen or waited for is an older text's.
func (f *find) stale() {
	f.shown, f.entered, f.moved, f.guessed = false, false, false, false
	f.cursor = 0
}

func (r *register) clearFind() {
	r.find.text, r.find.results = "", nil
	r.find.stale()
	r.find.asked++
	r.find.rev++
	ui.Put(findID, "")
}

// enter sells, or asks the price of, what the input line says: never what an
// older text had found.
func (r *register) enter() {
	text := strings.TrimSpace(r.find.text)
	words := strings.ContainsFunc(text, unicode.IsLetter)
	switch {
	case text == "":
	case parking.IsPart(text):
		r.scanSlip(text)
	case !words && !r.find.moved:
		r.scan(bridge.Scan{Code: text, Typed: true}, "")
	case !r.find.shown:
		r.find.entered = true
	case r.find.cursor >= len(r.find.results):
		r.scan(bridge.Scan{Code: text, Typed: true}, "")
	default:
		r.enterHit(r.find.results[r.find.cursor])
	}
}

// enterHit sells a found product. One that nobody typed is only chosen, and sold
// by the next Enter.
func (r *register) enterHit(hit bridge.Hit) {
	if hit.Guess && !r.find.moved {
		r.find.moved, r.find.guessed = true, true
		r.Say(ui.Warn, i18n.FindGuess, "name", hit.Name.In(string(r.Lang)))
		r.Sound(false)
		return
	}
	r.pick(hit.Product)
}

// askPrice asks what a code costs. A code that is not understood leaves the
// question open.
func (r *register) askPrice(s bridge.Scan, local string) {
	r.clearFind()
	kit.OrderCode(r.Page, bridge.TillPriceCheck, s, local, func(p bridge.Product, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			r.Sound(false)
			return
		}
		r.find.price = false
		r.showPrice(p)
	})
}

func (r *register) showPrice(p bridge.Product) {
	name := p.Name.In(string(r.Lang))
	if p.NoPrice {
		r.Fail(errcode.New(errcode.NoPrice, "", nil).With("name", name))
		return
	}
	message := i18n.PriceIs
	left := r.LeftText(p)
	switch {
	case p.Stopped:
		message = i18n.PriceStopped
	case left != "":
		message = i18n.PriceIsLeft
	}
	r.Say(ui.Busy, message, "name", name, "sum", r.Sum(p.Amount), "unit", r.Lang.Unit(p.Unit), "left", left)
}

// sold shows what a scan or an added product changed.
func (r *register) sold(d bridge.Delta, e *errcode.Error) {
	if e != nil && e.Code == errcode.NeedWeight {
		r.weigh(e)
		return
	}
	if e != nil {
		r.Fail(e)
		r.Sound(false)
		return
	}
	coupons := len(r.basket.Coupons)
	r.changed(d)
	r.Sound(true)
	if n := len(d.Coupons); n > coupons {
		r.Say(ui.Good, i18n.CouponTaken, "code", d.Coupons[n-1])
	}
	r.repriced(d.Repriced)
	r.hint(d.Hint)
}

// pick sells a product found by name or on a quick key. Goods sold by weight
// ask for it.
func (r *register) pick(p bridge.Product) {
	r.Strip = kit.Strip{}
	if r.find.price {
		r.find.price = false
		r.clearFind()
		r.showPrice(p)
		return
	}
	if p.NoPrice {
		r.Fail(errcode.New(errcode.NoPrice, "", nil).With("name", p.Name.In(string(r.Lang))))
		r.Sound(false)
		return
	}
	if !p.Unit.Whole() && r.find.times == 0 {
		r.wantWeight(p)
		return
	}
	r.add(p.SKU, r.find.times)
}

func (r *register) add(sku catalogue.SKU, q quantity.Milli) {
	times := r.find.times
	r.find.times = 0
	r.clearFind()
	ui.Blur()
	kit.Order(r.Page, bridge.TillAdd, bridge.Add{SKU: sku, Quantity: q, Grouping: r.Prefs.Grouping}, func(d bridge.Delta, e *errcode.Error) {
		r.keepTimes(e, times)
		r.sold(d, e)
	})
}

func (r *register) loadQuick() {
	kit.Ask(r.Page, bridge.TillQuickKeys, bridge.Nothing{}, func(groups []bridge.QuickGroup, e *errcode.Error) {
		if e != nil {
			r.Fail(e)
			return
		}
		r.quick = groups
		r.quickRev++
		if r.group >= len(groups) {
			r.group = 0
		}
	})
}
