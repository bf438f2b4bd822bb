package till

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tillsight/app/bridge"
	"tillsight/shared/barcode"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/refdata"
	"tillsight/shared/shelflife"
	"tillsight/shared/staff"
)

// Scan sells what a code stands for, or puts a loyalty card on the receipt.
func (s *Session) Scan(_ context.Context, q bridge.Scan) (bridge.Delta, error) {
	const op = "till.Scan"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	found, err := s.understand(q.Code, q.Typed)
	if err != nil {
		return s.scanParts(q, err)
	}
	if found.card != nil {
		return s.do(change{Card: found.card})
	}
	if found.coupon != "" {
		return s.do(change{Coupon: found.coupon})
	}
	return s.sell(found, q.Quantity, q.Grouping)
}

// Add sells a product picked by a person.
func (s *Session) Add(_ context.Context, q bridge.Add) (bridge.Delta, error) {
	const op = "till.Add"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	item, ok, err := refdata.ProductBySKU(s.ref, q.SKU, s.identity.Store.ID, s.fairNow())
	if err != nil {
		return bridge.Delta{}, err
	}
	if !ok {
		return bridge.Delta{}, errcode.New(errcode.NotFound, op, fmt.Errorf("article %q", q.SKU))
	}
	return s.sell(meaning{item: item, factor: quantity.One, weighed: q.Weighed}, q.Quantity, q.Grouping)
}

// sell adds a line for what was found; wanted 0 means one. g is how this till
// groups equal positions, nil for the chain's way.
func (s *Session) sell(found meaning, wanted quantity.Milli, g *receipt.Grouping) (bridge.Delta, error) {
	now := s.opt.Now()
	hint, err := s.permit(found, wanted, now)
	if err != nil {
		return bridge.Delta{}, err
	}
	line, err := s.line(found, wanted, now)
	if err != nil {
		return bridge.Delta{}, err
	}
	grouping := s.book.selling.Grouping
	if g != nil {
		grouping = *g
	}
	delta, err := s.do(change{Line: &line, Grouping: grouping})
	delta.Hint = hint
	return delta, err
}

// line makes the line of a product with today's price and tax. It keeps them
// for as long as the receipt is open.
func (s *Session) line(found meaning, wanted quantity.Milli, now time.Time) (receipt.Line, error) {
	const op = "till.sell"
	item := found.item
	q, err := found.quantity(wanted)
	if err != nil {
		return receipt.Line{}, err
	}
	date := s.date(now)
	if s.receipt != nil {
		date = s.receipt.Date
	}
	rate, ok := s.book.taxes.On(item.Tax, date)
	if !ok {
		return receipt.Line{}, about(errcode.New(errcode.NoTax, op, fmt.Errorf("class %q on %s", item.Tax, date)), item.Name)
	}
	line := receipt.Line{
		SKU:      item.SKU,
		Code:     found.code,
		Name:     item.Name,
		Category: item.Category,
		Unit:     item.Unit,
		Quantity: q,
		Price:    item.Price.Amount,
		MinPrice: item.Price.Min,
		Offers:   s.offers(item, date),
		Mark:     found.mark,
		PackMax:  found.most,
		LabelSum: found.sum,
		Single:   found.single,
		TaxClass: item.Tax,
		TaxBP:    rate.BP,
		TaxAdded: rate.Exclusive,
		MinAge:   item.MinAge,
		Batch:    found.batch,
		Serial:   found.serial,
		Expires:  found.life.UseBy,
		Best:     found.life.BestBefore,
		At:       now.UnixMilli(),
	}
	return line, s.addParts(&line, date)
}

// about adds the name of the product that e is about, in its languages: the
// worker does not know which one the page speaks.
func about(e *errcode.Error, name catalogue.Text) *errcode.Error {
	e.With("name", name.RU)
	if name.EN != "" {
		e.With("name.en", name.EN)
	}
	return e
}

// SetQuantity changes how much of line N is sold.
func (s *Session) SetQuantity(_ context.Context, q bridge.SetQuantity) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	const op = "till.SetQuantity"
	if err := s.selling(op, ""); err != nil {
		return bridge.Delta{}, err
	}
	line, ok := s.lineOf(q.N)
	if ok && !line.Unit.Whole() {
		if err := s.mayWeigh(op); err != nil {
			return bridge.Delta{}, err
		}
	}
	if !ok || q.Quantity >= line.Quantity || line.Voided {
		return s.editLocked(op, change{Quantity: &q})
	}
	if err := s.selling(op, staff.VoidLine); err != nil { // goods leave the receipt, as with a void
		return bridge.Delta{}, err
	}
	return s.editLocked(op, change{Reduce: &q})
}

