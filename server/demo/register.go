package demo

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"tillsight/shared/catalogue"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/sync"
)

const (
	drawerFloat   = money.Amount(5_000_00)
	collectOver   = money.Amount(20_000_00) // cash beyond this goes to the safe in the afternoon
	collectFrom   = 16 * 3600
	secondsBefore = 25 // between two customers
)

// register is a till on its way through the days.
type register struct {
	g      *generator
	store  *store
	number int
	device Device
	rand   *rand.Rand

	seq       uint64
	chain     fact.Hash
	count     int // receipts
	shift     shift.Shift
	cashier   *worker
	free      int // second of the day when the next customer can begin
	midnight  int64
	date      string
	rates     map[tax.Class]tax.Rate
	collected bool

	batch [][]byte // not yet pushed
	size  int
	prev  fact.Hash // before batch
}

// back is a line that comes back.
type back struct {
	receipt  string
	line     receipt.Line
	kind     receipt.TenderKind
	customer string
	card     string
	store    int
	segment  int
}

// ms is a second of this day.
func (t *register) ms(second int) int64 { return t.midnight + int64(second)*1000 }

// register appends a fact that happened at a moment.
func (t *register) record(kind fact.Kind, at int64, body any) error {
	t.seq++
	b, err := fact.Encode(fact.Header{
		Device: t.device.ID, Epoch: t.device.Epoch, Seq: t.seq, Kind: kind, Version: 1,
		At: at, Zone: t.store.offset, Store: t.store.ID, Till: t.number,
	}, body)
	if err != nil {
		return err
	}
	if len(t.batch) == 0 {
		t.prev = t.chain
	}
	t.chain = fact.Chain(t.chain, b)
	t.batch = append(t.batch, b)
	t.size += len(b)
	return nil
}

// full reports whether another large receipt would not fit into one push.
func (t *register) full() bool {
	const room = 24 << 10
	return len(t.batch) > wire.FactsMax-8 || t.size > wire.BytesMax-room
}

// push gives the sink what it does not have yet.
func (t *register) push(ctx context.Context, sink Sink) error {
	for len(t.batch) > 0 {
		n, size := 0, 0
		for n < len(t.batch) && n < wire.FactsMax && (n == 0 || size+len(t.batch[n]) <= wire.BytesMax) {
			size += len(t.batch[n])
			n++
		}
		head := wire.PushHeader{
			Proto: wire.Version, Device: t.device.ID, Epoch: t.device.Epoch,
			First: t.seq - uint64(len(t.batch)) + 1, Prev: t.prev, Count: n,
		}
		if err := sink.Facts(ctx, head, t.batch[:n]); err != nil {
			return err
		}
		for _, b := range t.batch[:n] {
			t.prev = fact.Chain(t.prev, b)
		}
		t.batch, t.size = t.batch[n:], t.size-size
	}
	t.batch = nil
	return nil
}

// open signs today's cashier in and opens the shift.
func (t *register) open(g *generator, d int, date time.Time) error {
	t.midnight = date.UnixMilli() - int64(t.store.offset)*60_000
	t.date = date.Format(time.DateOnly)
	t.rates = map[tax.Class]tax.Rate{}
	for _, class := range []tax.Class{tax.Standard, tax.Reduced, tax.Zero, tax.None} {
		t.rates[class], _ = tax.Table(taxRates()).On(class, t.date)
	}
	// Two days on, two days off.
	t.cashier = &t.store.cashiers[(d/2%2*tillsPerStore+t.number-1)%len(t.store.cashiers)]
	t.collected = false
	begin := openHour*3600 - 15*60 + t.rand.IntN(600)
	if t.rand.Float64() < 0.04 {
		if err := t.record(fact.SignInRefused, t.ms(begin-20), fact.SignIn{Failures: 1}); err != nil {
			return err
		}
	}
	if err := t.record(fact.SignedIn, t.ms(begin), fact.SignIn{Employee: t.cashier.ID}); err != nil {
		return err
	}
	opened := t.ms(begin + 60)
	var err error
	if t.shift, err = shift.Open(t.shift.Number+1, drawerFloat, t.cashier.ID, opened); err != nil {
		return err
	}
	t.free = openHour * 3600
	return t.record(fact.ShiftOpened, opened, fact.ShiftOpening{Number: t.shift.Number, Float: drawerFloat, By: t.cashier.ID})
}

