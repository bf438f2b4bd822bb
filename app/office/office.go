// Package office is the conversation of people with the server: logging in,
// registers and their codes, products and prices. Tills use syncclient.
//
// Every failure has a code: errcode.Offline when there was no answer at all,
// errcode.BadAnswer when it was not the server's.
package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"time"

	"tillsight/app/worker/syncclient"
	"tillsight/shared/catalogue"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// Client talks to the server at Base ("https://shop.example") with the
// browser's session cookie.
type Client struct {
	Base    string
	Network syncclient.Network
}

// patience is how long an answer may take.
const patience = 20 * time.Second

// answerMax bounds what is read of an answer.
const answerMax = 16 << 20

// ownHeader tells the server that the request comes from our page.
const ownHeader = "X-Tillsight"

// LogIn begins a session.
func (c *Client) LogIn(ctx context.Context, login, password string) (syncproto.User, error) {
	return call[syncproto.User](ctx, c, "POST", syncproto.PathSession, syncproto.Credentials{Login: login, Password: password})
}

// Session returns who is logged in.
func (c *Client) Session(ctx context.Context) (syncproto.User, error) {
	return call[syncproto.User](ctx, c, "GET", syncproto.PathSession, nil)
}

// LogOut ends the session.
func (c *Client) LogOut(ctx context.Context) error {
	_, err := call[none](ctx, c, "DELETE", syncproto.PathSession, nil)
	return err
}

// Devices lists all registers.
func (c *Client) Devices(ctx context.Context) ([]syncproto.Device, error) {
	return call[[]syncproto.Device](ctx, c, "GET", syncproto.PathDevices, nil)
}

// Tills lists the checkouts.
func (c *Client) Tills(ctx context.Context) ([]syncproto.TillPlace, error) {
	return call[[]syncproto.TillPlace](ctx, c, "GET", syncproto.PathTills, nil)
}

// NewCode makes a one-time code for a checkout.
func (c *Client) NewCode(ctx context.Context, store string, till int) (syncproto.Code, error) {
	return call[syncproto.Code](ctx, c, "POST", syncproto.PathCodes, syncproto.CodeRequest{Store: store, Till: till})
}

// Revoke takes a register's rights away.
func (c *Client) Revoke(ctx context.Context, device string) error {
	_, err := call[none](ctx, c, "POST", syncproto.PathRevoke, map[string]string{"device": device})
	return err
}

// Products lists what text finds, or all products, with the prices of store
// ("" for the chain's).
func (c *Client) Products(ctx context.Context, text, store string, offset, limit int) (syncproto.Products, error) {
	query := url.Values{"q": {text}, "store": {store}, "offset": {strconv.Itoa(offset)}, "limit": {strconv.Itoa(limit)}}
	return call[syncproto.Products](ctx, c, "GET", syncproto.PathProducts+"?"+query.Encode(), nil)
}

// SetPrice writes a price.
func (c *Client) SetPrice(ctx context.Context, price catalogue.Price) error {
	_, err := call[struct{}](ctx, c, "POST", syncproto.PathPrices, price)
	return err
}

// Promotions lists the promotions of the stores that the person may see.
func (c *Client) Promotions(ctx context.Context) (syncproto.Promotions, error) {
	return call[syncproto.Promotions](ctx, c, "GET", syncproto.PathPromotions, nil)
}

// SavePromotion writes a rule, given as its JSON text.
func (c *Client) SavePromotion(ctx context.Context, rule []byte) (syncproto.SavedPromotion, error) {
	return call[syncproto.SavedPromotion](ctx, c, "POST", syncproto.PathPromotions, syncproto.SavePromotion{Rule: rule})
}

// StopPromotion ends a promotion or lets it run again.
func (c *Client) StopPromotion(ctx context.Context, stop syncproto.StopPromotion) (syncproto.SavedPromotion, error) {
	return call[syncproto.SavedPromotion](ctx, c, "POST", syncproto.PathPromotionStop, stop)
}

// Simulate asks what a rule, given as its JSON text, would have done lately.
func (c *Client) Simulate(ctx context.Context, rule []byte, days int) (syncproto.Simulated, error) {
	return call[syncproto.Simulated](ctx, c, "POST", syncproto.PathSimulate, syncproto.Simulate{Rule: rule, Days: days})
}

// SaveNever changes the goods that no promotion touches.
func (c *Client) SaveNever(ctx context.Context, never syncproto.Never) (syncproto.Never, error) {
	return call[syncproto.Never](ctx, c, "POST", syncproto.PathNever, never)
}

// PriceLists lists the price lists and regulated prices that the person may see.
func (c *Client) PriceLists(ctx context.Context) (syncproto.PriceLists, error) {
	return call[syncproto.PriceLists](ctx, c, "GET", syncproto.PathPriceLists, nil)
}

