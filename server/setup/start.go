package setup

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"slices"
	"sync"
	"time"

	"tillsight/server/attempt"
	"tillsight/shared/chain"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/sqlite"
	"tillsight/shared/tax"
	wire "tillsight/shared/wire/office"
)

// LinkLife is how long the link to a new server's set-up is good.
const LinkLife = time.Hour

// Users are the people who may log in.
type Users interface {
	Count() (int, error)
	Check(u wire.User, password string) error
	Add(u wire.User, password string) error
}

// Start is the set-up of a server on which nobody can log in yet. Whoever has the
// link that it prints becomes its owner; the link is good once.
type Start struct {
	Writer
	Users  Users
	Now    func() time.Time
	Tries  *attempt.Limiter                                                 // by address
	Sample func(classes []tax.Class, from time.Time) ([]refdata.Row, error) // goods to begin with

	mu    sync.Mutex
	key   [sha256.Size]byte // of the key
	until time.Time         // zero: there is no link
}

// Link returns a new key, in place of the one before, "" when somebody can log in.
func (s *Start) Link() (key string, err error) {
	if n, err := s.Users.Count(); err != nil || n > 0 {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key = rand.Text()
	s.key, s.until = sha256.Sum256([]byte(key)), s.Now().Add(LinkLife)
	return key, nil
}

// Check refuses a key that is not the link's, or that has had its time, with
// errcode.SetupLink.
func (s *Start) Check(key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.check(key)
}

func (s *Start) check(key string) error {
	sum := sha256.Sum256([]byte(key))
	if s.until.IsZero() || !s.Now().Before(s.until) || subtle.ConstantTimeCompare(sum[:], s.key[:]) != 1 {
		return errcode.New(errcode.SetupLink, "setup", nil)
	}
	if n, err := s.Users.Count(); err != nil || n > 0 {
		if err == nil {
			err = errcode.New(errcode.SetupLink, "setup", fmt.Errorf("%d people can log in", n))
		}
		return err
	}
	return nil
}

// SetUp writes the chain and makes its owner, an administrator. What the owner's
// form lacks is told before anything is written.
func (s *Start) SetUp(q wire.Setup) (done wire.SetupDone, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.check(q.Key); err != nil {
		return done, err
	}
	owner := wire.User{Login: q.Owner.Login, Name: q.Owner.Name, Role: "admin", Lang: q.Owner.Lang, All: true, Personal: true}
	if err := s.Users.Check(owner, q.Password); err != nil {
		return done, err
	}
	if done.Problems = missing(q.Chain); len(done.Problems) > 0 {
		return done, nil
	}
	result, err := s.Write(q.Chain)
	if err != nil || len(result.Problems) > 0 {
		return wire.SetupDone{Problems: result.Problems}, err
	}
	if q.Sample {
		if err := s.addSample(q.Chain.Taxes); err != nil {
			return done, err
		}
	}
	if err := s.Users.Add(owner, q.Password); err != nil {
		return done, err
	}
	s.until = time.Time{}
	return done, nil
}

// missing names what a till can't sell without.
func missing(c chain.Chain) (list []chain.Problem) {
	need := func(field string, there bool) {
		if !there {
			list = append(list, chain.Problem{Field: field, Code: chain.Empty})
		}
	}
	need("company.name", c.Company.Name != "")
	need("taxes", len(c.Taxes) > 0)
	need("stores", len(c.Stores) > 0)
	need("employees", len(c.Employees) > 0)
	for i, store := range c.Stores {
		need(fmt.Sprintf("stores[%d].tills", i), len(store.Tills) > 0)
	}
	for i, e := range c.Employees {
		need(fmt.Sprintf("employees[%d].pin", i), e.PIN != "")
	}
	return list
}

func (s *Start) addSample(rates []chain.Rate) error {
	var classes []tax.Class
	for _, r := range rates {
		if !slices.Contains(classes, r.Class) {
			classes = append(classes, r.Class)
		}
	}
	rows, err := s.Sample(classes, s.Now())
	if err != nil {
		return fmt.Errorf("sample of goods: %w", err)
	}
	_, err = s.Feed.Change(func(tx *sqlite.Tx) (int64, error) { return refdata.Put(tx, rows) })
	return err
}
