package register

import (
	"cmp"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/register/kit"
	"tillsight/app/shell"
	"tillsight/app/ui"
	"tillsight/shared/errcode"
	"tillsight/shared/staff"
)

// lightSheet says how safe the sales are, and why.
type lightSheet struct{ form }

func (s *lightSheet) id() string { return "sheet-light" }

func (s *lightSheet) draw() app.UI {
	l, state := s.Lang, s.State
	tone, text := kit.Light(state, l, s.Now().UnixMilli())
	online := l.T(i18n.OfflineWord)
	if state.Sync.Online {
		online = l.T(i18n.Online)
	}
	facts := []app.UI{
		fact(l.T(i18n.LightOnline), online),
		fact(l.T(i18n.LightWaiting), l.Int(int64(state.Sync.Waiting))),
	}
	if state.Sync.Waiting > 0 {
		facts = append(facts, fact(l.T(i18n.LightOldest), s.Clock(state.Sync.Oldest, i18n.Moment)))
	}
	last := l.T(i18n.Never)
	if state.Sync.LastAck > 0 {
		last = s.Clock(state.Sync.LastAck, i18n.Moment)
	}
	persisted := l.T(i18n.LightNoPersist)
	if state.Storage.Persisted {
		persisted = l.T(i18n.Yes)
	}
	facts = append(facts,
		fact(l.T(i18n.LightLastAck), last),
		fact(l.T(i18n.LightPersist), persisted),
		fact(l.T(i18n.LightSpace), l.T(i18n.LightSpaceOf, "used", l.Bytes(state.Storage.Usage), "quota", l.Bytes(state.Storage.Quota))),
		fact(l.T(i18n.LightProducts), l.Int(int64(state.Products))),
		fact(l.T(i18n.LightData), strconv.FormatInt(state.Sync.Data, 10)),
	)
	if off := state.Sync.ClockOff / 1000; off > 30 || off < -30 {
		facts = append(facts, fact(l.T(i18n.LightClock), l.T(i18n.Seconds, "n", int(off))))
	}
	facts = append(facts, fact(l.T(i18n.LightDevice), state.Device), fact(l.T(i18n.LightBuild), cmp.Or(shell.Version(), state.Build)))
	return ui.Sheet(s.id(), l.T(i18n.LightTitle), "", s.closing(),
		ui.StatusLight(tone, text),
		app.If(s.r.unprotected(), func() app.UI { return ui.Toast(ui.Warn, l.T(i18n.UnprotectedHow), app.Span().Hidden(true)) }),
		s.ErrorBox(state.Sync.Fault),
		s.ErrorBox(s.fault),
		app.Dl().Class("facts").Body(facts...),
		app.Div().Class("sheet-actions").Body(
			&ui.Button{ID: "sync-now", Label: l.T(i18n.SyncNow), Kind: ui.Primary, OnPress: s.Press(s.syncNow)},
			app.If(s.May(staff.ExportJournal), func() app.UI {
				return &ui.Button{ID: "export", Label: l.T(i18n.ExportJournal), OnPress: s.Press(s.export)}
			}),
		),
	)
}

func fact(name, value string) app.UI {
	return app.Div().Class("fact").Body(app.Dt().Text(name), app.Dd().Text(value))
}

func (s *lightSheet) syncNow() {
	kit.Ask(s.Page, bridge.TillSyncNow, bridge.Nothing{}, func(state bridge.State, e *errcode.Error) {
		s.fault = e
		if e == nil {
			s.r.heard(state)
		}
	})
}

func (s *lightSheet) export() {
	kit.Ask(s.Page, bridge.TillExport, bridge.ExportFacts{All: lost(s.State.Sync.Fault)}, func(x bridge.Export, e *errcode.Error) {
		s.r.closeSheet()
		if e != nil {
			s.Fail(e)
			return
		}
		ui.Download(x.Name, x.Data)
		s.Say(ui.Good, i18n.Exported, "n", x.Facts, "file", x.Name)
	})
}

// lost reports whether the server may have forgotten what it once confirmed: then
// all that is kept here is handed over.
func lost(e *errcode.Error) bool {
	return e != nil && (e.Code == errcode.RegisterLost || e.Code == errcode.JournalPruned || e.Code == errcode.Fork)
}

// noticesSheet lists what the start had to repair.
type noticesSheet struct{ form }

func (s *noticesSheet) id() string { return "sheet-notices" }

func (s *noticesSheet) draw() app.UI {
	var list []app.UI
	for _, notice := range s.State.Notices {
		list = append(list, s.ErrorBox(notice))
	}
	return ui.Sheet(s.id(), s.Lang.T(i18n.NoticesTitle), "", s.closing(), list...)
}
