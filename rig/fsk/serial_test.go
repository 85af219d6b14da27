package fsk

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"rtty/baudot"
	"rtty/rig/rigtest"
)

// fakeKeyer is a nanoIO or TinyFSK on a pseudo-terminal: it does what their
// firmware does with every byte, at its own speed.
type fakeKeyer struct {
	master *os.File
	length time.Duration // of a character
	nanoIO bool

	mu     sync.Mutex
	buffer []byte // not sent
	sent   []byte // letters
	speed  byte
	cw     bool
	setup  bool
	on     bool
	end    bool
	deaf   bool
	log    []byte // commands
}

func startKeyer(t *testing.T, k *fakeKeyer) (device string) {
	t.Helper()
	master, slave := rigtest.Terminal(t)
	k.master = master
	if !k.deaf {
		k.say("cmd:\r\n") // as when it has started
	}
	go k.read()
	go k.send()
	return slave.Name()
}

func (k *fakeKeyer) read() {
	one := make([]byte, 1)
	for {
		if _, err := k.master.Read(one); err != nil {
			return
		}
		k.mu.Lock()
		if !k.deaf {
			k.take(one[0])
		}
		k.mu.Unlock()
	}
}

func (k *fakeKeyer) say(text string) { _, _ = k.master.Write([]byte(text)) }

func (k *fakeKeyer) take(b byte) {
	if k.setup {
		k.setup = false
		k.set(b)
		return
	}
	switch b {
	case '~':
		k.setup = true
		if k.nanoIO {
			k.say("~")
		} else {
			k.say("\r\nEnter configuration command.  Valid commands are:\r\n   4    Set 45.45 baud\r\n")
		}
	case '[':
		k.on, k.end = true, false
	case '\\':
		k.on, k.buffer = false, nil
		k.say("\r\ncmd:\r\n")
	default:
		k.buffer = append(k.buffer, b)
	}
}

func (k *fakeKeyer) set(b byte) {
	k.log = append(k.log, b)
	switch b {
	case '4', '5', '7', '9', 'A':
		k.speed = b
	case 'F':
		k.cw = false
	}
	speed := map[byte]string{'4': "45.45", '5': "50.00", '7': "75.00", '9': "100.00", 'A': "100.00"}[k.speed]
	switch {
	case !k.nanoIO:
		k.say("\r\nTinyFSK 1.1.0\r\nCurrent configuration:\r\n   Speed (baud):  " + speed + "\r\n   Polarity        mark = logical LOW\r\n")
	case b == '?':
		mode := map[bool]string{false: "FSK", true: "CW"}[k.cw]
		k.say("?\r\nnanoIO 1.3.1\r\nMode: " + mode + "\r\nFSK: Baud: " + speed + ", Mark LOW\r\nCW: WPM: 18/18\r\n")
	default:
		k.say(string(b))
	}
}

// send takes a letter when the one before has left, and echoes it then.
func (k *fakeKeyer) send() {
	for {
		time.Sleep(k.length)
		k.mu.Lock()
		if k.on && len(k.buffer) > 0 {
			b := k.buffer[0]
			k.buffer, k.sent = k.buffer[1:], append(k.sent, b)
			if _, err := k.master.Write([]byte{b}); err != nil {
				k.mu.Unlock()
				return
			}
		}
		k.mu.Unlock()
	}
}

func (k *fakeKeyer) state() (sent string, on bool, waiting int, log string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return string(k.sent), k.on, len(k.buffer), string(k.log)
}

func TestKeyerRefusesASpeed(t *testing.T) {
	t.Parallel()
	for _, nanoIO := range []bool{true, false} {
		f := &fakeKeyer{length: 5 * time.Millisecond, nanoIO: nanoIO, speed: '7'}
		var told onAir
		k, err := Open(Config{Method: Serial, Device: startKeyer(t, f), Baud: 300, OnAir: told.told})
		if err == nil {
			k.Close()
			t.Fatal("300 Bd was taken")
		}
		if !strings.Contains(err.Error(), "doesn't do 300 Bd") {
			t.Fatal(err)
		}
	}
}

// A text with both shifts, a new line and diddles among it arrives as letters;
// every code is announced, once and in order.
func TestKeyerSendsText(t *testing.T) {
	t.Parallel()
	f := &fakeKeyer{length: 10 * time.Millisecond, nanoIO: true, speed: '4', cw: true}
	var told onAir
	k, err := Open(Config{Method: Serial, Device: startKeyer(t, f), Baud: 100, OnAir: told.told})
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	if _, _, _, log := f.state(); log != "?F9?" {
		t.Errorf("settings %q, want to ask, set FSK and 100 Bd, ask", log)
	}
	if err := k.Begin(); err != nil {
		t.Fatal(err)
	}
	var encoder baudot.Encoder
	codes := encoder.AppendString([]baudot.Code{baudot.LTRS, baudot.Blank}, "DE OE1ABC 599 (K)\n")
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for _, c := range codes {
		if err := k.Send(ctx, c); err != nil {
			t.Fatal(err)
		}
		if _, _, waiting, _ := f.state(); waiting > 1 {
			t.Fatalf("%d letters wait in the keyer", waiting)
		}
	}
	if err := k.Rest(ctx); err != nil {
		t.Fatal(err)
	}
	sent, on, _, _ := f.state()
	if sent != "DE OE1ABC 599 (K)\r\n" || !on {
		t.Errorf("the keyer sent %q, on %v", sent, on)
	}
	waitFor(t, "the keyer to be off after its tail", func() bool { _, on, _, _ := f.state(); return !on })
	heard, times := told.heard()
	if len(heard) != len(codes) {
		t.Fatalf("announced %v, sent %v", heard, codes)
	}
	for i := range codes {
		if heard[i] != codes[i] || i > 0 && times[i].Before(times[i-1]) {
			t.Errorf("announced %#x at %v, sent %#x", heard[i], times[i], codes[i])
		}
	}
}

