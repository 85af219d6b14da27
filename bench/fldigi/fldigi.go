// Package fldigi lets the program fldigi read recordings, so that it can be
// compared with other decoders.
//
// fldigi is made for a person with a sound card and a screen. It can read a file
// only by hand, so it is given what it wants: a screen that nobody sees (Xvfb), a
// sound server of its own (PulseAudio) whose microphone is a named pipe, and a
// folder for its settings. It is told what to do over XML-RPC, and its text is
// read from its receive pane in the same way. None of that touches the sound
// card, the screen or the fldigi of the person at the machine, and all of it
// ends with the Program.
//
// The pipe has no clock: fldigi reads as fast as it can, some eighty times real
// time. It is given a few seconds at a time and more only when it has nothing left
// to do, since it drops characters when it can't keep up with showing them.
//
// Where a recording's text ends is told by a mark: a word in a clean signal is
// played after it, and all that fldigi prints before that word is the text. A
// mark that fails to come means that something went wrong, and is an error.
package fldigi

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"rtty/internal/xmlrpc"
	"rtty/modem"
)

const callPatience = 10 * time.Second

// Rate is the sample rate that fldigi's teleprinter modem works at.
const Rate = 8000

// A MissingError names programs that are not installed.
type MissingError struct{ Programs []string }

func (e *MissingError) Error() string {
	return "needs " + strings.Join(e.Programs, ", ") + " (Debian: apt install fldigi pulseaudio xvfb)"
}

// Installed tells whether all is there that a Program needs. The error is a
// *MissingError.
func Installed() error {
	var missing []string
	for _, program := range []string{"fldigi", "pulseaudio", "Xvfb"} {
		if _, err := exec.LookPath(program); err != nil {
			missing = append(missing, program)
		}
	}
	if missing != nil {
		return &MissingError{missing}
	}
	return nil
}

// Version is what fldigi says of itself, "fldigi 4.1.23"; empty if it can't be run.
func Version(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, _ := exec.CommandContext(ctx, "fldigi", "--version").Output() // nothing said is the answer
	first, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(first)
}

// A Program is a running fldigi, set up for one signal. It is not safe for
// concurrent use.
type Program struct {
	signal  modem.Signal
	folder  string
	running []*process // in the order they were started
	control *xmlrpc.Client
	air     *air
	mark    []int16
}

// startPatience is how long all of fldigi's surroundings may take to come up.
const startPatience = time.Minute

