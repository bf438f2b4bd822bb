package user

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"

	"golang.org/x/crypto/argon2"
)

// Argon2id with the parameters that OWASP's cheat sheet names first for it:
// 19 MiB, 2 passes, 1 lane.
const (
	memory  = 19 * 1024 // KiB
	passes  = 2
	lanes   = 1
	keySize = 32
)

// decoy is checked when there is no such login, so that the answer takes as long.
const decoy = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

var b64 = base64.RawStdEncoding

// hashPassword returns the PHC string of password with a new salt.
func hashPassword(password string, random io.Reader) (string, error) {
	salt := make([]byte, 16)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	key := argon2.IDKey([]byte(password), salt, passes, memory, lanes, keySize)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, lanes,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// checkPassword reports whether password is the one of the PHC string hash.
func checkPassword(hash, password string) bool {
	var (
		version    int
		m, t       uint32
		p          uint8
		salt, want string
	)
	n, err := fmt.Sscanf(hash, "$argon2id$v=%d$m=%d,t=%d,p=%d$%22s$%43s", &version, &m, &t, &p, &salt, &want)
	if err != nil || n != 6 || version != argon2.Version {
		return false
	}
	rawSalt, err := b64.DecodeString(salt)
	if err != nil {
		return false
	}
	rawWant, err := b64.DecodeString(want)
	if err != nil {
		return false
	}
	got := argon2.IDKey([]byte(password), rawSalt, t, m, p, uint32(len(rawWant)))
	return subtle.ConstantTimeCompare(got, rawWant) == 1
}
