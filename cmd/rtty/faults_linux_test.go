package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rtty/audio/pulsetest"
	"rtty/rig/rigtest"
)

// A dummyRig is Hamlib's rigctld with its dummy rig, watched from outside.
type dummyRig struct {
	t       *testing.T
	address string
	process *rigtest.Process
	held    net.Conn // rigctld forgets what was set when its last client leaves
}

func startDummyRig(t *testing.T) *dummyRig {
	t.Helper()
	r := &dummyRig{t: t}
	r.Start()
	return r
}

// Start starts the daemon, and puts the rig on LSB, where it can send.
func (r *dummyRig) Start() {
	r.t.Helper()
	r.start("F 14092125", "M LSB 2400")
}

// StartKeyed does so with a rig that was left keyed.
func (r *dummyRig) StartKeyed() {
	r.t.Helper()
	r.start("F 14092125", "M LSB 2400", "T 1")
	if !r.Keyed() {
		r.t.Fatal("rigctld does not key")
	}
}

func (r *dummyRig) start(commands ...string) {
	r.t.Helper()
	r.process, r.address = rigtest.Rigctld(r.t, r.address, "-P", "RIG")
	var err error
	if r.held, err = net.Dial("tcp", r.address); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { r.held.Close() })
	answers := bufio.NewReader(r.held)
	for _, command := range commands {
		fmt.Fprintln(r.held, command)
		_ = r.held.SetReadDeadline(time.Now().Add(30 * time.Second))
		if answer, err := answers.ReadString('\n'); err != nil || answer != "RPRT 0\n" {
			r.t.Fatalf("rigctld answers %q, %v to %s", answer, err, command)
		}
	}
}

func (r *dummyRig) Kill() { r.process.Kill() }

func (r *dummyRig) ask(command string) (string, error) {
	conn, err := net.DialTimeout("tcp", r.address, time.Second)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(2 * time.Second))
	fmt.Fprintln(conn, command)
	return bufio.NewReader(conn).ReadString('\n')
}

// Keyed asks, on a connection of its own, whether the rig is keyed.
func (r *dummyRig) Keyed() bool {
	answer, err := r.ask("t")
	return err == nil && strings.TrimSpace(answer) == "1"
}

// await waits until the rig is keyed or not, and tells how long that took.
func (r *dummyRig) await(keyed bool) time.Duration {
	r.t.Helper()
	began := time.Now()
	for r.Keyed() != keyed {
		if time.Since(began) > 30*time.Second {
			r.t.Fatalf("the rig is not keyed %v after half a minute", keyed)
		}
		time.Sleep(5 * time.Millisecond)
	}
	return time.Since(began)
}

// guardOf finds the guard that a modem has started.
func guardOf(t *testing.T, modem int) int {
	t.Helper()
	out, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", modem, modem))
	if err != nil {
		t.Skip("this kernel does not list the children of a process")
	}
	for _, word := range strings.Fields(string(out)) {
		if pid, err := strconv.Atoi(word); err == nil {
			return pid
		}
	}
	return guardByParent(t, modem)
}

// guardByParent looks through all processes: threads have children too.
func guardByParent(t *testing.T, modem int) int {
	t.Helper()
	dirs, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range dirs {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if len(fields) > 1 && fields[1] == strconv.Itoa(modem) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			return pid
		}
	}
	t.Fatal("the modem has no guard")
	return 0
}

// The times are those of the promise; a busy machine gets some more.
const (
	withinSecond = time.Second
	atOnce       = 300 * time.Millisecond
	allowance    = 2 * time.Second
)

