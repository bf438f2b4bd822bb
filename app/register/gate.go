package register

import (
	"strconv"
	"strings"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/sync"
)

// gate is the text of the screens before selling.
type gate struct {
	*kit.Page
	r *register

	text  string // PIN or one-time code
	rev   int
	busy  bool
	fault *errcode.Error
	note  string
	until time.Time // nobody may try before
}

// pinMax is the longest PIN.
const pinMax = 8

// passed is what all gates do with their answer: a new state or an error.
func (g *gate) passed(s bridge.State, e *errcode.Error) {
	g.busy = false
	if e != nil {
		g.fault = e
		g.text = ""
		g.rev++
		g.Sound(false)
		g.countDown(e)
		return
	}
	g.r.take(s)
}

// countDown shows how long the next try has to wait, second by second.
func (g *gate) countDown(e *errcode.Error) {
	if e.Code != errcode.WrongPIN && e.Code != errcode.PINLocked {
		return
	}
	wait, err := strconv.Atoi(e.Data["seconds"])
	if err != nil {
		return
	}
	g.until = g.Now().Add(time.Duration(wait) * time.Second)
	g.tickDown(e.Code)
}

func (g *gate) tickDown(code errcode.Code) {
	if g.until.IsZero() {
		return
	}
	left := g.until.Sub(g.Now())
	if left <= 0 {
		g.until, g.fault = time.Time{}, nil
		return
	}
	seconds := int((left + time.Second - 1) / time.Second)
	g.fault = errcode.New(code, "register.signIn", nil).With("seconds", strconv.Itoa(seconds))
	until := g.until
	time.AfterFunc(left-time.Duration(seconds-1)*time.Second, func() {
		g.On(func() {
			if g.until.Equal(until) {
				g.tickDown(code)
			}
		})
	})
}

func (g *gate) signIn() {
	if g.text == "" || g.busy {
		return
	}
	g.busy, g.fault, g.note = true, nil, ""
	g.until = time.Time{}
	kit.Ask(g.Page, bridge.TillSignIn, bridge.SignIn{PIN: g.text}, g.passed)
}

func (g *gate) enrol() {
	code := strings.ToUpper(strings.TrimSpace(g.text))
	if code == "" || g.busy {
		return
	}
	g.busy, g.fault, g.note = true, nil, ""
	g.r.progress = bridge.Progress{}
	kit.Ask(g.Page, bridge.TillEnrol, wire.EnrolRequest{Code: code}, func(s bridge.State, e *errcode.Error) {
		text := g.text
		g.passed(s, e)
		if e != nil {
			g.text = text // a code is long: let the person correct it
			g.r.refresh()
		}
	})
}

func (g *gate) takeOver() {
	g.busy, g.fault, g.note = true, nil, ""
	kit.Ask(g.Page, bridge.TillTakeOver, bridge.Nothing{}, g.passed)
}

func (g *gate) openShift() {
	if g.busy {
		return
	}
	amount := money.Amount(0)
	if g.text != "" {
		var err error
		if amount, err = money.Parse(g.text, g.Currency()); err != nil {
			g.fault = errcode.As(err)
			return
		}
	}
	if !g.SureSum(amount) {
		return
	}
	g.busy, g.fault, g.note = true, nil, ""
	g.r.report, g.r.screen = nil, screenSell
	kit.Ask(g.Page, bridge.TillOpenShift, bridge.Float{Amount: amount}, func(s bridge.State, e *errcode.Error) {
		text := g.text
		g.passed(s, e)
		if e != nil {
			g.text = text
		}
	})
}

// scanned takes what came as fast as a scan while somebody has to sign in: the
// end of a PIN from quick hands, or goods, which wait.
func (g *gate) scanned(code string) {
	if pin := g.text + code; len(pin) <= pinMax {
		code = pin
	}
	if len(code) > pinMax {
		g.r.refuseScan(i18n.ScanSignedOut)
		return
	}
	g.text = code
	g.signIn()
}
