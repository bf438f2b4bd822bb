package register

import (
	"strings"
	"unicode"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

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
	*kit.Page
	r *register

	text    string
	times   quantity.Milli
	results []bridge.Hit
	asked   int  // searches sent
	shown   bool // results belong to text
	entered bool // Enter was pressed before they did
	cursor  int
	moved   bool // the cursor was: Enter takes what it stands on
	guessed bool // by the first Enter, over what nobody typed
	letters bool // the keyboard on the screen is out
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

// multiplier reads "3*" or "0,5*" as a quantity for the next item, which may be
// begun behind it.
func multiplier(text string) (times quantity.Milli, rest string, ok bool) {
	before, rest, found := strings.Cut(text, "*")
	if !found {
		return 0, "", false
	}
	q, err := quantity.Parse(before, quantity.Kilogram)
	return q, rest, err == nil && q > 0
}

// write puts text into the input line as if it had been typed.
func (f *find) write(text string) {
	ui.Rewrite(findID, f.text, text)
	f.typed(text)
}

// typed takes the text of the input line. What leads the text and is none is
// taken out of the line, and no more than that: hands may be further by now.
func (f *find) typed(text string) {
	left := f.lead(text)
	for next := f.lead(left); next != left; next = f.lead(left) {
		left = next
	}
	if left != text {
		ui.Rewrite(findID, text, left)
		text = left
	}
	f.text = text
	f.stale()
	f.asked++ // answers to older text are nobody's
	if !searchable(text) {
		f.results = nil
		return
	}
	asked := f.asked
	kit.Ask(f.Page, bridge.TillSearch, bridge.Search{Text: text, Limit: resultsMax}, func(found []bridge.Hit, e *errcode.Error) {
		if asked != f.asked || f.text == "" {
			return // an answer to older text
		}
		entered := f.entered
		f.stale()
		if e != nil {
			f.Fail(e)
			return
		}
		f.results, f.shown = found, true
		if entered {
			f.enter()
		}
	})
}

// lead does what the beginning of text says, and returns what is left of it:
// behind the key that leads into the line, a step of the line before, a quantity
// of the next.
func (f *find) lead(text string) string {
	if rest, slash := strings.CutPrefix(text, "/"); slash {
		return rest
	}
	if f.stepKey(text) {
		return ""
	}
	times, rest, ok := multiplier(text)
	switch {
	case !ok || times >= kit.AbsurdPieces && rest != "": // no question behind which somebody types on
		return text
	case !f.sureTimes(times):
		return strings.TrimSuffix(text, "*") // for the same key once more
	}
	f.times = times
	return rest
}

// stale says that what was found, chosen or waited for is an older text's.
func (f *find) stale() {
	f.shown, f.entered, f.moved, f.guessed = false, false, false, false
	f.cursor = 0
}

func (f *find) clear() {
	ui.Rewrite(findID, f.text, "")
	f.text, f.results = "", nil
	f.stale()
	f.asked++
}

// enter sells, or asks the price of, what the input line says: never what an
// older text had found.
func (f *find) enter() {
	text := strings.TrimSpace(f.text)
	words := strings.ContainsFunc(text, unicode.IsLetter)
	switch {
	case text == "":
	case parking.IsPart(text):
		f.r.scanSlip(text)
	case !words && !f.moved:
		f.scan(bridge.Scan{Code: text, Typed: true}, "")
	case !f.shown:
		f.entered = true
	case f.cursor >= len(f.results):
		f.scan(bridge.Scan{Code: text, Typed: true}, "")
	default:
		f.enterHit(f.results[f.cursor])
	}
}

// enterHit sells a found product. One that nobody typed is only chosen, and sold
// by the next Enter.
func (f *find) enterHit(hit bridge.Hit) {
	if hit.Guess && !f.moved {
		f.moved, f.guessed = true, true
		f.Say(ui.Warn, i18n.FindGuess, "name", hit.Name.In(string(f.Lang)))
		f.Sound(false)
		return
	}
	f.pick(hit.Product)
}

// askPrice asks what a code costs. A code that is not understood leaves the
// question open.
func (f *find) askPrice(s bridge.Scan, local string) {
	f.clear()
	kit.OrderCode(f.Page, bridge.TillPriceCheck, s, local, func(p bridge.Product, e *errcode.Error) {
		if e != nil {
			f.Fail(e)
			f.Sound(false)
			return
		}
		f.price = false
		f.showPrice(p)
	})
}

func (f *find) showPrice(p bridge.Product) {
	name := p.Name.In(string(f.Lang))
	if p.NoPrice {
		f.Fail(errcode.New(errcode.NoPrice, "", nil).With("name", name))
		return
	}
	message := i18n.PriceIs
	left := f.LeftText(p)
	switch {
	case p.Stopped:
		message = i18n.PriceStopped
	case left != "":
		message = i18n.PriceIsLeft
	}
	f.Say(ui.Busy, message, "name", name, "sum", f.Sum(p.Amount), "unit", f.Lang.Unit(p.Unit), "left", left)
}

// sold shows what a scan or an added product changed.
func (f *find) sold(d bridge.Delta, e *errcode.Error) {
	if e != nil && e.Code == errcode.NeedWeight {
		f.weigh(e)
		return
	}
	if e != nil {
		f.Fail(e)
		f.Sound(false)
		return
	}
	coupons := len(f.r.basket.Coupons)
	f.r.basket.changed(d)
	f.Sound(true)
	if n := len(d.Coupons); n > coupons {
		f.Say(ui.Good, i18n.CouponTaken, "code", d.Coupons[n-1])
	}
	f.r.basket.repriced(d.Repriced)
	f.r.basket.hint(d.Hint)
}

// pick sells a product found by name or on a quick key. Goods sold by weight
// ask for it.
func (f *find) pick(p bridge.Product) {
	f.Strip = kit.Strip{}
	if f.price {
		f.price = false
		f.clear()
		f.showPrice(p)
		return
	}
	if p.NoPrice {
		f.Fail(errcode.New(errcode.NoPrice, "", nil).With("name", p.Name.In(string(f.Lang))))
		f.Sound(false)
		return
	}
	if !p.Unit.Whole() && f.times == 0 {
		f.r.balance.want(p)
		return
	}
	f.add(p.SKU, f.times)
}

func (f *find) add(sku catalogue.SKU, q quantity.Milli) {
	times := f.times
	f.times = 0
	f.clear()
	ui.Blur()
	kit.Order(f.Page, bridge.TillAdd, bridge.Add{SKU: sku, Quantity: q, Grouping: f.Prefs.Grouping}, func(d bridge.Delta, e *errcode.Error) {
		f.keepTimes(e, times)
		f.sold(d, e)
	})
}

// weigh asks for the weight of goods that were scanned without one.
func (f *find) weigh(e *errcode.Error) {
	p := bridge.Product{Product: catalogue.Product{
		SKU: catalogue.SKU(e.Data["sku"]), Name: catalogue.Text{RU: e.Data["name"], EN: e.Data["name.en"]}, Unit: quantity.Unit(e.Data["unit"]),
	}}
	f.r.balance.want(p)
}

// toggleTimes makes the typed number the quantity of the next item, or one again.
func (f *find) toggleTimes() {
	if f.text == "" {
		f.times = 0
		return
	}
	q, err := quantity.Parse(f.text, quantity.Kilogram)
	if err != nil || q <= 0 {
		f.Say(ui.Warn, i18n.TimesHow)
		f.Sound(false)
		return
	}
	if f.sureTimes(q) {
		f.times = q
		f.clear()
	}
}

// sureTimes asks about very many of the next item.
func (f *find) sureTimes(q quantity.Milli) bool {
	return q < kit.AbsurdPieces || f.Sure("times "+q.String(), f.Lang.T(i18n.SureTimes, "n", f.Lang.Quantity(q, quantity.Piece)))
}

func (f *find) draw() app.UI {
	times := "×1"
	if f.times != 0 {
		unit := quantity.Piece
		if f.times%quantity.One != 0 {
			unit = quantity.Kilogram
		}
		times = "×" + f.Lang.Quantity(f.times, unit)
	}
	class := ""
	if f.price {
		class = "asking"
	}
	return app.Div().Class("find").Class(class).Role("search").Body(
		&ui.Button{ID: "letters-open", Label: f.Lang.T(i18n.LettersSign), Class: "letters-open", Name: f.Lang.T(i18n.LettersSign) + " · " + f.Lang.T(i18n.LettersOpen), Toggle: true, Pressed: f.letters,
			OnPress: f.Press(f.toggleLetters)},
		&ui.Field{ID: findID, Value: f.text, Example: f.Lang.T(i18n.ScanOrType), Unit: "/", Mode: "search",
			OnText:  func(_ app.Context, text string) { f.Rev++; f.typed(text) },
			OnEnter: f.Press(f.enter)},
		&ui.Button{ID: "times", Label: times, Class: "times", Name: times + " · " + f.Lang.T(i18n.Times), Toggle: true, Pressed: f.times != 0,
			OnPress: f.Press(f.toggleTimes)},
		&ui.Button{ID: "camera-open", Label: "📷", Class: "camera-open", Name: f.Lang.T(i18n.ActCamera), Toggle: true, Pressed: f.r.camera.open != nil,
			OnPress: f.Press(f.r.camera.toggle)},
	)
}

func (f *find) priceCheck() {
	if text := f.text; text != "" {
		f.askPrice(bridge.Scan{Code: text, Typed: true}, "")
		return
	}
	f.price = !f.price
	if f.price {
		f.Say(ui.Busy, i18n.PriceAsk)
	}
}

func (f *find) toggleLetters() { f.letters = !f.letters }

// scan sells a code, or asks its price. local is what the computer's layout
// makes of the same keys: it counts when the other reading is nobody's.
func (f *find) scan(s bridge.Scan, local string) {
	f.Strip = kit.Strip{}
	if f.r.screen != screenSell {
		f.r.screen, f.r.paid.sale, f.r.report = screenSell, nil, nil
	}
	f.r.sheet = nil
	ui.Blur()
	if f.price {
		f.askPrice(s, local)
		return
	}
	times := f.times
	s.Quantity, s.Grouping = times, f.Prefs.Grouping
	f.times = 0
	f.clear()
	kit.OrderCode(f.Page, bridge.TillScan, s, local, func(d bridge.Delta, e *errcode.Error) {
		f.keepTimes(e, times)
		f.sold(d, e)
	})
}

// keepTimes gives back the quantity that was meant for what was not sold.
func (f *find) keepTimes(e *errcode.Error, times quantity.Milli) {
	if e != nil && f.times == 0 {
		f.times = times
	}
}

// stepKey takes a sign that was typed alone: one more, one less.
func (f *find) stepKey(text string) bool {
	by := map[string]quantity.Milli{"+": quantity.One, "-": -quantity.One, "−": -quantity.One}[text]
	if by == 0 || f.text != "" {
		return false
	}
	f.r.basket.step(by)
	return true
}

func (f *find) input(text string) {
	switch {
	case text == "?":
		f.r.openSheet(&keysSheet{f.r.form()})
		return
	case f.stepKey(text):
		return
	case text != "/":
		f.write(f.text + text)
	}
	ui.Focus(findID) // at once: what is typed next belongs there
}
