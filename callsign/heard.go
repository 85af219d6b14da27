package callsign

import (
	"slices"
	"time"
)

// Heard is a call that was read.
type Heard struct {
	Call   string
	At     time.Time // last, UTC
	Count  int       // how often since it came onto the list
	MarkHz float64   // where, the last time
}

// heardCalls is how many calls a HeardList remembers.
const heardCalls = 10

// A HeardList remembers the last ten different calls. Its zero value is empty.
// It is not safe for concurrent use.
type HeardList struct {
	calls []Heard // newest first
}

// Add notes that a call was read. The frequency is of the audio or of the
// radio, as the caller keeps it.
func (l *HeardList) Add(call string, at time.Time, markHz float64) {
	count := 1
	if i := slices.IndexFunc(l.calls, func(h Heard) bool { return h.Call == call }); i >= 0 {
		count += l.calls[i].Count
		l.calls = slices.Delete(l.calls, i, i+1)
	}
	l.calls = slices.Insert(l.calls, 0, Heard{Call: call, At: at.UTC(), Count: count, MarkHz: markHz})
	l.calls = l.calls[:min(len(l.calls), heardCalls)]
}

// Newest gives the calls, the one read last first. The caller may keep it.
func (l *HeardList) Newest() []Heard { return slices.Clone(l.calls) }
