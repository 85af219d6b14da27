//go:build linux

package guard_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"rtty/rig"
	"rtty/rig/connect"
	"rtty/rig/guard"
	"rtty/rig/hamlib"
	"rtty/rig/rigtest"
)

// This test binary is also the modem that is killed and the guard that outlives it.
func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 1 && os.Args[1] == "guard":
		guard.Run(openTested)
	case len(os.Args) > 2 && os.Args[1] == "modem":
		runModem(os.Args[2])
	default:
		os.Exit(m.Run())
	}
}

// openTested opens the file that stands for a serial line, or takes the one that
// was handed down, and all else as the program does.
func openTested(c rig.Config) (rig.Link, error) {
	if c.File != nil {
		return handedLink{c.File}, nil
	}
	if c.Kind == rig.RTS {
		return fileLink(c.Port), os.WriteFile(c.Port, []byte("0"), 0o600)
	}
	return connect.Open(c)
}

// A fileLink is a line that keys, as a file that holds 0 or 1. As with a pin of a
// sound card, nothing drops it when its process dies.
type fileLink string

func (f fileLink) SetPTT(on bool) error {
	state := "0"
	if on {
		state = "1"
	}
	return os.WriteFile(string(f), []byte(state), 0o600)
}

func (f fileLink) Close() error { return nil }

// A handedLink is a line of a port that is shared, as a pipe that 0 and 1 are
// written to.
type handedLink struct{ file *os.File }

func (h handedLink) SetPTT(on bool) error {
	state := "0"
	if on {
		state = "1"
	}
	_, err := h.file.WriteString(state)
	return err
}

func (h handedLink) Close() error { return nil }

// handed is the port of a modem that was started with one open already.
const handed = "handed"

// runModem keys, shows that it feeds the transmitter until SIGUSR1 stalls it or
// SIGUSR2 makes it panic, and prints the events.
func runModem(config string) {
	var c rig.Config
	if err := json.Unmarshal([]byte(config), &c); err != nil {
		panic(err)
	}
	if c.Port == handed {
		c.File = os.NewFile(3, c.Port)
	}
	client, err := guard.Start(c, "guard")
	if err != nil {
		panic(err)
	}
	go func() {
		for e := range client.Events() {
			line, _ := json.Marshal(e)
			fmt.Println(string(line))
		}
	}()
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGALRM)
	// A guard may be killed between the event that it has keyed and its answer.
	if err := client.Key(context.Background(), 0); err != nil && !errors.Is(err, guard.ErrNoGuard) {
		panic(err)
	}
	for {
		select {
		case s := <-told:
			switch s {
			case syscall.SIGUSR1:
				time.Sleep(time.Hour)
			case syscall.SIGUSR2:
				go panic("a handler of the screen has failed")
			case syscall.SIGALRM:
				_ = client.Unkey("Esc") // the events tell
			}
		case <-time.After(30 * time.Millisecond):
			client.Beat()
		}
	}
}

// A modem is a running one.
type modem struct {
	*rigtest.Process
	t *testing.T
}

// startModem starts a modem, which may be handed files, and waits until it
// transmits.
func startModem(t *testing.T, c rig.Config, files ...*os.File) modem {
	t.Helper()
	config, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/proc/self/exe", "modem", string(config))
	cmd.ExtraFiles = files
	m := modem{rigtest.StartCmd(t, cmd), t}
	rigtest.Until(t, "keyed", func() bool { _, ok := m.event(guard.KeyDown); return ok })
	return m
}

// event is the first event of a kind that the modem printed.
func (m modem) event(kind guard.EventKind) (guard.Event, bool) {
	for line := range strings.Lines(m.Said()) {
		var e guard.Event
		if json.Unmarshal([]byte(line), &e) == nil && e.Kind == kind {
			return e, true
		}
	}
	return guard.Event{}, false
}

// wait waits for an event.
func (m modem) wait(kind guard.EventKind) guard.Event {
	m.t.Helper()
	var e guard.Event
	rigtest.Until(m.t, string(kind), func() (ok bool) { e, ok = m.event(kind); return ok })
	return e
}

func (m modem) signal(s syscall.Signal) {
	m.t.Helper()
	if err := syscall.Kill(m.PID(), s); err != nil {
		m.t.Fatal(err)
	}
}

