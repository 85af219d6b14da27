//go:build portaudio

package audio

import "golang.org/x/sys/unix"

// replace makes file number to another name of file number from.
func replace(from, to int) error { return unix.Dup3(from, to, 0) }
