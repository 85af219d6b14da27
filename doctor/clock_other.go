//go:build !linux

package doctor

// SystemClock asks the system for its clock; this one does not tell.
func SystemClock() (Clock, error) { return Clock{}, errNoClock }
