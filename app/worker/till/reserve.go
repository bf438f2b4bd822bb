package till

import (
	"slices"

	"tillsight/shared/errcode"
)

// reserveFile is space that the journal puts by for the moment when the quota
// is used up: freed, it lets the open receipt and the end of the shift be written.
const reserveFile = "reserve"

// freeReserve gives the space back and reports whether there was any.
func (s *Session) freeReserve() bool {
	names, err := s.dir.List()
	if err != nil {
		s.log("free reserve", err)
		return false
	}
	if !slices.Contains(names, reserveFile) {
		return false
	}
	if err := s.dir.Remove(reserveFile); err != nil {
		s.log("free reserve", err)
		return false
	}
	return true
}

// withReserve does f, and once more with the reserve given up when there was no
// room for it.
func (s *Session) withReserve(f func() error) error {
	err := f()
	if errcode.Of(s.noticeFull(err)) == errcode.StorageFull && s.freeReserve() {
		return f()
	}
	return err
}

// noticeFull makes sure that everybody at the register sees that its storage is
// full, and returns err.
func (s *Session) noticeFull(err error) error {
	if errcode.Of(err) != errcode.StorageFull {
		return err
	}
	s.notice(errcode.New(errcode.StorageFull, "till", nil))
	return err
}

// notice shows e at the register, once.
func (s *Session) notice(e *errcode.Error) {
	s.unnotice(e.Code)
	s.notices = append(s.notices, e)
}

// unnotice takes back what is over.
func (s *Session) unnotice(code errcode.Code) {
	s.notices = slices.DeleteFunc(slices.Clone(s.notices), func(n *errcode.Error) bool { return n.Code == code })
}
