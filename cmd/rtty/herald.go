package main

import (
	"sync"

	"rtty/audio"
	"rtty/station"
)

// A herald tells the operator what happens beside the station. What happens
// before there is a station is told as soon as there is.
type herald struct {
	mu      sync.Mutex
	station *station.Station
	early   []func(*station.Station)
}

// Notice tells something worth knowing.
func (h *herald) Notice(text string) { h.tell(func(s *station.Station) { s.Notify(text) }) }

// Alarm tells what demands action.
func (h *herald) Alarm(text string) { h.tell(func(s *station.Station) { s.Alarm(text) }) }

func (h *herald) tell(say func(*station.Station)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.station == nil {
		h.early = append(h.early, say)
		return
	}
	say(h.station)
}

// Serve says which station the operator is at.
func (h *herald) Serve(s *station.Station) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.station = s
	for _, say := range h.early {
		say(s)
	}
	h.early = nil
}

// Device tells when a sound device is waited for, by missing, when it is back,
// and when it gives nothing but zeros. A device that is there from the start is
// not mentioned.
func (h *herald) Device(what string, missing func(text string)) func(audio.Condition) {
	var mu sync.Mutex
	var before audio.Condition
	return func(c audio.Condition) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case c.Phase == audio.Waiting && before.Phase != audio.Waiting:
			missing(what + ": " + c.String())
		case c.Phase == audio.Running && before.Phase == audio.Waiting:
			h.Notice(what + ": " + c.String() + " again")
		case c.Zeros && !before.Zeros:
			h.Notice(what + ": " + c.String())
		}
		before = c
	}
}
