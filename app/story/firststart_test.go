//go:build !js

package story

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var setupLink = regexp.MustCompile(`http://\S+/manager/setup#\S+`)

// TestFirstStart goes from an empty directory to the first receipt on paper, with
// nothing but what the screens say: the link that the server prints, the set-up, the
// code on the tablet, a PIN, a sale. The link is then good for nobody.
func TestFirstStart(t *testing.T) {
	clock, err := NewClock()
	must(t, err)
	w := &world{dir: t.TempDir(), clock: clock, pin: "0472"}
	data := filepath.Join(w.dir, "data")
	must(t, os.Mkdir(data, 0o700))
	w.Server, err = StartServer(t.Context(), clock, data)
	must(t, err)
	t.Cleanup(func() { w.Quit(t.Context()) })
	var link string
	until(t, "the link is printed", func() bool {
		link = setupLink.FindString(w.Tail(20))
		return link != ""
	})

	desk := w.browser(t, "desk", tablet).First()
	next := func(name string, seen ...error) {
		t.Helper()
		must(t, seen...)
		photo(t, desk, "setup-"+name)
		must(t, desk.Click("#setup-next"))
	}
	must(t, desk.Open(link), desk.See("#setup-login"), desk.Click("#setup-next"), desk.See(".setup-wrong")) // nothing is typed yet
	next("1-owner", desk.Type("#setup-name", "Анна Петрова"), desk.Type("#setup-login", "Anna"), desk.Type("#setup-password", "correct horse"))
	next("2-wrong", desk.See("#setup-company"), desk.Type("#setup-company", "ООО «Ромашка»"), desk.Type("#setup-tax-id", "7707083894"))
	next("2-company", desk.See(".setup-wrong"), // a digit is wrong
		desk.Type("#setup-tax-id", ""), desk.Press("Backspace", 8), desk.Write("3"))
	next("3-store", desk.See("#setup-store"), desk.Type("#setup-store", "Ромашка на Тверской"), desk.Type("#setup-address", "Москва, ул. Тверская, 7"),
		desk.Type("#setup-tills", ""), desk.Press("Backspace", 8), desk.Write("2"))
	next("4-same-pin", desk.See("#setup-person-0"), desk.Type("#setup-person-0", "Анна"), desk.Type("#setup-pin-0", w.pin),
		desk.Click("#setup-more"), desk.See("#setup-person-1"), desk.Type("#setup-person-1", "Олег"), desk.Type("#setup-pin-1", w.pin))
	next("4-people", desk.See(".setup-wrong"), // her PIN is hers alone
		desk.Type("#setup-pin-1", ""), desk.Press("Backspace", 8), desk.Press("Backspace", 8), desk.Write("99"))
	next("5-goods", desk.See("#setup-sample"))
	must(t, desk.See("#setup-code"))
	photo(t, desk, "setup-6-done")
	code, err := desk.Text("#setup-code")
	must(t, err)

	till := w.browser(t, "till", tablet).First()
	must(t, till.Open(w.URL+"/till"), till.See(phase("new")), till.Type("#enrol-code", code), till.Click("#enrol"), till.See(phase("signed-out")))
	w.signIn(t, till)
	w.codes, err = w.sellable("p.id", 10)
	must(t, err)
	capturePrints(t, till)
	must(t, till.Scan(w.codes[0]), till.See(`#lines .line[data-n="1"]`), till.Scan(w.codes[1]), till.See(`#lines .line[data-n="2"]`))
	if printed := payByCard(t, till); printed <= 0 {
		t.Errorf("the first receipt comes to %d", printed)
	}

	must(t, desk.Click("#setup-open"), desk.See(".desk-head, .filter"))
	photo(t, desk, "setup-7-desk")
	again := w.browser(t, "again", upright).First()
	must(t, again.Open(link), again.Until(`document.body.innerText.includes("no longer good")`))
}
