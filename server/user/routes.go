package user

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"

	"tillsight/server/routes"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
)

const actsMax = 1000

// Desk is the registry as administrators change it.
type Desk struct {
	*Registry
	Known   func(stores []string) error // refuses stores that there are not
	Changed func()                      // somebody may do something else from now on
}

// Routes are those of people, of what was done, and of what each keeps at the desk.
func (d Desk) Routes(r *routes.Registry) {
	routes.Add(r, wire.GetPeople, routes.Admin, routes.Whole,
		func(context.Context, routes.Caller, struct{}) ([]wire.Person, error) { return d.List() })
	routes.Add(r, wire.NewPerson, routes.Admin, routes.Whole, d.add)
	routes.Add(r, wire.ChangePerson, routes.Admin, routes.Whole, d.change)
	routes.Add(r, wire.GetActs, routes.Admin, routes.Whole,
		func(_ context.Context, _ routes.Caller, q wire.Newest) ([]wire.Act, error) {
			if q.Limit == 0 {
				q.Limit = actsMax
			}
			return d.Acts(min(q.Limit, actsMax))
		})
	routes.Add(r, wire.GetSaved, routes.Manager, routes.Own,
		func(_ context.Context, who routes.Caller, _ struct{}) ([]wire.DeskItem, error) {
			return d.Saved(who.User.Login)
		})
	routes.Add(r, wire.Save, routes.Manager, routes.Own,
		func(_ context.Context, who routes.Caller, q wire.DeskItem) (wire.DeskItem, error) {
			return d.Save(who.User.Login, q)
		})
}

// add lets somebody in, with a password that is made up and told this once.
func (d Desk) add(_ context.Context, who routes.Caller, u wire.User) (wire.MadePerson, error) {
	if err := d.Known(u.Stores); err != nil {
		return wire.MadePerson{}, err
	}
	password := rand.Text()[:16]
	if err := d.Add(u, password); err != nil {
		return wire.MadePerson{}, err
	}
	who.Did("person.add", strings.ToLower(u.Login))
	return d.made(u.Login, password)
}

func (d Desk) made(login, password string) (wire.MadePerson, error) {
	list, err := d.List()
	if err != nil {
		return wire.MadePerson{}, err
	}
	i := slices.IndexFunc(list, func(p wire.Person) bool { return strings.EqualFold(p.Login, login) })
	if i < 0 {
		return wire.MadePerson{}, errcode.New(errcode.NotFound, "user.made", nil)
	}
	return wire.MadePerson{Person: list[i], Password: password}, nil
}

// change changes what somebody may do, or whether they may log in at all.
func (d Desk) change(_ context.Context, who routes.Caller, q wire.PersonChange) (made wire.MadePerson, err error) {
	u := q.User
	if u.Login != "" && !strings.EqualFold(u.Login, q.Login) {
		return made, errcode.New(errcode.Invalid, "user.change", errors.New("another person in the address"))
	}
	u.Login = q.Login
	if err := d.Known(u.Stores); err != nil {
		return made, err
	}
	if err := d.Change(u); err != nil {
		return made, err
	}
	who.Did("person.change", u.Login)
	if err := d.Disable(u.Login, q.Disabled); err != nil {
		return made, err
	}
	if q.Disabled {
		who.Did("person.disable", u.Login)
	}
	password := ""
	if q.Password {
		password = rand.Text()[:16]
		if err := d.SetPassword(u.Login, password); err != nil {
			return made, err
		}
		who.Did("person.password", u.Login)
	}
	d.Changed() // live streams look again whether they may go on
	return d.made(u.Login, password)
}
