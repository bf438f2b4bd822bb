package office

import "tillsight/shared/barcode"

// Masks are what tills read labels by, and what is known of codes.
type Masks struct {
	Masks   []barcode.Mask   `json:"masks"`
	Samples []barcode.Sample `json:"samples"`
}

// MaskChange writes a mask, or with Drop takes one away. Replaces is the pattern
// that it was before, "" for a new one.
type MaskChange struct {
	Mask     barcode.Mask `json:"mask"`
	Replaces string       `json:"replaces,omitempty"`
	Drop     bool         `json:"drop,omitempty"`
}

// SavedMask is what became of it. With Broken nothing was written: these samples
// would be read otherwise.
type SavedMask struct {
	Masks
	Version int64          `json:"version,omitempty"` // of the reference data
	Broken  []BrokenSample `json:"broken,omitempty"`
}

// BrokenSample is a code that is no longer read as it should be.
type BrokenSample struct {
	Want barcode.Sample `json:"want"`
	Have barcode.Sample `json:"have"`
}

// SampleChange keeps how a code is to be read, or with Drop forgets it.
type SampleChange struct {
	Sample barcode.Sample `json:"sample"`
	Drop   bool           `json:"drop,omitempty"`
}

// Looked is what a code stands for in the chain.
type Looked struct {
	Product *PricedProduct `json:"product,omitempty"`
	Factor  int64          `json:"factor,omitempty"` // thousandths of a unit that one scan counts, 0: one
	Card    string         `json:"card,omitempty"`
}
