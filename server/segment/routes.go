package segment

import (
	"context"

	"tillsight/server/routes"
	"tillsight/shared/scope"
	"tillsight/shared/segment"
	"tillsight/shared/wire"
	"tillsight/shared/wire/office"
)

// Listed is what lists the column files of what who sees.
type Listed interface {
	Manifest(ctx context.Context, who scope.Scope) (segment.Manifest, error)
}

// Routes are those of the column files.
func Routes(r *routes.Registry, f Listed) {
	routes.Add(r, office.GetManifest, routes.Manager, routes.Persons,
		func(ctx context.Context, who routes.Caller, _ wire.Nothing) (segment.Manifest, error) {
			return f.Manifest(ctx, who.Scope)
		},
		routes.Figures)
}
