package till

import (
	"slices"

	"tillsight/shared/errcode"
)

// alarms are what everybody at the register is to see.
type alarms struct{ notices []*errcode.Error }

// noticeFull makes sure that everybody at the register sees that its storage is
// full, and returns err.
func (a *alarms) noticeFull(err error) error {
	if errcode.Of(err) != errcode.StorageFull {
		return err
	}
	a.notice(errcode.New(errcode.StorageFull, "till", nil))
	return err
}

// notice shows e at the register, once.
func (a *alarms) notice(e *errcode.Error) {
	a.unnotice(e.Code)
	a.notices = append(a.notices, e)
}

// unnotice takes back what is over.
func (a *alarms) unnotice(code errcode.Code) {
	a.notices = slices.DeleteFunc(slices.Clone(a.notices), func(n *errcode.Error) bool { return n.Code == code })
}
