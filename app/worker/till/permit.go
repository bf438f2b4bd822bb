package till

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/worker/till/lookup"
	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
	"tillsight/shared/staff"
)

// permits is what may be sold when and how, of the reference data.
type permits struct {
	bans    *ban.Set
	lives   []shelflife.Rule
	parents map[string]string // category → the one above it
	kits    map[catalogue.SKU]catalogue.Kit
	selling refdata.Selling
}

// readPermits reads the rules of sale. Rules that this program does not
// understand are left out: a newer server must not stop an older till.
func (s *Session) readPermits(store catalogue.Store) (p permits, err error) {
	rules, e1 := refdata.AllBans(s.ref)
	tree, e2 := refdata.AllCategories(s.ref)
	lives, e3 := refdata.AllShelfLives(s.ref)
	kits, e4 := refdata.AllKits(s.ref)
	selling, e5 := refdata.SellingWay(s.ref)
	if err := errors.Join(e1, e2, e3, e4, e5); err != nil {
		return permits{}, err
	}
	dropped := 0
	p.bans, dropped = ban.NewSet(rules, tree, ban.Place{Store: store.ID, Region: store.Region})
	if dropped > 0 {
		s.log("read bans", errcode.New(errcode.Invalid, "till.permits", fmt.Errorf("%d are not understood", dropped)))
	}
	p.lives, p.selling = lives, selling
	p.parents, p.kits = make(map[string]string, len(tree)), make(map[catalogue.SKU]catalogue.Kit, len(kits))
	for _, c := range tree {
		p.parents[c.ID] = c.Parent
	}
	for _, k := range kits {
		p.kits[k.SKU] = k
	}
	return p, nil
}

// life returns how goods of a category are treated before their dates: the rule
// of the nearest category upwards.
func (p *permits) life(category string) shelflife.Rule {
	for range len(p.parents) + 1 {
		for _, rule := range p.lives {
			if rule.Category == category {
				return rule
			}
		}
		if category = p.parents[category]; category == "" {
			break
		}
	}
	return shelflife.Rule{}
}

// wall is the store's wall clock as a time in UTC.
func (s *Session) wall(now time.Time) time.Time {
	now = s.fair(now)
	return now.UTC().Add(time.Duration(s.zone(now)) * time.Minute)
}

// permit refuses what may not be sold, here and now. The hint is what the cashier
// is to know of what may.
func (s *Session) permit(found lookup.Meaning, wanted quantity.Milli, now time.Time) (hint *errcode.Error, err error) {
	const op = "till.sell"
	item := found.Item
	switch {
	case item.Stopped:
		return nil, lookup.About(errcode.New(errcode.Stopped, op, nil), item.Name)
	case !item.Priced && found.Sum == 0:
		return nil, lookup.About(errcode.New(errcode.NoPrice, op, nil), item.Name)
	case found.Single && wanted != 0 && wanted != quantity.One:
		return nil, errcode.New(errcode.FixedQuantity, op, nil)
	}
	wall := s.wall(now)
	goods := []ban.Goods{{SKU: item.SKU, Category: item.Category}}
	for _, part := range s.book.kits[item.SKU].Parts {
		p, ok, err := s.goods().ProductBySKU(part.SKU)
		if err != nil {
			return nil, err
		}
		if ok && p.Stopped {
			return nil, lookup.About(errcode.New(errcode.Stopped, op, nil), p.Name)
		}
		goods = append(goods, ban.Goods{SKU: part.SKU, Category: p.Category})
	}
	for _, g := range goods {
		if v := s.book.bans.At(g, wall); v.Banned {
			return nil, lookup.About(banned(v, wall, errcode.SaleBan), item.Name)
		}
	}
	state, date := shelflife.Judge(found.Life, s.book.life(item.Category), wall)
	if state == shelflife.Expired {
		return nil, lookup.About(errcode.New(errcode.Expired, op, nil), item.Name).With("date", date)
	}
	if !item.Unit.Whole() && !found.Single {
		if err := s.permitWeight(found, wanted); err != nil {
			return nil, err
		}
	}
	return s.hint(found, state, date), nil
}

