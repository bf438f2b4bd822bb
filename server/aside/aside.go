// Package aside is what the server keeps and does not count, and what an
// administrator decides about it: facts that make no sense, and what a register
// told under numbers that it had told other things by. Nothing is deleted by any
// decision.
package aside

import (
	"context"
	"encoding/json"

	"tillsight/server/device"
	"tillsight/server/journal"
	"tillsight/server/warehouse"
	"tillsight/shared/fact"
	"tillsight/shared/money"
	"tillsight/shared/receipt"
	wire "tillsight/shared/wire/office"
)

// Facts are those that a journal holds and no figure shows.
type Facts struct {
	Journal   *journal.Journal
	Warehouse *warehouse.Warehouse
	Devices   *device.Registry
}

// List returns what is set aside.
func (f *Facts) List(ctx context.Context) (wire.Aside, error) {
	a := wire.Aside{Facts: []wire.AsideFact{}, Branches: []wire.AsideBranch{}}
	held, err := f.Warehouse.QuarantineList(f.Journal, 0, wire.AsideShown+1)
	if err != nil {
		return a, err
	}
	if a.More = len(held) > wire.AsideShown; a.More {
		held = held[:wire.AsideShown]
	}
	for _, q := range held {
		row, err := f.fact(ctx, q)
		if err != nil {
			return a, err
		}
		a.Facts = append(a.Facts, row)
	}
	if a.Waiting, err = f.Warehouse.Waiting(f.Journal); err != nil {
		return a, err
	}
	registers, err := f.Devices.List()
	if err != nil {
		return a, err
	}
	branches, err := f.Journal.Branches()
	if err != nil {
		return a, err
	}
	for _, b := range branches {
		row, err := f.branch(b, registers)
		if err != nil {
			return a, err
		}
		a.Waiting += row.Waiting
		a.Branches = append(a.Branches, row)
	}
	return a, nil
}

func (f *Facts) fact(ctx context.Context, q warehouse.Quarantine) (wire.AsideFact, error) {
	row := wire.AsideFact{Pos: q.Pos, Kind: q.Kind, Reason: q.Reason, Detail: q.Detail}
	if q.Settled != nil {
		row.Left = &wire.Left{At: q.Settled.At, By: q.Settled.By, Note: q.Settled.Note}
	}
	raw, err := f.Journal.Batch(ctx, q.Pos-1, 1)
	if err != nil {
		return row, err
	}
	if len(raw) == 1 && raw[0].Pos == q.Pos {
		row.Received = raw[0].Received
	}
	h, r := read(q.Bytes)
	row.At, row.Store, row.Till = h.At, h.Store, h.Till
	row.Number, row.Total = r.Number, r.Total
	return row, nil
}

func (f *Facts) branch(b journal.Branch, registers []device.Device) (wire.AsideBranch, error) {
	row := wire.AsideBranch{Device: b.Device, Epoch: b.Epoch, From: b.From, Received: b.Received,
		Waiting: b.Waiting, Adopted: b.Adopted, Aside: b.Aside}
	if b.Left != nil {
		row.Left = &wire.Left{At: b.Left.At, By: b.Left.By, Note: b.Left.Note}
	}
	for _, d := range registers {
		if d.ID == b.Device {
			row.Name, row.Store, row.Till = d.Name, d.Store, d.Till
		}
	}
	if b.Waiting == 0 {
		return row, nil
	}
	err := f.Journal.Forked(b.Device, b.Epoch, func(raw []byte) error {
		h, r := read(raw)
		if h.Kind == fact.SaleRegistered {
			row.Receipts++
			row.Total += r.Total
		}
		return nil
	})
	return row, err
}

// document is what can be told of a receipt that may make no sense otherwise.
type document struct {
	Number string
	Total  money.Amount
}

// read reads of a fact what can be read of it.
func read(raw []byte) (h fact.Header, d document) {
	h, body, err := fact.HeaderOf(raw)
	if err != nil || h.Kind != fact.SaleRegistered && h.Kind != fact.ReturnRegistered {
		return h, document{}
	}
	// What is no receipt at all has no number and no total to tell.
	if json.Unmarshal(body, &d) != nil || d.Total < -receipt.SumMax || d.Total > receipt.SumMax {
		return h, document{}
	}
	return h, d
}

// Release has a fact tried again.
func (f *Facts) Release(ctx context.Context, q wire.FactDecision) (wire.Aside, error) {
	if err := f.Warehouse.Release(ctx, f.Journal, q.Pos); err != nil {
		return wire.Aside{}, err
	}
	return f.List(ctx)
}

// Leave notes that a fact stays aside, by login's decision.
func (f *Facts) Leave(ctx context.Context, login string, q wire.FactDecision) (wire.Aside, error) {
	_, err := f.Warehouse.QuarantineAt(f.Journal, q.Pos)
	if err == nil {
		err = f.Journal.Settle(ctx, q.Pos, login, q.Note)
	}
	if err != nil {
		return wire.Aside{}, err
	}
	return f.List(ctx)
}

// AdoptBranch has what waits of a register's other branches counted.
func (f *Facts) AdoptBranch(ctx context.Context, q wire.BranchDecision) (wire.Aside, error) {
	if _, err := f.Journal.Adopt(ctx, q.Device, q.Epoch); err != nil {
		return wire.Aside{}, err
	}
	return f.List(ctx)
}

// LeaveBranch notes that what waits of a register's other branches stays aside, by
// login's decision.
func (f *Facts) LeaveBranch(ctx context.Context, login string, q wire.BranchDecision) (wire.Aside, error) {
	if _, err := f.Journal.Leave(ctx, q.Device, q.Epoch, login, q.Note); err != nil {
		return wire.Aside{}, err
	}
	return f.List(ctx)
}
