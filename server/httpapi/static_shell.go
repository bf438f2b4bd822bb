package httpapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"text/template"
)

// shell is what the program is started with, made from the assets: the page,
// its loader, the service worker and the manifest.
type shell struct {
	version string // hash of everything that a browser gets
	page    *asset // the same for every address of the program
	appJS   *asset
	worker  *asset // service worker
	list    *asset // web app manifest
}

// Paths of the parts that have a place of their own.
const (
	pathPage     = "/"
	pathAppJS    = "/app.js"
	pathWorker   = "/app-worker.js"
	pathManifest = "/manifest.webmanifest"
)

// programs are the wasm programs by the name that pages start them with.
var programs = map[string]string{
	"app":     "/web/app.wasm",
	"desk":    "/web/desk.wasm",
	"till":    "/web/till.wasm",
	"insight": "/web/insight.wasm",
}

// libraries are scripts, most of them vendored, that pages load when they need
// them, and what those need, and maps.
var libraries = map[string]string{
	"echarts": "/web/vendor/echarts.min.js",
	"decoder": "/web/decoder.js",
	"barcode": "/web/vendor/barcode-detector.js",
	"zxing":   "/web/vendor/zxing_reader.wasm",
	"russia":  "/web/geo/russia.json",
}

// groupOf says which devices keep a file: all ("core"), tills, managers, those
// that have read codes with their camera, or none ("").
func groupOf(name string) string {
	switch {
	case name == programs["till"]:
		return "till"
	case name == libraries["decoder"], name == libraries["barcode"], name == libraries["zxing"]:
		return "camera"
	case name == programs["desk"], name == programs["insight"], name == libraries["russia"], strings.HasPrefix(name, "/web/vendor/") && path.Ext(name) == ".js":
		return "manager"
	case strings.HasPrefix(name, "/web/vendor/"):
		return ""
	}
	return "core"
}

// shellFile is a file of the service worker's list.
type shellFile struct {
	URL    string `json:"url"`
	SHA256 string `json:"sha256"`
}

// pageConfig is what app.js knows.
type pageConfig struct {
	Version string            `json:"version"`
	Wasm    map[string]string `json:"wasm"`
	Sizes   map[string]int64  `json:"sizes"` // plain bytes of the programs
	Exec    string            `json:"exec"`
	Worker  string            `json:"worker"`
	Scripts map[string]string `json:"scripts"`
	Env     map[string]string `json:"env"` // for app.Getenv
}

// newShell renders the templates of files/shell over the assets.
func newShell(files fs.FS, assets map[string]*asset) (*shell, error) {
	s := &shell{}
	var err error
	if s.version, err = versionOf(files, assets); err != nil {
		return nil, err
	}
	config, err := json.Marshal(configOf(assets, s.version))
	if err != nil {
		return nil, err
	}
	if s.appJS, err = render(files, "shell/app.js", pathAppJS, assets, map[string]any{"Config": string(config)}); err != nil {
		return nil, err
	}
	if s.list, err = render(files, "shell/manifest.json", pathManifest, assets, nil); err != nil {
		return nil, err
	}
	data := map[string]any{"AppJS": s.appJS.url(), "Styles": styles(assets)}
	if s.page, err = render(files, "shell/page.html", pathPage, assets, data); err != nil {
		return nil, err
	}
	s.page.typ = contentTypes[".html"]
	groups, err := json.Marshal(groupsOf(assets, s))
	if err != nil {
		return nil, err
	}
	version, err := json.Marshal(s.version)
	if err != nil {
		return nil, err
	}
	data = map[string]any{"Version": string(version), "Groups": string(groups)}
	s.worker, err = render(files, "shell/sw.js", pathWorker, assets, data)
	return s, err
}

// versionOf hashes every asset and template: two servers with the same files
// agree on it, and any change of a byte changes it.
func versionOf(files fs.FS, assets map[string]*asset) (string, error) {
	sum := sha256.New()
	names := make([]string, 0, len(assets))
	for name := range assets {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintln(sum, name, assets[name].hash)
	}
	err := fs.WalkDir(files, "shell", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		fmt.Fprintln(sum, name, len(text))
		sum.Write(text)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:tagLength], err
}

func configOf(assets map[string]*asset, version string) pageConfig {
	config := pageConfig{
		Version: version,
		Wasm:    map[string]string{},
		Sizes:   map[string]int64{},
		Exec:    urlOf(assets, "/web/wasm_exec.js"),
		Worker:  urlOf(assets, "/web/worker.js"),
		Scripts: map[string]string{},
		Env:     map[string]string{"GOAPP_VERSION": version, "GOAPP_STATIC_RESOURCES_URL": "/web"},
	}
	for name, file := range programs {
		config.Wasm[name] = urlOf(assets, file)
		if a := assets[file]; a != nil {
			config.Sizes[name] = a.size
		}
	}
	for name, file := range libraries {
		config.Scripts[name] = urlOf(assets, file)
	}
	return config
}

func groupsOf(assets map[string]*asset, s *shell) map[string][]shellFile {
	groups := map[string][]shellFile{
		"core": {
			{URL: pathPage, SHA256: s.page.hash},
			{URL: s.appJS.url(), SHA256: s.appJS.hash},
			{URL: pathManifest, SHA256: s.list.hash},
		},
		"till":    {},
		"manager": {},
		"camera":  {},
	}
	names := make([]string, 0, len(assets))
	for name := range assets {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if group := groupOf(name); group != "" {
			groups[group] = append(groups[group], shellFile{URL: assets[name].url(), SHA256: assets[name].hash})
		}
	}
	return groups
}

// styles are the style sheets in the order of their names, what is for all before
// what is for one ("desk" before "desk-price"), but the shell's and the tokens'
// first: all others build on them.
func styles(assets map[string]*asset) []string {
	rank := map[string]int{"/web/shell.css": -2, "/web/tokens.css": -1}
	var names []string
	for name := range assets {
		if path.Ext(name) == ".css" && path.Dir(name) == "/web" {
			names = append(names, name)
		}
	}
	sort.Slice(names, func(i, j int) bool {
		if rank[names[i]] != rank[names[j]] {
			return rank[names[i]] < rank[names[j]]
		}
		return strings.TrimSuffix(names[i], ".css") < strings.TrimSuffix(names[j], ".css")
	})
	for i, name := range names {
		names[i] = assets[name].url()
	}
	return names
}

// urlOf is the address of a file, or "" when it was not built.
func urlOf(assets map[string]*asset, name string) string {
	if a := assets[name]; a != nil {
		return a.url()
	}
	return ""
}

// render fills in a template of ours. All values are made here from file names
// and hashes, so nothing needs escaping.
func render(files fs.FS, file, name string, assets map[string]*asset, data map[string]any) (*asset, error) {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	url := func(name string) (string, error) {
		if u := urlOf(assets, name); u != "" {
			return u, nil
		}
		return "", fmt.Errorf("no file %s", name)
	}
	t, err := template.New(file).Funcs(template.FuncMap{"url": url}).Parse(string(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return nil, err
	}
	return newAsset(name, b.Bytes())
}
