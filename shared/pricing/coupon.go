package pricing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// couponCheck is how many digits at the end of a serial code follow from the key:
// who guesses hits one of a million codes times those that were issued.
const couponCheck = 6

// Serials returns how many different serial codes a coupon has room for, 0 when
// it has none of our own.
func (k Coupon) Serials() int {
	digits := k.Length - len(k.Prefix) - couponCheck
	if k.Key == "" || k.Prefix == "" || digits < 1 {
		return 0
	}
	room := 1
	for range min(digits, 7) {
		room *= 10
	}
	return room - 1
}

// Serial returns the code of number n, counted from 1.
func (k Coupon) Serial(n int) string {
	body := fmt.Sprintf("%s%0*d", k.Prefix, k.Length-len(k.Prefix)-couponCheck, n)
	return body + k.check(body)
}

// check returns the digits that follow a code's prefix and number.
func (k Coupon) check(body string) string {
	mac := hmac.New(sha256.New, []byte(k.Key))
	mac.Write([]byte(body)) // a hash never fails to write
	return fmt.Sprintf("%0*d", couponCheck, binary.BigEndian.Uint64(mac.Sum(nil))%1_000_000)
}

// spell returns code in the coupon's own letters when they are the same but for
// large and small ones.
func (k Coupon) spell(code string) string {
	if k.Code != "" && strings.EqualFold(code, k.Code) {
		return k.Code
	}
	if n := len(k.Prefix); n > 0 && len(code) > n && strings.EqualFold(code[:n], k.Prefix) {
		return k.Prefix + code[n:]
	}
	return code
}

// isSerial reports whether code is one of the rule's serial coupons.
func (k Coupon) isSerial(code string) bool {
	if k.Prefix == "" || len(code) != k.Length || !strings.HasPrefix(code, k.Prefix) {
		return false
	}
	if k.Key == "" {
		return true
	}
	body := code[:len(code)-couponCheck]
	n, err := strconv.Atoi(body[len(k.Prefix):])
	return err == nil && n >= 1 && n <= k.Issued && hmac.Equal([]byte(k.check(body)), []byte(code[len(body):]))
}

// Taken returns those of codes that are serial coupons of the rule.
func (k Coupon) Taken(codes []string) []string {
	var list []string
	for _, code := range codes {
		if k.isSerial(code) {
			list = append(list, code)
		}
	}
	return list
}
