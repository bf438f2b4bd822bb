//go:build !js

package chart

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// plate draws nothing outside a browser.
type plate struct{}

func (*plate) mount(app.Context, *Canvas) {}
func (*plate) show(*Drawing)              {}
func (*plate) end()                       {}

func styleColour(_, otherwise string) string { return otherwise }
