package receipt

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

// Opening is what a receipt is born with.
type Opening struct {
	ID      string
	Number  string
	Type    Type
	Shift   int
	At      int64 // unix ms
	Zone    int   // minutes east of UTC
	Date    string
	Cashier string
	Store   string
	Rules   int64 // version of the promotions
	Totals  []Used
}

// New opens an empty receipt. Promotions come from rules; nil means none. They
// stay the same while the receipt is open.
func New(o Opening, rules *pricing.Rules) *Receipt {
	return &Receipt{
		ID: o.ID, Number: o.Number, Type: o.Type, State: Open, Shift: o.Shift,
		Opened: o.At, Zone: o.Zone, Date: o.Date, Cashier: o.Cashier, Store: o.Store,
		Rules: o.Rules, Totals: o.Totals, rules: rules,
	}
}

// Reopen is New for a receipt whose changes are made again after a restart. Sums
// wait for UseRules, and what was allowed when it was done is not judged again.
func Reopen(o Opening) *Receipt {
	r := New(o, nil)
	r.deferred = true
	return r
}

// Resume goes on with a receipt that was set aside. It has no other sums than
// those that it had, before UseRules.
func Resume(r Receipt) *Receipt {
	r.State, r.deferred, r.rules = Open, true, nil
	r.Lines = slices.Clone(r.Lines)
	return &r
}

// UseRules gives a receipt that was read from storage the promotions it was
// opened with. used says how often its customer has had each of them before,
// nil leaves what was known. An open one is priced by them at once.
func (r *Receipt) UseRules(rules *pricing.Rules, used map[string]int) {
	r.rules, r.deferred = rules, false
	if used != nil {
		r.SetUsed(used)
	}
	if r.State == Open {
		r.reprice(0)
	}
}

// AddLine adds l, whose number and sums are the receipt's to fill in. A piece
// product that is there already at the same price gets the quantity instead of a
// second line; labelled packages and goods by weight stay apart. The last
// number returned is the line that took the scan.
func (r *Receipt) AddLine(l Line) ([]int, error) { return r.AddGrouped(l, GroupAny) }

// AddGrouped is AddLine that merges equal positions as g says.
func (r *Receipt) AddGrouped(l Line, g Grouping) ([]int, error) {
	if r.State != Open {
		return nil, errcode.New(errcode.ReceiptState, "receipt.AddLine", nil)
	}
	if err := checkLine(l); err != nil {
		return nil, err
	}
	if err := r.forbidden(&l); err != nil {
		return nil, err
	}
	if n := r.serialLine(l, 0); n != 0 {
		return nil, errcode.New(errcode.SerialTwice, "receipt.AddLine", nil).With("line", strconv.Itoa(n))
	}
	if i := r.mergeable(l, g); i >= 0 {
		q := r.Lines[i].Quantity + l.Quantity
		if err := checkQuantity(q, l.Unit); err != nil {
			return nil, err
		}
		r.Lines[i].Quantity = q
		r.Lines[i].At = l.At
		return r.reprice(r.Lines[i].N), nil
	}
	if len(r.Lines) >= LinesMax {
		return nil, errcode.New(errcode.ReceiptLong, "receipt.AddLine", nil).With("max", strconv.Itoa(LinesMax))
	}
	l.N = 1
	if n := len(r.Lines); n > 0 {
		l.N = r.Lines[n-1].N + 1
	}
	l.Voided, l.Reason = false, ""
	r.Lines = append(r.Lines, l)
	return r.reprice(l.N), nil
}

// SetQuantity makes q the quantity of line n.
func (r *Receipt) SetQuantity(n int, q quantity.Milli) ([]int, error) {
	l, err := r.live(n, "receipt.SetQuantity")
	if err != nil {
		return nil, err
	}
	if l.Single || l.LabelSum != 0 {
		return nil, errcode.New(errcode.FixedQuantity, "receipt.SetQuantity", nil)
	}
	if err := checkQuantity(q, l.Unit); err != nil {
		return nil, err
	}
	l.Quantity = q
	return r.reprice(n), nil
}

