package main

import "time"

// clockAhead is the variable that sets the clock of every command.
const clockAhead = "TILLSIGHT_CLOCK_AHEAD"

// clock is the only clock of the program: whatever it runs is given now. It can
// be set ahead of the machine's, or with a minus behind it, so that everything
// can be tried at any time of any day.
type clock struct {
	Ahead time.Duration `hidden:"" default:"${clock_ahead}" help:"For tests: how far the program's time is ahead of the machine's."`
}

func (c clock) now() time.Time { return time.Now().Add(c.Ahead) }
