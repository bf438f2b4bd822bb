package office

import (
	"context"
	"net/url"
	"strconv"

	"tillsight/shared/audience"
	"tillsight/shared/budget"
	"tillsight/shared/syncproto"
)

// Plans lists the plan figures of the months from … to.
func (c *Client) Plans(ctx context.Context, from, to string) (budget.Plans, error) {
	return call[budget.Plans](ctx, c, "GET", budget.PathPlans+"?"+url.Values{"from": {from}, "to": {to}}.Encode(), nil)
}

// SavePlans changes plan figures, all or none.
func (c *Client) SavePlans(ctx context.Context, figures []budget.Figure) (budget.Plans, error) {
	return call[budget.Plans](ctx, c, "POST", budget.PathPlans, budget.SavePlans{Figures: figures})
}

// Expenses lists the expenses of the months from … to.
func (c *Client) Expenses(ctx context.Context, from, to string) (budget.Expenses, error) {
	return call[budget.Expenses](ctx, c, "GET", budget.PathExpenses+"?"+url.Values{"from": {from}, "to": {to}}.Encode(), nil)
}

// SaveExpense puts an expense or takes it away.
func (c *Client) SaveExpense(ctx context.Context, e budget.SaveExpense) (budget.Expense, error) {
	return call[budget.Expense](ctx, c, "POST", budget.PathExpenses, e)
}

// ImportBudget sends a sheet to budget.PathPlansImport or PathExpensesImport;
// dry only tries it.
func (c *Client) ImportBudget(ctx context.Context, path string, file []byte, dry bool) (budget.Imported, error) {
	if dry {
		path += "?dry=1"
	}
	text, err := c.exchange(ctx, "POST", path, "text/csv", file)
	if err != nil {
		return budget.Imported{}, err
	}
	return decode[budget.Imported](text)
}

// BudgetHistory lists the newest changes of plan figures and expenses.
func (c *Client) BudgetHistory(ctx context.Context, limit int) ([]budget.Change, error) {
	return call[[]budget.Change](ctx, c, "GET", budget.PathHistory+"?limit="+strconv.Itoa(limit), nil)
}

// Dictionary describes what can be exported.
func (c *Client) Dictionary(ctx context.Context) (syncproto.Dictionary, error) {
	return call[syncproto.Dictionary](ctx, c, "GET", syncproto.PathDictionary, nil)
}

// Tokens lists the tokens of other programs.
func (c *Client) Tokens(ctx context.Context) ([]syncproto.Token, error) {
	return call[[]syncproto.Token](ctx, c, "GET", syncproto.PathTokens, nil)
}

// NewToken makes a token; its secret is told this once.
func (c *Client) NewToken(ctx context.Context, t syncproto.NewToken) (syncproto.MadeToken, error) {
	return call[syncproto.MadeToken](ctx, c, "POST", syncproto.PathTokens, t)
}

// RevokeToken ends a token.
func (c *Client) RevokeToken(ctx context.Context, id int64) error {
	_, err := call[none](ctx, c, "POST", syncproto.PathTokenRevoke, map[string]int64{"id": id})
	return err
}

// Segments lists the segments of customers.
func (c *Client) Segments(ctx context.Context) ([]audience.Listed, error) {
	return call[[]audience.Listed](ctx, c, "GET", audience.PathSegments, nil)
}

// SegmentFields says what conditions can ask.
func (c *Client) SegmentFields(ctx context.Context) ([]audience.Offer, error) {
	return call[[]audience.Offer](ctx, c, "GET", audience.PathFields, nil)
}

// TrySegment counts whom a condition finds.
func (c *Client) TrySegment(ctx context.Context, w audience.Condition) (audience.Tried, error) {
	return call[audience.Tried](ctx, c, "POST", audience.PathTry, w)
}

// SaveSegment writes a definition, or says what is wrong with it.
func (c *Client) SaveSegment(ctx context.Context, d audience.Definition) (audience.Saved, error) {
	return call[audience.Saved](ctx, c, "POST", audience.PathSegments, d)
}

// RetireSegment takes a segment out of use.
func (c *Client) RetireSegment(ctx context.Context, d audience.Definition) (audience.Definition, error) {
	return call[audience.Definition](ctx, c, "POST", audience.PathRetire, d)
}

// SegmentMembers lists who is in a segment.
func (c *Client) SegmentMembers(ctx context.Context, id string, offset, limit int) (audience.Members, error) {
	query := url.Values{"id": {id}, "offset": {strconv.Itoa(offset)}, "limit": {strconv.Itoa(limit)}}
	return call[audience.Members](ctx, c, "GET", audience.PathMembers+"?"+query.Encode(), nil)
}

// Customer tells of a customer at a moment, unix ms.
func (c *Client) Customer(ctx context.Context, id string, at int64) (audience.Profile, error) {
	return call[audience.Profile](ctx, c, "GET", audience.PathCustomer+url.PathEscape(id)+"?at="+strconv.FormatInt(at, 10), nil)
}
