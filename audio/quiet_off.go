//go:build !portaudio || !(linux || darwin)

package audio

import "os"

// Quiet keeps what C libraries print off the terminal. They write to file 2 past
// this program, ALSA and JACK dozens of lines about every device that is not
// there, which ruins a screen and hides messages that matter.
//
// It is to be called at the beginning of main. Afterwards os.Stderr is what it
// returns: the standard error, by another number, which crashes are written to
// as well. Where no C library is built in, it changes nothing.
func Quiet() *os.File { return os.Stderr }
