package doctor

import "fmt"

// Level is how bad a finding is.
type Level uint8

const (
	OK      Level = iota
	Note          // worth knowing, nothing to do as a rule
	Warning       // works, but not as well as it should, or dangerously
	Fault         // does not work
)

func (l Level) String() string { return [...]string{"ok", "note", "warning", "fault"}[l] }

// A Finding is one thing that was looked at.
type Finding struct {
	Check string // which check found it: "sound input", "rig"
	Level Level
	Text  string // one sentence
}

// A reporter tells findings of one check.
type reporter struct {
	check string
	tell  func(Finding)
}

func (r reporter) say(level Level, format string, args ...any) {
	r.tell(Finding{Check: r.check, Level: level, Text: fmt.Sprintf(format, args...)})
}
