package band

import (
	"time"
)

// What is said to the operator.
const (
	reportText   = "{you} {you} DE {me} {me} {greeting} TNX FER CALL\nUR RST {rst} {rst} NAME {name} {name} QTH {place}\nHW CPY? {you} DE {me} KN"
	answerText   = "{you} {you} DE {me} {me} {me} {greeting}\nUR RST {rst} {rst} NAME {name} {name} QTH {place}\nHW CPY? {you} DE {me} KN"
	goodbyeText  = "R R {you} DE {me} TNX FER RPRT {yourname}\nMNI TNX FER QSO ES BEST 73 {you} DE {me} SK"
	nudgeText    = "{you} {you} DE {me} {me} PSE KN"
	whoText      = "QRZ? QRZ? DE {me} {me} PSE AGN K"
	yourCallText = "QRZ? DE {me} UR CALL AGN AGN? DE {me} K"
	upsideText   = "QRZ? DE {me} NO PRINT HR, UR SIG IS UPSIDE DOWN, CHECK REVERSE ES SIDEBAND. DE {me} K"
)

// How patient operators are.
const (
	replyPatience   = 25 * time.Second // for a reply to a report, before it is asked for, and again after that
	callPatience    = 15 * time.Second // for a call that was asked for
	goodbyePatience = 12 * time.Second // for last words
	mostQuestions   = 3
)

// A stage is how far a conversation has come.
type stage uint8

const (
	askedCall stage = iota // who is it?
	reported               // the report is out, his is waited for
	nudged                 // he was reminded
	parted                 // 73
	ended
)

// An operating is somebody at a transmitter.
type operating struct {
	ham  ham
	from *sender
}

// A conversation is a contact of one of the band's operators with the operator
// who runs this program.
type conversation struct {
	me     operating
	tongue tongue

	you       ham // call and name, as far as they were heard
	stage     stage
	questions int
	last      string // what was said last, to be said again
	report    string // which report is given
}

// hear takes a message that was sent to me, or may have been, and gives what
// is said to it; empty when nothing is.
func (c *conversation) hear(m message) string {
	c.learn(m)
	switch {
	case m.cq && !m.calling(c.me.ham.call), c.elsewhere(m):
		c.stage = ended
		return ""
	case c.stage == askedCall && c.you.call == "":
		return c.ask(yourCallText)
	case c.stage == askedCall:
		c.stage = reported
		return c.say(c.report)
	case m.again && c.last != "":
		return c.last
	case c.stage == parted:
		c.stage = ended
		return ""
	}
	c.stage = parted
	return c.say(goodbyeText)
}

// learn keeps who he is.
func (c *conversation) learn(m message) {
	if c.you.call == "" && m.from != c.me.ham.call {
		c.you.call = m.from
	}
	if m.name != "" {
		c.you.name = m.name
	}
}

// elsewhere tells whether a message is for another station.
func (c *conversation) elsewhere(m message) bool {
	if m.calling(c.me.ham.call) || m.almost(c.me.ham.call) {
		return false
	}
	for _, call := range m.calls {
		if call != m.from && call != c.you.call {
			return true
		}
	}
	return false
}

// ask asks back, but not for ever.
func (c *conversation) ask(template string) string {
	if c.questions++; c.questions > mostQuestions {
		c.stage = ended
		return ""
	}
	return c.say(template)
}

// silence is what is said when nothing has been heard for patience.
func (c *conversation) silence() string {
	if c.stage == reported {
		c.stage = nudged
		return c.say(nudgeText)
	}
	c.stage = ended
	return ""
}

func (c *conversation) patience() time.Duration {
	switch c.stage {
	case askedCall:
		return callPatience
	case parted:
		return goodbyePatience
	}
	return replyPatience
}

func (c *conversation) say(template string) string {
	you := c.you
	if you.name == "" {
		you.name = "OM"
	}
	text := c.tongue.say(template, c.me.ham, you)
	if template != nudgeText {
		c.last = text
	}
	return text
}
