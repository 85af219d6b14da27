package audio

import (
	"fmt"
	"strings"
)

// A FormatError says that an input is no recording that can be read here, or
// was asked for in a way it can't serve: nothing of it has been delivered. Of
// an output it says that its kind has no samples of the format that is wanted.
// The remedy lies with whoever named it.
type FormatError struct {
	Name   string // the file, or "standard input"
	Reason string // what is wrong with it
	Hint   string // what to do about it; empty when there is no advice
}

func (e *FormatError) Error() string {
	s := e.Name + ": " + e.Reason
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

// A DamageError says that a recording ended before its time or is corrupt. All
// samples before the damage have been delivered.
type DamageError struct {
	Name   string
	Offset int64  // where in the input, bytes from its start
	Sample int64  // samples of one channel delivered before
	Reason string // what is wrong there; empty when Err says it
	Err    error  // the cause, for errors.Is and errors.As; nil when there is no deeper one
}

func (e *DamageError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: damaged at byte %d", e.Name, e.Offset)
	if e.Sample > 0 {
		fmt.Fprintf(&b, ", after %d samples", e.Sample)
	}
	switch {
	case e.Reason != "":
		b.WriteString(": " + e.Reason)
	case e.Err != nil:
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *DamageError) Unwrap() error { return e.Err }