// VoidLine takes line N out of the sums.
func (s *Session) VoidLine(_ context.Context, q bridge.LineRef) (bridge.Delta, error) {
	return s.edit("till.VoidLine", staff.VoidLine, change{Void: q.N})
}

// RestoreLine undoes VoidLine.
func (s *Session) RestoreLine(_ context.Context, q bridge.LineRef) (bridge.Delta, error) {
	return s.edit("till.RestoreLine", staff.VoidLine, change{Restore: q.N})
}

// Discount gives a discount by hand, within the limit of who is signed in.
func (s *Session) Discount(_ context.Context, q bridge.Discount) (bridge.Delta, error) {
	const op = "till.Discount"
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, staff.Discount); err != nil {
		return bridge.Delta{}, err
	}
	if s.cashier.DiscountBP <= 0 && (q.BP != 0 || q.Amount != 0) {
		return bridge.Delta{}, errcode.New(errcode.DiscountLimit, op, nil).With("limit", "0")
	}
	return s.editLocked(op, change{Discount: &discount{N: q.N, Manual: receipt.Manual{
		BP: q.BP, Amount: q.Amount, Limit: s.cashier.DiscountBP, By: s.cashier.ID, Reason: q.Reason,
	}}})
}

// edit changes the open receipt; it never opens one.
func (s *Session) edit(op string, right staff.Right, c change) (bridge.Delta, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.selling(op, right); err != nil {
		return bridge.Delta{}, err
	}
	return s.editLocked(op, c)
}

func (s *Session) editLocked(op string, c change) (bridge.Delta, error) {
	if s.receipt == nil {
		return bridge.Delta{}, errcode.New(errcode.ReceiptState, op, fmt.Errorf("no open receipt"))
	}
	if c.Quantity == nil && c.Reduce == nil && c.Void == 0 && c.Restore == 0 && c.Discount == nil && c.Age == nil && c.Refuse == nil {
		return bridge.Delta{}, errcode.New(errcode.NoLine, op, nil)
	}
	return s.do(c)
}

// opening is the head of the next receipt.
func (s *Session) opening() (receipt.Opening, error) {
	now := s.opt.Now()
	totals, err := s.totals()
	return receipt.Opening{
		ID:      s.opt.NewID(),
		Number:  receipt.NumberOf(s.identity.Store.ID, s.identity.Till, s.counter+1),
		Type:    receipt.Sale,
		Shift:   s.shift.Number,
		At:      now.UnixMilli(),
		Zone:    s.zone(now),
		Date:    s.date(now),
		Cashier: s.cashier.ID,
		Store:   s.identity.Store.ID,
		Rules:   s.rulesVersion(),
		Totals:  totals,
	}, err
}

// meaning is what a code stands for: a product, how much of it, at which sum;
// a loyalty card, or a coupon.
type meaning struct {
	item   refdata.Item
	code   string
	factor quantity.Milli // units that one scan counts
	sum    money.Amount   // printed on the label
	single bool           // one package, always a line of its own
	card   *card
	coupon string
	mark   string       // of the markdown label
	most   money.Amount // highest price, printed on the package

	weighed       bool // by a scale at the till
	batch, serial string
	life          shelflife.Life // dates of the package
}

// quantity returns how much is sold when wanted scans' worth is asked for.
func (m meaning) quantity(wanted quantity.Milli) (quantity.Milli, error) {
	if wanted == 0 {
		wanted = quantity.One
	}
	const limit = int64(receipt.QuantityMax)
	factor := int64(m.factor)
	if factor == 0 {
		factor = int64(quantity.One)
	}
	if wanted < 0 || int64(wanted) > limit || factor < 0 || factor > limit {
		return 0, errcode.New(errcode.BadQuantity, "till.sell", nil).
			With("min", "0.001").With("max", strconv.FormatInt(limit/int64(quantity.One), 10))
	}
	return quantity.Milli(money.MulDiv(int64(wanted), factor, int64(quantity.One))), nil
}

