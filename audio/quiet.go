//go:build portaudio && (linux || darwin)

package audio

import (
	"log"
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// Quiet keeps what C libraries print off the terminal. They write to file 2 past
// this program, ALSA and JACK dozens of lines about every device that is not
// there, which ruins a screen and hides messages that matter.
//
// It is to be called at the beginning of main. Afterwards os.Stderr is what it
// returns: the standard error, by another number, which crashes are written to
// as well. If anything fails, all stays as it was.
func Quiet() *os.File {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return os.Stderr
	}
	defer null.Close()
	fd, err := unix.FcntlInt(2, unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return os.Stderr
	}
	saved := os.NewFile(uintptr(fd), os.Stderr.Name())
	if debug.SetCrashOutput(saved, debug.CrashOptions{}) != nil || replace(int(null.Fd()), 2) != nil {
		saved.Close()
		return os.Stderr
	}
	os.Stderr = saved
	log.SetOutput(saved)
	return saved
}