// permitWeight asks for the weight of goods whose code does not tell it.
func (s *Session) permitWeight(found lookup.Meaning, wanted quantity.Milli) error {
	switch {
	case wanted != 0 && found.Weighed:
		return nil
	case wanted != 0:
		return s.mayWeigh("till.sell")
	case found.Factor == quantity.One && found.Sum == 0:
		return lookup.About(errcode.New(errcode.NeedWeight, "till.sell", nil), found.Item.Name).With("sku", string(found.Item.SKU)).With("unit", string(found.Item.Unit))
	}
	return nil
}

// mayWeigh refuses to take a weight that was typed from who may not.
func (s *Session) mayWeigh(op string) error {
	if s.book.selling.SeniorsWeigh && !s.cashier.May(staff.ManualWeight) {
		return errcode.New(errcode.Forbidden, op, nil).With("right", string(staff.ManualWeight))
	}
	return nil
}

func (s *Session) hint(found lookup.Meaning, state shelflife.State, date string) *errcode.Error {
	switch state {
	case shelflife.Stale:
		return lookup.About(errcode.New(errcode.BestBefore, "till.sell", nil), found.Item.Name).With("date", date)
	case shelflife.Near:
		off := s.book.life(found.Item.Category).MarkdownBP
		return lookup.About(errcode.New(errcode.NearExpiry, "till.sell", nil), found.Item.Name).
			With("date", date).With("percent", strconv.FormatInt(off, 10))
	}
	return nil
}