// SavePriceList writes a list, given as its JSON text.
func (c *Client) SavePriceList(ctx context.Context, list []byte, stopped bool) (syncproto.SavedPriceList, error) {
	return call[syncproto.SavedPriceList](ctx, c, "POST", syncproto.PathPriceLists, syncproto.SavePriceList{List: list, Stopped: stopped})
}

// SaveRegulation writes a regulated price, given as its JSON text.
func (c *Client) SaveRegulation(ctx context.Context, regulation []byte, stopped bool) (syncproto.SavedRegulation, error) {
	return call[syncproto.SavedRegulation](ctx, c, "POST", syncproto.PathRegulations, syncproto.SaveRegulation{Regulation: regulation, Stopped: stopped})
}

// ListPrices returns prices of a list: those of goods that text finds, or all.
func (c *Client) ListPrices(ctx context.Context, list, text string, offset, limit int) (syncproto.ListPrices, error) {
	query := url.Values{"list": {list}, "q": {text}, "offset": {strconv.Itoa(offset)}, "limit": {strconv.Itoa(limit)}}
	return call[syncproto.ListPrices](ctx, c, "GET", syncproto.PathListPrices+"?"+query.Encode(), nil)
}

// SetListPrices changes prices of a list, or says what a change would come to.
func (c *Client) SetListPrices(ctx context.Context, change syncproto.SetListPrices) (syncproto.ListPricesSet, error) {
	return call[syncproto.ListPricesSet](ctx, c, "POST", syncproto.PathListPrices, change)
}

// ListFile returns the prices of a list as a CSV file.
func (c *Client) ListFile(ctx context.Context, list string) ([]byte, error) {
	return c.exchange(ctx, "GET", syncproto.PathListFile+"?"+url.Values{"list": {list}}.Encode(), "", nil)
}

// PriceWhen returns all that the price of an article in a store depends on.
func (c *Client) PriceWhen(ctx context.Context, sku catalogue.SKU, store string) (syncproto.PriceWhen, error) {
	query := url.Values{"sku": {string(sku)}, "store": {store}}
	return call[syncproto.PriceWhen](ctx, c, "GET", syncproto.PathPriceWhen+"?"+query.Encode(), nil)
}

// Alarms lists receipts that should have come to something else.
func (c *Client) Alarms(ctx context.Context) ([]syncproto.Alarm, error) {
	return call[[]syncproto.Alarm](ctx, c, "GET", syncproto.PathAlarms, nil)
}

// Saved lists what the person keeps at the desk, and what colleagues share.
func (c *Client) Saved(ctx context.Context) ([]syncproto.DeskItem, error) {
	return call[[]syncproto.DeskItem](ctx, c, "GET", syncproto.PathSaved, nil)
}

// Save keeps something at the server. The answer is what is kept there now: a
// later edit of another device stays.
func (c *Client) Save(ctx context.Context, item syncproto.DeskItem) (syncproto.DeskItem, error) {
	return call[syncproto.DeskItem](ctx, c, "POST", syncproto.PathSaved, item)
}

// none is the answer that has no body.
type none struct{}

func call[T any](ctx context.Context, c *Client, method, path string, message any) (answer T, err error) {
	var body []byte
	kind := ""
	if message != nil {
		if body, err = json.Marshal(message); err != nil {
			return answer, errcode.New(errcode.Internal, "office", err)
		}
		kind = "application/json"
	}
	text, err := c.exchange(ctx, method, path, kind, body)
	if err != nil {
		return answer, err
	}
	return decode[T](text)
}

// decode reads an answer of the server.
func decode[T any](text []byte) (answer T, err error) {
	if _, empty := any(answer).(none); empty {
		return answer, nil
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return answer, errcode.New(errcode.BadAnswer, "office", err)
	}
	return answer, nil
}

// exchange sends a request with a body of a kind, "" for none, and returns the
// bytes of a good answer.
func (c *Client) exchange(ctx context.Context, method, path, kind string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request := syncclient.Request{Method: method, URL: c.Base + path, Header: map[string]string{ownHeader: "1"}}
	if kind != "" {
		request.Body, request.Header["Content-Type"] = body, kind
	}
	response, err := c.Network.Do(ctx, request)
	if err != nil {
		return nil, errcode.New(errcode.Offline, "office", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, answerMax))
	if err != nil {
		return nil, errcode.New(errcode.Offline, "office", err)
	}
	if response.Status < 200 || response.Status > 299 {
		return nil, failure(response.Status, text)
	}
	return text, nil
}

// failure reads the server's error; what is none of ours is a bad answer, as
// from a proxy or a hotel's log-in page.
func failure(status int, text []byte) error {
	var f syncproto.Failure
	if err := json.Unmarshal(text, &f); err != nil {
		return errcode.New(errcode.BadAnswer, "office", fmt.Errorf("status %d: %w", status, err))
	}
	if f.Error == nil || f.Error.Code == "" {
		return errcode.New(errcode.BadAnswer, "office", errors.New("status "+strconv.Itoa(status)))
	}
	return f.Error
}
