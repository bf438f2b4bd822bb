package refdata

import (
	"encoding/json"
	"fmt"
	"slices"

	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/pricing"
	"tillsight/shared/sqlite"
	wire "tillsight/shared/wire/sync"
)

// Tables of promotions in the feed.
const (
	Promotions     = "promotion"       // Promotion, ID of the rule
	NeverPromoted  = "promotion_never" // Never, "goods"
	PromotionsUsed = "promotion_use"   // Use, who/rule
)

// Promotion is a rule with what people need to know of it.
type Promotion struct {
	Rule    pricing.Rule `json:"rule"`
	Stopped bool         `json:"stopped,omitempty"` // by hand, whatever its dates say
	By      string       `json:"by,omitempty"`      // login of who changed it last
	At      int64        `json:"at,omitempty"`      // unix ms of that
}

// Never lists goods that no promotion touches.
type Never struct {
	Goods pricing.Goods `json:"goods"`
}

// Use counts how often somebody has had a promotion.
type Use struct {
	Rule  string `json:"rule"`
	Who   string `json:"who"` // customer, or the code of a serial coupon
	Count int    `json:"count"`
}

func neverKey(Never) (string, string, error) { return "goods", "", nil }

func promotionKey(p Promotion) (string, string, error) { return p.Rule.ID, "", plain(p.Rule.ID) }

func useKey(u Use) (string, string, error) {
	if err := plain(u.Who); err != nil {
		return "", "", err
	}
	return u.Who + "/" + u.Rule, "", plain(u.Rule)
}

// logged reports whether rules depend on a table.
func logged(table string) bool {
	switch table {
	case Promotions, NeverPromoted, Categories, PriceLists, Regulations:
		return true
	}
	return false
}

// TouchRules reports whether changes of the feed may change the promotions.
func TouchRules(changes []wire.Change) bool {
	return slices.ContainsFunc(changes, func(c wire.Change) bool { return logged(c.Table) })
}

// logRule records a row that rules depend on; a nil row is gone.
func (w *writer) logRule(version int64, table, key string, row []byte) error {
	if !logged(table) {
		return nil
	}
	var text any
	if row != nil {
		text = string(row)
	}
	return w.tx.Exec(`INSERT OR REPLACE INTO rule_log (version, tbl, key, row) VALUES (?, ?, ?, ?)`, version, table, key, text)
}

// AllPromotions returns the promotions by ID, those that are over or stopped too.
func AllPromotions(q Querier) ([]Promotion, error) {
	return tables[Promotions].(document[Promotion]).all(q)
}

// PromotionByID returns one promotion.
func PromotionByID(q Querier, id string) (Promotion, bool, error) {
	rec, found, err := tables[Promotions].get(q, id)
	if err != nil || !found {
		return Promotion{}, false, err
	}
	return rec.value.(Promotion), true, nil
}

// NeverGoods returns the goods that no promotion touches, nil when there are none.
func NeverGoods(q Querier) (*pricing.Goods, error) {
	rec, found, err := tables[NeverPromoted].get(q, "goods")
	if err != nil || !found {
		return nil, err
	}
	goods := rec.value.(Never).Goods
	return &goods, nil
}

// RulesVersion returns the newest version up to at with which rules changed.
func RulesVersion(q Querier, at int64) (version int64, err error) {
	err = q.Query(`SELECT coalesce(max(version), 0) FROM rule_log WHERE version <= ?`, func(r sqlite.Row) error {
		version = r.Int64(0)
		return nil
	}, at)
	return version, err
}

// RulesFrom returns the oldest version whose rules RulesAt can still tell.
func RulesFrom(q Querier) (version int64, err error) {
	err = q.Query(`SELECT coalesce(max(value), 0) FROM meta WHERE name = 'rules_from'`, func(r sqlite.Row) error {
		version = r.Int64(0)
		return nil
	})
	return version, err
}

// stepsMax is how many versions RulesAt goes back.
const stepsMax = 100

// RulesAt compiles the promotions as they were at a version. Rules that this
// program does not understand are left out and counted. Should the whole not
// compile, the last version that does is in force, at tills as at the server: a
// till goes on selling.
func RulesAt(q Querier, version int64) (rules *pricing.Rules, dropped int, err error) {
	rules, dropped, err = rulesAt(q, version)
	for older, steps := version, 0; err != nil && steps < stepsMax; steps++ {
		changed, notFound := RulesVersion(q, older)
		if notFound != nil || changed <= 0 {
			break
		}
		older = changed - 1
		if before, left, olderErr := rulesAt(q, older); olderErr == nil {
			return before, left + 1, nil
		}
	}
	return rules, dropped, err
}

