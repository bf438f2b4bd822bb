package opfs

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// TestContent compares a content and its copies with plain byte slices.
func TestContent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type pair struct {
			c    *content
			want []byte
		}
		all := []*pair{{c: &content{}}}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			p := all[rapid.IntRange(0, len(all)-1).Draw(t, "which")]
			off := rapid.IntRange(0, 3*contentPage).Draw(t, "off")
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				all = append(all, &pair{p.c.clone(), bytes.Clone(p.want)})
			case 1:
				p.c.resize(int64(off))
				p.want = append(p.want, make([]byte, max(0, off-len(p.want)))...)[:off]
			default:
				b := bytes.Repeat([]byte{rapid.Byte().Draw(t, "byte")}, rapid.IntRange(0, 2*contentPage).Draw(t, "n"))
				p.c.write(b, int64(off))
				if need := off + len(b); need > len(p.want) {
					p.want = append(p.want, make([]byte, need-len(p.want))...)
				}
				copy(p.want[off:], b)
			}
		}
		for i, p := range all {
			if got := p.c.bytes(); !bytes.Equal(got, p.want) {
				t.Fatalf("content %d differs from its model", i)
			}
		}
	})
}
