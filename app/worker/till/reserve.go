package till

import (
	"errors"

	"tillsight/shared/errcode"
)

// reserveFile is space put by for the moment when the quota is used up: freed,
// it lets the open receipt and the end of the shift be written.
const (
	reserveFile = "reserve"
	reserveSize = 2 << 20
)

// keepReserve puts the space by when it is not there.
func (s *Session) keepReserve() {
	if err := s.makeReserve(); err != nil && errcode.Of(err) != errcode.StorageFull {
		s.log("keep reserve", err)
	}
}

func (s *Session) makeReserve() (err error) {
	f, err := s.dir.Open(reserveFile, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Size()
	if err != nil || size >= reserveSize {
		return err
	}
	const piece = 256 << 10
	zeros := make([]byte, piece)
	for at := size; at < reserveSize; at += piece {
		if _, err := f.WriteAt(zeros, at); err != nil {
			return err
		}
	}
	return f.Flush()
}

// freeReserve gives the space back and reports whether there was any. People
// are told: what is left is enough to finish, not to go on.
func (s *Session) freeReserve() bool {
	names, err := s.dir.List()
	if err != nil {
		s.log("free reserve", err)
		return false
	}
	for _, name := range names {
		if name != reserveFile {
			continue
		}
		if err := s.dir.Remove(reserveFile); err != nil {
			s.log("free reserve", err)
			return false
		}
		s.notices = append(s.notices, errcode.New(errcode.StorageFull, "till", nil))
		return true
	}
	return false
}
