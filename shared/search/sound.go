package search

import "strings"

// sound writes a word of either script the way it sounds to a Russian ear, one
// letter a sound, so that "moloko", "малако" and "молоко" are one, as are
// "snickers" and "сникерс". Vowels that are heard alike where they carry no
// stress are one letter. Capitals stand for sounds that Latin writes with
// several letters.
func sound(word string) string {
	if word != "" && word[0] < 0x80 {
		return latinSound(word)
	}
	var b strings.Builder
	for _, r := range word {
		b.WriteString(cyrilSounds[r])
		if r < 0x80 {
			b.WriteByte(byte(r))
		}
	}
	return strings.ReplaceAll(b.String(), "ks", "X")
}

var cyrilSounds = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "i", 'ж': "Z", 'з': "z", 'и': "i", 'й': "i",
	'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "a", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
	'ф': "f", 'х': "h", 'ц': "T", 'ч': "C", 'ш': "S", 'щ': "W", 'ъ': "", 'ы': "i", 'ь': "", 'э': "i",
	'ю': "U", 'я': "A",
}

// latinSounds are the spellings of sounds, longest first.
var latinSounds = []struct{ spelling, sound string }{
	{"shch", "W"}, {"sch", "S"},
	{"ch", "C"}, {"ck", "k"}, {"ja", "A"}, {"ju", "U"}, {"kh", "h"}, {"ks", "X"}, {"ph", "f"}, {"sh", "S"},
	{"ts", "T"}, {"ya", "A"}, {"yu", "U"}, {"zh", "Z"},
	{"ce", "Ti"}, {"ci", "Ti"}, {"cy", "Ti"},
	{"c", "k"}, {"e", "i"}, {"j", "i"}, {"o", "a"}, {"q", "k"}, {"w", "v"}, {"x", "X"}, {"y", "i"},
}

func latinSound(word string) string {
	var b strings.Builder
next:
	for word != "" {
		for _, s := range latinSounds {
			if rest, ok := strings.CutPrefix(word, s.spelling); ok {
				b.WriteString(s.sound)
				word = rest
				continue next
			}
		}
		if word[0] < 0x80 {
			b.WriteByte(word[0])
		}
		word = word[1:]
	}
	return b.String()
}