// understand finds what a code stands for, in this order: the catalogue's code
// as it is, because shops have codes that obey no rule; GS1 and GTIN; the
// store's own labels and cards; for typed ones PLU and article number.
func (s *Session) understand(code string, typed bool) (meaning, error) {
	const op = "till.Scan"
	store, at := s.identity.Store.ID, s.fairNow()
	item, ok, err := refdata.ProductByCode(s.ref, barcode.Key(code), store, at)
	if err != nil || ok {
		return meaning{item: item, code: code, factor: item.Factor}, err
	}
	if found, ok, err := s.couponFor(strings.TrimSpace(code)); err != nil || ok {
		return found, err
	}
	parsed, bad := barcode.ParseIn(code, s.book.masks, cmp.Or(s.identity.Store.Currency, money.RUB))
	if typed && parsed.Raw != "" {
		if item, ok, err := s.byNumber(parsed.Raw); err != nil || ok {
			return meaning{item: item, code: parsed.Raw, factor: quantity.One}, err
		}
	}
	if found, ok, err := s.byCard(parsed, bad != nil); err != nil || ok {
		return found, err
	}
	if bad != nil {
		return meaning{}, bad
	}
	found := meaning{
		code: parsed.Raw, sum: parsed.Sum, single: parsed.Single, mark: parsed.Mark, most: parsed.Limit, batch: parsed.Batch, serial: parsed.Serial,
		life: shelflife.Life{UseBy: parsed.Expires, BestBefore: parsed.Best},
	}
	switch parsed.Kind {
	case barcode.GTIN, barcode.GS1, barcode.Tobacco:
		if parsed.GTIN != "" {
			found.item, ok, err = refdata.ProductByCode(s.ref, parsed.GTIN, store, at)
		}
	case barcode.Weight, barcode.Pieces, barcode.Price, barcode.Markdown:
		found.item, ok, err = s.byNumber(parsed.Article)
	}
	if err != nil {
		return meaning{}, err
	}
	if !ok {
		return meaning{}, errcode.New(errcode.UnknownBarcode, op, nil).With("code", parsed.Raw)
	}
	found.factor = found.amount(parsed)
	return found, s.knowMark(found)
}

// amount returns how much one scan of a label or element string counts.
func (m meaning) amount(c barcode.Code) quantity.Milli {
	switch {
	case c.Quantity != 0:
		return c.Quantity
	case c.Sum != 0 && !m.item.Unit.Whole() && m.item.Price.Amount > 0:
		// The sum on the label is the truth; the weight is what it comes to.
		return max(1, quantity.Milli(money.MulDiv(int64(c.Sum), int64(quantity.One), int64(m.item.Price.Amount))))
	case m.item.Factor != 0:
		return m.item.Factor
	}
	return quantity.One
}

// byNumber finds a product by PLU or article number, leading zeros or not.
func (s *Session) byNumber(text string) (refdata.Item, bool, error) {
	store, at := s.identity.Store.ID, s.fairNow()
	numbers := []string{text}
	if bare := strings.TrimLeft(text, "0"); bare != text && bare != "" {
		numbers = append(numbers, bare)
	}
	for _, number := range numbers {
		item, ok, err := refdata.ProductByPLU(s.ref, number, store, at)
		if err == nil && ok {
			err = s.onlyOne(number)
		}
		if err != nil || ok {
			return item, ok, err
		}
		if item, ok, err := refdata.ProductBySKU(s.ref, catalogue.SKU(number), store, at); err != nil || ok {
			return item, ok, err
		}
	}
	return refdata.Item{}, false, nil
}

// onlyOne refuses a short number that several articles have: which of them is
// meant is for a person to say.
func (s *Session) onlyOne(plu string) error {
	skus, err := refdata.SKUsOfPLU(s.ref, plu)
	if err != nil || len(skus) < 2 {
		return err
	}
	return errcode.New(errcode.SeveralGoods, "till.Scan", nil).With("code", plu).With("sku", strings.Join(skus, ", "))
}

// byCard finds a loyalty card: one that the server told of, or one that looks
// like a card of the chain, is not wrong in itself, and is perhaps too new to
// be known here.
func (s *Session) byCard(c barcode.Code, wrong bool) (meaning, bool, error) {
	known, ok, err := refdata.CustomerByCard(s.ref, c.Raw)
	if err != nil {
		return meaning{}, false, err
	}
	if !ok && (c.Kind != barcode.Card || wrong) {
		return meaning{}, false, nil
	}
	used, err := s.hadBy(holder(c.Raw, known.Customer))
	if err != nil {
		return meaning{}, false, err
	}
	return meaning{card: &card{Card: c.Raw, Customer: known.Customer, Name: known.Name, Groups: known.Groups, Used: used}}, true, nil
}
