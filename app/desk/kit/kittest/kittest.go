// Package kittest makes desks for tests of the pages.
package kittest

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/shared/cube"
)

// Sunday is the 22nd of November 2026, 12:00: the moment of all tests.
var Sunday = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// around is what go-app gives a page its context for.
type around struct {
	app.Compo

	ctx app.Context
}

// OnPreRender keeps the context.
func (a *around) OnPreRender(ctx app.Context) { a.ctx = ctx }

// Render draws nothing.
func (a *around) Render() app.UI { return app.Div() }

// Desk is a desk with nobody logged in, on Sunday.
func Desk(lang i18n.Lang) *kit.Desk {
	_, d := deskIn(lang)
	return d
}

// deskIn is a desk with what carries its work out.
func deskIn(lang i18n.Lang) (app.TestEngine, *kit.Desk) {
	engine, page := app.NewTestEngine(), &around{}
	if err := engine.Load(page); err != nil {
		panic(err)
	}
	engine.ConsumeAll()
	d := kit.NewDesk(page.ctx, nil)
	d.Lang, d.Now = lang, func() time.Time { return Sunday }
	return engine, d
}

// Answer makes a result by one dimension from keys, values and those before.
func Answer(by cube.DimID, from, to string, keys []string, now, before []int64) *cube.Result {
	r := &cube.Result{By: []cube.DimID{by}, Measures: []cube.MeasureID{cube.Revenue}, From: from, To: to}
	var total, totalBefore int64
	for i, key := range keys {
		row := cube.Row{Keys: []string{key}, Values: []cube.Value{cube.Some(now[i])}}
		total += now[i]
		if before != nil {
			row.Before = []cube.Value{cube.Some(before[i])}
			totalBefore += before[i]
		}
		r.Rows = append(r.Rows, row)
	}
	r.Total = cube.Row{Values: []cube.Value{cube.Some(total)}}
	if before != nil {
		r.Before = &cube.Period{}
		r.Total.Before = []cube.Value{cube.Some(totalBefore)}
	}
	return r
}
