//go:build !portaudio

package audio

func portaudioDriver() []driver { return nil }
