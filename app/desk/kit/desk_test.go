package kit

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/i18n"
)

// testDesk is a desk without a browser around it.
func testDesk(lang i18n.Lang) *Desk {
	d := NewDesk(app.Context{}, nil)
	d.Lang, d.Now = lang, func() time.Time { return sunday }
	return d
}
