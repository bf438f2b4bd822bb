package desk

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/syncproto"
)

// loginForm is the text of the log-in page.
type loginForm struct {
	name, secret string
	rev          int
	busy         bool
	fault        *errcode.Error
}

// checkSession asks the server who is logged in. Without an answer whoever was
// logged in last stays so, on what is on this device.
func (d *desk) checkSession() {
	call(d, d.office.Server.Session, func(u syncproto.User, e *errcode.Error) {
		d.checked = true
		switch {
		case e == nil:
			d.enter(u)
		case e.Code == errcode.Unauthorised:
			d.leave()
		}
	})
}

// enter shows the desk to u.
func (d *desk) enter(u syncproto.User) {
	first := d.user == nil
	d.user = &u
	d.login = loginForm{}
	prefs.Store(d.ctx, deskUserKey, u)
	if first {
		d.syncKept()
		d.connect()
		d.opened()
	}
}

// leave shows the log-in page.
func (d *desk) leave() {
	d.checked = true
	d.user = nil
	d.ctx.LocalStorage().Del(deskUserKey)
	if d.client != nil {
		d.client.Close()
		d.client = nil
	}
	d.insight, d.heard, d.views = bridge.Insight{}, false, nil
	d.prices, d.tills = prices{}, tills{}
	d.shelf = shelf{}
	d.ctx.LocalStorage().Del(keptKey)
}

func (d *desk) logIn() {
	f := &d.login
	if f.name == "" || f.secret == "" || f.busy {
		return
	}
	f.busy, f.fault = true, nil
	name, secret := f.name, f.secret
	d.ctx.Async(func() {
		u, err := d.office.Server.LogIn(context.Background(), name, secret)
		d.on(func() {
			f.busy = false
			if err != nil {
				f.fault = errcode.As(err)
				f.secret = ""
				f.rev++
				return
			}
			d.checked, d.offline = true, false
			d.enter(u)
		})
	})
}

// logOut removes the reports from this device and ends the session.
func (d *desk) logOut() {
	client := d.client
	d.ctx.Async(func() {
		if client != nil {
			if _, err := bridge.Call(context.Background(), client, bridge.InsightForget, bridge.Nothing{}); err != nil {
				app.Log(err)
			}
		}
		err := d.office.Server.LogOut(context.Background())
		d.on(func() {
			d.leave()
			d.login.fault = errcode.As(err)
		})
	})
}

func (d *desk) drawLogIn() app.UI {
	l, f := d.lang, &d.login
	return ui.Gate(l.T(i18n.LogInTitle), d.languages(),
		ui.GateText(l.T(i18n.LogInHow)),
		&ui.Field{ID: "login", Label: l.T(i18n.LogInName), Value: f.name, Rev: f.rev, Mode: "text", Focus: true, Fill: "username",
			OnText:  func(_ app.Context, text string) { f.name, f.fault = text, nil; d.rev++ },
			OnEnter: func(app.Context) { ui.Focus("password") }},
		&ui.Field{ID: "password", Label: l.T(i18n.LogInSecret), Value: f.secret, Rev: f.rev, Secret: true, Fill: "current-password",
			OnText: func(_ app.Context, text string) { f.secret, f.fault = text, nil; d.rev++ }, OnEnter: d.press(d.logIn)},
		app.Div().Class("problem").Body(d.logInProblem()),
		&ui.Button{ID: "log-in", Label: l.T(i18n.LogInGo), Kind: ui.Primary, Class: "gate-go",
			Disabled: f.busy || f.name == "" || f.secret == "", OnPress: d.press(d.logIn)},
		app.A().Class("gate-other").Href("/till").Text(l.T(i18n.LogInTill)),
	)
}

func (d *desk) logInProblem() app.UI {
	e := d.login.fault
	if e == nil && d.offline {
		e = errcode.New(errcode.Offline, "page", nil)
	}
	if e != nil && e.Code == errcode.Unauthorised {
		return ui.ErrorBox(d.lang.T(i18n.LogInWrong), d.lang.T(i18n.ErrorCode), string(e.Code))
	}
	return d.errorBox(e)
}

func (d *desk) errorBox(e *errcode.Error) app.UI {
	if e == nil {
		return app.Span().Hidden(true)
	}
	return ui.ErrorBox(d.lang.ErrorIn(e, d.currency()), d.lang.T(i18n.ErrorCode), string(e.Code))
}

func (d *desk) languages() app.UI {
	return app.Div().Class("gate-langs").Body(
		d.choice("lang-ru", d.lang.T(i18n.LangRU), d.lang == i18n.RU, func() { d.setLang(i18n.RU) }),
		d.choice("lang-en", d.lang.T(i18n.LangEN), d.lang == i18n.EN, func() { d.setLang(i18n.EN) }),
	)
}

func (d *desk) choice(id, label string, on bool, do func()) *ui.Button {
	return &ui.Button{ID: id, Label: label, Class: "choice", Toggle: true, Pressed: on, OnPress: d.press(do)}
}
