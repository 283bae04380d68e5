package collection

import (
	"runtime"
	"syscall"
)

// stepBack runs f on a thread of its own that steps back whenever another one
// wants the processor: reading a large folder must not be felt in the keys.
func stepBack(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		// The thread ends with this goroutine, since it is never unlocked: its
		// priority could not be raised again.
		runtime.LockOSThread()
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, syscall.Gettid(), 19)
		f()
	}()
	<-done
}
