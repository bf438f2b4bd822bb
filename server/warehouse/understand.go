package warehouse

import (
	"tillsight/server/follow"
	"tillsight/shared/cube"
	"tillsight/shared/errcode"
	"tillsight/shared/fact"
	"tillsight/shared/receipt"
)

// sale is a receipt with what was worked out of it.
type sale struct {
	*receipt.Receipt
	day   cube.EpochDay
	hour  int
	count int64
}

// understand decodes the fact and checks that it makes sense; otherwise it
// notes why it must be quarantined.
func (e *entry) understand() {
	var known follow.Entry
	known, e.err = follow.Understand(e.raw)
	e.fact, e.body = known.Fact, known.Body
	if e.err != nil {
		return
	}
	if r, ok := e.body.(*receipt.Receipt); ok && e.fact.Kind != fact.ReceiptCancelled {
		e.body, e.err = understandSale(e.fact, r)
	}
}

func understandSale(f fact.Fact, r *receipt.Receipt) (s *sale, err error) {
	s = &sale{Receipt: r, hour: hourOf(r.Closed, f.Zone)}
	var ok bool
	if s.day, ok = dayOf(r.Date); !ok {
		return nil, quarantined(errcode.ClockWrong, "business date %q", r.Date)
	}
	count, _ := receipt.CountOf(r.Number)
	s.count = int64(count)
	return s, nil
}

// hourOf returns the hour of the clock on the wall, zone minutes east of UTC.
func hourOf(at int64, zone int) int {
	local := at/1000 + int64(zone)*60
	return int((local%86400 + 86400) % 86400 / 3600)
}

// reasonOf describes an error for the quarantine.
func reasonOf(err error) (code, detail string) {
	return string(errcode.Of(err)), follow.Detail(err)
}
