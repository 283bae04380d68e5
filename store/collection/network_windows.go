package collection

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// networkKind is empty for a folder on a drive of this computer.
func networkKind(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return unknownKind
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(abs) + `\`)
	if err != nil {
		return unknownKind
	}
	switch windows.GetDriveType(root) {
	case windows.DRIVE_REMOTE:
		return "network drive"
	case windows.DRIVE_UNKNOWN, windows.DRIVE_NO_ROOT_DIR:
		return unknownKind
	}
	return ""
}
