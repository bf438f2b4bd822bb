package settings

import (
	"testing"
	"time"

	"tillsight/app/desk/kit/kittest"
	wire "tillsight/shared/wire/office"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Server: map[string]any{
			wire.PathTills: []wire.TillPlace{{Store: "2", Name: "North", Till: 1}, {Store: "1", Name: "South", Till: 1, Device: "a"}},
			wire.PathDevices: []wire.Device{{ID: "a", Name: "Counter", Store: "1", Till: 1, LastSeen: kittest.Sunday.Add(-5 * time.Minute).UnixMilli(), Acked: 1200},
				{ID: "b", Name: "Old counter", Store: "1", Till: 1, Revoked: true}},
		},
		Shows: map[string]string{"/admin": "silent, 5 minutes ago"},
	})
}
