package main

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// hideTyping has a terminal not show what is typed until show is called.
// Anything else stays as it is.
func hideTyping(in io.Reader) (show func(), err error) {
	show = func() {}
	file, ok := in.(*os.File)
	if !ok {
		return show, nil
	}
	fd := int(file.Fd())
	before, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return show, nil // no terminal
	}
	hidden := *before
	hidden.Lflag = hidden.Lflag&^unix.ECHO | unix.ECHONL
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, &hidden); err != nil {
		return show, err
	}
	return func() {
		if err := unix.IoctlSetTermios(fd, unix.TCSETS, before); err != nil {
			os.Stderr.WriteString("the terminal stays silent: " + err.Error() + "\n")
		}
	}, nil
}