// close counts the drawer and prints the Z report.
func (t *register) close() error {
	counted := t.shift.Cash
	switch x := t.rand.Float64(); {
	case t.cashier.short && t.shift.Number/2%shortEvery == 0:
		counted -= money.Amount(50+t.rand.IntN(450)) * 100
	case x < 0.02:
		counted -= money.Amount(1+t.rand.IntN(100)) * 100
	case x < 0.03:
		counted += money.Amount(1+t.rand.IntN(100)) * 100
	}
	counted = max(counted, 0)
	at := t.ms(max(t.free, closeHour*3600) + 600)
	if err := t.shift.Close(&counted, t.cashier.ID, at); err != nil {
		return err
	}
	return t.record(fact.ShiftClosed, at, t.shift)
}

// serve lets a visitor pay.
func (t *register) serve(r *rand.Rand, v *visit, d int) error {
	t.free = max(v.at, t.free)
	if t.free >= collectFrom && !t.collected && t.shift.Cash > collectOver {
		if err := t.collect(); err != nil {
			return err
		}
	}
	if v.back != nil {
		return t.takeBack(v.back)
	}
	var sh *shopper
	if v.shopper >= 0 {
		sh = &t.g.shoppers[v.shopper]
		if err := t.enrol(v.shopper); err != nil {
			return err
		}
	}
	items := t.g.shop(r, sh, v.store, d)
	if len(items) > 0 {
		if err := t.sell(v, items, d); err != nil {
			return err
		}
	}
	if sh != nil {
		t.g.next(r, v.shopper, d)
	}
	return nil
}

// enrol records a customer at his first visit.
func (t *register) enrol(n int) error {
	sh := &t.g.shoppers[n]
	if sh.seen {
		return nil
	}
	sh.seen = true
	for c := range campaigns {
		if t.g.treated(n, c) {
			sh.campaign |= 1 << c
		}
	}
	t.g.sum.Customers++
	profile := t.g.profile(n)
	at := t.ms(t.free)
	t.free += 90
	return t.record(fact.CustomerEnrolled, at, profile)
}

// collect takes cash to the safe.
func (t *register) collect() error {
	t.collected = true
	over := (t.shift.Cash - drawerFloat) / 1_000_00 * 1_000_00
	move := shift.CashMove{Shift: t.shift.Number, Amount: -over, Reason: "инкассация", By: t.store.senior.ID}
	if err := t.shift.Move(move); err != nil {
		return err
	}
	return t.record(fact.CashMoved, t.ms(t.free), move)
}

// begin opens a receipt at the time the till is free.
func (t *register) begin(kind receipt.Type, place, shopper int) *receipt.Receipt {
	t.count++
	at := t.ms(t.free)
	r := receipt.New(receipt.Opening{
		ID:     uuidAt(t.g.opt.Seed, 'r', uint64(place)<<56|uint64(t.number)<<48|uint64(t.count), at),
		Number: t.store.ID + "-" + strconv.Itoa(t.number) + "-" + strconv.Itoa(t.count),
		Type:   kind, Shift: t.shift.Number, At: at, Zone: t.store.offset, Date: t.date, Cashier: t.cashier.ID,
	}, nil)
	if shopper >= 0 {
		r.Customer, r.Card = t.g.customerID(shopper), cardCode(shopper)
	}
	return r
}

