package hamlib

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"rtty/rig"
)

// A reply is an answer in the extended protocol without its first line, which
// repeats the command, and its last, "RPRT 0".
type reply struct {
	command string
	lines   []string
}

// A collector puts the lines of one answer together.
type collector struct {
	command string
	lines   []string
	begun   bool // the command was repeated
	stray   bool // an answer that was not waited for may come first
}

const mostLines = 100 // no answer to what is asked here has more than a few

// add takes the next line; done means that it was the last.
func (c *collector) add(line string) (done bool, err error) {
	line = strings.TrimRight(line, "\r")
	if code, ok := strings.CutPrefix(line, "RPRT "); ok {
		if c.stray && !c.begun && len(c.lines) == 0 {
			return false, nil
		}
		return true, c.end(code)
	}
	if name, _, ok := strings.Cut(line, ":"); ok && !c.begun && len(c.lines) == 0 {
		switch {
		case name == c.command:
			c.begun = true
			return false, nil
		case strings.HasPrefix(name, "get_") || strings.HasPrefix(name, "set_"):
			return false, rig.Faultf(rig.ErrGone, "rigctld answered %s to %s", name, c.command)
		}
	}
	if len(c.lines) == mostLines {
		return false, rig.Faultf(rig.ErrGone, "rigctld's answer to %s does not end", c.command)
	}
	c.lines = append(c.lines, line)
	return false, nil
}

// end reads the number that ends an answer.
func (c *collector) end(code string) error {
	n, err := strconv.Atoi(strings.TrimSpace(code))
	switch {
	case err != nil:
		return rig.Faultf(rig.ErrGone, "rigctld's answer to %s ends with %q", c.command, code)
	case n != 0:
		return &Error{Command: c.command, Code: n}
	}
	return nil
}

// text is the value with a label; without a label it is the last line, for values
// that have none.
func (r reply) text(label string) (string, error) {
	if label == "" && len(r.lines) > 0 {
		last := r.lines[len(r.lines)-1]
		if _, value, ok := strings.Cut(last, ": "); ok {
			last = value
		}
		return strings.TrimSpace(last), nil
	}
	for _, line := range r.lines {
		if value, ok := strings.CutPrefix(line, label+":"); ok && label != "" {
			return strings.TrimSpace(value), nil
		}
	}
	return "", fmt.Errorf("rigctld's answer to %s lacks the value", r.command)
}

// number is such a value as a number. Some rigs have whole ones where others write
// decimals.
func (r reply) number(label string) (float64, error) {
	text, err := r.text(label)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("rigctld answered %q to %s, which is no number", text, r.command)
	}
	return n, nil
}
