package rig

import "errors"

// Links wrap these errors, so that whoever holds one knows what to do next.
var (
	// ErrGone: the link can't be used any more and has to be opened anew.
	ErrGone = errors.New("the link to the rig is gone")

	// ErrUnsupported: this transceiver or interface can't do that, now or later.
	ErrUnsupported = errors.New("the rig can't do that")

	// ErrRefused: the command was understood and turned down, so the transceiver
	// is as it was before.
	ErrRefused = errors.New("the rig refused")
)
