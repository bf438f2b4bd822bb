package warehouse

import (
	"encoding/json"
	"fmt"

	"tillsight/shared/audience"
	"tillsight/shared/errcode"
	"tillsight/shared/scope"
	"tillsight/shared/sqlite"
)

// categoriesMax is how many categories a profile names.
const categoriesMax = 10

// ProfileAt returns what was known of a customer at a moment (unix ms), with
// what they had bought by then in the stores that who sees. It fails with
// errcode.NotFound when there is no such customer.
func ProfileAt(q Querier, id string, at int64, who scope.Scope) (p audience.Profile, err error) {
	p = audience.Profile{ID: id, At: at}
	key := int64(-1)
	err = q.Query(`SELECT key FROM customer WHERE id = ?`, func(r sqlite.Row) error {
		key = r.Int64(0)
		return nil
	}, id)
	if err == nil && key < 0 {
		err = errcode.New(errcode.NotFound, "warehouse.ProfileAt", fmt.Errorf("customer %q", id))
	}
	for _, read := range []func(q Querier, key int64, p *audience.Profile) error{profileAt, versions, identities} {
		if err == nil {
			err = read(q, key, &p)
		}
	}
	if err != nil {
		return p, err
	}
	list, err := json.Marshal(who.Stores())
	if err != nil {
		return p, fmt.Errorf("stores: %w", err)
	}
	if who.Whole() {
		list = []byte("")
	}
	return p, metricsAt(q, key, string(list), &p)
}

func profileAt(q Querier, key int64, p *audience.Profile) error {
	return q.Query(`SELECT valid_from, valid_to, name, phone, email, card, birth, sex, city, region, income, home, size, children,
			store, since, data, marketing
		FROM customer_profile
		WHERE customer = ?1 AND valid_from <= ?2 AND ?2 < valid_to`, func(r sqlite.Row) error {
		p.ValidFrom, p.ValidTo = r.Int64(0), r.Int64(1)
		if p.ValidTo == forever {
			p.ValidTo = 0
		}
		p.Name, p.Phone, p.Email, p.Card, p.Birth, p.Sex = r.Text(2), r.Text(3), r.Text(4), r.Text(5), r.Text(6), r.Text(7)
		p.City, p.Region, p.Income, p.Home, p.Size, p.Children = r.Text(8), r.Text(9), r.Text(10), r.Text(11), r.Int(12), r.Int(13)
		p.Store, p.Since, p.Data, p.Marketing = r.Text(14), r.Int64(15), r.Bool(16), r.Bool(17)
		return nil
	}, key, p.At)
}

func versions(q Querier, key int64, p *audience.Profile) error {
	return q.Query(`SELECT count(*) FROM customer_profile WHERE customer = ?`, func(r sqlite.Row) error {
		p.Versions = r.Int(0)
		return nil
	}, key)
}

func identities(q Querier, key int64, p *audience.Profile) error {
	return q.Query(`SELECT kind, value, first_at, last_at
		FROM identity
		WHERE customer = ? AND first_at <= ?
		ORDER BY kind, value`, func(r sqlite.Row) error {
		p.Identities = append(p.Identities, audience.Identity{Kind: r.Text(0), Value: r.Text(1), First: r.Int64(2), Last: r.Int64(3)})
		return nil
	}, key, p.At)
}

// seenReceipts keeps receipts of the customer up to the moment in the stores of a JSON
// list, which is no list for all of them.
const seenReceipts = `FROM receipt r
	WHERE r.customer = ?1 AND r.at <= ?2 AND (?3 = '' OR r.store IN (SELECT value FROM json_each(?3)))`

func metricsAt(q Querier, key int64, stores string, p *audience.Profile) error {
	m := &p.Metrics
	err := q.Query(`SELECT coalesce(sum(kind = 0), 0), coalesce(sum(kind = 1), 0), coalesce(sum(net), 0),
			coalesce(sum(net - tax - cost), 0), coalesce(sum(discount), 0), coalesce(min(CASE kind WHEN 0 THEN at END), 0),
			coalesce(max(CASE kind WHEN 0 THEN at END), 0), count(DISTINCT CASE kind WHEN 0 THEN day END),
			coalesce(max(CASE kind WHEN 0 THEN day END) - min(CASE kind WHEN 0 THEN day END), 0)
		`+seenReceipts, func(r sqlite.Row) error {
		m.Receipts, m.Returns, m.Revenue, m.Margin, m.Discount = r.Int64(0), r.Int64(1), r.Int64(2), r.Int64(3), r.Int64(4)
		m.First, m.Last = r.Int64(5), r.Int64(6)
		if days := r.Int64(7); days > 1 {
			m.Interval = r.Int64(8) * 1000 / (days - 1)
		}
		return nil
	}, key, p.At, stores)
	if err != nil {
		return err
	}
	err = q.Query(`SELECT r.store, count(*) AS n `+seenReceipts+` AND r.kind = 0 GROUP BY r.store ORDER BY n DESC, r.store LIMIT 1`,
		func(r sqlite.Row) error {
			m.Favourite = r.Text(0)
			return nil
		}, key, p.At, stores)
	if err != nil {
		return err
	}
	return q.Query(`SELECT coalesce(f.category, a.category) AS category, sum(l.net) AS net
		FROM (SELECT r.pos AS pos `+seenReceipts+`) s
		CROSS JOIN receipt_line l ON l.receipt = s.pos AND l.voided = 0
		JOIN product a ON a.key = l.product
		LEFT JOIN ref_product f ON f.sku = a.sku
		GROUP BY 1
		ORDER BY net DESC, category
		LIMIT ?4`, func(r sqlite.Row) error {
		m.Categories = append(m.Categories, audience.Share{Category: r.Text(0), Revenue: r.Int64(1)})
		return nil
	}, key, p.At, stores, int64(categoriesMax))
}

// NamesOf returns the names of customers who agreed to their being kept, by ID.
func NamesOf(q Querier, ids []string) (map[string]string, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("customers: %w", err)
	}
	names := map[string]string{}
	return names, q.Query(`SELECT u.id, p.name
		FROM json_each(?) j
		JOIN customer u ON u.id = j.value
		JOIN customer_profile p ON p.customer = u.key AND p.valid_to = 9223372036854775807 AND p.data = 1`, func(r sqlite.Row) error {
		names[r.Text(0)] = r.Text(1)
		return nil
	}, string(list))
}