// VoidLine takes line n out of the sums; it stays on the receipt.
func (r *Receipt) VoidLine(n int) ([]int, error) { return r.VoidBecause(n, "") }

// VoidBecause is VoidLine with the reason, when the cashier had no choice.
func (r *Receipt) VoidBecause(n int, reason VoidReason) ([]int, error) {
	l, err := r.live(n, "receipt.VoidLine")
	if err != nil {
		return nil, err
	}
	l.Voided, l.Reason = true, reason
	return r.reprice(n), nil
}

// RestoreLine undoes VoidLine.
func (r *Receipt) RestoreLine(n int) ([]int, error) {
	l, err := r.line(n, "receipt.RestoreLine")
	if err != nil {
		return nil, err
	}
	if !l.Voided {
		return nil, errcode.New(errcode.ReceiptState, "receipt.RestoreLine", nil)
	}
	if other := r.serialLine(*l, n); other != 0 {
		return nil, errcode.New(errcode.SerialTwice, "receipt.RestoreLine", nil).With("line", strconv.Itoa(other))
	}
	l.Voided, l.Reason = false, ""
	return r.reprice(n), nil
}

// SetDiscount gives line n, or the whole receipt when n is 0, a discount by
// hand; a zero m takes it back. m.Limit is the giver's highest share in basis
// points: more than that is refused now, and capped when lines go away later.
func (r *Receipt) SetDiscount(n int, m Manual) ([]int, error) {
	const op = "receipt.SetDiscount"
	if r.State != Open {
		return nil, errcode.New(errcode.ReceiptState, op, nil)
	}
	target, base := &r.Manual, r.gross()
	if n != 0 {
		l, err := r.live(n, op)
		if err != nil {
			return nil, err
		}
		if err := r.fixed(l); err != nil && m.Given() {
			return nil, err
		}
		target, base = &l.Manual, l.Gross
	}
	if err := checkManual(m, base); err != nil && !r.deferred {
		return nil, err
	}
	if !m.Given() {
		m = Manual{}
	}
	was := *target
	*target = m
	changed := r.reprice(n)
	if m.Limit != 0 && !r.deferred && r.Manual.Given() && r.byHand() > r.gross().Percent(m.Limit) {
		*target = was
		r.reprice(n)
		return nil, errcode.New(errcode.DiscountLimit, op, nil).With("limit", strconv.FormatInt(m.Limit, 10))
	}
	return changed, nil
}

// byHand is what people took off, on lines and on the receipt: a limit counts
// the two together.
func (r *Receipt) byHand() (sum money.Amount) {
	for i := range r.Lines {
		for _, a := range r.Lines[i].Applied {
			if a.Rule == pricing.RuleManual || a.Rule == pricing.RuleReceipt {
				sum += a.Amount
			}
		}
	}
	return sum
}

// checkManual refuses a discount by hand that is none, more than base or than its giver may give.
func checkManual(m Manual, base money.Amount) error {
	const op = "receipt.SetDiscount"
	if m.BP < 0 || m.BP > 10000 || m.Amount < 0 || m.Amount > base || m.BP != 0 && m.Amount != 0 || m.Limit < 0 || m.Limit > 10000 {
		return errcode.New(errcode.BadAmount, op, nil).
			With("min", "0").With("max", strconv.FormatInt(int64(base), 10))
	}
	if m.Limit != 0 && (m.BP > m.Limit || m.Amount > base.Percent(m.Limit)) {
		return errcode.New(errcode.DiscountLimit, op, nil).With("limit", strconv.FormatInt(m.Limit, 10))
	}
	return nil
}

// SetUsed says how often the customer has had promotions before. It counts from
// the next change on.
func (r *Receipt) SetUsed(used map[string]int) {
	r.Used = nil
	for _, rule := range slices.Sorted(maps.Keys(used)) {
		r.Used = append(r.Used, Used{rule, used[rule]})
	}
}

