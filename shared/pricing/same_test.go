package pricing_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"tillsight/shared/catalogue"
	"tillsight/shared/money"
	"tillsight/shared/pricing"
	"tillsight/shared/quantity"
	"tillsight/shared/tax"
)

// sameEverywhere is the hash of 10 000 priced baskets. The same test runs
// natively and as WebAssembly in Chromium: a till and the server agree byte for
// byte. It changes when prices are meant to change, and then says so in the
// changelog.
const sameEverywhere = "638f58ca8e5c877aea7696653b094ec661903bd10a22c5dc3b0ffbf558397f02"

func TestSameEverywhere(t *testing.T) {
	random := rand.New(rand.NewPCG(2026, 11))
	hash := sha256.New()
	for n := range 100 {
		rules := chain(t, 1+random.IntN(60), random.IntN(4))
		for range 100 {
			text, err := json.Marshal(pricing.Price(anyCart(random), rules))
			if err != nil {
				t.Fatal(n, err)
			}
			hash.Write(text)
		}
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != sameEverywhere {
		t.Errorf("10 000 baskets hash to %s, want %s", got, sameEverywhere)
	}
}

// anyCart draws a basket of up to 24 items with all that prices depend on.
func anyCart(random *rand.Rand) pricing.Basket {
	b := cart(random.IntN(25))
	for i := range b.Items {
		item := &b.Items[i]
		item.SKU = catalogue.SKU(fmt.Sprintf("s%d", random.IntN(400)))
		item.Category = fmt.Sprintf("c%d", random.IntN(60))
		item.Price = money.Amount(random.IntN(1000_00))
		item.MinPrice = item.Price * money.Amount(random.IntN(11)) / 10
		item.Tax = tax.Rate{BP: []int64{2200, 1000, 0}[random.IntN(3)], Exclusive: random.IntN(8) == 0}
		if random.IntN(4) == 0 {
			item.Unit, item.Quantity = quantity.Kilogram, quantity.Milli(1+random.IntN(4000))
		}
		if random.IntN(9) == 0 {
			item.Manual.BP = int64(random.IntN(4000))
		}
		if random.IntN(12) == 0 {
			item.LabelSum = money.Amount(1 + random.IntN(500_00))
		}
		for list := range 3 {
			if random.IntN(3) == 0 {
				price := item.Price * money.Amount(80+random.IntN(30)) / 100
				item.Offers = append(item.Offers, pricing.Offer{List: fmt.Sprintf("l%d", list), Price: price, Min: price * 9 / 10})
			}
		}
	}
	if random.IntN(3) == 0 {
		b.Manual.Amount = money.Amount(random.IntN(500_00))
	}
	if random.IntN(2) == 0 {
		b.Card, b.Groups = "99", []string{"seniors"}
	}
	return b
}
