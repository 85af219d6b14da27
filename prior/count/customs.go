package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"rtty/internal/prose"
)

// customs writes what the corpora of bench have only in a few forms: the
// messages that contest programs and operators have under their keys, and the
// set pieces of contacts. The words of free conversation come from elsewhere.
type customs struct {
	caller
	said map[string]string // what stays the same within an over
}

func newCustoms(seed uint64) *customs {
	return &customs{caller: caller{rand.New(rand.NewPCG(seed, 3))}}
}

// fill fills the slots {name} of a template: with what was said before, else
// with one of the texts for that slot.
func (c *customs) fill(template string) string { return prose.Fill(template, c.slot) }

func (c *customs) slot(name string) string {
	if text, ok := c.said[name]; ok {
		return text
	}
	switch {
	case name == "call":
		return c.call()
	case name == "locator":
		return fmt.Sprintf("%c%c%02d%c%c", 'A'+c.IntN(18), 'A'+c.IntN(18), c.IntN(100), 'A'+c.IntN(24), 'A'+c.IntN(24))
	case strings.Trim(name, "#") == "":
		return fmt.Sprintf("%0*d", len(name), c.IntN(pow10(len(name))))
	}
	texts, ok := slots[name]
	if !ok {
		texts, ok = weatherSlots[name]
	}
	if !ok {
		panic("no slot " + name)
	}
	return c.fill(c.pick(texts))
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// contest is some minutes of a contest: a station that runs or one that calls,
// with its own forms of messages, and one form of exchange.
func (c *customs) contest() string {
	c.said = map[string]string{"m": c.call(), "c": c.pick(slots["c"])}
	exchange := c.exchange()
	form := map[string]string{}
	for _, message := range []string{"cq", "report", "thanks", "answer", "reply"} {
		form[message] = c.pick(slots[message])
	}
	order := []string{"cq", "report", "thanks"}
	if c.IntN(3) == 0 {
		order = []string{"answer", "reply"}
	}
	var lines []string
	for range 6 + c.IntN(6) {
		c.said["h"], c.said["e"] = c.call(), exchange()
		for _, message := range order {
			if message == "cq" && c.IntN(2) == 0 {
				continue
			}
			lines = append(lines, c.fill(form[message]))
			if c.IntN(8) == 0 {
				lines = append(lines, c.slot("again"))
			}
		}
	}
	return c.layout(lines)
}

// layout puts messages on lines as programs do: each on one of its own, with
// an empty one between, or with a space at its end.
func (c *customs) layout(lines []string) string {
	return strings.Join(lines, c.pick([]string{"\n", "\n", " \n", "\n\n", " "})) + "\n"
}

// exchange chooses what a contest exchanges: serial numbers, zones, states and
// sections, names, powers, times, ages, locators.
func (c *customs) exchange() func() string {
	serial := 1 + c.IntN(900)
	fixed := c.fill(c.pick([]string{
		"{zone}", "{zone} {state}", "{zone} DX", "{state}", "{name} {state}", "{name}", "100", "400", "KW", "{##}", "{locator}",
	}))
	switch c.IntN(6) {
	case 0, 1:
		return func() string { serial++; return fmt.Sprintf("%03d", serial) }
	case 2:
		return func() string { serial++; return fmt.Sprint(serial) }
	case 3:
		return func() string {
			serial++
			return fmt.Sprintf("%03d %02d%02d", serial, serial/60%24, serial%60)
		}
	}
	return func() string { return fixed }
}

// contact is one over of a contact by set pieces, as from a program's macros.
func (c *customs) contact() string {
	c.said = map[string]string{}
	for _, who := range [][2]string{{"m", "call"}, {"h", "call"}, {"me", "name"}, {"you", "name"}, {"here", "place"}, {"report", "rst"}} {
		c.said[who[0]] = c.slot(who[1])
	}
	lines := []string{c.slot("begin")}
	for _, i := range c.Perm(len(pieces))[:1+c.IntN(len(pieces))] {
		lines = append(lines, c.fill(c.pick(pieces[i])))
	}
	lines = append(lines, c.slot("end"))
	return strings.Join(lines, c.pick([]string{" ", "\n"})) + "\n"
}

// general is a call to anyone.
func (c *customs) general() string {
	c.said = map[string]string{"m": c.call()}
	return c.slot("general") + "\n"
}
