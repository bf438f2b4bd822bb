package kit

import (
	"tillsight/app/bridge"
	"tillsight/app/i18n"
	"tillsight/app/ui"
)

// stale is how long a sale may wait to be sent before somebody should look.
const stale = 24 * 3600 * 1000

// Light says in a colour and words how safe the sales are: green stored and
// sent, grey without a server, blue waiting, amber when somebody is needed, red
// when nothing can be sold. now is unix ms.
func Light(s bridge.State, lang i18n.Lang, now int64) (ui.Tone, string) {
	if s.Phase == bridge.PhaseRefused {
		return ui.Bad, lang.T(i18n.StateRefused)
	}
	tone, text := ui.Good, lang.T(i18n.StateStored)
	if s.Sync.Waiting > 0 {
		tone = ui.Busy
		text += " · " + lang.T(i18n.StateWaiting, "n", s.Sync.Waiting, "time", lang.Time(s.Sync.Oldest, s.Store.Zone, i18n.Clock))
	} else if s.Sync.Online {
		text += " · " + lang.T(i18n.StateSent)
	} else {
		tone, text = "", text+" · "+lang.T(i18n.OfflineWord)
	}
	old := s.Sync.Waiting > 0 && s.Sync.Oldest > 0 && now-s.Sync.Oldest > stale
	full := s.Storage.Quota > 0 && s.Storage.Usage > s.Storage.Quota/10*9
	if s.Sync.Fault != nil || old || full {
		return ui.Warn, text + " · " + lang.T(i18n.StateAttention)
	}
	return tone, text
}
