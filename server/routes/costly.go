package routes

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"tillsight/shared/errcode"
)

// Limits of a costly route.
const (
	costlyAtOnce = 2
	costlyWait   = 20 * time.Second // for a place
	costlyTime   = 90 * time.Second // for the answer, the wait included
)

// costly has few be answered at once, each for a while: what a person asks must not
// take the server from the tills. Who finds no place is told to come again.
func costly[Q any](do func(http.ResponseWriter, *http.Request, Caller, Q) error) func(http.ResponseWriter, *http.Request, Caller, Q) error {
	places := make(chan struct{}, costlyAtOnce)
	return func(w http.ResponseWriter, r *http.Request, who Caller, q Q) error {
		ctx, cancel := context.WithTimeout(r.Context(), costlyTime)
		defer cancel()
		wait := time.NewTimer(costlyWait)
		defer wait.Stop()
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
		case <-ctx.Done():
			return errcode.New(errcode.Cancelled, "routes", errors.New("the client went away"))
		case <-wait.C:
			return errcode.New(errcode.TooMany, "routes", errors.New("others are being answered")).
				With("seconds", strconv.Itoa(int(costlyWait/time.Second)))
		}
		return do(w, r.WithContext(ctx), who, q)
	}
}
