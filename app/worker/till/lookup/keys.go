package lookup

import (
	"cmp"
	"errors"

	"tillsight/app/bridge"
	"tillsight/shared/refdata"
)

// QuickKeys returns the key grid, each product as product shows it. Keys of
// products that are gone are left out.
func (g Goods) QuickKeys(product func(refdata.Item) bridge.Product) ([]bridge.QuickGroup, error) {
	order, e1 := refdata.AllQuickGroups(g.Copy)
	keys, e2 := refdata.AllQuickKeys(g.Copy)
	if err := errors.Join(e1, e2); err != nil {
		return nil, err
	}
	groups := []bridge.QuickGroup{}
	for _, of := range order {
		group := bridge.QuickGroup{ID: of.ID, Name: of.Name, Colour: of.Colour}
		for _, key := range keys {
			if key.Group != of.ID {
				continue
			}
			item, ok, err := g.ProductBySKU(key.SKU)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			p := product(item)
			p.Picture = cmp.Or(key.Picture, p.Picture)
			p.Colour = cmp.Or(key.Colour, of.Colour)
			group.Keys = append(group.Keys, p)
		}
		if len(group.Keys) > 0 {
			groups = append(groups, group)
		}
	}
	return groups, nil
}
