package device

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"time"

	"tillsight/server/attempt"
	"tillsight/server/journal"
	"tillsight/server/routes"
	"tillsight/shared/errcode"
	"tillsight/shared/refdata"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
	"tillsight/shared/wire/sync"
)

// Journal is what registers told so far.
type Journal interface {
	Chains() ([]journal.Chain, error)
	Raise(ctx context.Context, store string, till int, counter uint64, shift int) error
	Highest(store string, till int) (counter uint64, shift int, err error)
}

// Reference is what a register begins with.
type Reference interface {
	View(func(refdata.Querier) error) error
	Snapshot(store string) (sync.Snapshot, error)
	SealSlips(store string, fresh bool, random io.Reader) error
}

// Desk is the registry as registers enter it and administrators see it.
type Desk struct {
	*Registry
	Journal   Journal
	Reference Reference
	Tries     *attempt.Limiter // of enrolment codes, by address
	Changed   func()           // a register may do something else from now on
	Log       *slog.Logger
}

// Routes are those of registers as such.
func (d Desk) Routes(r *routes.Registry) {
	routes.Add(r, sync.Enrol, routes.Anybody, routes.Nothing, d.enrol)
	routes.Add(r, office.GetDevices, routes.Admin, routes.Whole, d.list)
	routes.Add(r, office.GetTills, routes.Admin, routes.Whole, d.tills)
	routes.Add(r, office.NewCode, routes.Admin, routes.Whole, d.newCode)
	routes.Add(r, office.Revoke, routes.Admin, routes.Whole, d.revoke)
}

// Caller is the register as routes know it.
func (d Device) Caller() routes.Device {
	return routes.Device{ID: d.ID, Store: d.Store, Till: d.Till, Epoch: d.Epoch, Replaced: d.Replaced}
}

// enrol makes a tablet a register. The snapshot is made first: a code that was
// taken for nothing would have to be asked for again.
func (d Desk) enrol(ctx context.Context, who routes.Caller, q sync.EnrolRequest) (e sync.Enrolment, err error) {
	if wait := d.Tries.Begin(who.Address); wait > 0 {
		return e, errcode.New(errcode.TooMany, "device.enrol", nil).With("seconds", strconv.Itoa(int(wait/time.Second)+1))
	}
	store, till, err := d.Place(q.Code)
	if err != nil {
		return e, err
	}
	e.Till = till
	if e.Snapshot, err = d.Reference.Snapshot(store); err != nil {
		return e, err
	}
	err = d.Reference.View(func(q refdata.Querier) (err error) {
		e.Store, _, err = refdata.Store(q, store)
		return err
	})
	if err != nil {
		return e, err
	}
	// What may fail comes before the code is used up.
	if err := d.Reference.SealSlips(store, false, rand.Reader); err != nil {
		return e, err
	}
	if f := q.Former; f != nil && f.Store == store {
		if err := d.Journal.Raise(ctx, f.Store, f.Till, f.Counter, f.Shift); err != nil {
			return e, err
		}
	}
	made, token, err := d.Enrol(q.Code, q.Name, q.Former)
	if err != nil {
		return e, err
	}
	if made.Epoch > 1 {
		if err := d.Reference.SealSlips(store, true, rand.Reader); err != nil {
			d.Log.Error("the store's slips keep their key", slog.String("store", store), slog.Any("error", err))
		}
	}
	d.Tries.Succeeded(who.Address)
	d.Changed() // whoever stood there is told
	who.Known(routes.Caller{Device: made.Caller()})
	e.Device, e.Epoch, e.Token = made.ID, made.Epoch, token
	// Read after the device before was replaced, so that the numbers it
	// reported until then are not given again.
	e.Counter, e.Shift, err = d.Journal.Highest(made.Store, made.Till)
	return e, err
}

// list is all registers, those that were replaced or revoked too.
func (d Desk) list(context.Context, routes.Caller, wire.Nothing) ([]office.Device, error) {
	registered, err := d.List()
	if err != nil {
		return nil, err
	}
	chains, err := d.Journal.Chains()
	if err != nil {
		return nil, err
	}
	list := make([]office.Device, 0, len(registered))
	for _, one := range registered {
		shown := office.Device{
			ID:       one.ID,
			Name:     one.Name,
			Store:    one.Store,
			Till:     one.Till,
			Epoch:    one.Epoch,
			Enrolled: one.Enrolled,
			LastSeen: one.Seen,
			Revoked:  one.Revoked,
			Replaced: one.Replaced,
		}
		for _, c := range chains {
			if c.Device == one.ID && c.Epoch == one.Epoch {
				shown.Acked, shown.Fork = c.High, c.Forked != 0
			}
		}
		list = append(list, shown)
	}
	return list, nil
}

// tills lists the checkouts of the chain with the register at each.
func (d Desk) tills(context.Context, routes.Caller, wire.Nothing) ([]office.TillPlace, error) {
	registered, err := d.List()
	if err != nil {
		return nil, err
	}
	places := []office.TillPlace{}
	err = d.Reference.View(func(q refdata.Querier) error {
		tills, err := refdata.AllTills(q)
		if err != nil {
			return err
		}
		for _, till := range tills {
			store, _, err := refdata.Store(q, till.Store)
			if err != nil {
				return err
			}
			places = append(places, office.TillPlace{Store: till.Store, Name: store.Name.RU, Till: till.Number})
		}
		return nil
	})
	for i := range places {
		for _, one := range registered {
			if one.Store == places[i].Store && one.Till == places[i].Till && !one.Replaced && !one.Revoked {
				places[i].Device = one.ID
			}
		}
	}
	return places, err
}

// newCode makes an enrolment code.
func (d Desk) newCode(_ context.Context, who routes.Caller, q office.CodeRequest) (office.Code, error) {
	known := false
	err := d.Reference.View(func(db refdata.Querier) error {
		tills, err := refdata.AllTills(db)
		for _, till := range tills {
			known = known || till.Store == q.Store && till.Number == q.Till
		}
		return err
	})
	if err != nil {
		return office.Code{}, err
	}
	if !known {
		return office.Code{}, errcode.New(errcode.NotFound, "device.newCode", fmt.Errorf("till %d of store %q", q.Till, q.Store))
	}
	code, err := d.NewCode(q.Store, q.Till)
	if err == nil {
		who.Did("device.code", fmt.Sprintf("%s-%d", q.Store, q.Till))
	}
	return code, err
}

// revoke takes a register's rights away, at once if it is connected. The others of
// its store get another key for their slips.
func (d Desk) revoke(_ context.Context, who routes.Caller, q office.DeviceID) (none wire.Nothing, err error) {
	if err := d.Revoke(q.Device); err != nil {
		return none, err
	}
	list, err := d.List()
	if err != nil {
		return none, err
	}
	for _, one := range list {
		if one.ID != q.Device {
			continue
		}
		if err := d.Reference.SealSlips(one.Store, true, rand.Reader); err != nil {
			return none, err
		}
	}
	who.Did("device.revoke", q.Device)
	d.Changed()
	return none, nil
}