// guardPID is the process that the modem has started.
func (m modem) guardPID() int {
	m.t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		m.t.Fatal(err)
	}
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		// After the name in brackets come the state and the parent.
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if len(fields) > 1 && fields[1] == strconv.Itoa(m.PID()) {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			if err != nil {
				m.t.Fatal(err)
			}
			return pid
		}
	}
	m.t.Fatal("the modem has no guard")
	return 0
}

// A station is an interface under test and a way to see from outside whether it
// transmits.
type testStation struct {
	name      string
	config    rig.Config
	transmits func() bool
}

func fileStation(t *testing.T) testStation {
	path := filepath.Join(t.TempDir(), "line")
	return testStation{"serial line", rig.Config{Kind: rig.RTS, Port: path}, func() bool {
		state, err := os.ReadFile(path)
		return err == nil && string(state) == "1"
	}}
}

func rigctldStation(t *testing.T) testStation {
	_, address := rigtest.Rigctld(t, "", "-P", "RIG")
	watcher, err := hamlib.Open(address, rig.AnySource)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { watcher.Close() })
	return testStation{"rigctld", rig.Config{Kind: rig.Rigctld, Address: address}, func() bool {
		on, err := watcher.PTT()
		return on || err != nil
	}}
}

// A measurement is how long something took, and how long it may.
type measurement struct {
	what       string
	took, most time.Duration
}

// measure repeats a trial that took too long, since this machine may have been
// busy with something else; what is slow by itself is slow each time.
func measure(t *testing.T, trial func(t *testing.T) []measurement) []measurement {
	const trials = 3
	for n := 1; ; n++ {
		var got []measurement
		t.Run(fmt.Sprint("trial ", n), func(t *testing.T) { got = trial(t) })
		late := slices.IndexFunc(got, func(m measurement) bool { return m.took > m.most })
		if late < 0 {
			return got
		}
		if n == trials {
			t.Errorf("%s took %v, and may take %v", got[late].what, got[late].took, got[late].most)
			return got
		}
	}
}

// table prints measurements.
func table(t *testing.T, all []measurement) {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "fault\ttook\tmay take")
	for _, m := range all {
		fmt.Fprintf(w, "%s\t%d ms\t%d ms\n", m.what, m.took.Milliseconds(), m.most.Milliseconds())
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + text.String())
}

// TestFaults kills, stops and stalls modems and guards, each while it transmits, and
// measures from outside how long the transmitter stays keyed.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("starts some forty processes")
	}
	var all []measurement
	for _, station := range []func(*testing.T) testStation{fileStation, rigctldStation} {
		for _, fault := range []struct {
			name string
			do   func(m modem)
		}{
			{"modem: kill -9", func(m modem) { m.signal(syscall.SIGKILL) }},
			{"modem: SIGSTOP", func(m modem) { m.signal(syscall.SIGSTOP) }},
			{"modem: Ctrl-Z", func(m modem) { m.signal(syscall.SIGTSTP) }},
			{"modem: hang-up of the terminal", func(m modem) { m.signal(syscall.SIGHUP) }},
			{"modem: panic", func(m modem) { m.signal(syscall.SIGUSR2) }},
			{"modem: sound stalls", func(m modem) { m.signal(syscall.SIGUSR1) }},
			{"guard: kill -9", func(m modem) { m.signalGuard(syscall.SIGKILL) }},
			{"guard: SIGSTOP", func(m modem) { m.signalGuard(syscall.SIGSTOP) }},
			{"guard: SIGTERM", func(m modem) { m.signalGuard(syscall.SIGTERM) }},
		} {
			t.Run(fault.name, func(t *testing.T) {
				if strings.Contains(fault.name, "hang-up") && signal.Ignored(syscall.SIGHUP) {
					t.Skip("this was started by nohup, whose programs ignore a hang-up")
				}
				all = append(all, measure(t, func(t *testing.T) []measurement {
					return tryFault(t, station(t), fault.name, fault.do)
				})...)
			})
		}
	}
	table(t, all)
}

func tryFault(t *testing.T, s testStation, name string, do func(modem)) []measurement {
	m := startModem(t, s.config)
	if !s.transmits() {
		t.Fatal("keyed, but seen from outside it does not transmit")
	}
	began := time.Now()
	do(m)
	rigtest.Until(t, "unkeyed", func() bool { return !s.transmits() })
	took := []measurement{{name + ", " + s.name, time.Since(began), time.Second}}
	if strings.HasPrefix(name, "guard") {
		lost := m.wait(guard.GuardLost)
		took = append(took, measurement{name + ", " + s.name + ", modem knows", lost.At.Sub(began), time.Second})
		m.wait(guard.GuardBack)
	}
	const long = 200 * time.Millisecond
	for began := time.Now(); time.Since(began) < long; time.Sleep(10 * time.Millisecond) {
		if s.transmits() {
			t.Fatal("it transmits again")
		}
	}
	return took
}

