//go:build !js

package story

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Memory returns how many bytes of memory the processes of the browser take,
// what they share counted once.
func (b *Browser) Memory() (bytes int64, err error) {
	dirs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, dir := range dirs {
		pid, err := strconv.Atoi(filepath.Base(dir))
		if err != nil {
			continue
		}
		if group, err := syscall.Getpgid(pid); err != nil || group != b.process.Pid {
			continue // another's, or gone meanwhile
		}
		n, err := proportional(filepath.Join(dir, "smaps_rollup"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ESRCH) {
			return 0, err
		}
		bytes += n
	}
	return bytes, nil
}

// proportional reads a process's share of memory: Pss of proc(5).
func proportional(name string) (int64, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		if kilobytes, ok := strings.CutPrefix(lines.Text(), "Pss:"); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(kilobytes, "kB")), 10, 64)
			return n << 10, err
		}
	}
	return 0, fmt.Errorf("%s: no Pss", name)
}
