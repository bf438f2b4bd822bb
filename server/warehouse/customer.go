package warehouse

import (
	"maps"
	"slices"
	"strings"

	"tillsight/shared/cube"
	"tillsight/shared/customer"
	"tillsight/shared/fact"
	"tillsight/shared/segment"
	"tillsight/shared/sqlite"
)

// figures are what a batch adds to a customer's metrics.
type figures struct {
	receipts, returns int64
	sum               sums
	first, last       int64
}

// buyer returns the key of the customer of a receipt, −1 when unknown: the one
// it names, else the one whose card was shown.
func (p *projection) buyer(pos int64, s *sale) (int64, error) {
	if s.Customer != "" {
		return p.keys.customer(p.tx, s.Customer, pos)
	}
	if key, ok := p.keys.cards[s.Card]; ok && s.Card != "" {
		return key, nil
	}
	return -1, nil
}

// count adds a receipt to its customer's metrics.
func (p *projection) count(customer int64, kind int, at int64, s sums) {
	f := p.metrics[customer]
	if f == nil {
		f = &figures{}
		p.metrics[customer] = f
	}
	f.sum.lines += s.lines
	f.sum.net += s.net
	f.sum.discount += s.discount
	f.sum.tax += s.tax
	f.sum.cost += s.cost
	if kind == segment.KindReturn {
		f.returns++
		return
	}
	f.receipts++
	if f.first == 0 || at < f.first {
		f.first = at
	}
	f.last = max(f.last, at)
}

func (p *projection) flushMetrics() error {
	for _, key := range slices.Sorted(maps.Keys(p.metrics)) {
		f := p.metrics[key]
		err := p.tx.Exec(`INSERT INTO customer_metrics (customer, receipts, returns, lines, net, discount, tax, cost, first_at, last_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (customer) DO UPDATE SET receipts = receipts + excluded.receipts,
				returns = returns + excluded.returns, lines = lines + excluded.lines, net = net + excluded.net,
				discount = discount + excluded.discount, tax = tax + excluded.tax, cost = cost + excluded.cost,
				first_at = CASE WHEN first_at = 0 THEN excluded.first_at
					WHEN excluded.first_at = 0 THEN first_at
					ELSE min(first_at, excluded.first_at) END,
				last_at = max(last_at, excluded.last_at)`,
			key, f.receipts, f.returns, f.sum.lines, f.sum.net, f.sum.discount, f.sum.tax, f.sum.cost, f.first, f.last)
		if err == nil {
			err = p.changed(key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// profile adds a version of a customer's profile, in force from the moment of
// the fact on, and gives them the receipts on which their card was shown before. A
// clock in the future does not make it outlive what is said later: it is in force
// from when it came at the latest.
func (p *projection) profile(e *entry, h fact.Header, c customer.Customer) error {
	pos := e.pos
	if e.raw.Received > 0 {
		h.At = min(h.At, e.raw.Received)
	}
	key, err := p.keys.customer(p.tx, c.ID, pos)
	if err != nil {
		return err
	}
	next := forever
	err = p.tx.Query(`SELECT min(valid_from)
		FROM customer_profile
		WHERE customer = ? AND valid_from > ?`, func(r sqlite.Row) error {
		if !r.Null(0) {
			next = r.Int64(0)
		}
		return nil
	}, key, h.At)
	if err != nil {
		return err
	}
	err = p.tx.Exec(`UPDATE customer_profile
		SET valid_to = ?2
		WHERE customer = ?1 AND valid_from < ?2 AND valid_to > ?2`, key, h.At)
	if err != nil {
		return err
	}
	err = p.tx.Exec(`INSERT OR REPLACE INTO customer_profile (customer, valid_from, valid_to, pos, card, name, phone, email,
			birth, sex, city, region, income, home, size, children, store, since, data, marketing)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		key, h.At, next, pos, c.Card, c.Name, c.Phone, c.Email, c.Birth, c.Sex, c.City, c.Region, c.Income, c.Home,
		c.Size, c.Children, c.Store, c.Since, c.Consent.Data, c.Consent.Marketing)
	if err == nil {
		err = p.identify(key, h.At, c)
	}
	if err == nil {
		err = p.changed(key)
	}
	if err != nil || c.Card == "" {
		return err
	}
	return p.link(key, c.Card)
}

// identify notes what a customer is known by from a profile on.
func (p *projection) identify(key, at int64, c customer.Customer) error {
	for _, given := range []struct{ kind, value string }{{"card", c.Card}, {"phone", customer.Phone(c.Phone)}, {"email", strings.ToLower(c.Email)}} {
		if given.value == "" {
			continue
		}
		err := p.tx.Exec(`INSERT INTO identity (kind, value, customer, first_at, last_at)
			VALUES (?1, ?2, ?3, ?4, ?4)
			ON CONFLICT (kind, value, customer) DO UPDATE SET first_at = min(first_at, excluded.first_at),
				last_at = max(last_at, excluded.last_at)`, given.kind, given.value, key, at)
		if err != nil {
			return err
		}
	}
	return nil
}

// link gives card to a customer. Receipts that showed it while nobody was known
// for it become his.
func (p *projection) link(key int64, card string) error {
	have, known := p.keys.cards[card]
	if known && have == key {
		return nil
	}
	set(p.keys, p.keys.cards, card, key)
	err := p.tx.Exec(`INSERT INTO card (card, customer)
		VALUES (?, ?)
		ON CONFLICT (card) DO UPDATE SET customer = excluded.customer`, card, key)
	if err != nil {
		return err
	}
	err = p.tx.Query(`SELECT store, day, kind, at, lines, net, discount, tax, cost
		FROM receipt
		WHERE card = ? AND customer IS NULL
		ORDER BY pos`, func(r sqlite.Row) error {
		p.day(r.Text(0), cube.EpochDay(r.Int(1)))
		p.count(key, r.Int(2), r.Int64(3), sums{
			lines: r.Int(4), net: r.Int64(5), discount: r.Int64(6), tax: r.Int64(7), cost: r.Int64(8),
		})
		return nil
	}, card)
	if err != nil {
		return err
	}
	return p.tx.Exec(`UPDATE receipt
		SET customer = ?
		WHERE card = ? AND customer IS NULL AND card <> ''`, key, card)
}
