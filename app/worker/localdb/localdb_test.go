package localdb

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tillsight/app/opfs"
	"tillsight/app/worker/journal"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	"tillsight/shared/shift"
)

var ada = journal.Identity{Device: "dev-ada", Epoch: 1, Store: "S1", Till: 3}

// till is a journal and its projection over one directory.
type till struct {
	dir     opfs.Dir
	j       *journal.Journal
	db      *DB
	report  journal.Report
	notices []*errcode.Error
}

func openTill(dir opfs.Dir) (*till, error) {
	s := &till{dir: dir}
	var err error
	if s.j, s.report, err = journal.Open(dir, ada); err != nil {
		return nil, err
	}
	s.db, s.notices, err = Open(dir, ada, s.j)
	return s, err
}

func mustTill(t *testing.T, dir opfs.Dir) *till {
	t.Helper()
	if err := journal.Create(dir, ada); err != nil {
		t.Fatal(err)
	}
	s, err := openTill(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *till) close(t *testing.T) {
	t.Helper()
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.j.Close(); err != nil {
		t.Fatal(err)
	}
}

func (s *till) do(kind fact.Kind, at int64, body any) error {
	f, raw, err := s.j.Append(fact.Header{Kind: kind, Version: 1, At: at}, body)
	if err != nil {
		return err
	}
	return s.db.Apply(f, raw)
}

func (s *till) must(t *testing.T, kind fact.Kind, at int64, body any) {
	t.Helper()
	if err := s.do(kind, at, body); err != nil {
		t.Fatal(err)
	}
}

// saleOf is receipt n of a shift: lines lines of 10.00 with 20 % VAT included.
func saleOf(n, shiftNumber, lines int) receipt.Receipt {
	r := receipt.Receipt{
		ID:     fmt.Sprintf("id-%05d", n),
		Number: fmt.Sprintf("S1-3-%06d", n),
		Type:   receipt.Sale,
		State:  receipt.Paid,
		Shift:  shiftNumber,
		Closed: int64(10_000 + n),
		Total:  money.Amount(1000 * lines),
	}
	for i := range lines {
		r.Lines = append(r.Lines, receipt.Line{N: i + 1, SKU: "100", Quantity: 1000, Price: 1000, Gross: 1000, Net: 1000, Tax: 167, TaxBP: 2000})
	}
	r.Tax = []receipt.TaxTotal{{BP: 2000, Base: r.Total - r.Total/6, Tax: r.Total / 6}}
	r.Tenders = []receipt.Tender{{Kind: receipt.Cash, Amount: r.Total + 500}}
	r.Change = 500
	return r
}

// day sells n receipts in a shift.
func (s *till) day(t *testing.T, from, n int) {
	t.Helper()
	s.must(t, fact.ShiftOpened, 1, fact.ShiftOpening{Number: 7, Float: 5000, By: "e1"})
	for i := from; i < from+n; i++ {
		s.must(t, fact.SaleRegistered, int64(10_000+i), saleOf(i, 7, 1+i%3))
	}
}

func TestProjection(t *testing.T) { projection(t, opfs.NewMemory()) }

// projection tests a till's day on an empty directory.
func projection(t *testing.T, dir opfs.Dir) {
	s := mustTill(t, dir)
	if _, ok, err := s.db.Shift(); ok || err != nil {
		t.Errorf("new till has a shift, %v", err)
	}
	s.day(t, 1, 9)
	s.must(t, fact.CashMoved, 20_000, shift.CashMove{Shift: 7, Amount: -2000, Reason: "bank", By: "e1"})
	cancelled := saleOf(10, 7, 2)
	cancelled.State, cancelled.Tenders, cancelled.Change = receipt.Cancelled, nil, 0
	s.must(t, fact.ReceiptCancelled, 20_001, cancelled)
	check := func(s *till) {
		t.Helper()
		// 9 sales of 2, 3, 1, … lines of 10.00: 18 lines, 180.00.
		sh, ok, err := s.db.Shift()
		if err != nil || !ok || sh.Sales.Receipts != 9 || sh.Sales.Total != 18_000 || sh.Cancelled != 1 ||
			sh.Cash != 5000+18_000-2000 || sh.CashOut != 2000 || sh.First != "S1-3-000001" || sh.Last != "S1-3-000010" {
			t.Errorf("shift %+v, %v", sh, err)
		}
		if err := sh.Verify(); err != nil {
			t.Errorf("shift %+v: %v", sh, err)
		}
		if n, err := s.db.Counter(); n != 10 || err != nil {
			t.Errorf("counter %d, %v", n, err)
		}
		rows, err := s.db.Receipts("", 3)
		if err != nil || len(rows) != 3 || rows[0].ID != "id-00010" || rows[0].State != receipt.Cancelled || rows[2].Number != "S1-3-000008" {
			t.Errorf("receipts %+v, %v", rows, err)
		}
		if rows, err = s.db.Receipts("00005", 10); err != nil || len(rows) != 1 || rows[0].Total != 3000 || rows[0].Count != 3 {
			t.Errorf("receipt 5 %+v, %v", rows, err)
		}
		r, err := s.db.Receipt("id-00004")
		if want := saleOf(4, 7, 2); err != nil || !reflect.DeepEqual(r, want) {
			t.Errorf("receipt 4 %+v, %v", r, err)
		}
		if _, err := s.db.Receipt("nobody"); errcode.Of(err) != errcode.NotFound {
			t.Errorf("unknown receipt: %v", err)
		}
		if err := s.db.Check(); err != nil {
			t.Errorf("check: %v", err)
		}
	}
	check(s)
	s.close(t)
	s = mustTill(t, dir)
	check(s)
	s.close(t)

	// Without the database all is made again from the journal.
	if err := dir.Remove("local-1.db"); err != nil {
		t.Fatal(err)
	}
	s = mustTill(t, dir)
	check(s)
	closed, _, err := s.db.Shift()
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(nil, "e1", 30_000); err != nil {
		t.Fatal(err)
	}
	s.must(t, fact.ShiftClosed, 30_000, closed)
	if sh, _, err := s.db.Shift(); err != nil || sh.IsOpen() || sh.Sales.Total != 18_000 {
		t.Errorf("closed shift %+v, %v", sh, err)
	}
	s.close(t)
}

func TestFailures(t *testing.T) {
	dir := opfs.NewMemory()
	s := mustTill(t, dir)
	for want := 1; want <= 3; want++ {
		if n, err := s.db.CountFailure("", int64(want)); n != want || err != nil {
			t.Errorf("attempt %d counted as %d, %v", want, n, err)
		}
	}
	s.must(t, fact.SignInRefused, 50, fact.SignIn{Employee: "e2", Failures: 4})
	// The count is durable at once: a cut does not give attempts back.
	after, err := openTill(dir.Crash(rand.New(rand.NewPCG(1, 1))))
	if err != nil {
		t.Fatal(err)
	}
	if n, last, err := after.db.Failures(""); n != 3 || last != 3 || err != nil {
		t.Errorf("%d failures, last %d, %v", n, last, err)
	}
	if n, last, err := after.db.Failures("e2"); n != 4 || last != 50 || err != nil {
		t.Errorf("e2: %d failures, last %d, %v", n, last, err)
	}
	after.must(t, fact.SignedIn, 60, fact.SignIn{Employee: "e2"})
	for employee, want := range map[string]int{"": 2, "e2": 0} {
		if n, _, err := after.db.Failures(employee); n != want || err != nil {
			t.Errorf("%q after signing in: %d, want %d, %v", employee, n, want, err)
		}
	}
	if err := after.db.Forgive(5); err != nil {
		t.Fatal(err)
	}
	if n, _, err := after.db.Failures(""); n != 0 || err != nil {
		t.Errorf("after five were forgiven: %d, %v", n, err)
	}
	after.close(t)
	s.close(t)
}

// TestNonsense applies facts that make no sense: none of them stops the next.
func TestNonsense(t *testing.T) {
	s := mustTill(t, opfs.NewMemory())
	defer s.close(t)
	s.must(t, fact.SaleRegistered, 1, saleOf(1, 99, 2)) // no such shift
	s.must(t, fact.SaleRegistered, 1, "not a receipt")
	s.must(t, fact.ShiftOpened, 1, []int{1})
	s.must(t, fact.CashMoved, 1, shift.CashMove{Shift: 1, Amount: 5})
	s.must(t, fact.Kind("Later"), 1, map[string]int{"a": 1})
	s.must(t, fact.SaleRegistered, 1, saleOf(1, 99, 2)) // the same receipt again
	if rows, err := s.db.Receipts("", 10); err != nil || len(rows) != 1 {
		t.Errorf("%d receipts, %v", len(rows), err)
	}
	if n := s.db.Applied(); n != 6 {
		t.Errorf("applied %d", n)
	}
}

// TestDamagedDatabase breaks the database file in ways and expects it made anew.
func TestDamagedDatabase(t *testing.T) {
	for name, harm := range map[string]func(*opfs.Memory){
		"header":    func(m *opfs.Memory) { m.Flip("local-1.db", 3, 0xff) },
		"all pages": func(m *opfs.Memory) { scribble(m, "local-1.db", 100) },
		"schema":    func(m *opfs.Memory) { scribble(m, "local-1.db", 150) },
	} {
		dir := opfs.NewMemory()
		s := mustTill(t, dir)
		s.day(t, 1, 20)
		want, _, err := s.db.Shift()
		if err != nil {
			t.Fatal(err)
		}
		s.close(t)
		harm(dir)
		s = mustTill(t, dir)
		if len(s.notices) != 1 || s.notices[0].Code != errcode.DBRebuilt {
			t.Errorf("%s: notices %v", name, s.notices)
		}
		if got, _, err := s.db.Shift(); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: shift %+v, want %+v, %v", name, got, want, err)
		}
		if rows, err := s.db.Receipts("", 100); err != nil || len(rows) != 20 {
			t.Errorf("%s: %d receipts, %v", name, len(rows), err)
		}
		s.must(t, fact.SaleRegistered, 1, saleOf(21, 7, 1))
		s.close(t)
		names, err := dir.List()
		if err != nil || !slices.Contains(names, "local-1.db") || !slices.Contains(names, "local-2.db") {
			t.Errorf("%s: files %q, want the damaged one kept", name, names)
		}
	}
}

