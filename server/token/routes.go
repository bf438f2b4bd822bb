package token

import (
	"context"
	"strconv"

	"tillsight/server/routes"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

// Routes are those of tokens. known refuses stores that there are not.
func (r *Registry) Routes(to *routes.Registry, known func(stores []string) error) {
	routes.Add(to, office.GetTokens, routes.Admin, routes.Whole,
		func(context.Context, routes.Caller, wire.Nothing) ([]office.Token, error) { return r.List() })
	routes.Add(to, office.NewToken, routes.Admin, routes.Whole,
		func(_ context.Context, who routes.Caller, q office.TokenRequest) (office.MadeToken, error) {
			if err := known(q.Stores); err != nil {
				return office.MadeToken{}, err
			}
			made, secret, err := r.Create(q, who.User.Login)
			if err == nil {
				who.Did("token.add", strconv.FormatInt(made.ID, 10))
			}
			return office.MadeToken{Token: made, Secret: secret}, err
		})
	routes.Add(to, office.RevokeToken, routes.Admin, routes.Whole,
		func(_ context.Context, who routes.Caller, q office.TokenID) (wire.Nothing, error) {
			err := r.Revoke(q.ID)
			if err == nil {
				who.Did("token.revoke", strconv.FormatInt(q.ID, 10))
			}
			return wire.Nothing{}, err
		})
}
