package register

import (
	"strconv"
	"strings"
	"time"

	"tillsight/app/bridge"
	"tillsight/app/register/kit"
	"tillsight/shared/errcode"
	"tillsight/shared/money"
	wire "tillsight/shared/wire/sync"
)

// gate is the text of the screens before selling.
type gate struct {
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
func (r *register) passed(s bridge.State, e *errcode.Error) {
	r.gate.busy = false
	if e != nil {
		r.gate.fault = e
		r.gate.text = ""
		r.gate.rev++
		r.Sound(false)
		r.countDown(e)
		return
	}
	r.take(s)
}

// countDown shows how long the next try has to wait, second by second.
func (r *register) countDown(e *errcode.Error) {
	if e.Code != errcode.WrongPIN && e.Code != errcode.PINLocked {
		return
	}
	wait, err := strconv.Atoi(e.Data["seconds"])
	if err != nil {
		return
	}
	r.gate.until = r.Now().Add(time.Duration(wait) * time.Second)
	r.tickDown(e.Code)
}

func (r *register) tickDown(code errcode.Code) {
	if r.gate.until.IsZero() {
		return
	}
	left := r.gate.until.Sub(r.Now())
	if left <= 0 {
		r.gate.until, r.gate.fault = time.Time{}, nil
		return
	}
	seconds := int((left + time.Second - 1) / time.Second)
	r.gate.fault = errcode.New(code, "register.signIn", nil).With("seconds", strconv.Itoa(seconds))
	until := r.gate.until
	time.AfterFunc(left-time.Duration(seconds-1)*time.Second, func() {
		r.On(func() {
			if r.gate.until.Equal(until) {
				r.tickDown(code)
			}
		})
	})
}

func (r *register) signIn() {
	if r.gate.text == "" || r.gate.busy {
		return
	}
	r.gate.busy, r.gate.fault, r.gate.note = true, nil, ""
	r.gate.until = time.Time{}
	kit.Ask(r.Page, bridge.TillSignIn, bridge.SignIn{PIN: r.gate.text}, r.passed)
}

func (r *register) enrol() {
	code := strings.ToUpper(strings.TrimSpace(r.gate.text))
	if code == "" || r.gate.busy {
		return
	}
	r.gate.busy, r.gate.fault, r.gate.note = true, nil, ""
	r.progress = bridge.Progress{}
	kit.Ask(r.Page, bridge.TillEnrol, wire.EnrolRequest{Code: code}, func(s bridge.State, e *errcode.Error) {
		text := r.gate.text
		r.passed(s, e)
		if e != nil {
			r.gate.text = text // a code is long: let the person correct it
			r.refresh()
		}
	})
}

func (r *register) takeOver() {
	r.gate.busy, r.gate.fault, r.gate.note = true, nil, ""
	kit.Ask(r.Page, bridge.TillTakeOver, bridge.Nothing{}, r.passed)
}

func (r *register) openShift() {
	if r.gate.busy {
		return
	}
	amount := money.Amount(0)
	if r.form.text != "" {
		var err error
		if amount, err = money.Parse(r.form.text, r.Currency()); err != nil {
			r.gate.fault = errcode.As(err)
			return
		}
	}
	if !r.SureSum(amount) {
		return
	}
	r.gate.busy, r.gate.fault, r.gate.note = true, nil, ""
	r.report, r.screen = nil, screenSell
	kit.Ask(r.Page, bridge.TillOpenShift, bridge.Float{Amount: amount}, func(s bridge.State, e *errcode.Error) {
		text := r.form.text
		r.passed(s, e)
		if e != nil {
			r.form.text = text
		}
	})
}
