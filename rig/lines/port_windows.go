package lines

import (
	"strings"

	"golang.org/x/sys/windows"

	"rtty/rig"
)

// errNoLines is what a device without modem lines answers.
var errNoLines error = windows.ERROR_INVALID_FUNCTION

// A handle is an open serial port. What its lines do at opening and closing is the
// driver's choice; most drop them at closing.
type handle windows.Handle

func openPort(name string) (port, error) {
	if !strings.HasPrefix(name, `\\.\`) {
		name = `\\.\` + name // without it there are only nine ports
	}
	path, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(path, windows.GENERIC_READ|windows.GENERIC_WRITE, 0, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		return nil, err
	}
	return handle(h), nil
}

func (h handle) raise(s Set) error { return h.each(s, windows.SETRTS, windows.SETDTR) }
func (h handle) drop(s Set) error  { return h.each(s, windows.CLRRTS, windows.CLRDTR) }

// each moves one line after the other: Windows knows no call for both.
func (h handle) each(s Set, rts, dtr uint32) error {
	if s&RTS != 0 {
		if err := windows.EscapeCommFunction(windows.Handle(h), rts); err != nil {
			return err
		}
	}
	if s&DTR != 0 {
		return windows.EscapeCommFunction(windows.Handle(h), dtr)
	}
	return nil
}

// raised can't be told: Windows reads the lines of the other side only.
func (h handle) raised() (Set, error) { return 0, rig.ErrUnsupported }

func (h handle) atClose(bool) (wrote bool, err error) { return false, nil }

func (h handle) close() error { return windows.CloseHandle(windows.Handle(h)) }
