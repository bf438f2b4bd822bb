package bridge

import (
	"encoding/binary"
	"fmt"

	"tillsight/shared/errcode"
)

// kind tells what a frame is for.
type kind byte

const (
	kindReady   kind = iota + 1 // worker → page: send now
	kindRequest                 // page → worker
	kindCancel                  // page → worker: nobody waits for this answer any more
	kindAnswer                  // worker → page
	kindError                   // worker → page: body is an errcode.Error
	kindEvent                   // worker → page: name is the event
	kindGone                    // worker → page: the worker has ended; body is an errcode.Error
	kindLast    = kindGone
)

// frame is one message. On the wire it is a single byte array, because every
// property of a JavaScript object costs a call across the wasm border:
// kind (1 byte), id (4), length of name (1), name, body to the end.
type frame struct {
	kind kind
	id   uint32 // of the request, 0 when there is none
	name string // method or event
	body []byte // JSON
}

const frameHead = 6

func (f frame) encode() []byte {
	b := make([]byte, frameHead, frameHead+len(f.name)+len(f.body))
	b[0] = byte(f.kind)
	binary.LittleEndian.PutUint32(b[1:], f.id)
	b[5] = byte(len(f.name))
	b = append(b, f.name...)
	return append(b, f.body...)
}

// decodeFrame reads a frame; its body aliases b.
func decodeFrame(b []byte) (frame, error) {
	if len(b) < frameHead {
		return frame{}, errcode.New(errcode.Invalid, "bridge.decodeFrame", fmt.Errorf("%d bytes", len(b)))
	}
	f := frame{kind: kind(b[0]), id: binary.LittleEndian.Uint32(b[1:])}
	end := frameHead + int(b[5])
	if f.kind == 0 || f.kind > kindLast || end > len(b) {
		return frame{}, errcode.New(errcode.Invalid, "bridge.decodeFrame", fmt.Errorf("kind %d, name of %d bytes", b[0], b[5]))
	}
	f.name = string(b[frameHead:end])
	f.body = b[end:]
	return f, nil
}