// scribble flips every byte from off to the end.
func scribble(m *opfs.Memory, name string, off int64) {
	for ; m.Flip(name, off, 0xa5); off++ {
	}
}

// TestFill makes a projection anew that is far behind: the running shift and
// the counter are there at once, earlier receipts come when there is time.
func TestFill(t *testing.T) {
	dir := opfs.NewMemory()
	s := mustTill(t, dir)
	s.day(t, 1, 300)
	s.day(t, 301, 400)
	s.day(t, 701, 500) // the running shift
	s.must(t, fact.CashMoved, 20_000, shift.CashMove{Shift: 7, Amount: -2000, Reason: "bank", By: "e1"})
	want, _, err := s.db.Shift()
	if err != nil {
		t.Fatal(err)
	}
	s.close(t)
	scribble(dir, "local-1.db", 100)
	s = mustTill(t, dir)
	if got, _, err := s.db.Shift(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("shift %+v, want %+v, %v", got, want, err)
	}
	if n, err := s.db.Counter(); n != 1200 || err != nil {
		t.Errorf("counter %d, %v", n, err)
	}
	if _, err := s.db.Receipt("id-00300"); errcode.Of(err) != errcode.NotFound {
		t.Errorf("an early receipt is there at once: %v", err)
	}
	for left, rounds := 702, 0; left > 0; rounds++ {
		before := left
		if left, err = s.db.Fill(s.j, 90); err != nil || left >= before {
			t.Fatalf("%d left of %d, %v", left, before, err)
		}
		if rounds == 2 { // a restart in between
			s.close(t)
			s = mustTill(t, dir)
		}
		s.must(t, fact.SaleRegistered, 1, saleOf(1201+rounds, 7, 1))
	}
	for _, n := range []int{1, 300, 301, 700, 701, 1200, 1205} {
		if r, err := s.db.Receipt(fmt.Sprintf("id-%05d", n)); err != nil || r.Number != saleOf(n, 7, 1).Number {
			t.Errorf("receipt %d: %s, %v", n, r.Number, err)
		}
	}
	if got, _, err := s.db.Shift(); err != nil || got.Sales.Receipts != want.Sales.Receipts+8 {
		t.Errorf("after filling the shift has %d receipts, want %d, %v", got.Sales.Receipts, want.Sales.Receipts+8, err)
	}
	if err := s.db.Check(); err != nil {
		t.Error(err)
	}
	s.close(t)
}

