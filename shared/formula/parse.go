package formula

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// parser reads an expression by recursive descent.
type parser struct {
	text  string
	at    int // of the word
	word  string
	depth int
}

// signs are other ways to write an operation.
var signs = map[string]string{"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", ":": "/"}

// Parse reads an expression. The error is a *Problem.
func Parse(text string) (*Expr, error) {
	if len(text) > TextMax {
		return nil, &Problem{At: TextMax, What: TooLong}
	}
	p := &parser{text: text}
	p.next()
	root, wrong := p.sum()
	if wrong == nil && p.word != "" {
		wrong = p.unexpected()
	}
	if wrong != nil {
		return nil, wrong
	}
	return &Expr{root: root}, nil
}

// next takes the following word: a number, a name, or one sign.
func (p *parser) next() {
	p.at += len(p.word)
	for p.at < len(p.text) && strings.ContainsRune(" \t\r\n\u00a0", first(p.text[p.at:])) {
		p.at += utf8.RuneLen(first(p.text[p.at:]))
	}
	rest := p.text[p.at:]
	n := 0
	switch {
	case rest == "":
	case isDigit(rest[0]) || rest[0] == '.':
		for n < len(rest) && (isDigit(rest[n]) || rest[n] == '.') {
			n++
		}
	case isLetter(rest[0]):
		for n < len(rest) && (isLetter(rest[n]) || isDigit(rest[n])) {
			n++
		}
	default:
		_, n = utf8.DecodeRuneInString(rest)
	}
	p.word = rest[:n]
}

func first(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError {
		return 0
	}
	return r
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }

// sign is the word as an operation.
func (p *parser) sign() string {
	if sign, ok := signs[p.word]; ok {
		return sign
	}
	return p.word
}

func (p *parser) unexpected() *Problem {
	if p.word == "" {
		return &Problem{At: len(p.text), What: Unfinished}
	}
	return &Problem{At: p.at, What: Unexpected, Word: p.word}
}

func (p *parser) sum() (node, *Problem) {
	return p.chain(map[string]Kind{"+": Add, "-": Sub}, p.product)
}

func (p *parser) product() (node, *Problem) {
	return p.chain(map[string]Kind{"*": Mul, "/": Div}, p.factor)
}

// chain reads parts that operations of the same rank join, from the left.
func (p *parser) chain(kinds map[string]Kind, part func() (node, *Problem)) (node, *Problem) {
	left, wrong := part()
	for wrong == nil {
		kind, ok := kinds[p.sign()]
		if !ok {
			break
		}
		at := p.at
		p.next()
		var right node
		if right, wrong = part(); wrong == nil {
			left = node{kind: kind, at: at, args: []node{left, right}}
		}
	}
	return left, wrong
}

func (p *parser) factor() (node, *Problem) {
	if p.depth++; p.depth > depthMax {
		return node{}, &Problem{At: p.at, What: TooLong}
	}
	defer func() { p.depth-- }()
	at := p.at
	switch {
	case p.word == "":
		return node{}, p.unexpected()
	case p.sign() == "-":
		p.next()
		arg, wrong := p.factor()
		return node{kind: Neg, at: at, args: []node{arg}}, wrong
	case p.word == "(":
		p.next()
		inner, wrong := p.sum()
		if wrong == nil {
			wrong = p.close(at)
		}
		return inner, wrong
	case isDigit(p.word[0]) || p.word[0] == '.':
		return p.number()
	case isLetter(p.word[0]):
		return p.name()
	}
	return node{}, p.unexpected()
}

// close takes the parenthesis that ends what began at open.
func (p *parser) close(open int) *Problem {
	switch p.word {
	case ")":
		p.next()
		return nil
	case "":
		return &Problem{At: open, What: Unclosed, Word: p.text[open:]}
	}
	return p.unexpected()
}

func (p *parser) number() (node, *Problem) {
	n := node{kind: Number, at: p.at, word: p.word}
	value, ok := new(big.Rat).SetString(p.word)
	if !ok || strings.Count(p.word, ".") > 1 || p.word == "." {
		return n, p.unexpected()
	}
	p.next()
	if p.word == "%" {
		n.kind, n.word = Percent, n.word+"%"
		value = new(big.Rat).Quo(value, big.NewRat(100, 1))
		p.next()
	}
	n.num = value
	return n, nil
}

func (p *parser) name() (node, *Problem) {
	n := node{kind: Name, at: p.at, word: p.word}
	p.next()
	if p.word != "(" {
		return n, nil
	}
	switch strings.ToLower(n.word) {
	case "min":
		n.kind = Min
	case "max":
		n.kind = Max
	default:
		return n, p.unexpected()
	}
	open := p.at
	for p.word == "(" || p.word == "," || p.word == ";" {
		p.next()
		arg, wrong := p.sum()
		if wrong != nil {
			return n, wrong
		}
		n.args = append(n.args, arg)
	}
	return n, p.close(open)
}