func (m modem) signalGuard(s syscall.Signal) {
	m.t.Helper()
	if err := syscall.Kill(m.guardPID(), s); err != nil {
		m.t.Fatal(err)
	}
}

// TestRigctldFaults takes rigctld away while it is keyed.
func TestRigctldFaults(t *testing.T) {
	all := measure(t, func(t *testing.T) []measurement {
		daemon, address := rigtest.Rigctld(t, "", "-P", "RIG")
		m := startModem(t, rig.Config{Kind: rig.Rigctld, Address: address})
		began := time.Now()
		daemon.Kill()
		lost, doubt := m.wait(guard.LinkLost), m.wait(guard.Doubt)
		rigtest.Rigctld(t, address, "-P", "RIG")
		back := time.Now()
		return []measurement{
			{"rigctld killed, modem knows", lost.At.Sub(began), 300 * time.Millisecond},
			{"rigctld killed, alarm", doubt.At.Sub(began), 300 * time.Millisecond},
			{"rigctld back, unkeyed", m.wait(guard.KeyUp).At.Sub(back), time.Second},
		}
	})
	all = append(all, measure(t, tryFrozenRigctld)...)
	table(t, all)
}

// tryFrozenRigctld unkeys while rigctld is frozen, which nothing can do: there has
// to be an alarm, and when rigctld goes on, so does the unkeying.
func tryFrozenRigctld(t *testing.T) []measurement {
	daemon, address := rigtest.Rigctld(t, "", "-P", "RIG")
	m := startModem(t, rig.Config{Kind: rig.Rigctld, Address: address})
	if err := syscall.Kill(daemon.PID(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	m.signal(syscall.SIGALRM)
	doubt := m.wait(guard.Doubt)
	if err := syscall.Kill(daemon.PID(), syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	m.wait(guard.KeyUp)
	watcher, err := hamlib.Open(address, rig.AnySource)
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Close()
	if on, err := watcher.PTT(); on || err != nil {
		t.Errorf("keyed %v, %v", on, err)
	}
	return []measurement{{"rigctld frozen, Esc, alarm", doubt.At.Sub(began), time.Second}}
}

// TestCablePulledWhileKeyed cuts the line to a transceiver that transmits, and
// plugs it in again.
func TestCablePulledWhileKeyed(t *testing.T) {
	table(t, measure(t, func(t *testing.T) []measurement {
		port := filepath.Join(t.TempDir(), "tty")
		radio := rigtest.NewIcom(t)
		if err := os.Symlink(radio.Device, port); err != nil {
			t.Fatal(err)
		}
		m := startModem(t, rig.Config{Kind: rig.Icom, Port: port})
		if !radio.Transmits() {
			t.Fatal("keyed, but it does not transmit")
		}
		began := time.Now()
		radio.Cut()
		lost, doubt := m.wait(guard.LinkLost), m.wait(guard.Doubt)

		again := rigtest.NewIcom(t)
		next := port + ".next"
		if err := errors.Join(os.Symlink(again.Device, next), os.Rename(next, port)); err != nil {
			t.Fatal(err)
		}
		back := time.Now()
		up := m.wait(guard.KeyUp)
		if unkey := []byte{0x1c, 0, 0}; !bytes.Equal(again.First(), unkey) {
			t.Errorf("the first command after it was plugged in is % x, and not % x", again.First(), unkey)
		}
		return []measurement{
			{"cable pulled, modem knows", lost.At.Sub(began), 300 * time.Millisecond},
			{"cable pulled, alarm", doubt.At.Sub(began), 300 * time.Millisecond},
			{"cable back, unkeyed", up.At.Sub(back), time.Second},
		}
	}))
}

// A guard that has nobody to serve ends, so that none is left behind.
func TestGuardEndsWithItsModem(t *testing.T) {
	m := startModem(t, fileStation(t).config)
	pid := m.guardPID()
	m.signal(syscall.SIGKILL)
	rigtest.Until(t, "the guard has ended", func() bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) || zombie(pid) })
}

// zombie tells whether a process has ended and waits for whoever adopted it.
func zombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && strings.Contains(string(stat), ") Z ")
}
