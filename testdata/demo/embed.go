// Package demodata holds what the demo chain is made of. See README.md for
// where it comes from.
package demodata

import "embed"

// Files are the tables, tab-separated, with a comment line on top.
//
//go:embed *.tsv
var Files embed.FS
