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
// natively and in WebAssembly: a till and the server agree byte for byte. It
// changes when prices are meant to change, and then says so in the changelog.
const sameEverywhere = "bd249e3023f8a03b53e731fc1e8fc65825c2ff1f0424d0799cc451dfeef3d78e"

func TestSameEverywhere(t *testing.T) {
	random := rand.New(rand.NewPCG(2026, 11))
	hash := sha256.New()
	for n := range 100 {
		rules := chain(t, 1+random.IntN(60))
		for range 100 {
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
			}
			if random.IntN(3) == 0 {
				b.Manual.Amount = money.Amount(random.IntN(500_00))
			}
			text, err := json.Marshal(pricing.Price(b, rules))
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
