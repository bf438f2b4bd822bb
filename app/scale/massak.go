package scale

import (
	"bytes"
	"encoding/binary"

	"tillsight/shared/quantity"
)

// Protocol 100 of Massa-K scales: a frame is a mark, the length of the body,
// the body, of which the first byte is the command, and the body's checksum, all
// little-endian.
var massaKMark = []byte{0xF8, 0x55, 0xCE}

// Commands.
const (
	massaKGetMass = 0x23
	massaKMass    = 0x24
)

// massaKSteps are the weights of one division, in grams, by its code. Tenths of
// a gram, code 0, are rounded.
var massaKSteps = map[byte]int64{1: 1, 2: 10, 3: 100, 4: 1000}

func massaK(port Port) (Reading, error) {
	if err := port.Write(massaKFrame([]byte{massaKGetMass})); err != nil {
		return Reading{}, err
	}
	b, err := read(port, massaKWhole)
	if err != nil {
		return Reading{}, err
	}
	body := b[5 : len(b)-2]
	if massaKSum(body) != binary.LittleEndian.Uint16(b[len(b)-2:]) {
		return Reading{}, garbled("checksum")
	}
	// Command, weight in divisions, division, stable, net, zero; some add the tare.
	if len(body) < 9 || body[0] != massaKMass {
		return Reading{}, garbled("answer")
	}
	weight := int64(int32(binary.LittleEndian.Uint32(body[1:])))
	switch step, known := massaKSteps[body[5]]; {
	case known:
		weight *= step
	case body[5] == 0:
		weight = (weight + 5) / 10
	default:
		return Reading{}, garbled("division")
	}
	return Reading{Weight: quantity.Milli(weight), Stable: body[6] != 0}, nil
}

// massaKFrame wraps a body.
func massaKFrame(body []byte) []byte {
	b := append([]byte(nil), massaKMark...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(body)))
	b = append(b, body...)
	return binary.LittleEndian.AppendUint16(b, massaKSum(body))
}

func massaKWhole(b []byte) int {
	n := min(len(b), len(massaKMark))
	if !bytes.Equal(b[:n], massaKMark[:n]) {
		return -1
	}
	if len(b) < 5 {
		return 0
	}
	length := int(binary.LittleEndian.Uint16(b[3:]))
	switch end := 5 + length + 2; {
	case length == 0 || end > frameMax:
		return -1
	case len(b) < end:
		return 0
	default:
		return end
	}
}

// massaKSum is the remainder of the body divided by x^16+x^12+x^5+1, without
// the zeros that other sums of this polynomial append.
func massaKSum(body []byte) uint16 {
	sum := uint16(0)
	for _, b := range body {
		high := sum & 0xFF00
		rest := uint16(0)
		for range 8 {
			if (high^rest)&0x8000 != 0 {
				rest = rest<<1 ^ 0x1021
			} else {
				rest <<= 1
			}
			high <<= 1
		}
		sum = rest ^ sum<<8 ^ uint16(b)
	}
	return sum
}
