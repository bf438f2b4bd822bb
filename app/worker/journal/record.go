package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"

	"tillsight/shared/fact"
)

// A record is, in little-endian order: u32 length of the fact, u32 CRC-32C of
// what follows, u64 number, i64 time in unix ms, 32 bytes hash of the fact
// before, the fact. A length of 0 ends a segment.
const (
	recordHead = 56
	lengthMax  = fact.BytesMax
	skipMax    = 1 << 20 // numbers that damage may have swallowed at once
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type record struct {
	seq  uint64
	at   int64
	prev fact.Hash
	raw  []byte // the fact; shares memory with what was parsed
}

func (r record) size() int64 { return recordHead + int64(len(r.raw)) }

func appendRecord(dst []byte, r record) []byte {
	start := len(dst)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(r.raw)))
	dst = binary.LittleEndian.AppendUint32(dst, 0)
	dst = binary.LittleEndian.AppendUint64(dst, r.seq)
	dst = binary.LittleEndian.AppendUint64(dst, uint64(r.at))
	dst = append(dst, r.prev[:]...)
	dst = append(dst, r.raw...)
	sum := crc32.Checksum(dst[start+8:], castagnoli)
	binary.LittleEndian.PutUint32(dst[start+4:], sum)
	return dst
}

// parseRecord returns the record that b begins with; ok is false when it does
// not verify.
func parseRecord(b []byte) (r record, ok bool) {
	if len(b) < recordHead {
		return r, false
	}
	n := int(binary.LittleEndian.Uint32(b))
	if n == 0 || n > lengthMax || n > len(b)-recordHead {
		return r, false
	}
	b = b[:recordHead+n]
	if crc32.Checksum(b[8:], castagnoli) != binary.LittleEndian.Uint32(b[4:]) {
		return r, false
	}
	r.seq = binary.LittleEndian.Uint64(b[8:])
	r.at = int64(binary.LittleEndian.Uint64(b[16:]))
	r.prev = fact.Hash(b[24:recordHead])
	r.raw = b[recordHead:]
	return r, true
}

// nextRecord returns the first offset at or after off where a record of number
// least or a little later verifies, or -1.
func nextRecord(b []byte, off int64, least uint64) int64 {
	for ; off+recordHead < int64(len(b)); off++ {
		if b[off+3] != 0 { // lengths have a zero in the highest byte
			continue
		}
		seq := binary.LittleEndian.Uint64(b[off+8:])
		if seq < least || seq > least+skipMax {
			continue
		}
		if _, ok := parseRecord(b[off:]); ok {
			return off
		}
	}
	return -1
}

// nextRecordAny returns the offset of the first record of any number, or -1.
func nextRecordAny(b []byte) int64 {
	for off := int64(0); off+recordHead < int64(len(b)); off++ {
		if b[off+3] != 0 {
			continue
		}
		if _, ok := parseRecord(b[off:]); ok {
			return off
		}
	}
	return -1
}

// used returns the length of b without the zeros at its end.
func used(b []byte) int64 {
	return int64(len(bytes.TrimRight(b, "\x00")))
}

// A segment begins with: 8 bytes magic, u32 CRC-32C of what follows, u32 epoch,
// u64 number of its first fact, i64 time of that fact, 32 bytes hash of the
// fact before it, 16 bytes of the SHA-256 of the device.
const segmentHead = 80

const magic = "TSJOURN1"

type head struct {
	epoch  uint32
	first  uint64
	at     int64
	prev   fact.Hash
	device [16]byte
}

func deviceMark(device string) [16]byte {
	sum := sha256.Sum256([]byte(device))
	return [16]byte(sum[:16])
}

func appendHead(dst []byte, h head) []byte {
	start := len(dst)
	dst = append(dst, magic...)
	dst = binary.LittleEndian.AppendUint32(dst, 0)
	dst = binary.LittleEndian.AppendUint32(dst, h.epoch)
	dst = binary.LittleEndian.AppendUint64(dst, h.first)
	dst = binary.LittleEndian.AppendUint64(dst, uint64(h.at))
	dst = append(dst, h.prev[:]...)
	dst = append(dst, h.device[:]...)
	sum := crc32.Checksum(dst[start+12:], castagnoli)
	binary.LittleEndian.PutUint32(dst[start+8:], sum)
	return dst
}

func parseHead(b []byte) (h head, ok bool) {
	if len(b) < segmentHead || string(b[:8]) != magic {
		return h, false
	}
	b = b[:segmentHead]
	if crc32.Checksum(b[12:], castagnoli) != binary.LittleEndian.Uint32(b[8:]) {
		return h, false
	}
	h.epoch = binary.LittleEndian.Uint32(b[12:])
	h.first = binary.LittleEndian.Uint64(b[16:])
	h.at = int64(binary.LittleEndian.Uint64(b[24:]))
	h.prev = fact.Hash(b[32:64])
	h.device = [16]byte(b[64:80])
	return h, true
}
