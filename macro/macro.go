// Package macro holds prepared messages and fills in what is known of the
// contact.
//
// There are two banks of twelve, as contesters have them: Run for the station
// that calls CQ and is called, Pounce for the one that searches and calls. In
// the text of a message stand tokens, written as N1MM writes them:
//
//	{MYCALL} *        own call
//	{MYNAME}          own name
//	{MYGRID} {LOC}    own locator
//	{CALL} !          call of the station in contact
//	{NAME}            its name; OM, old man, until it is known
//	{RST} {SENTRST}   the report it gets; 599 unless set
//	{EXCH}            what is sent in the contest; a # in it is the serial number
//	#                 the serial number, of three digits at least
//	{DATE} {TIME}     UTC: 2025-02-08, 1504Z
//	{ENTER}           a new line
//	{TX}              stay on the air when the message is sent
//	{RX}              back to receive then; nothing but actions may follow
//
// Small letters will do. A message with neither {TX} nor {RX} ends in receive if it
// was begun from there, and is a piece of what is being said where an over is held.
// N1MM's own messages begin with {TX} and end with {RX}, and do the same here as
// there.
//
// A token that nobody knows is an error where messages are loaded, and such a
// message is never sent; neither is one for which something is missing, such as
// {CALL} when no call has been taken.
//
// # In a contest
//
// A contest message begins with a new line, so that it stands clear of the noise
// before it. It ends in exactly one space, so that noise after it does not stick
// to its last word; and since unshift on space brings receivers back to letters,
// they are ready for the next call. 5NN, which saves time in Morse code and
// costs shifts here, goes as 599.
package macro

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Keys is how many messages a bank has, one on each function key.
const Keys = 12

// A Macro is one prepared message.
type Macro struct {
	Label   string
	Text    string // with tokens; empty when the key is free
	Contest bool   // sent in the form of contest messages
}

// A Bank is the messages of the keys F1 to F12.
type Bank [Keys]Macro

// A Set is both banks.
type Set struct {
	Run    Bank
	Pounce Bank
}

// Check tells what is wrong with the texts, every fault as a *SyntaxError.
func (s *Set) Check() error {
	return errors.Join(s.Run.check("run"), s.Pounce.check("search and pounce"))
}

func (b *Bank) check(name string) error {
	var faults []error
	for i, m := range b {
		if err := m.Check(); err != nil {
			faults = append(faults, fmt.Errorf("%s F%d: %w", name, i+1, err))
		}
	}
	return errors.Join(faults...)
}

// Check tells what is wrong with the text, by a *SyntaxError.
func (m Macro) Check() error {
	_, err := parse(m.Text)
	return err
}

// A Context is what is known when a message is to be sent.
type Context struct {
	MyCall, MyName, MyLocator string
	Call, Name                string // of the station in contact
	RST                       string // the report it gets; empty means 599
	Exchange                  string // own part of the contest exchange
	Serial                    int    // for this contact, from 1 on; 0 means none
	Now                       time.Time
}

// A Result is a message ready to be sent.
type Result struct {
	Text    string   // empty when the message only had actions
	HoldTX  bool     // stay on the air afterwards
	EndTX   bool     // don't, even if an over was held before
	Serial  int      // the serial number in Text; 0 when there is none
	Actions []Action // what the message also asks for, in its order
}

// Expand fills in a message. A *SyntaxError or a *MissingError means that it
// must not be sent.
func Expand(m Macro, c Context) (Result, error) {
	parts, err := parse(m.Text)
	if err != nil {
		return Result{}, err
	}
	var r Result
	var text strings.Builder
	var missing []string
	for _, p := range parts {
		switch {
		case p.action != "":
			r.Actions = append(r.Actions, p.action)
		case p.value == holdTX:
			r.HoldTX, r.EndTX = true, false
		case p.value == backToRX:
			r.HoldTX, r.EndTX = false, true
		case p.value == literal:
			text.WriteString(p.text)
		default:
			value, need := c.value(p.value, &r)
			if fault := p.text + " needs " + need; need != "" && !slices.Contains(missing, fault) {
				missing = append(missing, fault)
			}
			text.WriteString(value)
		}
	}
	if missing != nil {
		return Result{}, &MissingError{Label: m.Label, Missing: missing}
	}
	r.Text = text.String()
	if m.Contest {
		r.Text = contestForm(r.Text)
	}
	return r, nil
}

// value is what stands for a token, or what the operator has to do before
// there is something.
func (c *Context) value(v value, r *Result) (text, need string) {
	switch v {
	case newLine:
		return "\n", ""
	case myCall:
		return set(c.MyCall, "a callsign in the configuration")
	case myName:
		return set(c.MyName, "a name in the configuration")
	case myLocator:
		return set(c.MyLocator, "a locator in the configuration")
	case theirCall:
		return set(c.Call, "a call to be taken first")
	case theirName:
		return or(c.Name, "OM"), ""
	case report:
		return or(c.RST, "599"), ""
	case exchange:
		return c.exchange(r)
	case serialNumber:
		return c.serial(r)
	case date:
		return c.Now.UTC().Format("2006-01-02"), ""
	default:
		return c.Now.UTC().Format("1504Z"), ""
	}
}

func (c *Context) exchange(r *Result) (text, need string) {
	if !strings.Contains(c.Exchange, "#") {
		return set(c.Exchange, "an exchange to be set")
	}
	serial, need := c.serial(r)
	if need != "" {
		return "", need
	}
	return strings.ReplaceAll(c.Exchange, "#", serial), ""
}

func (c *Context) serial(r *Result) (text, need string) {
	if c.Serial < 1 {
		return "", "a serial number, which a contact has once its call is taken"
	}
	r.Serial = c.Serial
	return fmt.Sprintf("%03d", c.Serial), ""
}

func set(s, otherwise string) (text, need string) {
	if s == "" {
		return "", otherwise
	}
	return s, ""
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// contestForm puts a message between a new line and one space.
func contestForm(text string) string {
	text = strings.TrimSpace(figures(text))
	if text == "" {
		return ""
	}
	return "\n" + text + " "
}

// figures writes the report 5NN as 599, but leaves W5NN alone.
func figures(text string) string {
	const cut, whole = "5NN", "599"
	b := []byte(text)
	for i := 0; i+len(cut) <= len(b); i++ {
		end := i + len(cut)
		alone := (i == 0 || !isWordByte(b[i-1])) && (end == len(b) || !isWordByte(b[end]))
		if alone && strings.EqualFold(string(b[i:end]), cut) {
			copy(b[i:], whole)
		}
	}
	return string(b)
}

func isWordByte(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || c == '/' || c >= 0x80
}