// TestHealing flips a byte of each of several facts in the journal: the
// projection gives them back, also the last one, which looks like a torn tail.
func TestHealing(t *testing.T) {
	base := opfs.NewMemory()
	s := mustTill(t, base)
	s.day(t, 1, 12)
	want := map[uint64]string{}
	collect := func(seq uint64, raw []byte) error {
		want[seq] = string(raw)
		return nil
	}
	if err := s.j.Each(0, collect); err != nil {
		t.Fatal(err)
	}
	s.close(t)
	text := string(base.Bytes("journal-000001"))
	for seq := range want {
		dir := base.Reopen()
		dir.Flip("journal-000001", int64(strings.Index(text, want[seq])+40), 2)
		s, err := openTill(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.report.Notices()) == 0 {
			t.Errorf("fact %d: damage is not reported", seq)
		}
		got := map[uint64]string{}
		if err := s.j.Each(0, func(seq uint64, raw []byte) error {
			got[seq] = string(raw)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("fact %d damaged: %d facts of %d come back", seq, len(got), len(want))
		}
		if f, _, err := s.j.Append(fact.Header{Kind: fact.SignedIn, Version: 1}, fact.SignIn{}); err != nil || f.Seq != 14 {
			t.Errorf("fact %d damaged: next number %d, %v", seq, f.Seq, err)
		}
		s.close(t)
	}
}

// TestOtherIdentity gives a register enrolled anew an empty projection.
func TestOtherIdentity(t *testing.T) {
	dir := opfs.NewMemory()
	s := mustTill(t, dir)
	s.day(t, 1, 3)
	s.close(t)
	bob := ada
	bob.Epoch = 2
	if err := journal.Create(dir, bob); err != nil {
		t.Fatal(err)
	}
	j, _, err := journal.Open(dir, bob)
	if err != nil {
		t.Fatal(err)
	}
	db, notices, err := Open(dir, bob, j)
	if err != nil || len(notices) > 0 {
		t.Fatalf("open: %v, %v", notices, err)
	}
	if rows, err := db.Receipts("", 10); err != nil || len(rows) != 0 {
		t.Errorf("%d receipts, %v", len(rows), err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestFullDisk sells until there is no room for the projection: sales go on in
// the journal, and the projection catches up once there is room.
func TestFullDisk(t *testing.T) {
	dir := opfs.NewMemory()
	s := mustTill(t, dir)
	s.day(t, 1, 3)
	names, err := dir.List()
	if err != nil {
		t.Fatal(err)
	}
	used := 0
	for _, name := range names {
		used += len(dir.Bytes(name))
	}
	dir.SetQuota(int64(used))
	full := 0
	for n := 4; n < 60; n++ {
		f, raw, err := s.j.Append(fact.Header{Kind: fact.SaleRegistered, Version: 1}, saleOf(n, 7, 20))
		if err != nil {
			t.Fatalf("sale %d: %v", n, err)
		}
		if err := s.db.Apply(f, raw); errcode.Of(err) == errcode.StorageFull {
			full++
		} else if err != nil && full == 0 {
			t.Fatalf("apply %d: %v", n, err)
		}
	}
	if full == 0 {
		t.Error("the projection never met the quota")
	}
	dir.SetQuota(0)
	if err := s.db.replay(s.j); err != nil {
		t.Fatal(err)
	}
	if rows, err := s.db.Receipts("", 100); err != nil || len(rows) != 59 {
		t.Errorf("%d receipts, %v", len(rows), err)
	}
	s.close(t)
}
