package macro

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A value is what a part of a message stands for.
type value uint8

const (
	literal value = iota
	newLine
	myCall
	myName
	myLocator
	theirCall
	theirName
	report
	exchange
	serialNumber
	date
	clock
	holdTX
	backToRX
)

var tokens = map[string]value{
	"MYCALL": myCall, "MYNAME": myName, "MYGRID": myLocator, "LOC": myLocator,
	"CALL": theirCall, "NAME": theirName, "RST": report, "SENTRST": report,
	"EXCH": exchange, "DATE": date, "TIME": clock,
	"ENTER": newLine, "TX": holdTX, "RX": backToRX,
}

var signs = map[byte]value{'*': myCall, '!': theirCall, '#': serialNumber}

// An Action is something a message asks the program to do beside sending. None
// is carried out by this package.
type Action string

// The actions of N1MM that messages are allowed to have.
const (
	ClearRIT     Action = "CLEARRIT"     // receive where transmitting again
	StackAnother Action = "STACKANOTHER" // keep the call for later and take the next one
	LogThenPop   Action = "LOGTHENPOP"   // log the contact and take up the call kept last
	LogThenGrab  Action = "LOGTHENGRAB"  // log the contact and take the call heard last
	Grab         Action = "GRAB"         // take the call heard last
	Log          Action = "LOG"          // log the contact
	Wipe         Action = "WIPE"         // drop what was entered of the contact
	GoRun        Action = "RUN"          // change to the bank Run
	GoPounce     Action = "S&P"          // change to the bank Pounce
)

// Actions lists all actions.
func Actions() []Action {
	return []Action{ClearRIT, StackAnother, LogThenPop, LogThenGrab, Grab, Log, Wipe, GoRun, GoPounce}
}

func actionNamed(name string) Action {
	for _, a := range Actions() {
		if string(a) == name {
			return a
		}
	}
	return ""
}

// A part of a message: a token or the text between two.
type part struct {
	value  value
	action Action // when it is one
	text   string // as it stands in the message
}

// parse takes a message apart.
func parse(text string) ([]part, error) {
	var parts []part
	received := false // {RX} has passed
	var changed Action
	for at := 0; at < len(text); {
		p, err := next(text, at)
		switch {
		case err != nil:
			return nil, err
		case received && !p.follows():
			return nil, fault(text, at, p.text, "stands after {RX}, which ends the over")
		case changed != "" && p.value.ofContact():
			return nil, fault(text, at, p.text, fmt.Sprintf("stands after {%s}, which changes the contact", changed))
		case p.action.changesContact():
			changed = p.action
		case p.value == backToRX:
			received = true
		}
		if !received || p.action != "" || p.value == backToRX {
			parts = append(parts, p)
		}
		at += len(p.text)
	}
	return parts, nil
}

// follows tells what may stand after {RX}.
func (p part) follows() bool {
	return p.action != "" || p.value == backToRX || p.value == literal && strings.TrimSpace(p.text) == ""
}

// changesContact tells actions after which N1MM fills in another call. Here
// that would be the old one, sent in the wrong place.
func (a Action) changesContact() bool {
	return a == StackAnother || a == LogThenPop || a == LogThenGrab || a == Grab
}

func (v value) ofContact() bool {
	switch v {
	case theirCall, theirName, report, exchange, serialNumber:
		return true
	}
	return false
}

// next is the part of a message that begins at byte at.
func next(text string, at int) (part, error) {
	rest := text[at:]
	if v, ok := signs[rest[0]]; ok {
		return part{value: v, text: rest[:1]}, nil
	}
	switch rest[0] {
	case '}':
		return part{}, fault(text, at, "}", "closes a token that was not opened")
	case '{':
		return token(text, at)
	}
	end := strings.IndexAny(rest, "*!#{}")
	if end < 0 {
		end = len(rest)
	}
	return part{text: rest[:end]}, nil
}

// token reads the token whose brace stands at byte at.
func token(text string, at int) (part, error) {
	rest := text[at:]
	end := strings.IndexAny(rest[1:], "{}") + 1
	if end < 1 || rest[end] != '}' {
		return part{}, fault(text, at, "{", "opens a token that is not closed")
	}
	written := rest[:end+1]
	name := strings.ToUpper(strings.TrimSpace(rest[1:end]))
	if v, ok := tokens[name]; ok {
		return part{value: v, text: written}, nil
	}
	if a := actionNamed(name); a != "" {
		return part{action: a, text: written}, nil
	}
	if strings.HasPrefix(name, "F") && strings.Trim(name[1:], "0123456789") == "" {
		return part{}, fault(text, at, written, "inserts the message of another key: write that message out")
	}
	return part{}, fault(text, at, written, "is no token that is known here")
}

// A SyntaxError is a message that cannot be understood. It is never sent.
type SyntaxError struct {
	Text   string // the message
	Column int    // of the fault, in characters from 1 on
	Token  string // what stands there
	Reason string // completes a sentence that begins with Token
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("character %d of the macro: %s %s", e.Column, e.Token, e.Reason)
}

func fault(text string, at int, token, reason string) error {
	const most = 40
	if len(token) > most {
		token = strings.ToValidUTF8(token[:most], "") + "…"
	}
	return &SyntaxError{Text: text, Column: utf8.RuneCountInString(text[:at]) + 1, Token: token, Reason: reason}
}

// A MissingError is a message for which something is missing. Nothing of it
// is sent.
type MissingError struct {
	Label   string
	Missing []string // "{CALL} needs a call to be taken first"
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("the macro %q is not sent: %s", e.Label, strings.Join(e.Missing, ", "))
}
