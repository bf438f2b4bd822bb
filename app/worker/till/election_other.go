//go:build !js

package till

import (
	"context"
	"errors"
	"time"

	"tillsight/shared/errcode"
)

// BrowserElection has nobody to ask outside a browser: it refuses.
func BrowserElection() Election { return noElection{} }

type noElection struct{}

func (noElection) Acquire(context.Context, time.Duration) (bool, error) {
	return false, errcode.New(errcode.NoStorage, "till.Acquire", errors.New("not a browser"))
}
func (noElection) Release()             {}
func (noElection) AskOthers() error     { return nil }
func (noElection) OnAsked(func()) error { return nil }
