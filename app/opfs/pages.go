package opfs

import "bytes"

// contentPage is what copies of a content share until one of them writes.
const contentPage = 16 << 10

// content is the bytes of a file in memory. Copies are cheap, and so are zeros:
// simulations copy whole disks at every power cut.
type content struct {
	size  int64
	pages [][]byte // nil is a page of zeros
	own   []bool   // page belongs to this content alone
}

// clone returns a copy; from now on both share what they hold.
func (c *content) clone() *content {
	clear(c.own)
	return &content{size: c.size, pages: append([][]byte(nil), c.pages...), own: make([]bool, len(c.pages))}
}

// read copies bytes from off on into b and returns how many there were.
func (c *content) read(b []byte, off int64) int {
	if off >= c.size {
		return 0
	}
	b = b[:min(int64(len(b)), c.size-off)]
	for done := 0; done < len(b); {
		at := off + int64(done)
		part := b[done:min(len(b), done+contentPage-int(at%contentPage))]
		if page := c.pages[at/contentPage]; page == nil {
			clear(part)
		} else {
			copy(part, page[at%contentPage:])
		}
		done += len(part)
	}
	return len(b)
}

var zeroPage [contentPage]byte

// write puts b at off, lengthening the content when it ends before.
func (c *content) write(b []byte, off int64) {
	if end := off + int64(len(b)); end > c.size {
		c.resize(end)
	}
	for len(b) > 0 {
		i, at := off/contentPage, off%contentPage
		part := b[:min(len(b), contentPage-int(at))]
		if c.pages[i] != nil || !bytes.Equal(part, zeroPage[:len(part)]) {
			copy(c.page(i)[at:], part)
		}
		b, off = b[len(part):], off+int64(len(part))
	}
}

// page returns page i for writing.
func (c *content) page(i int64) []byte {
	if !c.own[i] {
		page := make([]byte, contentPage)
		copy(page, c.pages[i])
		c.pages[i], c.own[i] = page, true
	}
	return c.pages[i]
}

// resize cuts the content or lengthens it with zeros.
func (c *content) resize(size int64) {
	count := (size + contentPage - 1) / contentPage
	for int64(len(c.pages)) < count {
		c.pages, c.own = append(c.pages, nil), append(c.own, false)
	}
	c.pages, c.own = c.pages[:count], c.own[:count]
	if rest := size % contentPage; size < c.size && rest != 0 && c.pages[count-1] != nil {
		clear(c.page(count - 1)[rest:])
	}
	c.size = size
}

// bytes returns a copy of everything.
func (c *content) bytes() []byte {
	b := make([]byte, c.size)
	c.read(b, 0)
	return b
}
