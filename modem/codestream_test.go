package modem

import (
	"testing"

	"rtty/baudot"
)

// pausing is a feed that has nothing to send at some places.
type pausing []baudot.Code

const pauseHere = baudot.Code(0xFF)

func (p *pausing) NextCode() (baudot.Code, FeedState) {
	if len(*p) == 0 {
		return 0, FeedEnd
	}
	c := (*p)[0]
	*p = (*p)[1:]
	if c == pauseHere {
		return 0, FeedIdle
	}
	return c, FeedChar
}

func TestCodeStreamFillsPausesAndKeepsFigures(t *testing.T) {
	five, _, _ := baudot.USTTY.Lookup('5')
	for _, c := range []struct {
		name   string
		diddle Diddle
		feed   pausing
		codes  []baudot.Code
		slots  []Slot
	}{
		{"a diddle among figures", DiddleLTRS, pausing{baudot.FIGS, five, pauseHere, five},
			[]baudot.Code{baudot.LTRS, baudot.FIGS, five, baudot.LTRS, baudot.FIGS, five, 0},
			[]Slot{SlotOwn, SlotFeed, SlotFeed, SlotOwn, SlotOwn, SlotFeed, SlotClose}},
		{"blanks change nothing", DiddleBlank, pausing{baudot.FIGS, five, pauseHere, five},
			[]baudot.Code{baudot.Blank, baudot.FIGS, five, baudot.Blank, five, 0},
			[]Slot{SlotOwn, SlotFeed, SlotFeed, SlotOwn, SlotFeed, SlotClose}},
	} {
		s := NewCodeStream(&c.feed, c.diddle, 1, false)
		for i := range c.codes {
			if code, slot := s.Next(); code != c.codes[i] || slot != c.slots[i] {
				t.Errorf("%s: slot %d is %02x, %d; want %02x, %d", c.name, i, code, slot, c.codes[i], c.slots[i])
			}
		}
		if _, slot := s.Next(); slot != SlotRest {
			t.Errorf("%s: after the end comes %d", c.name, slot)
		}
	}
}