// sell scans items and takes the money.
func (t *register) sell(v *visit, items []item, d int) error {
	r := t.begin(receipt.Sale, v.store, v.shopper)
	r.Lines = make([]receipt.Line, 0, len(items)+1)
	seconds := float64(t.free)
	for _, it := range items {
		seconds += t.cashier.perLine * (0.5 + t.rand.Float64())
		t.scan(r, it, v.store, int(seconds))
		if t.rand.Float64() < voidShare {
			// Scanned twice by mistake, and taken off again.
			seconds += 4
			t.scan(r, it, v.store, int(seconds))
			void(&r.Lines[len(r.Lines)-1])
		}
	}
	add(r)
	t.free = int(seconds) + 1
	if t.rand.Float64() < cancelShare {
		if err := r.Cancel("отказ покупателя", t.ms(t.free)); err != nil {
			return err
		}
		t.free += secondsBefore
		return t.finish(fact.ReceiptCancelled, r)
	}
	tenders := t.tender(r, v.shopper)
	pay := t.cashier.pay
	if tenders[0].Kind == receipt.Cash {
		pay *= 1.5
	}
	t.free += int(pay * (0.7 + 0.6*t.rand.Float64()))
	if err := r.Pay(tenders, t.ms(t.free)); err != nil {
		return fmt.Errorf("receipt %s: %w", r.Number, err)
	}
	r.Saved = savedBy(r.Lines)
	t.g.sum.Receipts++
	t.g.sum.Lines += int64(r.Count())
	t.free += secondsBefore
	if err := t.finish(fact.SaleRegistered, r); err != nil {
		return err
	}
	t.planReturn(r, v, d)
	return nil
}

func (t *register) finish(kind fact.Kind, r *receipt.Receipt) error {
	if err := t.shift.Apply(r); err != nil {
		return err
	}
	if kind != fact.ReceiptCancelled {
		t.tally(r.Total, r.Type == receipt.Sale)
	}
	return t.record(kind, r.Closed, r)
}

// scan adds the line of an item.
func (t *register) scan(r *receipt.Receipt, it item, place, second int) {
	g := t.g
	a := &g.list[it.article]
	price := g.shelf.price(g.week, t.store, it.article)
	rate := t.rates[a.Tax]
	line := receipt.Line{
		N: len(r.Lines) + 1, SKU: a.SKU, Name: a.Name, Category: a.Category, Unit: a.Unit,
		Quantity: it.qty, Price: price, MinPrice: a.least(price),
		TaxClass: a.Tax, TaxBP: rate.BP, At: t.ms(second),
	}
	switch {
	case a.Unit == quantity.Kilogram:
		line.Code, line.Single = a.label(g.m.categories[g.m.types[a.kind].category], it.qty), true
	case len(a.codes) > 0:
		line.Code = ean(a.codes[0])
	}
	sums := pricing.Item{
		SKU: line.SKU, Unit: line.Unit, Quantity: line.Quantity, Price: line.Price, MinPrice: line.MinPrice, Tax: rate,
	}
	rule, bp := "", int64(0)
	if p, ok := g.week.promo[it.article]; ok {
		rule, bp = g.week.rule, p.bp
	}
	if it.coupon >= 0 && campaigns[it.coupon].discount > bp {
		rule, bp = campaigns[it.coupon].name, campaigns[it.coupon].discount
	}
	gross := sums.Gross()
	off := min(gross.Percent(bp), gross-sums.Floor())
	if off > 0 {
		line.Applied = []receipt.Applied{{Rule: rule, Amount: off}}
	}
	priced := sums.Sums(off)
	line.Gross, line.Discount, line.Net, line.Tax = priced.Gross, priced.Discount, priced.Net, priced.Tax
	r.Lines = append(r.Lines, line)
}

// savedBy sums what each rule took off, in the order of the lines.
func savedBy(lines []receipt.Line) (list []receipt.Saved) {
	for i := range lines {
		for _, a := range lines[i].Applied {
			at := slices.IndexFunc(list, func(s receipt.Saved) bool { return s.Rule == a.Rule })
			if at < 0 {
				at = len(list)
				list = append(list, receipt.Saved{Rule: a.Rule, Name: ruleName(a.Rule)})
			}
			list[at].Amount += a.Amount
		}
	}
	return list
}

