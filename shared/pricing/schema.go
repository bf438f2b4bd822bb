package pricing

import _ "embed"

// Schema is the published JSON schema of a Set.
//
//go:embed rules.schema.json
var Schema []byte
