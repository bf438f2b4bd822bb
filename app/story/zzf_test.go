//go:build !js

package story

import (
	"fmt"
	"os"
	"testing"
	"time"
)

const zz = "http://localhost:8600"

func TestZZ(t *testing.T) {
	pass := os.Getenv("ZZPASS")
	who := os.Getenv("ZZWHO")
	looks := map[string]Look{
		"1280-ru-light": {1280, 800, "ru", false},
		"820-en-dark":   {820, 1180, "en", true},
		"390-ru-dark":   {390, 844, "ru", true},
	}
	for name, look := range looks {
		if only := os.Getenv("ZZLOOK"); only != "" && only != name {
			continue
		}
		browser, err := StartBrowser(t.Context(), t.TempDir(), look)
		must(t, err)
		tab := browser.First()
		must(t, tab.Open(zz+"/manager"), tab.Until(drawn))
		if e := tab.See("#login"); e != nil {
			t.Fatal(e)
		}
		tab.Photo("/tmp/F/shot/" + name + "-login.png")
		must(t, tab.Type("#login", who), tab.Type("#password", pass), tab.Click("#log-in"))
		begin := time.Now()
		must(t, tab.Until(`document.querySelector("#card-revenue") && document.querySelector("#card-revenue").dataset.value > 0`))
		t.Log(name, "first number after", time.Since(begin))
		must(t, tab.Until(`document.querySelectorAll(".chart canvas").length >= 5`))
		time.Sleep(time.Second)
		tab.Photo("/tmp/F/shot/" + name + "-overview.png")
		Eval[bool](tab, `scrollTo(0, document.body.scrollHeight), true`)
		Eval[bool](tab, `document.scrollingElement.scrollTo(0, 700), true`)
		time.Sleep(500 * time.Millisecond)
		tab.Photo("/tmp/F/shot/" + name + "-overview2.png")
		Eval[bool](tab, `document.scrollingElement.scrollTo(0, 1500), true`)
		time.Sleep(500 * time.Millisecond)
		tab.Photo("/tmp/F/shot/" + name + "-overview3.png")
		Eval[bool](tab, `document.scrollingElement.scrollTo(0, 0), true`)
		must(t, tab.Click("#filter-stores"), tab.See(".options"))
		Eval[bool](tab, `document.querySelectorAll(".options .option")[1].click(), true`)
		time.Sleep(time.Second)
		tab.Photo("/tmp/F/shot/" + name + "-filter.png")
		Eval[bool](tab, `document.querySelector(".backdrop").click(), true`)
		must(t, tab.Gone(".backdrop"))
		must(t, tab.Click("#filter-period"), tab.See("#own-from"))
		time.Sleep(300 * time.Millisecond)
		tab.Photo("/tmp/F/shot/" + name + "-period.png")
		Eval[bool](tab, `document.querySelector(".backdrop").click(), true`)
		must(t, tab.Gone(".backdrop"))
		must(t, tab.Click("#table-course"), tab.See(".figures"))
		tab.Photo("/tmp/F/shot/" + name + "-table.png")
		must(t, tab.Click("#nav-prices"), tab.See(".product"))
		must(t, tab.Click(".product:nth-child(4) .button"), tab.See("#price-amount"))
		time.Sleep(300 * time.Millisecond)
		tab.Photo("/tmp/F/shot/" + name + "-prices.png")
		must(t, tab.Click("#nav-tills"), tab.See(".place"))
		time.Sleep(300 * time.Millisecond)
		tab.Photo("/tmp/F/shot/" + name + "-tills.png")
		must(t, tab.Click(".place .button"), tab.See("#code"))
		time.Sleep(1500 * time.Millisecond)
		tab.Photo("/tmp/F/shot/" + name + "-code.png")
		Eval[bool](tab, `document.querySelector("#code-close").click(), true`)
		time.Sleep(300 * time.Millisecond)
		must(t, tab.Click("#settings"), tab.See("#log-out"))
		tab.Photo("/tmp/F/shot/" + name + "-settings.png")
		fmt.Println(name, tab.Faults())
		browser.Close()
	}
}
