package scale

import (
	"bytes"
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tillsight/shared/errcode"
	"tillsight/shared/quantity"
)

// device answers what is written to it, a few bytes at a time.
type device struct {
	answer func(asked []byte) []byte
	piece  int
	wait   []byte
}

func (d *device) Write(b []byte) error {
	d.wait = d.answer(b)
	return nil
}

func (d *device) Read(time.Duration) ([]byte, error) {
	n := min(d.piece, len(d.wait))
	b := d.wait[:n]
	d.wait = d.wait[n:]
	return b, nil
}

func (d *device) Close() error { return nil }

// The frames are those of tests of other programs that talk to such scales: the
// request, and the answer of a scale at rest, at zero, one division a gram.
func TestMassaKFrames(t *testing.T) {
	asked := []byte{0xF8, 0x55, 0xCE, 0x01, 0x00, 0x23, 0x23, 0x00}
	answer := []byte{0xF8, 0x55, 0xCE, 0x0D, 0x00, 0x24, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0xFC, 0x23}
	for piece := 1; piece <= len(answer); piece++ {
		r, err := massaK(&device{piece: piece, answer: func(b []byte) []byte {
			if !bytes.Equal(b, asked) {
				t.Errorf("asked % X", b)
			}
			return answer
		}})
		if err != nil || r != (Reading{Stable: true}) {
			t.Errorf("in pieces of %d: %+v, %v", piece, r, err)
		}
	}
}

func TestMassaKWeights(t *testing.T) {
	body := func(weight int32, division, stable byte) []byte {
		return massaKFrame([]byte{massaKMass, byte(weight), byte(weight >> 8), byte(weight >> 16), byte(weight >> 24), division, stable, 0, 0})
	}
	for _, tt := range []struct {
		answer []byte
		want   Reading
		code   errcode.Code
	}{
		{body(842, 1, 1), Reading{Weight: 842, Stable: true}, ""},
		{body(8424, 0, 0), Reading{Weight: 842}, ""},
		{body(84, 2, 1), Reading{Weight: 840, Stable: true}, ""},
		{body(-5, 1, 1), Reading{Weight: -5, Stable: true}, ""},
		{body(1, 9, 1), Reading{}, errcode.ScaleGarbled},
		{massaKFrame([]byte{0x28, 7}), Reading{}, errcode.ScaleGarbled},
		{[]byte("ST,GS,+00.842kg\r\n"), Reading{}, errcode.ScaleGarbled},
		{nil, Reading{}, errcode.ScaleSilent},
	} {
		r, err := massaK(&device{piece: 64, answer: func([]byte) []byte { return tt.answer }})
		if r != tt.want || errcode.Of(err) != tt.code {
			t.Errorf("% X: %+v, %v", tt.answer, r, err)
		}
	}
}

// casAnswer builds what the manuals of CAS PD-II and AP-1 describe.
func casAnswer(data string) []byte {
	sum := byte(0)
	for i := range len(data) {
		sum ^= data[i]
	}
	return append(append([]byte{soh, stx}, data...), sum, etx, eot)
}

func TestCAS(t *testing.T) {
	damaged := casAnswer("S 00.842kg")
	damaged[5] ^= 1
	for _, tt := range []struct {
		answer []byte
		want   Reading
		code   errcode.Code
	}{
		{casAnswer("S 00.842kg"), Reading{Weight: 842, Stable: true}, ""},
		{casAnswer("U 12.345kg"), Reading{Weight: 12345}, ""},
		{casAnswer("S-00.010KG"), Reading{Weight: -10, Stable: true}, ""},
		{casAnswer("SFFFFFFFkg"), Reading{Over: true}, ""},
		{casAnswer("S 00.842lb"), Reading{}, errcode.ScaleGarbled},
		{damaged, Reading{}, errcode.ScaleGarbled},
		{nil, Reading{}, errcode.ScaleSilent},
	} {
		r, err := cas(&device{piece: 3, answer: func(asked []byte) []byte {
			if asked[0] == enq {
				return []byte{ack}
			}
			return tt.answer
		}})
		if r != tt.want || errcode.Of(err) != tt.code {
			t.Errorf("%q: %+v, %v", tt.answer, r, err)
		}
	}
}

// Whatever a line carries, a reading is right or there is none.
func TestNoiseIsNoWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weight := rapid.Int32Range(0, 30_000).Draw(t, "weight")
		answer := massaKFrame([]byte{massaKMass, byte(weight), byte(weight >> 8), byte(weight >> 16), byte(weight >> 24), 1, 1, 0, 0})
		bit := rapid.IntRange(0, len(answer)*8-1).Draw(t, "bit")
		answer[bit/8] ^= 1 << (bit % 8)
		if r, err := massaK(&device{piece: 64, answer: func([]byte) []byte { return answer }}); err == nil {
			t.Errorf("bit %d: %+v", bit, r)
		}
	})
}

func TestWatch(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var seen []quantity.Milli
	port := &device{piece: 64, answer: func([]byte) []byte {
		return massaKFrame([]byte{massaKMass, byte(len(seen)), 0, 0, 0, 1, 1, 0, 0})
	}}
	err := Watch(ctx, port, Protocols[0], func(time.Duration) {}, func(r Reading, err error) {
		if err != nil {
			t.Error(err)
		}
		if seen = append(seen, r.Weight); len(seen) == 3 {
			stop()
		}
	})
	if err != nil || len(seen) != 3 || seen[2] != 2 {
		t.Errorf("saw %v, %v", seen, err)
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add([]byte{0xF8, 0x55, 0xCE, 0x0D, 0x00, 0x24, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0xFC, 0x23})
	f.Add(casAnswer("S 00.842kg"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		for _, p := range Protocols {
			r, err := p.Weigh(&device{piece: 5, answer: func([]byte) []byte { return answer }})
			if err == nil && r.Good() && r.Weight > 1<<31*1000 {
				t.Errorf("%s: %+v", p.ID, r)
			}
		}
	})
}
