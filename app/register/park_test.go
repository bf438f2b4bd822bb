package register

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/ui/uitest"
	"tillsight/shared/errcode"
)

func TestParkAndRecallOnTheScreen(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) { r.park() })
	d.shows("There is nothing to park")
	d.scan("4601234567893")
	d.do(func(r *register) { r.find.text = "red coat"; r.park() })
	d.called("park red coat")
	d.shows("New receipt", "0.00 ₽", "Receipt 12-3-000345 is parked", "Bring back", "Slip", "Recall 1")
	d.do(func(r *register) { r.Strip.Offers[0].Do() })
	d.called("recall p1")
	d.shows("Receipt 12-3-000345 goes on. 1 price is another one by now", "Put back", "Recall")
	d.do(func(r *register) { r.Strip.Offers[0].Do() })
	d.called("park ")

	d.do(func(r *register) { r.recall() }) // one press for the only one
	d.called("recall ")
	d.do(func(r *register) { r.park() })
	d.scan("4601234567893")
	d.do(func(r *register) { r.park() })
	d.do(func(r *register) { r.recall() })
	d.called("parked")
	d.shows("Recall 2", "Parked receipts", "12-3-000345", "12-3-000345", "server does not answer")
	d.do(on(func(s *parkedSheet) { s.showSlip("p1") }))
	d.do(func(r *register) { r.Strip.Offers[1].Do() })
	d.shows("Parked receipt 12-3-000345", "Scan the code at any till", "Print")
}

func TestSlipIsScanned(t *testing.T) {
	d := openTill(t, selling())
	d.scan("4601234567893")
	d.do(func(r *register) { r.park() })
	d.scan("TSP1ABCDEFGH01SECONDPART")
	d.shows("Part 2 of 3. Missing: 1, 3.")
	d.fake.fault = errcode.New(errcode.SlipExpired, "", nil).With("date", "2026-11-21")
	d.scan("TSP1ABCDEFGH00FIRSTPART00")
	d.shows("The slip is of 2026-11-21", "slip.expired")
	d.do(func(r *register) { r.find.text = "tsp1abcdefgh00firstpart00"; r.find.enter() })
	d.called("slip tsp1abcdefgh00firstpart00")
	d.shows("goes on")
	d.scan("4601234567893") // goods are goods again
	d.called("scan 4601234567893 ×0 typed=false")
}

// TestCloseTellsWhatWaits: Z is not stopped by parked receipts, but nobody
// closes the shift without having been told.
func TestCloseTellsWhatWaits(t *testing.T) {
	d := openTill(t, selling())
	d.do(func(r *register) {
		r.openSheet(&shiftSheet{form: r.form(), waiting: bridge.ShiftReport{Parked: 2, ParkedSum: 300_00}})
	})
	d.shows("2 receipts are still parked here, 300.00 ₽", "Parked receipts")
	d.do(func(r *register) {
		r.report = &bridge.ShiftReport{Z: true, Parked: 2, ParkedSum: 300_00}
		r.sheet, r.screen = nil, screenReport
	})
	d.shows("Parked, not paid · 2", "300.00")
}

func TestSlipPaper(t *testing.T) {
	d := openTill(t, selling())
	s := &bridge.ParkedSlip{Row: bridge.ParkedRow{Number: "12-3-000345", Note: "red coat", Total: 812_40, Count: 4, Till: 3},
		Parts: []string{strings.Repeat("TSP1", 100), strings.Repeat("TSP2", 100)}}
	d.do(func(r *register) {
		paper := r.paper().Slip(s)
		uitest.Shows(t, paper, "NOT PAID", "12-3-000345", "4 positions", "812.40", "red coat", "Code 1 of 2", "Code 2 of 2", "Scan all 2 codes")
		if html := app.HTMLString(paper); strings.Count(html, "<path") != 2 {
			t.Errorf("codes are missing: %.300s", html)
		}
		s.Parts = nil
		uitest.Shows(t, r.paper().Slip(s), "no key for codes")
		s.TooLong = true
		uitest.Shows(t, r.paper().Slip(s), "Too long")
	})
}
