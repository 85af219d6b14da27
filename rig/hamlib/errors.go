package hamlib

import (
	"fmt"

	"rtty/rig"
)

// An Error is a number other than 0 with which rigctld ended an answer. The numbers
// are those of rig_errcode_e in Hamlib's rig.h, negated.
type Error struct {
	Command string // "set_ptt"
	Code    int    // -1 and below
}

// An explanation says what a number means to the operator.
type explanation struct {
	text string
	is   error // what it amounts to; nil: nothing in particular
}

var explanations = map[int]explanation{
	-1:  {"the rig can't take that value", rig.ErrRefused},
	-2:  {"rigctld's settings are incomplete: check its options for model, port and speed", rig.ErrRefused},
	-3:  {"the computer of rigctld is out of memory", nil},
	-4:  {"Hamlib does not know how to do that on this rig", rig.ErrUnsupported},
	-5:  {"the rig does not answer rigctld: check that it is on, its cable, and the speed and CI-V address in its menu", nil},
	-6:  {"rigctld can't use the rig's port: check that it is plugged in and that no other program has it", nil},
	-7:  {"Hamlib has an error of its own: a newer version may help", nil},
	-8:  {"the rig's answer makes no sense to Hamlib: check rigctld's -m (model) and -s (speed)", nil},
	-9:  {"the rig rejected it: look whether it is locked, in a menu, in memory mode or already transmitting", rig.ErrRefused},
	-10: {"the rig's answer was cut short: try a lower speed of the port, and ferrites on its cable", nil},
	-11: {"this rig or rigctld does not offer that", rig.ErrUnsupported},
	-12: {"this rig has no such VFO to choose: start rigctld with --vfo or without it, the other way than now", rig.ErrUnsupported},
	-13: {"something else talks on the rig's bus: end the other program, or switch off CI-V transceive", nil},
	-14: {"the rig's bus is busy: another program or another radio is using it", nil},
	-15: {"rigctld got no usable argument, which is a fault of this program", rig.ErrRefused},
	-16: {"the rig has no such VFO", rig.ErrRefused},
	-17: {"the value is outside what the rig can do", rig.ErrRefused},
	-18: {"this version of Hamlib has given that command up", rig.ErrUnsupported},
	-19: {"rigctld wants a password, which this program can't give: start it without -A", rig.ErrRefused},
	-20: {"the rig is switched off", nil},
	-21: {"the value is beyond a limit that was set in Hamlib", rig.ErrRefused},
	-22: {"rigctld may not use the port: give the user that runs it access, as a rule the group dialout", rig.ErrRefused},
}

// noPTT is what these numbers mean when they answer a command about PTT.
const noPTT = "this rigctld has no PTT configured: start it with -P RIG, or -P RTS or DTR and -p PORT"

func (e *Error) explain() explanation {
	if e.Command == "set_ptt" || e.Command == "get_ptt" {
		switch e.Code {
		case -1, -4, -11:
			return explanation{noPTT, e.amountsTo()}
		}
	}
	if x, ok := explanations[e.Code]; ok {
		return x
	}
	return explanation{"Hamlib's manual may know what this number means", nil}
}

// amountsTo tells what a command about PTT that is not configured amounts to: to
// ask is not supported, to key is refused.
func (e *Error) amountsTo() error {
	if e.Command == "get_ptt" {
		return rig.ErrUnsupported
	}
	return rig.ErrRefused
}

func (e *Error) Error() string {
	return fmt.Sprintf("rigctld answered %d to %s: %s", e.Code, e.Command, e.explain().text)
}

// Unwrap is rig.ErrUnsupported or rig.ErrRefused where the number amounts to one.
func (e *Error) Unwrap() error { return e.explain().is }
