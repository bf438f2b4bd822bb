package intake

import "strings"

// scanner takes a text apart into rows of cells.
type scanner struct {
	text  string
	at    int
	line  int  // of at
	comma byte // between cells
}

// scanned is a row as it stands in the text.
type scanned struct {
	line  int
	cells []string
	fault string
	value string
}

// A quoted cell may hold line breaks, but an open quote must not take the rest of
// the file with it.
const (
	spanLines = 10
	spanBytes = 4096
	cellsMax  = 1000 // of a row
)

// lineEnd returns the index behind the text and behind the break of the line at.
func (s *scanner) lineEnd(at int) (end, next int) {
	i := strings.IndexAny(s.text[at:], "\r\n")
	if i < 0 {
		return len(s.text), len(s.text)
	}
	end = at + i
	if s.text[end] == '\r' && end+1 < len(s.text) && s.text[end+1] == '\n' {
		return end, end + 2
	}
	return end, end + 1
}

// peek is the line at the scanner.
func (s *scanner) peek() string {
	end, _ := s.lineEnd(s.at)
	return s.text[s.at:end]
}

// skip goes to the next line.
func (s *scanner) skip() {
	_, s.at = s.lineEnd(s.at)
	s.line++
}

// next reads a row. One whose quotes are wrong is that line only: the next one
// is read as if nothing had been.
func (s *scanner) next() scanned {
	start := *s
	r := scanned{line: s.line}
	end, _ := s.lineEnd(s.at)
	for {
		cell, fault := s.cell(&end)
		if fault != "" {
			r.fault, r.value = fault, start.peek()
			*s = start
			s.skip()
			return r
		}
		if len(r.cells) == cellsMax {
			r.fault, r.value = Wide, start.peek()
			*s = start
			s.skip()
			return r
		}
		r.cells = append(r.cells, cell)
		if s.at >= end {
			break
		}
		s.at++ // the separator
	}
	if s.line > r.line {
		r.fault, r.value = Break, start.peek()
	}
	s.skip()
	return r
}

// cell reads a cell up to its separator or the end of the line, which moves when
// a quoted cell goes over several.
func (s *scanner) cell(end *int) (cell, fault string) {
	rest := s.text[s.at:*end]
	trimmed := strings.TrimLeft(rest, " ")
	if !strings.HasPrefix(trimmed, `"`) {
		if i := strings.IndexByte(rest, s.comma); i >= 0 {
			rest = rest[:i]
		}
		s.at += len(rest)
		return rest, ""
	}
	s.at += len(rest) - len(trimmed) + 1
	cell, closed := s.quoted()
	if !closed {
		return "", Quotes
	}
	*end, _ = s.lineEnd(s.at)
	for s.at < *end && s.text[s.at] == ' ' {
		s.at++
	}
	if s.at < *end && s.text[s.at] != s.comma {
		return "", Quotes
	}
	return cell, ""
}

// quoted reads up to the closing quote.
func (s *scanner) quoted() (cell string, closed bool) {
	var b strings.Builder
	from, line := s.at, s.line
	for s.at < len(s.text) && s.at-from <= spanBytes && s.line-line <= spanLines {
		switch c := s.text[s.at]; {
		case c == '"' && s.at+1 < len(s.text) && s.text[s.at+1] == '"':
			b.WriteByte('"')
			s.at += 2
		case c == '"':
			s.at++
			return b.String(), true
		case c == '\r' || c == '\n':
			_, s.at = s.lineEnd(s.at)
			s.line++
			b.WriteByte('\n')
		default:
			b.WriteByte(c)
			s.at++
		}
	}
	return "", false
}
