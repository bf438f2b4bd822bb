package register

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/opfs"
	"tillsight/app/register/kit"
	"tillsight/app/scanner"
	"tillsight/app/ui"
)

// Link starts the till's worker and returns the page's end of the channel.
type Link struct {
	Start func() (bridge.Port, error)
}

// Till is the cashier's page: the screen of the register's phase.
type Till struct {
	app.Compo

	Link *Link

	r    *register
	stop []func()
}

// clockTick is how often the header's clock is looked at.
const clockTick = 5 * time.Second

// OnMount connects the worker, the keyboard and the clock.
func (t *Till) OnMount(ctx app.Context) {
	t.start(ctx)
	ctx.Async(func() {
		// Only a page may ask; the worker shows what was answered.
		if _, err := opfs.Persist(); err != nil {
			app.Log(err)
		}
	})
	if t.r.Prefs.Scale != "" {
		t.r.balance.use(t.r.Prefs.Scale, false)
	}
	t.stop = append(t.stop, t.r.balance.leave, scanner.Listen(scanner.Handler{
		Scan:  func(c scanner.Code) { t.r.On(func() { t.r.heardCode(c) }) },
		Mute:  func() { t.r.On(t.r.muted) },
		Typed: func(text string) { t.r.On(func() { t.r.input(text) }) },
		Key:   t.r.key,
	}), ui.OnClicks(t.r.clicked))
	ticker, ended := time.NewTicker(clockTick), make(chan struct{})
	t.stop = append(t.stop, ticker.Stop, func() { close(ended) })
	ctx.Async(func() {
		for {
			select {
			case <-ticker.C:
				t.r.On(func() {})
			case <-ended:
				return
			}
		}
	})
}

// OnPreRender starts the page where go-app mounts nothing: in native tests.
func (t *Till) OnPreRender(ctx app.Context) { t.start(ctx) }

func (t *Till) start(ctx app.Context) {
	t.r = newRegister(&kit.Page{Ctx: ctx, Now: time.Now}, t.Link)
	t.r.loadPreferences()
	t.r.paid.load()
	t.r.connect()
}

// OnDismount ends the worker and lets go of the keyboard.
func (t *Till) OnDismount() {
	for _, stop := range t.stop {
		stop()
	}
	if t.r != nil && t.r.Client != nil {
		t.r.Client.Close()
	}
	if t.r != nil {
		t.r.camera.close()
	}
}

// OnAppUpdate shows that a newer program is ready.
func (t *Till) OnAppUpdate(app.Context) {
	if t.r != nil {
		t.r.Rev++
	}
}

// Render draws the screen of the phase.
func (t *Till) Render() app.UI {
	root := app.Main().ID("till").Class("till")
	if t.r == nil {
		return root.DataSet("phase", string(bridge.PhaseStarting)).Body(ui.Gate("", nil))
	}
	r := t.r
	r.watch()
	root.DataSet("settled", !r.hasty(0))
	root.DataSet("phase", string(r.State.Phase)).DataSet("screen", r.screenName()).Lang(string(r.Lang))
	root.DataSet("data", r.State.Sync.Data).DataSet("parked", r.State.Parked)
	return root.Body(
		app.Div().Class("page").Body(r.body()...),
		app.If(r.slip != nil, func() app.UI { return app.Div().Class(r.slipClass()).Aria("hidden", true).Body(r.slip.draw(r)) }),
	)
}

func (r *register) slipClass() string {
	if r.Prefs.Narrow {
		return "slip narrow"
	}
	return "slip"
}

func (r *register) screenName() string {
	return [...]string{"sell", "pay", "paid", "receipts", "report"}[r.screen]
}

func (r *register) body() []app.UI {
	if r.fault != nil {
		return []app.UI{r.gate.drawFault()}
	}
	if r.report != nil && r.screen == screenReport {
		return []app.UI{r.drawHeader(), r.drawReport()}
	}
	switch r.State.Phase {
	case bridge.PhaseRefused:
		return []app.UI{r.gate.drawRefused()}
	case bridge.PhaseElsewhere:
		return []app.UI{r.gate.drawElsewhere()}
	case bridge.PhaseNew:
		return []app.UI{r.gate.drawEnrol()}
	case bridge.PhaseLoading:
		return []app.UI{r.gate.drawLoading()}
	case bridge.PhaseSignedOut:
		return []app.UI{r.gate.drawSignIn()}
	case bridge.PhaseNoShift:
		return []app.UI{r.drawHeader(), r.gate.drawOpenShift(), r.drawSheet()}
	case bridge.PhaseSelling:
		return r.drawSelling()
	}
	return []app.UI{ui.Gate(r.Lang.T(i18n.Starting), nil)}
}

func (r *register) drawSelling() []app.UI {
	var main app.UI
	switch r.screen {
	case screenPay:
		main = r.pay.draw()
	case screenPaid:
		main = r.paid.draw()
	case screenReceipts:
		main = r.receipts.draw()
	default:
		main = app.Div().Class("sell").Body(
			&receiptPane{R: r, Rev: r.Rev},
			r.drawEntry(),
		)
	}
	return []app.UI{r.drawHeader(), main, r.drawSheet()}
}
