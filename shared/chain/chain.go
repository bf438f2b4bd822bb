// Package chain is a chain of stores as one document: the company, its taxes,
// stores with their tills, categories and people. It is what a set-up writes,
// from a file or from the browser, and what a chain is written back to.
package chain

import (
	"tillsight/shared/staff"
	"tillsight/shared/tax"
)

// Chain is the whole document. What it does not name stays as it is.
type Chain struct {
	Company    Company    `json:"company,omitzero"`
	Taxes      []Rate     `json:"taxes,omitempty"`
	Categories []Category `json:"categories,omitempty"`
	Stores     []Store    `json:"stores,omitempty"`
	Employees  []Employee `json:"employees,omitempty"`
}

// Company is who sells. Stores that say nothing else are like it.
type Company struct {
	Name     string `json:"name"` // as the law wants it on receipts
	Country  string `json:"country"`
	Currency string `json:"currency,omitempty"` // ISO 4217; "": the country's
	TaxID    string `json:"tax_id,omitempty"`   // INN, BIN, UNP…
	Zone     string `json:"zone,omitempty"`     // IANA; "": the country's
	Thanks   Words  `json:"thanks,omitzero"`    // last line of a printed receipt
}

// Rate is a rate of tax from a day on.
type Rate struct {
	Class     tax.Class `json:"class"`
	From      string    `json:"from"` // 2026-01-01
	Percent   Percent   `json:"percent"`
	Exclusive bool      `json:"exclusive,omitempty"` // added to the price, not in it
}

// Category is a branch of the tree of goods.
type Category struct {
	ID     string `json:"id"`
	Parent string `json:"parent,omitempty"`
	Name   Words  `json:"name"`
}

// Store is a store with the numbers of its tills.
type Store struct {
	ID       string   `json:"id"`
	Name     Words    `json:"name"`
	Address  Words    `json:"address,omitzero"`
	Region   string   `json:"region,omitempty"`
	Zone     string   `json:"zone,omitempty"`     // "": the company's
	Currency string   `json:"currency,omitempty"` // "": the company's
	TaxID    string   `json:"tax_id,omitempty"`   // "": the company's
	Thanks   Words    `json:"thanks,omitzero"`    // none: the company's
	Area     Number   `json:"area,omitempty"`     // m²
	Lat      Degrees  `json:"lat,omitempty"`
	Lon      Degrees  `json:"lon,omitempty"`
	Tills    []Number `json:"tills,omitempty"`
}

// Employee is somebody who works at the tills.
type Employee struct {
	ID   string     `json:"id"`
	Name string     `json:"name"`
	Role staff.Role `json:"role"`
	// Store is where they work, "": everywhere.
	Store string `json:"store,omitempty"`
	// PIN is written only; one that is left out stays as it is.
	PIN       string  `json:"pin,omitempty"`
	Discount  Percent `json:"discount,omitempty"` // that they may give
	Dismissed bool    `json:"dismissed,omitempty"`
}
