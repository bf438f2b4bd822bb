package audit_test

import (
	"testing"

	"tillsight/shared/fact"
	"tillsight/shared/parking"
	wire "tillsight/shared/wire/office"
)

func (c *chain) recalled(till int, parked string) {
	c.Helper()
	c.n++
	raw, err := fact.Encode(fact.Header{Device: "d", Epoch: uint32(till), Seq: uint64(c.n), Kind: fact.ReceiptRecalled, Version: 1,
		At: now.UnixMilli(), Zone: 180, Store: "1", Till: till},
		parking.Recall{Parking: parked, Number: "1-1-000007", Receipt: "r", As: "1-2-000009", Till: 1, How: parking.Slip, At: now.UnixMilli()})
	if err != nil {
		c.Fatal(err)
	}
	c.facts = append(c.facts, raw)
	c.look()
}

// TestParkedReceiptAtTwoTills: without a network nobody can say who was first;
// the server sees it when both have reported.
func TestParkedReceiptAtTwoTills(t *testing.T) {
	c := newChain(t)
	c.recalled(2, "p1")
	c.recalled(3, "p2")
	c.alarms()
	c.recalled(1, "p1")
	a := c.alarms(wire.AlarmRecall)[0]
	if a.Number != "1-2-000009" || a.Name != "1-1-000007" || a.Found != 1 || a.Expected != 2 || a.Store != "1" || a.Till != 1 {
		t.Errorf("alarm %+v", a)
	}
}