// SetCard puts a loyalty card on the receipt with the customer it belongs to and
// the groups that promotions ask for; empty strings take them off.
func (r *Receipt) SetCard(card, customer string, groups ...string) ([]int, error) {
	if r.State != Open {
		return nil, errcode.New(errcode.ReceiptState, "receipt.SetCard", nil)
	}
	r.Card, r.Customer, r.Groups = card, customer, slices.Clone(groups)
	return r.reprice(0), nil
}

// AddCoupon notes a coupon's code; one that was shown before changes nothing.
func (r *Receipt) AddCoupon(code string) ([]int, error) {
	const op = "receipt.AddCoupon"
	if r.State != Open {
		return nil, errcode.New(errcode.ReceiptState, op, nil)
	}
	if code == "" || len(code) > 64 {
		return nil, errcode.New(errcode.BadBarcode, op, nil).With("code", code)
	}
	if slices.Contains(r.Coupons, code) {
		return nil, nil
	}
	if len(r.Coupons) >= CouponsMax {
		return nil, errcode.New(errcode.ReceiptLong, op, nil).With("max", strconv.Itoa(CouponsMax))
	}
	r.Coupons = append(r.Coupons, code)
	return r.reprice(0), nil
}

// RemoveCoupon takes back a coupon that was shown.
func (r *Receipt) RemoveCoupon(code string) ([]int, error) {
	const op = "receipt.RemoveCoupon"
	if r.State != Open {
		return nil, errcode.New(errcode.ReceiptState, op, nil)
	}
	i := slices.Index(r.Coupons, code)
	if i < 0 {
		return nil, errcode.New(errcode.NotFound, op, nil)
	}
	r.Coupons = slices.Delete(slices.Clone(r.Coupons), i, i+1)
	return r.reprice(0), nil
}

// Explain tells of every promotion why it won or lost. Items of the verdicts
// are line numbers.
func (r *Receipt) Explain() []pricing.Verdict {
	basket := r.basket()
	_, verdicts := pricing.Explain(basket, r.rules)
	var numbers []int
	for i := range r.Lines {
		if !r.Lines[i].Voided {
			numbers = append(numbers, r.Lines[i].N)
		}
	}
	for _, v := range verdicts {
		for i, item := range v.Items {
			v.Items[i] = numbers[item]
		}
	}
	return verdicts
}

// Cancel ends an open receipt without a sale. Its lines stay as they were.
func (r *Receipt) Cancel(reason string, at int64) error {
	if r.State != Open {
		return errcode.New(errcode.ReceiptState, "receipt.Cancel", nil)
	}
	r.State, r.Reason, r.Closed = Cancelled, reason, at
	return nil
}

// Count returns the number of positions that are not voided.
func (r *Receipt) Count() int {
	count := 0
	for i := range r.Lines {
		if !r.Lines[i].Voided {
			count++
		}
	}
	return count
}

// gross returns the sum of the lines before discounts.
func (r *Receipt) gross() money.Amount {
	var sum money.Amount
	for i := range r.Lines {
		if !r.Lines[i].Voided {
			sum += r.Lines[i].Gross
		}
	}
	return sum
}

// line returns line n of an open receipt.
func (r *Receipt) line(n int, op string) (*Line, error) {
	if r.State != Open {
		return nil, errcode.New(errcode.ReceiptState, op, nil)
	}
	i, ok := slices.BinarySearchFunc(r.Lines, n, func(l Line, n int) int { return l.N - n })
	if !ok {
		return nil, errcode.New(errcode.NoLine, op, nil)
	}
	return &r.Lines[i], nil
}

// live returns line n unless it is voided.
func (r *Receipt) live(n int, op string) (*Line, error) {
	l, err := r.line(n, op)
	if err == nil && l.Voided {
		return nil, errcode.New(errcode.LineVoided, op, nil)
	}
	return l, err
}

