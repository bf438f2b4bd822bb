package register

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"tillsight/app/camera"
	"tillsight/app/i18n"
	"tillsight/app/prefs"
	"tillsight/app/register/kit"
	"tillsight/app/shell"
	"tillsight/app/ui"
)

// videoID is the element that shows the camera's picture.
const videoID = "camera-picture"

// cameraView is the camera of this till, nil while it is closed.
type cameraView struct {
	*kit.Page
	r *register

	open   *camera.Camera
	status camera.Status
	take   func(code string) // scanned
}

// toggle opens the camera, or lets it go.
func (c *cameraView) toggle() {
	if c.open != nil {
		c.close()
		return
	}
	shell.Keep("camera")
	c.r.find.clear()
	c.r.screen, c.r.sheet = screenSell, nil
	c.open = camera.Open(shell.DecoderURL(), c.Prefs.Camera, camera.Handler{
		Scan:   func(code string) { c.On(func() { c.take(code) }) },
		Status: func(s camera.Status) { c.On(func() { c.status = s }) },
	})
}

func (c *cameraView) close() {
	if c.open != nil {
		c.open.Close()
		c.open, c.status = nil, camera.Status{}
	}
}

// next takes the next of several cameras and remembers it.
func (c *cameraView) next() {
	list := c.status.Devices
	for i, d := range list {
		if d.ID == c.status.Device {
			c.Prefs.Camera = list[(i+1)%len(list)].ID
			prefs.Save(c.Ctx, c.Prefs)
			c.open.Choose(c.Prefs.Camera)
			return
		}
	}
}

// cameraPane shows what the camera sees, in the place of the quick keys: the
// receipt and its total stay in sight.
type cameraPane struct {
	app.Compo

	R   *register
	Rev int
}

// OnMount gives the picture its place.
func (p *cameraPane) OnMount(ctx app.Context) {
	ctx.Defer(func(app.Context) {
		if p.R.camera.open != nil {
			p.R.camera.open.Show(videoID)
		}
	})
}

// Render draws the pane.
func (p *cameraPane) Render() app.UI {
	r := p.R
	s := r.camera.status
	return app.Div().Class("goods camera").ID("camera").DataSet("state", string(s.State)).Body(
		app.Div().Class("camera-view").Body(
			app.Video().ID(videoID).Class("camera-picture").AutoPlay(true).Muted(true).Attr("playsinline", true),
			p.say(),
		),
		app.Div().Class("camera-tools").Body(
			app.If(s.Torch, func() app.UI {
				return &ui.Button{ID: "camera-light", Label: r.Lang.T(i18n.CameraLight), Toggle: true, Pressed: s.Lit,
					OnPress: r.Press(func() { r.camera.open.Light(!s.Lit) })}
			}),
			app.If(len(s.Devices) > 1, func() app.UI {
				return &ui.Button{ID: "camera-next", Label: p.name(), OnPress: r.Press(r.camera.next)}
			}),
			app.If(p.failed(), func() app.UI {
				return &ui.Button{ID: "camera-again", Label: r.Lang.T(i18n.CameraAgain), Kind: ui.Primary,
					OnPress: r.Press(func() { r.camera.open.Choose(r.Prefs.Camera) })}
			}),
			&ui.Button{ID: "camera-close", Label: r.Lang.T(i18n.CameraClose), OnPress: r.Press(r.camera.close)},
		),
	)
}

// name is that of the camera in use.
func (p *cameraPane) name() string {
	for i, d := range p.R.camera.status.Devices {
		if d.ID == p.R.camera.status.Device {
			if d.Label != "" {
				return d.Label
			}
			return p.R.Lang.T(i18n.CameraChoose, "n", i+1)
		}
	}
	return p.R.Lang.T(i18n.CameraTitle)
}

func (p *cameraPane) failed() bool {
	switch p.R.camera.status.State {
	case camera.Denied, camera.None, camera.Taken, camera.Blocked, camera.Broken:
		return true
	}
	return false
}

// cameraWords are what each state but On is called, and what to do about it.
var cameraWords = map[camera.State][2]*i18n.Message{
	camera.Asking:  {i18n.CameraAsking, i18n.CameraAskHow},
	camera.Loading: {i18n.CameraLoading, nil},
	camera.Denied:  {i18n.CameraDenied, i18n.CameraDeniedHw},
	camera.None:    {i18n.CameraNone, i18n.CameraNoneHow},
	camera.Taken:   {i18n.CameraTaken, i18n.CameraTakenHow},
	camera.Blocked: {i18n.CameraBlocked, i18n.CameraBlockHow},
	camera.Broken:  {i18n.CameraBroken, i18n.CameraBrokeHow},
}

func (p *cameraPane) say() app.UI {
	l := p.R.Lang
	words, known := cameraWords[p.R.camera.status.State]
	if !known {
		return app.P().Class("camera-hint").Text(l.T(i18n.CameraHint))
	}
	how := ""
	if words[1] != nil {
		how = l.T(words[1])
	}
	return app.Div().Class("camera-words").Role("status").Body(ui.EmptyState("◎", l.T(words[0]), how))
}
