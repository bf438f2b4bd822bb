package barcode

import (
	"strconv"
	"strings"
)

// element is the form of one application identifier.
type element struct {
	digits bool
	length int  // exact, or the maximum
	exact  bool // always of this length
	fnc1   bool // ends by a separator unless it is the last
	check  int  // so many digits at its beginning end in a check digit; 0: none
}

// elements are those of the GS1 General Specifications, release 25, section 3.2:
// the form as it is written there, the identifiers that have it. Parts of a value
// are added up. Behind "!" stands how many digits end in a check digit. What counts
// its decimals by a fourth digit (310n) stands under the first three.
var elements = read(`
n2: 20 7241
n6: 11 12 13 15 16 17 395 4326 7006 8005
n6: 310 311 312 313 314 315 316 320 321 322 323 324 325 326 327 328 329 330 331 332 333 334 335 336 337
n6: 340 341 342 343 344 345 346 347 348 349 350 351 352 353 354 355 356 357 360 361 362 363 364 365 366 367 368 369
n13!13: 410 411 412 413 414 415 416 417
n14!14: 01 02 03
n17!17: 402
n18!14: 8006 8026
n18!18: 00 8017 8018
n1: 4321 4322 4323 7252
n3: 422 424 426
n4: 394 8111
n8: 7250
n10: 4324 4325 7003
n12: 7251
n13: 7001
n14: 8001
n20: 4309
n..4: 7004
n..6: 242
n..8: 30 37
n..10: 7011 8019
n..12: 7007 8008 8011
n..15: 390 392 423 425
n..18: 391 393
n..25!13: 255
x2: 4307 4317
x3: 7258
x4: 7040
x..2: 7010
x..3: 427 7008
x..4: 7041
x..7: 4330 4331 4332 4333
x..10: 7009 7255
x..12: 421 7005
x..20: 10 21 22 243 254 420 4318 710 711 712 713 714 715 716 717 7020 7021 7022 7240 8002 8012
x..25: 7242 8013 8014 8020
x..28: 235
x..30: 240 241 250 251 400 401 403 4308 4319 7002 7023 8004 8010 90
x..30: 7030 7031 7032 7033 7034 7035 7036 7037 7038 7039 7230 7231 7232 7233 7234 7235 7236 7237 7238 7239
x..30!13: 253
x..30!14: 8003
x..34: 8007
x..35: 4300 4301 4310 4311 4320
x..40: 7253 7254 7259
x..50: 8009
x..70: 4302 4303 4304 4305 4306 4312 4313 4314 4315 4316 7257 8110 8112 8200
x..90: 7256 8030 91 92 93 94 95 96 97 98 99`)

func read(table string) map[string]element {
	all := map[string]element{}
	for line := range strings.Lines(strings.TrimSpace(table)) {
		form, identifiers, _ := strings.Cut(line, ":")
		form, check, _ := strings.Cut(form, "!")
		length, upTo := strings.CutPrefix(form[1:], "..")
		e := element{digits: form[0] == 'n', exact: !upTo}
		e.length, _ = strconv.Atoi(length)
		e.check, _ = strconv.Atoi(check)
		for _, ai := range strings.Fields(identifiers) {
			e.fnc1 = !predefined(ai)
			all[ai] = e
		}
	}
	return all
}

// predefined reports whether identifiers that begin so have a length that every
// reader knows, and so no separator behind them (figure 7.8.5-2).
func predefined(ai string) bool {
	switch ai[:2] {
	case "00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20",
		"31", "32", "33", "34", "35", "36", "41":
		return true
	}
	return false
}

// identifier returns the AI that text begins with and its form.
func identifier(text string) (string, element, bool) {
	for n := 2; n <= 4 && n <= len(text); n++ {
		e, ok := elements[text[:n]]
		if !ok {
			continue
		}
		if n == 3 && text[0] == '3' {
			if len(text) < 4 || text[3] < '0' || text[3] > '9' {
				return "", e, false
			}
			n = 4
		}
		return text[:n], e, true
	}
	return "", element{}, false
}

// strict reports whether text is an element string without a fault: identifiers
// that are known, values of their form and of the characters that the
// specifications allow, right check digits. Only what is so may replace a code by
// a mend; what was scanned as it is needs less.
func strict(text string) bool {
	text = strings.TrimPrefix(text, string(rune(separator)))
	for text != "" {
		ai, e, ok := identifier(text)
		if !ok {
			return false
		}
		value, rest, ok := e.cut(text[len(ai):])
		if !ok || !inSet82(value) || e.check > 0 && (len(value) < e.check || !Valid(value[:e.check])) {
			return false
		}
		text = rest
	}
	return true
}

// inSet82 reports whether a value holds only what figure 7.11-1 allows.
func inSet82(value string) bool {
	for i := 0; i < len(value); i++ {
		if c := value[i]; c <= ' ' || c > 'z' || strings.IndexByte(outside, c) >= 0 {
			return false
		}
	}
	return true
}