// compiles returns an error when the rules of a new version do not compile though
// those of the version before did.
func compiles(q Querier, before, version int64) error {
	_, _, err := rulesAt(q, version)
	if err == nil {
		return nil
	}
	if _, _, already := rulesAt(q, before); already != nil {
		return nil // it gets no worse, and perhaps better
	}
	return err
}

func rulesAt(q Querier, version int64) (rules *pricing.Rules, dropped int, err error) {
	type entry struct{ table, key string }
	rows := map[entry]string{}
	var order []entry
	err = q.Query(`SELECT tbl, key, row FROM rule_log WHERE version <= ? ORDER BY version`, func(r sqlite.Row) error {
		e := entry{r.Text(0), r.Text(1)}
		if _, known := rows[e]; !known {
			order = append(order, e)
		}
		rows[e] = ""
		if !r.Null(2) {
			rows[e] = r.Text(2)
		}
		return nil
	}, version)
	if err != nil {
		return nil, 0, fmt.Errorf("read rules of version %d: %w", version, err)
	}
	var set pricing.Set
	var tree []catalogue.Category
	for _, e := range order {
		text := rows[e]
		if text == "" {
			continue
		}
		if e.table == Categories {
			category, err := decodeAs[catalogue.Category]([]byte(text))
			if err != nil {
				return nil, 0, err
			}
			tree = append(tree, category)
			continue
		}
		if !addRow(&set, e.table, []byte(text)) {
			dropped++
		}
	}
	rules, err = pricing.Compile(set, tree)
	return rules, dropped, err
}

// addRow adds the row of a table to a set and reports whether it was understood.
// It is read strictly: an unknown condition would open a rule to everybody. What
// was stopped is left out.
func addRow(set *pricing.Set, table string, text []byte) bool {
	var row struct {
		Rule       json.RawMessage `json:"rule"`
		List       json.RawMessage `json:"list"`
		Regulation json.RawMessage `json:"regulation"`
		Goods      json.RawMessage `json:"goods"`
		Stopped    bool            `json:"stopped"`
	}
	if err := json.Unmarshal(text, &row); err != nil {
		return false
	}
	if row.Stopped {
		return true
	}
	whole := map[string]string{
		Promotions:    `{"rules":[` + string(row.Rule) + `]}`,
		PriceLists:    `{"rules":[],"lists":[` + string(row.List) + `]}`,
		Regulations:   `{"rules":[],"regulations":[` + string(row.Regulation) + `]}`,
		NeverPromoted: `{"rules":[],"never":` + string(row.Goods) + `}`,
	}[table]
	part, err := pricing.Parse([]byte(whole))
	if err != nil {
		return false
	}
	set.Rules = append(set.Rules, part.Rules...)
	set.Lists = append(set.Lists, part.Lists...)
	set.Regulations = append(set.Regulations, part.Regulations...)
	if part.Never != nil {
		set.Never = part.Never
	}
	return true
}

// TrimRules forgets at a till what rules were before the version that it still
// needs: that of its open receipt, or the newest.
func TrimRules(tx *sqlite.Tx, needed int64) error {
	err := tx.Exec(`DELETE FROM rule_log WHERE EXISTS (SELECT 1 FROM rule_log n
		WHERE n.tbl = rule_log.tbl AND n.key = rule_log.key AND n.version > rule_log.version AND n.version <= ?)`, needed)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO meta (name, value) VALUES ('rules_from', ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, needed)
}

// UsedBy returns how often each promotion was used by who.
func UsedBy(q Querier, who string) (map[string]int, error) {
	var used map[string]int
	err := q.Query(`SELECT row FROM promotion_use WHERE key > ?1 || '/' AND key < ?1 || '0'`, func(r sqlite.Row) error {
		use, err := decodeAs[Use]([]byte(r.Text(0)))
		if err != nil {
			return err
		}
		if used == nil {
			used = map[string]int{}
		}
		used[use.Rule] = use.Count
		return nil
	}, who)
	return used, err
}

// CheckPromotion refuses a rule that makes no sense, or whose ID can't be a key.
func CheckPromotion(p Promotion) error {
	if err := (pricing.Set{Rules: []pricing.Rule{p.Rule}}).Validate(); err != nil {
		return err
	}
	if err := plain(p.Rule.ID); err != nil {
		return errcode.New(errcode.Invalid, "refdata.CheckPromotion", pricing.Problems{{Path: "rules[0].id", Code: pricing.ProblemFormat}})
	}
	return nil
}
