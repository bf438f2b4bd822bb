package office

import "tillsight/shared/catalogue"

// StorePlace says where a store stands.
type StorePlace struct {
	Store  string         `json:"store"`
	Name   catalogue.Text `json:"name,omitzero"` // read only
	Region string         `json:"region"`
	Lat    int32          `json:"lat"` // millionths of degrees; both 0: nobody has said
	Lon    int32          `json:"lon"`
}