// ruleName names the rule of a week's leaflet or of a campaign.
func ruleName(rule string) catalogue.Text {
	if year, week, ok := strings.Cut(strings.TrimPrefix(rule, "W"), "-"); ok {
		return catalogue.Text{RU: "Листовка, неделя " + week + " " + year, EN: "Leaflet, week " + week + " " + year}
	}
	return catalogue.Text{RU: "Купон " + rule, EN: "Coupon " + rule}
}

// ean is a GTIN as the scanner reads it: thirteen digits.
func ean(b catalogue.Barcode) string { return b.GTIN[1:] }

func void(l *receipt.Line) {
	l.Voided, l.Discount, l.Net, l.Tax, l.Applied = true, 0, 0, 0, nil
}

// add sums the lines up.
func add(r *receipt.Receipt) {
	for i := range r.Lines {
		l := &r.Lines[i]
		if l.Voided {
			continue
		}
		r.Total += l.Net
		r.Discount += l.Discount
		r.Tax = receipt.AddTax(r.Tax, receipt.TaxOf(l.TaxClass, l.TaxBP, l.Net, l.Tax))
	}
}

// tender chooses how a receipt is paid. Habits are kept nineteen times of twenty.
func (t *register) tender(r *receipt.Receipt, shopper int) []receipt.Tender {
	card := t.rand.Float64() < segments[passerBy].card
	if shopper >= 0 {
		card = t.g.shoppers[shopper].card != (t.rand.Float64() < 0.05)
	}
	if card {
		ref := mix(t.g.opt.Seed, uint64(r.Closed)^uint64(t.seq)<<20^uint64(t.number))
		return []receipt.Tender{{Kind: receipt.Card, Amount: r.Total, Ref: fmt.Sprintf("%012d", ref%1_000_000_000_000)}}
	}
	given := r.Total
	if t.rand.Float64() > 0.2 {
		notes := []money.Amount{50_00, 100_00, 500_00, 1000_00, 5000_00}
		note := notes[t.rand.IntN(len(notes)-1)]
		if r.Total > 3000_00 {
			note = notes[2+t.rand.IntN(len(notes)-2)]
		}
		given = (r.Total + note - 1) / note * note
	}
	return []receipt.Tender{{Kind: receipt.Cash, Amount: max(given, 1)}}
}

// planReturn decides whether a line of a receipt comes back.
func (t *register) planReturn(r *receipt.Receipt, v *visit, d int) {
	if t.rand.Float64() > returnShare {
		return
	}
	day := d + 1 + t.rand.IntN(returnDays)
	line := r.Lines[t.rand.IntN(len(r.Lines))]
	if day >= t.g.days || line.Voided || line.Net == 0 || line.Category == "cigarettes" {
		return
	}
	segment := passerBy
	if v.shopper >= 0 {
		segment = int(t.g.shoppers[v.shopper].segment)
	}
	t.g.returns[day] = append(t.g.returns[day], back{
		receipt: r.ID, line: line, kind: r.Tenders[0].Kind, customer: r.Customer, card: r.Card,
		store: v.store, segment: segment,
	})
}

// takeBack returns the money for a line at the prices and taxes of its sale.
// Without enough cash in the drawer the customer comes another day.
func (t *register) takeBack(b *back) error {
	if b.kind == receipt.Cash && b.line.Net > t.shift.Cash {
		return nil
	}
	r := t.begin(receipt.Return, b.store, -1)
	r.Customer, r.Card, r.Original, r.Reason = b.customer, b.card, b.receipt, reasons[t.rand.IntN(len(reasons))]
	line := b.line
	line.N, line.At = 1, t.ms(t.free+20)
	r.Lines = []receipt.Line{line}
	add(r)
	t.free += 20 + int(math.Round(60*t.rand.Float64()))
	if err := r.Pay([]receipt.Tender{{Kind: b.kind, Amount: r.Total}}, t.ms(t.free)); err != nil {
		return fmt.Errorf("return %s: %w", r.Number, err)
	}
	t.g.sum.Returns++
	t.free += secondsBefore
	return t.finish(fact.ReturnRegistered, r)
}

var reasons = []string{"не подошло", "брак", "истёк срок годности", "ошибка кассира"}