func TestWhateverGoesWrongTheRigIsUnkeyed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	type victims struct {
		*lineMode
		guard int
		sound *pulsetest.Server
	}
	modem := func(s syscall.Signal) func(victims) { return func(v victims) { signalTo(v.cmd.Process.Pid, s) } }
	guard := func(s syscall.Signal) func(victims) { return func(v victims) { signalTo(v.guard, s) } }
	var table strings.Builder
	for _, c := range []struct {
		name    string
		strike  func(victims)
		promise time.Duration
		says    string
		thaw    bool
	}{
		{"kill -9 of the modem", modem(syscall.SIGKILL), withinSecond, "", false},
		{"SIGSTOP of the modem", modem(syscall.SIGSTOP), withinSecond, "", true},
		{"kill -9 of the guard", guard(syscall.SIGKILL), withinSecond, "ALARM: ", false},
		{"SIGSTOP of the guard", guard(syscall.SIGSTOP), withinSecond, "ALARM: ", false},
		{"SIGTERM", modem(syscall.SIGTERM), atOnce, "", false},
		{"SIGHUP, the terminal is closed", modem(syscall.SIGHUP), atOnce, "", false},
		{"SIGINT, Ctrl-C", modem(syscall.SIGINT), atOnce, "Receiving: ", false},
		{"/stop", func(v victims) { v.Type("/stop") }, atOnce, "Receiving: ", false},
		{"the sound device is gone", func(v victims) { v.sound.Kill() }, atOnce, "ALARM: transmission ended: ", false},
		{"the sound device is stuck", func(v victims) { v.sound.Freeze() }, withinSecond, "ALARM: transmission ended: ", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := pulsetest.Start(t, "air", "other")
			r := startDummyRig(t)
			atHome(t, rigOnAir(r.address))
			l := startLineMode(t, "--input", "pulse:other.monitor", "--output", "pulse:air")
			heard := s.Record("air.monitor")
			defer heard.Stop()
			l.Transmit()
			if !r.Keyed() {
				t.Fatal("it sends and the rig is not keyed")
			}
			c.strike(victims{l, guardOf(t, l.cmd.Process.Pid), s})
			took := r.await(false)
			fmt.Fprintf(&table, "%-32s %8d ms, promised %d ms\n", c.name, took.Milliseconds(), c.promise.Milliseconds())
			if took > c.promise+allowance {
				t.Errorf("unkeyed after %v, promised %v", took, c.promise)
			}
			if c.says != "" {
				l.Await(c.says)
			}
			if c.thaw {
				signalTo(l.cmd.Process.Pid, syscall.SIGCONT)
				l.Await("Receiving: ")
				if r.Keyed() {
					t.Error("awake again, it keys")
				}
			}
		})
	}
	t.Logf("from the fault to the unkeyed rig:\n%s", table.String())
}

func rigOnAir(address string) string {
	return fmt.Sprintf(`
[station]
callsign = "W1AW"
[transmit]
enabled = true
[rig]
kind = "rigctld"
address = %q
override = true
`, address)
}

// signalTo sends a signal to a process that may have ended.
func signalTo(pid int, s syscall.Signal) { _ = syscall.Kill(pid, s) }

// halt stops a modem, and its guard, which must not notice, until they are told to
// go on.
func halt(t *testing.T, modem int) (goOn func()) {
	t.Helper()
	guard := guardOf(t, modem)
	signalTo(modem, syscall.SIGSTOP)
	signalTo(guard, syscall.SIGSTOP)
	goOn = sync.OnceFunc(func() {
		signalTo(guard, syscall.SIGCONT)
		signalTo(modem, syscall.SIGCONT)
	})
	t.Cleanup(goOn)
	return goOn
}

func TestARigThatIsLostIsUnkeyedFirstThingWhenItIsBack(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	pulsetest.Start(t, "air", "other")
	r := startDummyRig(t)
	atHome(t, rigOnAir(r.address))
	l := startLineMode(t, "--input", "pulse:other.monitor", "--output", "pulse:air")
	l.Transmit()
	r.Kill()
	l.Await("Receiving: ")
	l.until("it says that the rig may still be keyed", func() bool { return strings.Contains(l.Written(), "the rig may still be keyed") })
	goOn := halt(t, l.cmd.Process.Pid) // else the guard finds the rig before it is keyed
	r.StartKeyed()
	goOn()
	r.await(false)
	l.Type("/quit")
	l.AwaitEnd()
}

// A reader that does not read is a terminal that was stopped.
func TestAnOperatorWhoSeesNothingDoesNotTransmit(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	pulsetest.Start(t, "air", "other")
	r := startDummyRig(t)
	atHome(t, rigOnAir(r.address))
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	l := startLineModeOn(t, in, "--input", "pulse:other.monitor", "--output", "pulse:air", "--verbosity", "normal")
	in.Close()
	l.Type("/tx " + strings.Repeat(copied+" ", 9))
	r.await(true)
	for range 1000 { // the answers fill the pipe
		l.Type("/status")
	}
	took := r.await(false)
	t.Logf("unkeyed %v after the last command", took)
	if took > blockedAfter+atOnce+allowance {
		t.Errorf("unkeyed after %v", took)
	}
}

func TestALogThatCannotBeWrittenStopsNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	pulsetest.Start(t, "air", "other")
	logs := atHome(t, onAir)
	if err := os.MkdirAll(filepath.Dir(logs), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(logs, nil, 0o666); err != nil { // in the place of the directory
		t.Fatal(err)
	}
	l := startLineMode(t, "--input", "pulse:other.monitor", "--output", "pulse:air")
	l.Type("/tx ONE")
	l.Await("can't be written, it is kept in memory")
	l.Await("Receiving: all sent")
	if err := os.Remove(logs); err != nil {
		t.Fatal(err)
	}
	l.Await("is written again")
	l.Type("/quit")
	l.AwaitEnd()
	if log := logged(logs); !strings.Contains(log, "ONE") {
		t.Errorf("the log has not what was sent meanwhile:\n%s", log)
	}
}
