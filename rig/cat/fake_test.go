package cat

import (
	"os"
	"sync"
	"testing"
	"time"

	"rtty/rig"
	"rtty/rig/rigtest"
)

// radio is what every fake transceiver has, whatever language it speaks.
type radio struct {
	a, b    int64  // VFO frequencies, Hz
	mode    string // as the language has it
	data    string // data mode, as the language has it
	split   bool
	offset  int64 // of RIT and XIT, Hz
	xit     bool
	keyed   bool
	dataPTT bool // keyed with the sound of the data jack
	meter   int
	width   int // of the filter, as the language has it
}

// fake is a transceiver on a pseudo-terminal.
type fake struct {
	t      *testing.T
	master *os.File
	device string

	// split takes the first message off what was received; speak answers it.
	split func(received []byte) (message []byte, taken int)
	speak func(r *radio, message string) (reply string)

	mu    sync.Mutex
	radio radio
	heard []string // every message, in order

	// Faults.
	echo   bool                                // it is on a bus of one wire
	spoil  func(message, reply string) string  // changes what goes back
	ignore func(r *radio, message string) bool // true: as if it had not been heard
}

// start gives the fake a terminal and begins to listen.
func (f *fake) start(t *testing.T) *fake {
	t.Helper()
	master, slave := rigtest.Terminal(t)
	f.t, f.master, f.device = t, master, slave.Name()
	go f.listen()
	return f
}

func (f *fake) listen() {
	var received []byte
	buffer := make([]byte, 256)
	for {
		n, err := f.master.Read(buffer)
		if err != nil {
			return
		}
		received = append(received, buffer[:n]...)
		for {
			message, taken := f.split(received)
			if taken == 0 {
				break
			}
			f.hear(string(message))
			received = received[taken:]
		}
	}
}

func (f *fake) hear(message string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.heard = append(f.heard, message)
	if f.echo {
		f.say(message)
	}
	if f.ignore != nil && f.ignore(&f.radio, message) {
		return
	}
	reply := f.speak(&f.radio, message)
	if f.spoil != nil {
		reply = f.spoil(message, reply)
	}
	f.say(reply)
}

func (f *fake) say(text string) { _, _ = f.master.Write([]byte(text)) }

// with changes the transceiver or the faults while nothing is being answered.
func (f *fake) with(change func(f *fake)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

func (f *fake) now() radio {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.radio
}

// said are the messages it has heard since the last call.
func (f *fake) said() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	heard := f.heard
	f.heard = nil
	return heard
}

// open opens a link to the fake, with patience for a slow machine.
func (f *fake) open(cfg Config) rig.Link {
	f.t.Helper()
	cfg.Device = f.device
	if cfg.Timeout == 0 {
		cfg.Timeout = 5 * time.Second
	}
	link, err := Open(cfg)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { link.Close() })
	return link
}
