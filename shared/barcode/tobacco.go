package barcode

import (
	"strings"

	"tillsight/shared/money"
)

// The DataMatrix on a Russian pack of tobacco has 29 characters and no
// application identifiers: GTIN, serial number, highest price, check code.
const (
	tobaccoLength = 29
	tobaccoSerial = 14 // where it begins
	tobaccoPrice  = 21
	tobaccoCheck  = 25
)

// digits80 are the digits of the price: kopecks to the base of 80.
const digits80 = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!"%&'*+-./_,:;=<>?`

func isTobacco(raw string) bool {
	return len(raw) == tobaccoLength && Valid(raw[:tobaccoSerial]) && !isDigits(raw) &&
		strings.Trim(raw[tobaccoSerial:], digits80) == "" && !beginsGS1(raw)
}

func parseTobacco(c Code) (Code, error) {
	c.Kind, c.Single = Tobacco, true
	c.GTIN, c.Serial = c.Raw[:tobaccoSerial], c.Raw[tobaccoSerial:tobaccoPrice]
	for _, digit := range []byte(c.Raw[tobaccoPrice:tobaccoCheck]) {
		c.Limit = c.Limit*80 + money.Amount(strings.IndexByte(digits80, digit))
	}
	return c, nil
}
