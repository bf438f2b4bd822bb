package kit

import (
	"context"

	"tillsight/app/bridge"
	"tillsight/shared/errcode"
	"tillsight/shared/report"
)

// BudgetKey is where this browser keeps how much the report worker may hold.
const BudgetKey = "desk.budget"

// Call asks the server and hands the answer over on the UI goroutine.
func Call[T any](d *Desk, ask func(context.Context) (T, error), then func(T, *errcode.Error)) {
	d.Ctx.Async(func() {
		answer, err := ask(context.Background())
		d.On(func() {
			e := errcode.As(err)
			d.Offline = e != nil && e.Code == errcode.Offline
			if e != nil && e.Code == errcode.Unauthorised {
				d.Frame.Leave()
			}
			then(answer, e)
		})
	})
}

// Ask asks the report worker for a report and hands the answer over on the UI
// goroutine.
func Ask[Q, A any](ctx context.Context, d *Desk, what report.Report[Q, A], question Q, then func(A, *errcode.Error)) {
	request, err := what.Request(question)
	if err != nil {
		var none A
		then(none, errcode.As(err))
		return
	}
	its := bridge.Method[report.Request, A](bridge.InsightReport) // the method with this report's answer
	Query(ctx, d, its, request, then)
}

// Query asks the report worker and hands the answer over on the UI goroutine.
func Query[Q, A any](ctx context.Context, d *Desk, method bridge.Method[Q, A], request Q, then func(A, *errcode.Error)) {
	client := d.Client
	if client == nil {
		return
	}
	d.Ctx.Async(func() {
		answer, err := bridge.Call(ctx, client, method, request)
		d.On(func() { then(answer, errcode.As(err)) })
	})
}

// AskServer has the report worker look for newer sales now.
func (d *Desk) AskServer() {
	Query(context.Background(), d, bridge.InsightRefresh, bridge.Nothing{}, func(s bridge.Insight, _ *errcode.Error) { d.Frame.Learn(s) })
}

// DeviceBudget is what this browser keeps at most.
func DeviceBudget(d *Desk) bridge.Budget {
	b := bridge.Budget{}
	if err := d.Ctx.LocalStorage().Get(BudgetKey, &b); err != nil || b.Bytes <= 0 {
		b.Bytes = 1 << 30
	}
	return b
}

// ApplyBudget tells the report worker how much it may keep.
func ApplyBudget(d *Desk, b bridge.Budget) {
	Query(context.Background(), d, bridge.InsightBudget, b, func(s bridge.Insight, e *errcode.Error) {
		if e == nil {
			d.Frame.Learn(s)
		}
	})
}
