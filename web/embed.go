// Package web carries the files that browsers get: what is written here by hand
// (static) and what make put together (build).
package web

import "embed"

// Files holds the folders static and build. Without a build, build is empty and
// the server still starts: the page then says that the program is missing.
//
//go:embed all:static all:build
var Files embed.FS
