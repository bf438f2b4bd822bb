package goods

import (
	"fmt"
	"testing"

	"tillsight/shared/errcode"
)

func TestParseStock(t *testing.T) {
	found := parseStock("100001; 12\r\n\n100002\t0,5\n100003 1 000\nslip\n100004;-1\n100005;1\u2009250\n100001;2,000\n100006;1,2,3")
	want := "[{100001 0 12} {100002 0 0,5} {100003 0 1 000} {100005 0 1\u2009250}]"
	if got := fmt.Sprint(found.rows); got != want || fmt.Sprint(found.wrong) != "[5 6 9]" || fmt.Sprint(found.twice) != "[1 = 8]" {
		t.Errorf("%s, wrong %v, twice %v", got, found.wrong, found.twice)
	}
	if found := parseStock("quantity;article\r12;100001\r"); fmt.Sprint(found.rows) != "[{100001 0 12}]" {
		t.Errorf("by headings: %+v", found)
	}
	if found := parseStock("PK\x03\x04"); errcode.Of(found.err) != errcode.FileWorkbook {
		t.Errorf("a workbook: %+v", found)
	}
	if found := parseStock(" \n"); found.err != nil || len(found.rows) > 0 {
		t.Errorf("nothing: %+v", found)
	}
}