// Start runs fldigi and tunes it to a signal, which stays. The error is a
// *MissingError, or tells that fldigi does not know such a signal, or what failed.
func Start(ctx context.Context, signal modem.Signal) (*Program, error) {
	if err := Installed(); err != nil {
		return nil, err
	}
	settings, err := settingsFor(signal)
	if err != nil {
		return nil, err
	}
	p := &Program{signal: signal}
	if p.mark, err = endMark(signal); err != nil {
		return nil, fmt.Errorf("mark for fldigi: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	if err := p.start(ctx, settings); err != nil {
		p.Close()
		return nil, fmt.Errorf("starting fldigi: %w", errors.Join(ctx.Err(), err))
	}
	return p, nil
}

func (p *Program) start(ctx context.Context, settings string) (err error) {
	if p.folder, err = os.MkdirTemp("", "rtty-fldigi-"); err != nil {
		return err
	}
	if p.air, err = p.startSound(ctx); err != nil {
		return err
	}
	display, err := p.startScreen(ctx)
	if err != nil {
		return err
	}
	if err := p.startItself(ctx, display, settings); err != nil {
		return err
	}
	return p.during(ctx, p.setUp)
}

// environment keeps the programs to themselves.
func (p *Program) environment() []string {
	return []string{
		"HOME=" + p.folder, "XDG_RUNTIME_DIR=" + p.folder, "PULSE_RUNTIME_PATH=" + p.folder,
		"PULSE_SERVER=unix:" + p.socket(), "LC_ALL=C",
	}
}

func (p *Program) run(env []string, files []*os.File, name string, args ...string) (*process, error) {
	started, err := start(append(p.environment(), env...), files, name, args...)
	if err == nil {
		p.running = append(p.running, started)
	}
	return started, err
}

// startScreen runs an X server, which chooses a free number by itself and tells
// it when it is ready.
func (p *Program) startScreen(ctx context.Context) (display string, err error) {
	told, tell, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer told.Close()
	screen, err := p.run(nil, []*os.File{tell}, "Xvfb", "-displayfd", "3", "-screen", "0", "800x600x24", "-nolisten", "tcp")
	tell.Close()
	if err != nil {
		return "", err
	}
	defer context.AfterFunc(ctx, func() { told.Close() })()
	number, err := bufio.NewReader(told).ReadString('\n')
	if err != nil {
		return "", errors.Join(screen.Ended(), fmt.Errorf("number of the screen: %w", err))
	}
	return ":" + strings.TrimSpace(number), nil
}

// startItself runs fldigi and waits until it answers.
func (p *Program) startItself(ctx context.Context, display, settings string) error {
	folder := filepath.Join(p.folder, "settings")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "fldigi_def.xml"), []byte(settings), 0o600); err != nil {
		return err
	}
	ports, err := freePorts(2)
	if err != nil {
		return err
	}
	itself, err := p.run([]string{"DISPLAY=" + display}, nil, "fldigi", "--config-dir", folder, "--home-dir", p.folder,
		"--xmlrpc-server-address", "127.0.0.1", "--xmlrpc-server-port", ports[0],
		"--arq-server-port", ports[1], "-geometry", "700x500")
	if err != nil {
		return err
	}
	p.control = xmlrpc.NewClient("127.0.0.1:"+ports[0], callPatience)
	return until(ctx, func() (bool, error) {
		// Another one may have taken the port meanwhile.
		used, err := p.control.Text(ctx, "fldigi.config_dir")
		return err == nil && filepath.Clean(used) == folder, itself.Ended()
	})
}

// setUp makes fldigi a teleprinter and sees to it that it is one for the signal.
func (p *Program) setUp(ctx context.Context) error {
	if err := p.choose(ctx, teleprinter); err != nil {
		return err
	}
	status, err := p.control.Text(ctx, "main.get_status1")
	if err != nil {
		return err
	}
	if want := statusFor(p.signal); strings.Join(strings.Fields(status), "") != want {
		return fmt.Errorf("it is set to %q, not to %s", status, want)
	}
	return nil
}

// flip sets a switch and sees to it that it is set, since fldigi may come to it
// later only.
func (p *Program) flip(ctx context.Context, name string, on bool) error {
	want := "0"
	if on {
		want = "1"
	}
	return until(ctx, func() (bool, error) {
		if is, err := p.control.Text(ctx, "main.get_"+name); err != nil || is == want {
			return err == nil, err
		}
		_, err := p.control.Text(ctx, "main.set_"+name, on)
		return false, err
	})
}

// choose changes to a modem. fldigi does so between two blocks of samples, so
// some have to flow.
func (p *Program) choose(ctx context.Context, modem string) error {
	return until(ctx, func() (bool, error) {
		if is, err := p.control.Text(ctx, "modem.get_name"); err != nil || is == modem {
			return err == nil, err
		}
		_, err := p.control.Text(ctx, "modem.set_by_name", modem)
		return false, err
	})
}

// Close ends fldigi and all that was started for it, and removes its files.
func (p *Program) Close() {
	if p.air != nil {
		p.air.Close()
	}
	for i := len(p.running) - 1; i >= 0; i-- {
		p.running[i].End()
	}
	if p.folder != "" {
		_ = os.RemoveAll(p.folder) // what is left of a temporary folder harms nobody
	}
}

// ended tells that a part of the Program has ended by itself.
func (p *Program) ended() error {
	var errs []error
	for _, r := range p.running {
		errs = append(errs, r.Ended())
	}
	return errors.Join(errs...)
}

// until tries again and again until it is done.
func until(ctx context.Context, try func() (done bool, err error)) error {
	for {
		if done, err := try(); done || err != nil {
			return err
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
