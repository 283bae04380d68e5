package collection

import (
	"runtime"
	"syscall"
	"testing"
)

// asNobody has permission bits count for the rest of the test, as they do not
// for the user root: it takes the file system capabilities from all threads.
func asNobody(t *testing.T) {
	t.Helper()
	const nobody = 65534
	runtime.LockOSThread()
	if err := syscall.Setreuid(-1, nobody); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Setreuid(-1, 0); err != nil {
			t.Fatal(err)
		}
		runtime.UnlockOSThread()
	})
}
