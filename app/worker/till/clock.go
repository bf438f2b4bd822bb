package till

import (
	"time"

	"tillsight/app/worker/syncclient"
)

// clock remembers what a reading of the device's clock has to be seen beside.
type clock struct {
	quarter int64 // quarter of an hour for which minutes holds
	minutes int   // east of UTC
	known   bool
}

// zone returns the minutes east of UTC at the store's place at a moment: that
// of the shop, not of the tablet's settings. Where the platform does not know
// the shop's zone the tablet's has to do: selling goes on.
func (s *core) zone(at time.Time) int {
	quarter := at.Unix() / 900
	if s.clock.known && s.clock.quarter == quarter {
		return s.clock.minutes
	}
	minutes, err := s.opt.Zone(s.identity.Store.Zone, at)
	if err != nil {
		s.log("zone of the store", err)
		_, east := at.Zone()
		minutes = east / 60
	}
	s.clock = clock{quarter: quarter, minutes: minutes, known: true}
	return minutes
}

// fair is the time that counts for prices and business dates: the device's
// clock, put right when the server has said in this run that it is far off.
// Facts keep what the clock said.
func (s *core) fair(now time.Time) time.Time {
	off := time.Duration(s.client.Status().ClockOff) * time.Millisecond
	if off.Abs() <= syncclient.ClockLimit {
		return now
	}
	return now.Add(-off)
}

// fairNow is fair in unix ms.
func (s *core) fairNow() int64 { return s.fair(s.opt.Now()).UnixMilli() }

// date is the business date: the calendar day at the store.
func (s *core) date(now time.Time) string {
	now = s.fair(now)
	return now.UTC().Add(time.Duration(s.zone(now)) * time.Minute).Format(time.DateOnly)
}

// wall is the store's wall clock as a time in UTC.
func (s *core) wall(now time.Time) time.Time {
	now = s.fair(now)
	return now.UTC().Add(time.Duration(s.zone(now)) * time.Minute)
}
