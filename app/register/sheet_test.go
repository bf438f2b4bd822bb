package register

import "testing"

// Sheets as tests open them.
func newQuantity(r *register) sheet { return &quantitySheet{r.form()} }
func newMenu(r *register) sheet     { return &menuSheet{r.form()} }

// filled opens a sheet with text in its main field.
func filled(s func(*register) sheet, text string) func(*register) {
	return func(r *register) {
		r.openSheet(s(r))
		r.sheet.base().text = text
	}
}

// settle presses what an open sheet is there for, where a scan would do it.
func settle(r *register) { r.sheet.(settler).settle() }

// on acts on the open sheet, which is an S.
func on[S sheet](do func(S)) func(*register) { return func(r *register) { do(r.sheet.(S)) } }

// What a sheet was told dies with it, and its late answer does not close the
// next one of its kind.
func TestStateOfASheetDiesWithIt(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	d.do(func(r *register) {
		first := newDiscount(r).(*discountSheet)
		r.openSheet(first)
		first.text, first.sum, first.why.text = "5", true, "because"
		first.give(false)
		r.closeSheet()
		r.openSheet(newDiscount(r))
	})
	d.called("discount {N:1 BP:0 Amount:500 Reason:because}")
	s, open := d.till.r.sheet.(*discountSheet)
	if !open || s.text != "" || s.sum || s.why.text != "" || s.busy {
		t.Errorf("the next sheet is %+v, %v", s, open)
	}
}

// A sheet's field shows what the program put in, though it was another sheet's
// just before.
func TestFieldsOfSheetsAreWrittenAnew(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4607012345678")
	seen := map[int]bool{}
	for range 3 {
		d.do(filled(newQuantity, "7"))
		d.do(func(r *register) { r.sheet.base().put("77") })
		if rev := d.till.r.sheet.base().rev; seen[rev] {
			t.Fatalf("revision %d twice: the field keeps its old text", rev)
		} else {
			seen[rev] = true
		}
		d.do((*register).closeSheet)
	}
}
