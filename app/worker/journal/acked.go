package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"tillsight/app/opfs"
	"tillsight/shared/fact"
)

// The acknowledged position has two slots, written in turn, so that a torn
// write leaves the one before. A slot is u32 CRC-32C of what follows, u32
// epoch, u64 generation, u64 number, 32 bytes hash, 16 bytes device mark.
const (
	ackedName = "acked"
	ackedSize = 72
	ackedStep = 4096 // slots do not share a disk sector
)

type acked struct {
	seq        uint64
	chain      fact.Hash
	generation uint64
}

type ackedFile struct {
	file  opfs.File
	id    Identity
	value acked
}

func openAcked(dir opfs.Dir, id Identity) (*ackedFile, error) {
	file, err := dir.Open(ackedName, true)
	if err != nil {
		return nil, err
	}
	a := &ackedFile{file: file, id: id}
	for slot := range int64(2) {
		b := make([]byte, ackedSize)
		if _, err := file.ReadAt(b, slot*ackedStep); err != nil && !errors.Is(err, io.EOF) {
			return nil, errors.Join(fmt.Errorf("read %s: %w", ackedName, err), file.Close())
		}
		if v, ok := a.parse(b); ok && v.generation > a.value.generation {
			a.value = v
		}
	}
	return a, nil
}

func (a *ackedFile) parse(b []byte) (v acked, ok bool) {
	mark := deviceMark(a.id.Device)
	if crc32.Checksum(b[4:], castagnoli) != binary.LittleEndian.Uint32(b) ||
		binary.LittleEndian.Uint32(b[4:]) != a.id.Epoch || [16]byte(b[56:]) != mark {
		return v, false
	}
	return acked{
		generation: binary.LittleEndian.Uint64(b[8:]),
		seq:        binary.LittleEndian.Uint64(b[16:]),
		chain:      fact.Hash(b[24:56]),
	}, true
}

func (a *ackedFile) set(seq uint64, chain fact.Hash) error {
	v := acked{seq: seq, chain: chain, generation: a.value.generation + 1}
	b := binary.LittleEndian.AppendUint32(nil, 0)
	b = binary.LittleEndian.AppendUint32(b, a.id.Epoch)
	b = binary.LittleEndian.AppendUint64(b, v.generation)
	b = binary.LittleEndian.AppendUint64(b, v.seq)
	b = append(b, v.chain[:]...)
	mark := deviceMark(a.id.Device)
	b = append(b, mark[:]...)
	binary.LittleEndian.PutUint32(b, crc32.Checksum(b[4:], castagnoli))
	if _, err := a.file.WriteAt(b, int64(v.generation%2)*ackedStep); err != nil {
		return fmt.Errorf("write %s: %w", ackedName, err)
	}
	if err := a.file.Flush(); err != nil {
		return fmt.Errorf("flush %s: %w", ackedName, err)
	}
	a.value = v
	return nil
}
