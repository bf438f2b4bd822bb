package staff

import (
	"crypto/subtle"
	"strconv"

	"golang.org/x/crypto/argon2"

	"tillsight/shared/errcode"
)

// Cost of a PIN's hash (OWASP's minimum for Argon2id). A till pays it once for
// a sign-in; who steals the table pays it for every guess.
const (
	pinTime    = 2
	pinMemory  = 19 << 10 // KiB
	pinThreads = 1
	pinLength  = 32
)

// Length of a PIN in digits.
const (
	PINMin = 4
	PINMax = 8
)

// SaltLength is how many random bytes a PIN's salt has.
const SaltLength = 16

// CheckPIN refuses what is no PIN, with errcode.Invalid.
func CheckPIN(pin string) error {
	bad := len(pin) < PINMin || len(pin) > PINMax
	for i := range len(pin) {
		bad = bad || pin[i] < '0' || pin[i] > '9'
	}
	if bad {
		return errcode.New(errcode.Invalid, "staff.CheckPIN", nil).
			With("min", strconv.Itoa(PINMin)).With("max", strconv.Itoa(PINMax))
	}
	return nil
}

// HashPIN returns the Argon2id hash of pin with salt. It takes some 20 MiB for
// the time of the call.
func HashPIN(pin string, salt []byte) []byte {
	return argon2.IDKey([]byte(pin), salt, pinTime, pinMemory, pinThreads, pinLength)
}

// HasPIN reports whether pin is the employee's.
func (e Employee) HasPIN(pin string) bool {
	if e.Gone || len(e.PINSalt) == 0 || len(e.PINHash) == 0 {
		return false
	}
	return subtle.ConstantTimeCompare(HashPIN(pin, e.PINSalt), e.PINHash) == 1
}
