package settings

import (
	"strings"
	"testing"
	"time"

	"tillsight/app/desk/kit/kittest"
	"tillsight/app/i18n"
	wire "tillsight/shared/wire/office"
)

func TestAgo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		30 * time.Second: "только что", 61 * time.Second: "1 минуту назад", 5 * time.Hour: "5 часов назад", 72 * time.Hour: "3 дня назад",
	} {
		if got := ago(d, i18n.RU); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// openTills opens the page of registers.
func openTills(t *testing.T) (o *kittest.Opened, v *tills, sent func() string) {
	t.Helper()
	var heard string
	o = kittest.Open(t, Pages()[0], i18n.EN, kittest.Answers{
		Server: map[string]any{
			wire.GetTills.Path: []wire.TillPlace{{Store: "10", Till: 1}, {Store: "2", Name: "South", Till: 2, Device: "a"},
				{Store: "2", Name: "South", Till: 1}},
			wire.GetDevices.Path: []wire.Device{{ID: "a", Name: "Counter", Store: "2", Till: 2, LastSeen: kittest.Sunday.UnixMilli()},
				{ID: "b", Name: "Old counter", Store: "2", Till: 2, Replaced: true}},
			wire.NewCode.Path: wire.Code{Code: "ABCD1234", Expires: kittest.Sunday.Add(90 * time.Second).UnixMilli()},
			wire.Revoke.Path:  struct{}{},
		},
		Heard: func(_ string, body []byte) {
			if len(body) > 0 {
				heard = string(body)
			}
		}})
	return o, o.View.(*tills), func() string { return heard }
}

// sees fails the test when the page does not show a text.
func sees(t *testing.T, o *kittest.Opened, text string) {
	t.Helper()
	if html := o.HTML(); !strings.Contains(html, text) {
		t.Errorf("%q is not shown:\n%s", text, html)
	}
}

// TestPlaces: stores in the order of their numbers, each once, its tills in order;
// registers that are at no place any more stand below.
func TestPlaces(t *testing.T) {
	o, _, _ := openTills(t)
	html, at := o.HTML(), -1
	for _, text := range []string{"South", `data-place="2-1"`, "free", `data-place="2-2"`, "in touch", `data-place="10-1"`, "Old counter",
		"replaced"} {
		i := strings.Index(html[at+1:], text)
		if i < 0 {
			t.Fatalf("%q does not stand behind what was before:\n%s", text, html)
		}
		at += 1 + i
	}
	if n := strings.Count(html, ">South<"); n != 1 {
		t.Errorf("the store is named %d times", n)
	}
}

// TestCode is shown in two halves, with how long it is valid.
func TestCode(t *testing.T) {
	o, v, sent := openTills(t)
	v.newCode((*v.places.Value())[0])
	o.Settle()
	if !strings.Contains(sent(), `"till":1`) || !strings.Contains(sent(), `"store":"2"`) {
		t.Errorf("sent %s", sent())
	}
	sees(t, o, "ABCD-1234")
	sees(t, o, "1:30")
	v.d.Now = func() time.Time { return kittest.Sunday.Add(2 * time.Minute) }
	sees(t, o, i18n.EN.T(codeOver))
	for code, want := range map[string]string{"ABC": "ABC", "AB-CD1234": "AB-CD1234", "ABCDEFGHIJ": "ABCDE-FGHIJ"} {
		if got := grouped(code); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestRegisterIsRevoked after a question.
func TestRegisterIsRevoked(t *testing.T) {
	o, v, sent := openTills(t)
	v.sure = "a"
	sees(t, o, "sure-revoke")
	v.end()
	o.Settle()
	if v.sure != "" || !strings.Contains(sent(), `"device":"a"`) || v.revoke.Fault() != nil {
		t.Errorf("asked about %q, sent %s, fault %v", v.sure, sent(), v.revoke.Fault())
	}
}

// TestStates says how a register is.
func TestStates(t *testing.T) {
	_, v, _ := openTills(t)
	now := kittest.Sunday.UnixMilli()
	for want, device := range map[string]wire.Device{
		"revoked":                {Revoked: true, LastSeen: now},
		i18n.EN.T(tillsReplaced): {Replaced: true, LastSeen: now},
		i18n.EN.T(tillsFork):     {Fork: true, LastSeen: now},
		"never":                  {},
		"in touch, just now":     {LastSeen: now},
		"silent, 4 minutes ago":  {LastSeen: now - 4*60_000},
	} {
		if _, got := v.deviceState(device); got != want {
			t.Errorf("%+v: %q, want %q", device, got, want)
		}
	}
}
