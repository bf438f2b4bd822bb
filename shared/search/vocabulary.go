package search

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Kind says how a word answers to what was typed, best first.
type Kind byte

// Kinds.
const (
	Whole  Kind = iota // the word itself
	Prefix             // it begins so
	Form               // another form of it
	Sound              // it sounds so, perhaps in the other script
	Typo               // one key is wrong, missing, too many, or two are swapped
	None               // not at all
)

// Vocabulary is all words of the names of an assortment. It does not change and
// may be used from any goroutine.
type Vocabulary struct {
	words   []string // ascending
	letters table    // the words, one byte a letter
	sounds  table    // how they sound
	ear     []int32  // words in the order of their sounds
}

// table holds many short byte strings in one piece of memory.
type table struct {
	bytes []byte
	ends  []int32
}

func (t *table) add(b []byte) {
	t.bytes = append(t.bytes, b...)
	t.ends = append(t.ends, int32(len(t.bytes)))
}

func (t *table) at(i int) []byte {
	from := int32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.bytes[from:t.ends[i]]
}

// NewVocabulary makes a vocabulary of distinct ascending words.
func NewVocabulary(words []string) *Vocabulary {
	v := &Vocabulary{words: words, ear: make([]int32, len(words))}
	for i, word := range words {
		v.letters.add(letters(word))
		v.sounds.add([]byte(sound(word)))
		v.ear[i] = int32(i)
	}
	slices.SortFunc(v.ear, func(a, b int32) int {
		return cmp.Or(slices.Compare(v.sounds.at(int(a)), v.sounds.at(int(b))), cmp.Compare(a, b))
	})
	return v
}

// Len returns how many words there are.
func (v *Vocabulary) Len() int { return len(v.words) }

// letters writes a word with one byte for each letter: a few letters that no
// assortment has side by side share one.
func letters(word string) []byte {
	b := make([]byte, 0, len(word))
	for _, r := range word {
		if r >= 0x80 {
			r = 0x80 | r&0x7f
		}
		b = append(b, byte(r))
	}
	return b
}

// Plain finds the words that answer to a typed word by themselves: Whole,
// Prefix and Form.
func (v *Vocabulary) Plain(typed string, found func(word int, kind Kind)) {
	from := sort.SearchStrings(v.words, typed)
	for i := from; i < len(v.words) && strings.HasPrefix(v.words[i], typed); i++ {
		kind := Prefix
		if len(v.words[i]) == len(typed) {
			kind = Whole
		}
		found(i, kind)
	}
	if utf8.RuneCountInString(typed) < 3 {
		return
	}
	common := root(typed)
	begin := sharedBeginning(common)
	for i := sort.SearchStrings(v.words, begin); i < len(v.words) && strings.HasPrefix(v.words[i], begin); i++ {
		if !strings.HasPrefix(v.words[i], typed) && root(v.words[i]) == common {
			found(i, Form)
		}
	}
}

// Alike finds the words that begin with how a typed word sounds.
func (v *Vocabulary) Alike(typed string, found func(word int, kind Kind)) {
	heard := []byte(sound(typed))
	if utf8.RuneCountInString(typed) < 2 || len(heard) == 0 {
		return
	}
	from := sort.Search(len(v.ear), func(i int) bool { return slices.Compare(v.sounds.at(int(v.ear[i])), heard) >= 0 })
	for _, word := range v.ear[from:] {
		if has := v.sounds.at(int(word)); len(has) < len(heard) || string(has[:len(heard)]) != string(heard) {
			return
		}
		found(int(word), Sound)
	}
}

// typoMin is the shortest word that may have a wrong key, in letters: among
// shorter ones every word is near every other.
const typoMin = 4

// endingMax is how much longer than a root with a wrong key a word may be for
// both to be forms of one word.
const endingMax = 3

// Near finds the words that a typed word becomes when one key is put right:
// the whole word, its beginning, or another form of it; by letters and by ear.
func (v *Vocabulary) Near(typed string, found func(word int, kind Kind)) {
	if utf8.RuneCountInString(typed) < typoMin || strings.ContainsAny(typed, "0123456789") {
		return
	}
	keys, heard, bare := letters(typed), []byte(sound(typed)), letters(stem(typed))
	for i, word := range v.words {
		has := v.letters.at(i)
		if nearStart(keys, has) >= 0 || nearStart(heard, v.sounds.at(i)) >= 0 ||
			len(bare) >= typoMin && len(has) <= len(bare)+endingMax && nearStart(bare, has) >= 0 && nearStart(bare, letters(stem(word))) == 0 {
			found(i, Typo)
		}
	}
}

// nearStart returns how many letters of word are behind its shortest beginning
// that is one wrong key away from typed, or -1 when there is none. No wrong key
// counts as well.
func nearStart(typed, word []byte) int {
	same := 0
	for same < len(typed) && same < len(word) && typed[same] == word[same] {
		same++
	}
	if same == len(typed) {
		return len(word) - same
	}
	rest, left := typed[same:], word[same:]
	switch {
	case begins(left, rest[1:]): // a key too many
		return len(left) - len(rest) + 1
	case len(left) == 0:
		return -1
	case begins(left[1:], rest[1:]): // a wrong key
		return len(left) - len(rest)
	case begins(left[1:], rest): // a key missing
		return len(left) - 1 - len(rest)
	case len(rest) > 1 && len(left) > 1 && rest[0] == left[1] && rest[1] == left[0] && begins(left[2:], rest[2:]):
		return len(left) - len(rest)
	}
	return -1
}

func begins(word, beginning []byte) bool {
	return len(word) >= len(beginning) && string(word[:len(beginning)]) == string(beginning)
}

// Word returns word i.
func (v *Vocabulary) Word(i int) string { return v.words[i] }
