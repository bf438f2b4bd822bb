package sqlite

import "github.com/ncruces/go-sqlite3/vfs"

// unmapped is the platform's own files without memory mapping, which nothing here
// uses: a file whose pages carry checksums ceases to offer it while it is open,
// and the library's checkpoint, that asked before, then fails.
const unmapped = "unmapped"

func init() { vfs.Register(unmapped, unmappedVFS{vfs.Find("")}) }

type unmappedVFS struct{ vfs.VFS }

// OpenFilename implements vfs.VFSFilename.
func (v unmappedVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	file, flags, err := v.VFS.(vfs.VFSFilename).OpenFilename(name, flags)
	if full, ok := file.(allOfFile); ok && err == nil {
		file = unmappedFile{full}
	}
	return file, flags, err
}

// allOfFile is what the platform's files can do but for the mapping.
type allOfFile interface {
	vfs.File
	vfs.FileSharedMemory
	vfs.FileLockState
	vfs.FileHasMoved
	vfs.FileSizeHint
	vfs.FilePersistWAL
	vfs.FilePowersafeOverwrite
}

type unmappedFile struct{ allOfFile }

// DeviceCharacteristics implements vfs.File without what the wrapper hides.
func (f unmappedFile) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return f.allOfFile.DeviceCharacteristics() &^ vfs.IOCAP_BATCH_ATOMIC
}
