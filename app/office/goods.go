package office

import (
	"context"
	"net/url"
	"strconv"

	"tillsight/shared/ban"
	"tillsight/shared/catalogue"
	"tillsight/shared/syncproto"
)

// Goods returns a page of the assortment.
func (c *Client) Goods(ctx context.Context, q syncproto.GoodsQuery) (syncproto.Goods, error) {
	query := url.Values{
		"q": {q.Text}, "category": {q.Category}, "store": {q.Store}, "state": {string(q.State)}, "sort": {q.Sort}, "lang": {q.Lang},
		"offset": {strconv.Itoa(q.Offset)}, "limit": {strconv.Itoa(q.Limit)},
	}
	if q.Desc {
		query.Set("desc", "1")
	}
	return call[syncproto.Goods](ctx, c, "GET", syncproto.PathGoods+"?"+query.Encode(), nil)
}

// GoodCard returns all of one article.
func (c *Client) GoodCard(ctx context.Context, sku catalogue.SKU) (syncproto.GoodCard, error) {
	return call[syncproto.GoodCard](ctx, c, "GET", syncproto.PathGood+url.PathEscape(string(sku)), nil)
}

// SaveGood writes an article, or says what is wrong with it.
func (c *Client) SaveGood(ctx context.Context, card syncproto.GoodCard) (syncproto.SavedGood, error) {
	return call[syncproto.SavedGood](ctx, c, "PUT", syncproto.PathGood+url.PathEscape(string(card.Product.SKU)), card)
}

// StopGoods puts articles on the stop list or takes them off.
func (c *Client) StopGoods(ctx context.Context, stop syncproto.StopGoods) (syncproto.Saved, error) {
	return call[syncproto.Saved](ctx, c, "POST", syncproto.PathGoodsStop, stop)
}

// ExportGoods returns the assortment as a CSV file.
func (c *Client) ExportGoods(ctx context.Context) ([]byte, error) {
	return c.exchange(ctx, "GET", syncproto.PathGoodsFile, "", nil)
}

// ImportGoods reads a CSV file of articles; dry only looks at it.
func (c *Client) ImportGoods(ctx context.Context, file []byte, dry bool) (syncproto.Imported, error) {
	path := syncproto.PathGoodsFile
	if dry {
		path += "?dry=1"
	}
	text, err := c.exchange(ctx, "POST", path, "text/csv", file)
	if err != nil {
		return syncproto.Imported{}, err
	}
	return decode[syncproto.Imported](text)
}

// Bans lists the rules by which goods are not sold.
func (c *Client) Bans(ctx context.Context) (syncproto.Bans, error) {
	return call[syncproto.Bans](ctx, c, "GET", syncproto.PathBans, nil)
}

// SaveBan writes a ban.
func (c *Client) SaveBan(ctx context.Context, rule ban.Rule) (syncproto.Saved, error) {
	return call[syncproto.Saved](ctx, c, "PUT", syncproto.PathBan+url.PathEscape(rule.ID), rule)
}

// DropBan takes a ban away.
func (c *Client) DropBan(ctx context.Context, id string) (syncproto.Saved, error) {
	return call[syncproto.Saved](ctx, c, "DELETE", syncproto.PathBan+url.PathEscape(id), nil)
}

// ShelfLives lists how categories are treated before their dates.
func (c *Client) ShelfLives(ctx context.Context) (syncproto.ShelfLives, error) {
	return call[syncproto.ShelfLives](ctx, c, "GET", syncproto.PathShelfLives, nil)
}

// SaveShelfLives writes all rules of shelf life.
func (c *Client) SaveShelfLives(ctx context.Context, lives syncproto.ShelfLives) (syncproto.Saved, error) {
	return call[syncproto.Saved](ctx, c, "PUT", syncproto.PathShelfLives, lives)
}

// Selling returns how the chain's tills sell.
func (c *Client) Selling(ctx context.Context) (syncproto.Selling, error) {
	return call[syncproto.Selling](ctx, c, "GET", syncproto.PathSelling, nil)
}

// SaveSelling writes how the chain's tills sell.
func (c *Client) SaveSelling(ctx context.Context, way syncproto.Selling) (syncproto.Saved, error) {
	return call[syncproto.Saved](ctx, c, "PUT", syncproto.PathSelling, way)
}

// QuickKeys returns the key grid of the tills.
func (c *Client) QuickKeys(ctx context.Context) (syncproto.QuickKeys, error) {
	return call[syncproto.QuickKeys](ctx, c, "GET", syncproto.PathQuickKeys, nil)
}

// SaveQuickKeys writes the whole key grid.
func (c *Client) SaveQuickKeys(ctx context.Context, grid syncproto.QuickKeys) (syncproto.QuickKeys, error) {
	return call[syncproto.QuickKeys](ctx, c, "PUT", syncproto.PathQuickKeys, grid)
}

// StockDocument brings goods into a store, or counts them.
func (c *Client) StockDocument(ctx context.Context, id string, doc syncproto.StockDocument) (syncproto.Saved, error) {
	return call[syncproto.Saved](ctx, c, "PUT", syncproto.PathStock+url.PathEscape(id), doc)
}
