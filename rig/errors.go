package rig

import (
	"errors"
	"fmt"
)

// The errors of a link are these where its holder can do something about them, and
// others where only the operator can.
var (
	// ErrGone: the link can't be used any more and has to be opened anew.
	ErrGone = errors.New("the link to the rig is gone")

	// ErrUnsupported: this transceiver or interface can't do that, now or later.
	ErrUnsupported = errors.New("this rig or its interface can't do that")

	// ErrRefused: the command was understood and turned down, so the transceiver
	// is as it was before.
	ErrRefused = errors.New("the rig refused")
)

// Faultf is an error that reads as format and args say and is kind, one of the
// errors above, as well as whatever it wraps with %w.
func Faultf(kind error, format string, args ...any) error {
	return &fault{kind: kind, err: fmt.Errorf(format, args...)}
}

type fault struct {
	kind error
	err  error
}

func (f *fault) Error() string   { return f.err.Error() }
func (f *fault) Unwrap() []error { return []error{f.kind, f.err} }
