package board

import (
	"testing"

	"tillsight/app/desk/kit/kittest"
	"tillsight/shared/cube"
)

func TestPages(t *testing.T) {
	kittest.Pages(t, Pages(), kittest.Answers{
		Query: func(q cube.Query) cube.Result {
			r := kittest.Nothing(q)
			r.Total.Values[0], r.Total.Before = cube.Some(1234_56), []cube.Value{cube.Some(1000_00)}
			r.Before = &cube.Period{From: "2026-09-24", To: "2026-10-23"}
			keys := map[cube.DimID]string{cube.Weekday: "6", cube.Hour: "17", cube.Store: "1", cube.Day: "2026-11-20"}
			row := cube.Row{Values: r.Total.Values, Before: r.Total.Before}
			for _, dim := range q.By {
				row.Keys = append(row.Keys, keys[dim])
			}
			r.Rows = []cube.Row{row}
			return r
		},
		Shows: map[string]string{"/manager": "1,234.56"},
	})
}
