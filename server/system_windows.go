package main

import (
	"errors"
	"syscall"
)

const sharingViolation = syscall.Errno(32)

// lockFile opens a file that nobody else may have open; that ends with the
// process. release is nil when another process has it.
func lockFile(name string) (release func() error, err error) {
	path, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	handle, err := syscall.CreateFile(path, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharingViolation) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return func() error { return syscall.CloseHandle(handle) }, nil
}

// ownerOnly is left to the rights that a directory hands down.
func ownerOnly() {}

// syncDir is the file system's own business here.
func syncDir(string) error { return nil }