func TestKeyerStops(t *testing.T) {
	t.Parallel()
	f := &fakeKeyer{length: 10 * time.Millisecond, nanoIO: true, speed: '7'}
	k, err := Open(Config{Method: Serial, Device: startKeyer(t, f), Baud: 75})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, log := f.state(); log != "?" {
		t.Errorf("settings %q were made that were right already", log)
	}
	if err := k.Begin(); err != nil {
		t.Fatal(err)
	}
	sendAll(t, k, 0x0a, 0x15)
	f.mu.Lock()
	f.deaf = true // no more echoes
	f.mu.Unlock()
	blocked := make(chan error, 1)
	go func() {
		for {
			if err := k.Send(context.Background(), 0x0a); err != nil {
				blocked <- err
				return
			}
		}
	}()
	time.Sleep(50 * time.Millisecond)
	f.mu.Lock()
	f.deaf = false
	f.mu.Unlock()
	if err := k.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := <-blocked; !errors.Is(err, ErrStopped) {
		t.Errorf("Send: %v", err)
	}
	waitFor(t, "the keyer to be off", func() bool { _, on, waiting, _ := f.state(); return !on && waiting == 0 })
	if err := k.Close(); err != nil {
		t.Error(err)
	}
	if err := k.Send(context.Background(), 0x0a); !errors.Is(err, ErrStopped) {
		t.Errorf("Send after Close: %v", err)
	}
}

func TestKeyerThatIsPulledOut(t *testing.T) {
	t.Parallel()
	f := &fakeKeyer{length: 10 * time.Millisecond, nanoIO: true, speed: '7'}
	k, err := Open(Config{Method: Serial, Device: startKeyer(t, f), Baud: 75})
	if err != nil {
		t.Fatal(err)
	}
	defer k.Close()
	if err := k.Begin(); err != nil {
		t.Fatal(err)
	}
	f.master.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		if err = k.Send(ctx, 0x0a); err != nil {
			break
		}
	}
	if errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "the keyer on") {
		t.Errorf("Send: %v", err)
	}
}

// A port with something else on it, or nothing, is told apart from a keyer.
func TestKeyerThatIsNone(t *testing.T) {
	t.Parallel()
	f := &fakeKeyer{length: 10 * time.Millisecond, deaf: true}
	_, err := Open(Config{Method: Serial, Device: startKeyer(t, f), Baud: 75})
	if err == nil || !strings.Contains(err.Error(), "doesn't tell its settings: is it TinyFSK or nanoIO?") {
		t.Error(err)
	}
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func FuzzKeyerReport(f *testing.F) {
	f.Add("TinyFSK 1.1.0\r\nCurrent configuration:\r\n   Speed (baud):  45.45\r\n   Polarity        mark = logical LOW\r\n")
	f.Add("?\r\nnanoIO 1.3.1\r\nMode: CW\r\nFSK: Baud: 75.00, Mark HIGH\r\n")
	f.Add("nanoIO Baud: 1e9999.9.9")
	f.Fuzz(func(t *testing.T, report string) {
		r, ok := parseKeyerReport(report)
		if ok && (r.baud <= 0 || r.firmware == "") {
			t.Errorf("%q gives %+v", report, r)
		}
		commands, err := r.settings(45.45)
		if err == nil && len(commands)%2 != 0 {
			t.Errorf("%q wants the settings %q", report, commands)
		}
	})
}

func TestKeyerReports(t *testing.T) {
	for _, c := range []struct {
		report string
		want   keyerReport
		ok     bool
		at     float64
		set    string
	}{
		{"nanoIO 1.0.0\nMode: FSK\nFSK: Baud: 45.45, Mark LOW\n", keyerReport{"nanoIO", 45.45, false}, true, 1000.0 / 22, ""},
		{"nanoIO 1.0.0\nMode: CW\nFSK: Baud: 45.45, Mark LOW\n", keyerReport{"nanoIO", 45.45, true}, true, 75, "~F~7"},
		{"TinyFSK 1.1.0\n   Speed (baud):  50.00\n", keyerReport{"TinyFSK", 50, false}, true, 100, "~A"},
		{"nanoIO 1.0.0\nMode: FSK\nFSK: Baud: 50.00", keyerReport{"nanoIO", 50, false}, true, 100, "~9"},
		{"K3NG keyer", keyerReport{}, false, 0, ""},
		{"TinyFSK", keyerReport{firmware: "TinyFSK"}, false, 0, ""},
		{"Baud: 45.45", keyerReport{baud: 45.45}, false, 0, ""},
	} {
		got, ok := parseKeyerReport(c.report)
		if got != c.want || ok != c.ok {
			t.Errorf("%q: %+v, %v", c.report, got, ok)
		}
		if !ok {
			continue
		}
		if set, err := got.settings(c.at); string(set) != c.set || err != nil {
			t.Errorf("%q at %g Bd: settings %q, %v, want %q", c.report, c.at, set, err, c.set)
		}
	}
}
