package band

import (
	"strings"
	"time"

	"rtty/internal/prose"
)

// lineLength is where operators begin a new line.
const lineLength = 64

// contacts is an author: one operator keeps a frequency and works others there.
type contacts struct {
	part
	owner    ham
	partners []ham
	next     int // partner
	tongue   tongue
}

// newContacts lets the first of hams keep the frequency. He sends with the first
// sender, all others with the second.
func newContacts(p part, hams []ham) *contacts {
	return &contacts{part: p, owner: hams[0], partners: hams[1:], tongue: tongue{p.chance}}
}

// write is one contact, from the call to 73.
func (c *contacts) write() []line {
	partner := c.partners[c.next%len(c.partners)]
	c.next++
	own, other := c.senders[0], c.senders[1]
	here := func(t string) line { return c.over(own, c.owner, partner, t) }
	there := func(t string) line { return c.over(other, partner, c.owner, t) }

	lines := []line{here(c.tongue.pick(calls)), there(c.tongue.pick(answers)), here(c.tongue.pick(openings)), there(c.tongue.pick(openings))}
	for range 1 + c.chance.IntN(2) {
		lines = append(lines, here(c.tongue.chat()), there(c.tongue.chat()))
	}
	lines = append(lines, here(c.tongue.pick(goodbyes)), there(c.tongue.pick(goodbyes)))
	lines[0].after = c.pause(6*time.Second, 20*time.Second)
	return lines
}

// present implements author: the one who keeps the frequency, and his partner.
func (c *contacts) present() []operating {
	last := (c.next + len(c.partners) - 1) % len(c.partners)
	return []operating{{c.owner, c.senders[0]}, {c.partners[last], c.senders[1]}}
}

func (c *contacts) calling() bool { return false }

func (c *contacts) over(from *sender, me, you ham, template string) line {
	return line{from, c.tongue.say(template, me, you), c.pause(time.Second, 3*time.Second)}
}

// caller is an author: an operator who calls CQ and waits.
type caller struct {
	part
	ham    ham
	tongue tongue
}

func newCaller(p part, hams []ham) *caller {
	return &caller{part: p, ham: hams[0], tongue: tongue{p.chance}}
}

func (c *caller) present() []operating { return []operating{{c.ham, c.senders[0]}} }

func (c *caller) calling() bool { return true }

func (c *caller) write() []line {
	text := c.tongue.say(c.tongue.pick(calls), c.ham, ham{})
	return []line{{c.senders[0], text, c.pause(8*time.Second, 14*time.Second)}}
}

// wrapped begins a new line wherever the next word would not fit. Lines that
// the text has stay apart.
func wrapped(text string) string {
	var b strings.Builder
	for _, paragraph := range strings.Split(text, "\n") {
		for _, line := range prose.Lines(paragraph, lineLength) {
			b.WriteString("\n" + line)
		}
	}
	return b.String() + "\n"
}
