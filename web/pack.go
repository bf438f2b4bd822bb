package web

// PackList is the file of build that lists what was compressed by web/pack.
const PackList = "pack.json"

// Packed describes a file that is stored compressed only: NAME.br and NAME.gz
// stand in build in its place.
type Packed struct {
	SHA256  string `json:"sha256"`  // of the plain bytes, hex
	Size    int64  `json:"size"`    // plain bytes
	Quality int    `json:"quality"` // of brotli
}
