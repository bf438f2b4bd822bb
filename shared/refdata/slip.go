package refdata

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"tillsight/shared/barcode"
)

// Tables about slips and codes. The comment gives the row's type and the form of
// its key.
const (
	SlipKeys    = "slip_key"    // SlipKey, store/from
	CodeSamples = "code_sample" // barcode.Sample, hash of the code
)

// SlipKey seals the parking slips of a store from a moment on. Only the store's
// registers get it. A new one follows when a register is revoked or replaced;
// slips live for a day, so the one before is still taken.
type SlipKey struct {
	Store string `json:"store"`
	From  int64  `json:"from"` // unix ms
	Key   []byte `json:"key"`
}

// slipKeySize is the size of a key in bytes.
const slipKeySize = 32

func slipKey(k SlipKey) (key, store string, err error) {
	if len(k.Key) != slipKeySize || k.From <= 0 {
		return "", "", invalid("slip key of %d bytes from %d", len(k.Key), k.From)
	}
	return k.Store + "/" + strconv.FormatInt(k.From, 10), k.Store, plain(k.Store)
}

func sampleKey(s barcode.Sample) (key, store string, err error) {
	if s.Code == "" || len(s.Code) > barcode.LengthMax {
		return "", "", invalid("sample of %d characters", len(s.Code))
	}
	return SampleKey(s.Code), "", nil
}

// SampleKey is the key of the sample of a code, which may hold any character.
func SampleKey(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:8])
}

// SlipKeysOf returns the keys of a store, newest first.
func SlipKeysOf(q Querier, store string) ([]SlipKey, error) {
	all, err := tables[SlipKeys].(document[SlipKey]).all(q)
	all = slices.DeleteFunc(all, func(k SlipKey) bool { return k.Store != store })
	slices.SortFunc(all, func(a, b SlipKey) int { return int(b.From - a.From) })
	return all, err
}

// AllSamples returns the codes whose reading is known.
func AllSamples(q Querier) ([]barcode.Sample, error) {
	return tables[CodeSamples].(document[barcode.Sample]).all(q)
}
