package frame

import (
	"context"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/desk/kit"
	"tillsight/app/i18n"
	"tillsight/app/office"
	"tillsight/app/prefs"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	wire "tillsight/shared/wire/office"
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
func (d *frame) checkSession() {
	kit.Call(d.Desk, office.Asking(d.Office.Server, wire.GetSession, struct{}{}), func(u wire.User, e *errcode.Error) {
		d.checked = true
		switch {
		case e == nil:
			d.enter(u)
		case e.Code == errcode.Unauthorised:
			d.Leave()
		}
	})
}

// enter shows the desk to u.
func (d *frame) enter(u wire.User) {
	first := d.User == nil
	d.User = &u
	d.login = loginForm{}
	prefs.Store(d.Ctx, kit.UserKey, u)
	if first {
		kit.SyncKept(d.Desk)
		d.Connect()
		d.opened()
	}
}

// Leave shows the log-in page.
func (d *frame) Leave() {
	d.checked = true
	d.User = nil
	d.Ctx.LocalStorage().Del(kit.UserKey)
	if d.Client != nil {
		d.Client.Close()
		d.Client = nil
	}
	d.Insight, d.Heard, d.views = bridge.Insight{}, false, nil
	d.Shelf = kit.Shelf{}
	d.Ctx.LocalStorage().Del(kit.KeptKey)
}

func (d *frame) logIn() {
	f := &d.login
	if f.name == "" || f.secret == "" || f.busy {
		return
	}
	f.busy, f.fault = true, nil
	name, secret := f.name, f.secret
	d.Ctx.Async(func() {
		u, err := office.Call(context.Background(), d.Office.Server, wire.LogIn, wire.Credentials{Login: name, Password: secret})
		d.On(func() {
			f.busy = false
			if err != nil {
				f.fault = errcode.As(err)
				f.secret = ""
				f.rev++
				return
			}
			d.checked, d.Offline = true, false
			d.enter(u)
		})
	})
}

// logOut removes the reports from this device and ends the session.
func (d *frame) logOut() {
	client := d.Client
	d.Ctx.Async(func() {
		if client != nil {
			if _, err := bridge.Call(context.Background(), client, bridge.InsightForget, bridge.Nothing{}); err != nil {
				app.Log(err)
			}
		}
		_, err := office.Call(context.Background(), d.Office.Server, wire.LogOut, struct{}{})
		d.On(func() {
			d.Leave()
			d.login.fault = errcode.As(err)
		})
	})
}

func drawLogIn(d *frame) app.UI {
	l, f := d.Lang, &d.login
	return ui.Gate(l.T(i18n.LogInTitle), languages(d),
		ui.GateText(l.T(i18n.LogInHow)),
		&ui.Field{ID: "login", Label: l.T(i18n.LogInName), Value: f.name, Rev: f.rev, Mode: "text", Focus: true, Fill: "username",
			OnText:  func(_ app.Context, text string) { f.name, f.fault = text, nil; d.Rev++ },
			OnEnter: func(app.Context) { ui.Focus("password") }},
		&ui.Field{ID: "password", Label: l.T(i18n.LogInSecret), Value: f.secret, Rev: f.rev, Secret: true, Fill: "current-password",
			OnText: func(_ app.Context, text string) { f.secret, f.fault = text, nil; d.Rev++ }, OnEnter: d.Press(d.logIn)},
		app.Div().Class("problem").Body(logInProblem(d)),
		&ui.Button{ID: "log-in", Label: l.T(i18n.LogInGo), Kind: ui.Primary, Class: "gate-go",
			Disabled: f.busy || f.name == "" || f.secret == "", OnPress: d.Press(d.logIn)},
		app.A().Class("gate-other").Href("/till").Text(l.T(i18n.LogInTill)),
	)
}

func logInProblem(d *frame) app.UI {
	e := d.login.fault
	if e == nil && d.Offline {
		e = errcode.New(errcode.Offline, "page", nil)
	}
	if e != nil && e.Code == errcode.Unauthorised {
		return ui.ErrorBox(d.Lang.T(i18n.LogInWrong), d.Lang.T(i18n.ErrorCode), string(e.Code))
	}
	return d.ErrorBox(e)
}

func languages(d *frame) app.UI {
	return app.Div().Class("gate-langs").Body(
		d.Choice("lang-ru", d.Lang.T(i18n.LangRU), d.Lang == i18n.RU, func() { d.setLang(i18n.RU) }),
		d.Choice("lang-en", d.Lang.T(i18n.LangEN), d.Lang == i18n.EN, func() { d.setLang(i18n.EN) }),
	)
}
