package journal

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"tillsight/app/opfs"
	"tillsight/shared/errcode"
)

// SegmentSize is the length of a segment file. It is written full of zeros
// before use: a flush that changes neither the length nor the layout of a file
// costs half of one that appends (measured, see DESIGN.md).
const SegmentSize = 4 << 20

const (
	segmentName = "journal-"
	reserveName = "reserve" // as long as two segments, given up when the quota is used up
	blockSize   = 1 << 20   // zeros are written in such pieces
)

func fileName(number int) string { return fmt.Sprintf("%s%06d", segmentName, number) }

// segments returns the numbers of the segment files in dir, rising.
func segments(dir opfs.Dir) ([]int, error) {
	names, err := dir.List()
	if err != nil {
		return nil, err
	}
	var numbers []int
	for _, name := range names {
		digits, ok := strings.CutPrefix(name, segmentName)
		if !ok || len(digits) != 6 {
			continue
		}
		if n, err := strconv.Atoi(digits); err == nil && n > 0 {
			numbers = append(numbers, n)
		}
	}
	return numbers, nil
}

// fill makes file size bytes long, all zeros, and flushes it.
func fill(file opfs.File, size int64) error {
	zeros := make([]byte, min(size, blockSize))
	for off := int64(0); off < size; off += int64(len(zeros)) {
		if _, err := file.WriteAt(zeros[:min(size-off, int64(len(zeros)))], off); err != nil {
			return err
		}
	}
	return file.Flush()
}

// readAll returns the whole content of file.
func readAll(file opfs.File) ([]byte, error) {
	size, err := file.Size()
	if err != nil {
		return nil, err
	}
	b := make([]byte, size)
	n, err := file.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return b[:n], nil
}

// saveCopy durably writes b to the file name unless that is done already.
func saveCopy(dir opfs.Dir, name string, b []byte) error {
	file, err := dir.Open(name, true)
	if err != nil {
		return err
	}
	size, err := file.Size()
	if err == nil && size < int64(len(b)) {
		if _, err = file.WriteAt(b, 0); err == nil {
			err = file.Flush()
		}
	}
	return errors.Join(err, file.Close())
}

// makeReserve writes the reserve file when there is none; there being no room
// for it is no error.
func makeReserve(dir opfs.Dir, segment int64) error {
	file, err := dir.Open(reserveName, true)
	if err != nil {
		return err
	}
	size, err := file.Size()
	if err == nil && size < 2*segment {
		err = fill(file, 2*segment)
	}
	if err = errors.Join(err, file.Close()); errcode.Of(err) == errcode.StorageFull {
		return dir.Remove(reserveName)
	}
	return err
}
