// Package web carries the files that browsers get: what is written here by hand
// (static) and what make put together (build).
package web

import "embed"

// Files holds the folders static, build and shell (templates). Without a build, build is empty and
// the server still starts: the page then says that the program is missing.
//
//go:embed all:static all:build all:shell
var Files embed.FS