// banned makes the error of a ban.
func banned(v ban.Verdict, wall time.Time, code errcode.Code) *errcode.Error {
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

// bannedNow returns the lines of the open receipt that may not be sold at a
// moment, and why the first of them may not.
func (s *Session) bannedNow(now time.Time) (numbers []int, why *errcode.Error) {
	if s.book.bans.Len() == 0 {
		return nil, nil
	}
	wall := s.wall(now)
	for i := range s.receipt.Lines {
		l := &s.receipt.Lines[i]
		if l.Voided {
			continue
		}
		goods := []ban.Goods{{SKU: l.SKU, Category: l.Category}}
		for _, part := range l.Parts {
			goods = append(goods, ban.Goods{SKU: part.SKU, Category: s.categoryOf(part.SKU)})
		}
		for _, g := range goods {
			if v := s.book.bans.At(g, wall); v.Banned {
				numbers = append(numbers, l.N)
				if why == nil {
					why = lookup.About(banned(v, wall, errcode.SaleBanNow), l.Name)
				}
				break
			}
		}
	}
	return numbers, why
}

func (s *Session) categoryOf(sku catalogue.SKU) string {
	item, _, err := s.goods().ProductBySKU(sku)
	if err != nil {
		s.log("category of a part", err)
	}
	return item.Category
}

// expiredNow is bannedNow for packages whose date has passed since the scan: a
// receipt that waited over midnight, or was recalled on another day.
func (s *Session) expiredNow(now time.Time) (numbers []int, why *errcode.Error) {
	wall := s.wall(now)
	for i := range s.receipt.Lines {
		l := &s.receipt.Lines[i]
		if l.Voided || l.Expires == "" {
			continue
		}
		state, date := shelflife.Judge(shelflife.Life{UseBy: l.Expires}, s.book.life(l.Category), wall)
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

// mayPay refuses to close a receipt with goods whose hour or date has passed since
// they were scanned: the moment of payment is the moment of sale.
func (s *Session) mayPay(now time.Time) error {
	numbers, why := s.bannedNow(now)
	if why == nil {
		numbers, why = s.expiredNow(now)
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

// MayPay says whether the open receipt could be paid at this moment, so that the
// customer hears it before he pays.
func (s *Session) MayPay(context.Context, struct{}) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling("till.MayPay", ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.receipt == nil {
		return s.head(), nil
	}
	return s.delta(nil), s.mayPay(s.opt.Now())
}

// ConfirmAge notes that the cashier made sure of the customer's age.
func (s *Session) ConfirmAge(_ context.Context, q bridge.ConfirmAge) (bridge.Delta, error) {
	const op = "till.ConfirmAge"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.receipt == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, errors.New("no open receipt"))
	}
	if years := s.receipt.AgeMissing(); q.Years < years {
		// Something for grown-ups was scanned while the button was pressed.
		return bridge.Delta{}, errcode.New(errcode.AgeUnasked, op, nil).With("years", strconv.Itoa(years))
	}
	return s.editLocked(op, change{Age: &receipt.AgeCheck{Years: q.Years, By: s.cashier.ID, At: s.opt.Now().UnixMilli()}})
}

// Refuse takes off all lines that may not be sold to this customer, or now. It
// needs no right: the law says so.
func (s *Session) Refuse(_ context.Context, q bridge.Refuse) (bridge.Delta, error) {
	const op = "till.Refuse"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	if s.receipt == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, errors.New("no open receipt"))
	}
	var lines []int
	switch q.Reason {
	case receipt.VoidUnderAge:
		lines = s.receipt.TooYoungFor()
	case receipt.VoidBanned:
		lines, _ = s.bannedNow(s.opt.Now())
	case receipt.VoidExpired:
		lines, _ = s.expiredNow(s.opt.Now())
	default:
		return bridge.Delta{}, errcode.New(errcode.Invalid, op, fmt.Errorf("reason %q", q.Reason))
	}
	if len(lines) == 0 {
		return s.delta(nil), nil
	}
	return s.editLocked(op, change{Refuse: &takenOff{Lines: lines, Reason: q.Reason}})
}

// addParts gives the line of a kit what it is made of: each part's worth today
// and its own rate of tax. The line asks for the highest age of its parts.
func (s *Session) addParts(l *receipt.Line, date string) error {
	kit, ok := s.book.kits[l.SKU]
	if !ok {
		return nil
	}
	broken := func(err error) error { return lookup.About(errcode.New(errcode.KitBroken, "till.sell", err), l.Name) }
	for _, c := range kit.Parts {
		item, found, err := s.goods().ProductBySKU(c.SKU)
		if err != nil {
			return err
		}
		if !found {
			return broken(fmt.Errorf("part %q", c.SKU))
		}
		rate, known := s.book.taxes.On(item.Tax, date)
		if !known {
			return lookup.About(errcode.New(errcode.NoTax, "till.sell", fmt.Errorf("class %q on %s", item.Tax, date)), item.Name)
		}
		l.MinAge = max(l.MinAge, item.MinAge)
		l.Parts = append(l.Parts, receipt.Part{
			SKU: c.SKU, Name: item.Name, Quantity: c.Quantity, Worth: c.Quantity.Cost(item.Price.Amount),
			TaxClass: item.Tax, TaxBP: rate.BP,
		})
	}
	return nil
}

// lineOf returns a line of the open receipt.
func (s *Session) lineOf(n int) (receipt.Line, bool) {
	if s.receipt == nil {
		return receipt.Line{}, false
	}
	i := slices.IndexFunc(s.receipt.Lines, func(l receipt.Line) bool { return l.N == n })
	if i < 0 {
		return receipt.Line{}, false
	}
	return s.receipt.Lines[i], true
}

// bornBy returns the latest birth date of who is so many years old on a date.
// Who was born on 29 February comes of age on 1 March of a common year.
func bornBy(date string, years int) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	born := day.AddDate(-years, 0, 0)
	if born.Day() != day.Day() { // 29 February of a common year
		born = born.AddDate(0, 0, -1)
	}
	return born.Format(time.DateOnly)
}
