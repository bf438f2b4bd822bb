package refdata

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"tillsight/shared/search"
	"tillsight/shared/sqlite"
)

// hit is a product with how well it answers.
type hit struct {
	id    int64
	score int
	name  string
}

// rank orders products: those that can be sold, then by how well the words of
// the name answer, how often it is sold, how early the words stand, short names.
func rank(q Querier, ids []int64, terms []term, sold map[int64]int) ([]hit, error) {
	var list []hit
	for _, id := range ids {
		err := q.Query(`SELECT name_ru, name_en, stopped FROM product WHERE id = ?`, func(r sqlite.Row) error {
			score := max(score(search.Words(r.Text(0)), terms), score(search.Words(r.Text(1)), terms))
			if r.Bool(2) {
				score -= 1 << 20
			}
			// Ten times as often weighs a third of a better kind of match.
			score += 100 * bits.Len(uint(sold[id]))
			list = append(list, hit{id, score, r.Text(0)})
			return nil
		}, id)
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(list, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.name, b.name), cmp.Compare(a.id, b.id))
	})
	return list, nil
}

// points of a word by how it answers; None has none.
var points = [...]int{search.Whole: 4000, search.Prefix: 3000, search.Form: 2000, search.Sound: 1000, search.Typo: 500}

// score weighs how well a name's words answer the terms.
func score(name []string, terms []term) int {
	total := 0
	for i, term := range terms {
		best := 0
		for at, have := range name {
			reply, answers := term[have]
			if !answers {
				continue
			}
			worth := points[reply.kind] - 10*min(at, 10)
			if i == 0 && at == 0 {
				worth += 300
			}
			best = max(best, worth)
		}
		total += best
	}
	return total - len(name)
}

// marks returns the words of a name that answer; of a longer word only the
// beginning that was typed.
func marks(name string, terms []term) [][2]int {
	var marks [][2]int
	places := search.Places(name)
	for i, word := range search.Words(name) {
		length := 0
		for _, term := range terms {
			if reply, answers := term[word]; answers {
				length = max(length, reply.mark)
			}
		}
		if length > 0 {
			marks = append(marks, [2]int{places[i][0], places[i][0] + length})
		}
	}
	return marks
}
