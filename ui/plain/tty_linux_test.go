package plain

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"rtty/station"
)

const asConsole = "RTTY_TEST_AS_CONSOLE"

// The test program is also the one that runs on the terminal.
func TestMain(m *testing.M) {
	if journal := os.Getenv(asConsole); journal != "" {
		os.Exit(console(journal))
	}
	os.Exit(m.Run())
}

// A keyed station is a fake that keys as it is told.
type keyedStation struct{ *fake }

func (k keyedStation) Transmit(src station.Source) error {
	defer k.post(station.Event{Kind: station.KeyDown, Text: string(src)})
	return k.fake.Transmit(src)
}

func (k keyedStation) Stop(reason string) {
	k.fake.Stop(reason)
	if k.Snapshot().Transmit.Phase != station.Receiving {
		k.post(station.Event{Kind: station.KeyUp, Text: reason})
	}
}

// console runs a Console on the terminal that is standard input and output.
// SIGUSR1 lets text come in. What the station was told is written to the file
// journal at the end.
func console(journal string) int {
	s := keyedStation{newFake()}
	c := New(Options{Station: s, In: os.Stdin, Out: os.Stdout, Verbosity: Normal, Terminal: true})
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGUSR1, syscall.SIGHUP)
	go func() {
		for sig := range signals {
			switch sig {
			case os.Interrupt:
				c.Interrupt()
			case syscall.SIGUSR1:
				s.hear("CQ DE W1QRA\r\n")
			}
		}
	}()
	err := c.Run(context.Background())
	text := strings.Join(s.list(), "\n") + fmt.Sprintf("\nended: %v\n", err)
	if os.WriteFile(journal, []byte(text), 0o666) != nil {
		return 1
	}
	return 0
}

// A terminal is one with a console on it.
type terminal struct {
	t       *testing.T
	master  *os.File
	command *exec.Cmd
	journal string
	screen  chan string
	seen    string // not yet asked for
}

func newTerminal(t *testing.T) *terminal {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, command: exec.Command(self), journal: t.TempDir() + "/journal", screen: make(chan string, 100)}
	term.command.Env = append(os.Environ(), asConsole+"="+term.journal)
	term.master, err = pty.Start(term.command)
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	t.Cleanup(func() {
		term.command.Process.Kill()
		term.master.Close()
	})
	go func() {
		defer close(term.screen)
		buffer := make([]byte, 4096)
		for {
			n, err := term.master.Read(buffer)
			if n > 0 {
				term.screen <- string(buffer[:n])
			}
			if err != nil {
				return
			}
		}
	}()
	return term
}

// shows waits until the terminal has shown a text, and gives what came before
// it.
func (term *terminal) shows(text string) (before string) {
	term.t.Helper()
	deadline := time.After(time.Minute)
	for !strings.Contains(term.seen, text) {
		select {
		case more, ok := <-term.screen:
			if !ok {
				term.t.Fatalf("the terminal has ended without %q: %q", text, term.seen)
			}
			term.seen += more
		case <-deadline:
			term.t.Fatalf("the terminal does not show %q but %q", text, term.seen)
		}
	}
	before, term.seen, _ = strings.Cut(term.seen, text)
	return before
}

func (term *terminal) types(keys string) {
	term.t.Helper()
	if _, err := term.master.WriteString(keys); err != nil {
		term.t.Fatal(err)
	}
}

// hears lets text come in.
func (term *terminal) hears() {
	term.t.Helper()
	if err := term.command.Process.Signal(syscall.SIGUSR1); err != nil {
		term.t.Fatal(err)
	}
}

// ends waits for the end, and gives what the station was told.
func (term *terminal) ends() string {
	term.t.Helper()
	killer := time.AfterFunc(time.Minute, func() { term.command.Process.Kill() })
	defer killer.Stop()
	if err := term.command.Wait(); err != nil {
		term.t.Fatal(err)
	}
	told, err := os.ReadFile(term.journal)
	if err != nil {
		term.t.Fatal(err)
	}
	return string(told)
}

// modes are the terminal's local modes, as the master sees them too.
func (term *terminal) modes() uint32 {
	term.t.Helper()
	m, err := unix.IoctlGetTermios(int(term.master.Fd()), unix.TCGETS)
	if err != nil {
		term.t.Fatal(err)
	}
	return m.Lflag & (unix.ICANON | unix.ECHO | unix.ISIG)
}

func TestOnATerminal(t *testing.T) {
	term := newTerminal(t)
	term.shows("rtty, plain mode.")
	term.shows("No signal.\r\n")
	if m := term.modes(); m != unix.ISIG {
		t.Errorf("local modes %#x while it runs, want %#x", m, unix.ISIG)
	}
	term.hears()
	term.shows("CQ DE W1QRA\r\n")

	term.types("/sid")
	term.shows("/sid")
	term.hears()
	term.types("eband")
	term.shows("eband")
	term.types("\r")
	if before := term.shows("Sideband: lsb"); strings.Contains(before, "W1QRA") {
		t.Errorf("text came in while a line was typed: %q", before)
	}
	term.shows("CQ DE W1QRA")

	term.types("/tx\r")
	term.shows("Transmitting: keyboard")
	term.types("\x1b")
	term.shows("Receiving: Esc")
	term.types("/tx\r")
	term.shows("Transmitting: keyboard")
	term.types("\x03")
	term.shows("Receiving: Ctrl-C")
	term.types("\x03")
	if told, want := term.ends(), "transmit keyboard\nstop: Esc\ntransmit keyboard\nstop: Ctrl-C\nended: interrupted\n"; told != want {
		t.Errorf("told\n%s\nwant\n%s", told, want)
	}
	if m := term.modes(); m != unix.ICANON|unix.ECHO|unix.ISIG {
		t.Errorf("local modes %#x in the end", m)
	}
}

// When the terminal goes away nobody is there: the transmitter is let go at
// once.
func TestTerminalGoesAway(t *testing.T) {
	term := newTerminal(t)
	term.shows("No signal.")
	term.types("/tx\r")
	term.shows("Transmitting: keyboard")
	if err := term.master.Close(); err != nil {
		t.Fatal(err)
	}
	term.hears() // ends the read that still holds the terminal open
	if told := term.ends(); !strings.Contains(told, "stop: the line mode was left") {
		t.Error(told)
	}
}
