package station

import (
	"context"
	"strings"

	"rtty/baudot"
	"rtty/journal"
	"rtty/modem"
)

// A Log keeps what is heard and sent.
type Log interface {
	Add(journal.Entry)
}

// keeper writes what happens into the log of the day, and beside a recording.
type keeper struct {
	station *Station
	log     Log
	next    int64 // number of the next event
	lines   baudot.Newlines
}

// run keeps until ctx ends, and then what is left.
func (k *keeper) run(ctx context.Context) {
	wake, cancel := k.station.Changed()
	defer cancel()
	for {
		k.catchUp()
		select {
		case <-wake:
		case <-ctx.Done():
			return
		}
	}
}

// catchUp keeps what has happened since the last time.
func (k *keeper) catchUp() {
	for _, e := range k.station.Events(k.next) {
		k.next = e.Seq + 1
		entry, ok := k.entry(e)
		if !ok {
			continue
		}
		k.log.Add(entry)
		k.station.recorder.Note(entry)
	}
}

func (k *keeper) entry(e Event) (journal.Entry, bool) {
	entry := journal.Entry{At: e.At, Text: e.Text, RFHz: e.MarkHz, MarkHz: e.Signal.Mark}
	switch e.Kind {
	case Received:
		entry.Kind, entry.Text = journal.Received, printed(e.Chars, &k.lines)
	case Past:
		entry.Kind, entry.Text = journal.Past, printed(e.Chars, new(baudot.Newlines))
	case Sent:
		entry.Kind = journal.Sent
	case KeyDown:
		entry.Kind = journal.KeyDown
	case KeyUp:
		entry.Kind = journal.KeyUp
	case Notice, Alarm:
		entry.Kind, entry.RFHz, entry.MarkHz = journal.Notice, 0, 0
	default:
		return entry, false
	}
	return entry, entry.Text != ""
}

// printed is what characters print, with a newline for every line end.
func printed(chars []modem.Char, lines *baudot.Newlines) string {
	var b strings.Builder
	for _, c := range chars {
		if r := lines.Next(c.Rune); r != 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}
