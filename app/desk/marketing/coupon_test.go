package marketing

import (
	"testing"

	"tillsight/shared/pricing"
)

func TestCodesFile(t *testing.T) {
	k := pricing.Coupon{Prefix: "TS", Length: 12, Key: "k", Issued: 2}
	if got, want := codesFile(k), "code\r\n"+k.Serial(1)+"\r\n"+k.Serial(2)+"\r\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
