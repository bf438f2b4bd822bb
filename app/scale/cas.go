package scale

import (
	"strings"

	"tillsight/shared/money"
	"tillsight/shared/quantity"
)

// Control characters of the conversation that CAS PD-II (type 6), CAS SW-II and
// AP-1 and Ohaus Aviator 7000 have with cash registers.
const (
	soh = 0x01
	stx = 0x02
	etx = 0x03
	eot = 0x04
	enq = 0x05
	ack = 0x06
	dc1 = 0x11
)

// casLen is SOH STX, state, sign, six of weight, two of unit, checksum, ETX EOT.
const casLen = 2 + 1 + 1 + 6 + 2 + 1 + 2

// cas asks whether the scale is ready, then for the weight alone.
func cas(port Port) (Reading, error) {
	if err := port.Write([]byte{enq}); err != nil {
		return Reading{}, err
	}
	ready := func(b []byte) int {
		if b[len(b)-1] == ack {
			return len(b)
		}
		return -1
	}
	if _, err := read(port, ready); err != nil {
		return Reading{}, err
	}
	if err := port.Write([]byte{dc1}); err != nil {
		return Reading{}, err
	}
	b, err := read(port, func(b []byte) int {
		if b[0] != soh {
			return -1
		}
		return len(b) / casLen * casLen
	})
	if err != nil {
		return Reading{}, err
	}
	return casReading(b[:casLen])
}

func casReading(b []byte) (Reading, error) {
	data, sum := b[2:casLen-3], byte(0)
	for _, c := range data {
		sum ^= c
	}
	if b[1] != stx || b[casLen-2] != etx || b[casLen-1] != eot || sum != b[casLen-3] {
		return Reading{}, garbled("checksum")
	}
	state, sign, text, unit := data[0], data[1], string(data[2:8]), strings.TrimSpace(string(data[8:10]))
	if sign == 'F' {
		return Reading{Over: true}, nil
	}
	if !strings.EqualFold(unit, "kg") {
		return Reading{}, garbled("unit")
	}
	weight, err := money.Decimal(strings.TrimSpace(text), 3)
	if err != nil {
		return Reading{}, garbled("weight")
	}
	if sign == '-' {
		weight = -weight
	}
	return Reading{Weight: quantity.Milli(weight), Stable: state == 'S'}, nil
}
