// Package scale reads weights from a scale at the register over a serial port.
//
// A Protocol asks the scale for one reading; Watch asks again and again. Nothing
// here decides what a weight is good for: the page shows it and sells it.
package scale

import (
	"context"
	"errors"
	"time"

	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
)

// Reading is what a scale shows.
type Reading struct {
	Weight quantity.Milli // grams, which are thousandths of a kilogram
	Stable bool           // it has come to rest
	Over   bool           // more than it can weigh; Weight means nothing
}

// Good reports whether goods of this weight can be sold.
func (r Reading) Good() bool { return r.Stable && !r.Over && r.Weight > 0 }

// Port is an open serial port.
type Port interface {
	Write(b []byte) error
	// Read returns bytes that have come, at least one, or none when nothing came
	// for as long as wait.
	Read(wait time.Duration) ([]byte, error)
	Close() error
}

// Protocol is the language of a family of scales.
type Protocol struct {
	ID   string
	Name string
	Baud int
	// Weigh asks for a reading. It fails with errcode.ScaleSilent when there is no
	// answer, errcode.ScaleGarbled when it is not understood.
	Weigh func(Port) (Reading, error)
}

// Protocols lists what is spoken.
var Protocols = []Protocol{
	{ID: "massa-k", Name: "Масса-К (100)", Baud: 57600, Weigh: massaK},
	{ID: "cas", Name: "CAS, Ohaus (ENQ/DC1)", Baud: 9600, Weigh: cas},
}

// ProtocolOf returns the protocol named id.
func ProtocolOf(id string) (Protocol, bool) {
	for _, p := range Protocols {
		if p.ID == id {
			return p, true
		}
	}
	return Protocol{}, false
}

// How long an answer may take, and how soon the next reading is asked for.
const (
	answerMax = 300 * time.Millisecond
	pause     = 150 * time.Millisecond
	frameMax  = 64
)

// Watch reads until ctx ends or the port fails, which it returns. seen hears
// every reading, or why there was none.
func Watch(ctx context.Context, port Port, p Protocol, rest func(time.Duration), seen func(Reading, error)) error {
	for ctx.Err() == nil {
		r, err := p.Weigh(port)
		if errcode.Of(err) == errcode.ScaleGone {
			return err
		}
		seen(r, err)
		rest(pause)
	}
	return nil
}

// read collects bytes until whole says that they are enough: how many belong to
// the answer, 0 for not yet, less for never.
func read(port Port, whole func([]byte) int) ([]byte, error) {
	var got []byte
	for len(got) <= frameMax {
		more, err := port.Read(answerMax)
		if err != nil {
			return nil, err
		}
		if len(more) == 0 {
			return nil, errcode.New(errcode.ScaleSilent, "scale.read", nil)
		}
		got = append(got, more...)
		switch n := whole(got); {
		case n > 0:
			return got[:n], nil
		case n < 0:
			return nil, garbled("frame")
		}
	}
	return nil, garbled("too long")
}

func garbled(what string) error {
	return errcode.New(errcode.ScaleGarbled, "scale", errors.New(what))
}