// reprice computes all sums anew. It returns the numbers of the lines that
// changed, touched (0: none) as the last of them.
func (r *Receipt) reprice(touched int) []int {
	if r.deferred {
		return r.regross(touched)
	}
	priced := pricing.Price(r.basket(), r.rules)
	var changed []int
	for i := range r.Lines {
		l := &r.Lines[i]
		p := l.voided()
		if !l.Voided {
			p, priced = priced[0], priced[1:]
		}
		if l.take(p) && l.N != touched {
			changed = append(changed, l.N)
		}
	}
	r.sum()
	if touched != 0 {
		changed = append(changed, touched)
	}
	return changed
}

// regross keeps what a line comes to before discounts while sums are deferred.
func (r *Receipt) regross(touched int) []int {
	if l, err := r.line(touched, "receipt.regross"); err == nil {
		item := l.priced()
		l.Gross = item.Gross()
	}
	return []int{touched}
}

// basket is what the prices depend on.
func (r *Receipt) basket() pricing.Basket {
	b := pricing.Basket{
		Items: make([]pricing.Item, 0, len(r.Lines)), Manual: r.Manual,
		Date: r.PricedOn(), At: r.Opened, Zone: r.Zone, Store: r.Store,
		Card: r.Card, Groups: r.Groups, Coupons: r.Coupons,
	}
	for _, u := range r.Used {
		if b.Used == nil {
			b.Used = map[string]int{}
		}
		b.Used[u.Rule] = u.Times
	}
	for _, u := range r.Totals {
		if b.Totals == nil {
			b.Totals = map[string]int{}
		}
		b.Totals[u.Rule] = u.Times
	}
	for i := range r.Lines {
		if l := &r.Lines[i]; !l.Voided {
			b.Items = append(b.Items, l.item())
		}
	}
	return b
}

// take stores computed sums and reports whether anything became different.
func (l *Line) take(p pricing.Priced) bool {
	p = l.spreadParts(p)
	same := !l.takePrice(&p) && l.Gross == p.Gross && l.Discount == p.Discount && l.Net == p.Net && l.Tax == p.Tax &&
		slices.Equal(l.Applied, p.Applied)
	l.Gross, l.Discount, l.Net, l.Tax, l.Applied = p.Gross, p.Discount, p.Net, p.Tax, p.Applied
	return !same
}

// sum fills in the totals from the lines.
func (r *Receipt) sum() {
	r.Total, r.Discount, r.Tax = r.sums()
	r.Saved, r.Sources = r.saved(), r.sources()
}

func (r *Receipt) sums() (total, discount money.Amount, taxes []TaxTotal) {
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Voided {
			continue
		}
		total += l.Net
		discount += l.Discount
		if len(l.Parts) > 0 {
			for _, part := range l.Parts {
				taxes = AddTax(taxes, TaxOf(part.TaxClass, part.TaxBP, part.Net, part.Tax))
			}
			continue
		}
		taxes = AddTax(taxes, TaxOf(l.TaxClass, l.TaxBP, l.Net, l.Tax))
	}
	return total, discount, taxes
}

// TaxOf is the total of one line or part of a class, at a rate.
func TaxOf(class tax.Class, bp int64, net, vat money.Amount) TaxTotal {
	if class != tax.None {
		class = ""
	}
	return TaxTotal{BP: bp, Class: class, Base: net - vat, Tax: vat}
}

// AddTax adds t to the entry of its rate and keeps the highest rate first, what
// is not taxed last.
func AddTax(taxes []TaxTotal, t TaxTotal) []TaxTotal {
	i, found := slices.BinarySearchFunc(taxes, t, func(have, t TaxTotal) int {
		return cmp.Or(cmp.Compare(t.BP, have.BP), cmp.Compare(have.Class, t.Class))
	})
	if !found {
		return slices.Insert(taxes, i, t)
	}
	taxes[i].Base += t.Base
	taxes[i].Tax += t.Tax
	return taxes
}

// sameTax reports whether a receipt's totals by rate are those of its lines. One
// of before sums what is not taxed with what is taxed at zero.
func sameTax(have, want []TaxTotal) bool {
	if slices.Equal(have, want) {
		return true
	}
	var byRate []TaxTotal
	for _, t := range want {
		t.Class = ""
		byRate = AddTax(byRate, t)
	}
	return slices.Equal(have, byRate)
}
