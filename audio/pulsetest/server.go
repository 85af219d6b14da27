// Package pulsetest starts a sound server for tests: a PulseAudio daemon of its
// own, away from that of the user, with sinks that play into nothing and that can
// be listened to. It can be killed, frozen and started again while a test runs.
//
// Such a sink runs at 48 kHz with one channel, so that nothing is resampled on
// the way from a program that plays into it to one that records its monitor: what
// arrives is what was sent, to the bit.
package pulsetest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A Server is a PulseAudio daemon. Each of its sinks has a monitor, called
// NAME.monitor, and two ALSA devices for programs that know only those: NAME_out
// plays into it, NAME_in records from it.
type Server struct {
	t     testing.TB
	dir   string
	sinks []string
	cmd   *exec.Cmd
	ended chan struct{}
	log   *os.File
}

// Start starts a daemon with sinks of these names, of which the first is the
// default, and sets the environment of the test so that it is found. The test is
// skipped where there is no pulseaudio.
func Start(t testing.TB, sinks ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("pulseaudio"); err != nil {
		t.Skip("pulseaudio is not installed: no sound server to test with")
	}
	dir, err := os.MkdirTemp("", "pa") // a socket's path has to be shorter than that of t.TempDir may be
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s := &Server{t: t, dir: dir, sinks: sinks}
	s.write("default.pa", s.script())
	s.write("asound.conf", s.alsa())
	for _, v := range s.Env() {
		name, value, _ := strings.Cut(v, "=")
		t.Setenv(name, value)
	}
	if s.log, err = os.Create(filepath.Join(dir, "log")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Kill(); _ = s.log.Close() })
	s.Restart()
	return s
}

func (s *Server) write(name, content string) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// script is what the daemon loads. A sink that may take back what it has got
// works in blocks of up to two seconds, and loses the first of what it plays:
// hence norewinds.
func (s *Server) script() string {
	var b strings.Builder
	fmt.Fprintf(&b, "load-module module-native-protocol-unix socket=%s auth-anonymous=1\n", s.socket())
	for _, sink := range s.sinks {
		fmt.Fprintf(&b, "load-module module-null-sink sink_name=%s rate=48000 channels=1 channel_map=mono norewinds=1 "+
			"sink_properties=device.description=%s-speaker\n", sink, sink)
	}
	if len(s.sinks) > 0 {
		fmt.Fprintf(&b, "set-default-sink %s\nset-default-source %s.monitor\n", s.sinks[0], s.sinks[0])
	}
	return b.String()
}

func (s *Server) alsa() string {
	b := "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
	for _, sink := range s.sinks {
		b += fmt.Sprintf("pcm.%s_in { type pulse device %q hint { show on description \"records %s\" } }\n", sink, sink+".monitor", sink)
		b += fmt.Sprintf("pcm.%s_out { type pulse device %q hint { show on description \"plays into %s\" } }\n", sink, sink, sink)
	}
	return b
}

func (s *Server) socket() string { return filepath.Join(s.dir, "native") }

// Env are the variables by which programs find the server; Start has set them
// for the test and what it starts.
func (s *Server) Env() []string {
	return []string{
		"HOME=" + s.dir,
		"XDG_RUNTIME_DIR=" + s.dir,
		"PULSE_RUNTIME_PATH=" + s.dir,
		"PULSE_SERVER=unix:" + s.socket(),
		"ALSA_CONFIG_PATH=/usr/share/alsa/alsa.conf:" + filepath.Join(s.dir, "asound.conf"),
	}
}

// Restart starts the daemon after it was killed, and waits until it answers.
func (s *Server) Restart() {
	s.t.Helper()
	_ = os.Remove(s.socket())
	s.cmd = exec.Command("pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit",
		"--use-pid-file=no", "--log-target=stderr", "-n", "-F", filepath.Join(s.dir, "default.pa"))
	s.cmd.Stderr = s.log
	endWithParent(s.cmd)
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal("starting pulseaudio: ", err)
	}
	s.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan struct{}) {
		_ = cmd.Wait()
		close(ended)
	}(s.cmd, s.ended)
	s.await()
}

// await waits for the socket, which is there before the sinks are: the default
// source is set by the last line of the script, and clients are not served
// before that was run.
func (s *Server) await() {
	s.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); ; {
		if conn, err := net.Dial("unix", s.socket()); err == nil {
			_ = conn.Close()
			return
		}
		select {
		case <-s.ended:
			s.t.Fatal("pulseaudio ended: ", s.messages())
		case <-time.After(10 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			s.t.Fatal("pulseaudio does not come up: ", s.messages())
		}
	}
}

func (s *Server) messages() string {
	b, _ := os.ReadFile(s.log.Name())
	return string(b)
}

// Kill ends the daemon without warning.
func (s *Server) Kill() {
	if err := s.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.t.Error("killing pulseaudio: ", err)
	}
	<-s.ended
}

// Freeze stops the daemon: it stays connected and answers nothing.
func (s *Server) Freeze() { s.signal(stop) }

// Thaw lets it go on.
func (s *Server) Thaw() { s.signal(goOn) }

func (s *Server) signal(sig os.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal("pulseaudio: ", err)
	}
}
