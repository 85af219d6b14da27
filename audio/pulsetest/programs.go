package pulsetest

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"os/exec"
	"sync"
	"testing"
)

// program finds a program of the package pulseaudio-utils, or skips the test.
func program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(name + " is not installed: nothing to play or record independently with")
	}
	return path
}

func raw(device string) []string {
	return []string{"-d", device, "--rate=48000", "--channels=1", "--format=s16le", "--raw"}
}

// PlaySamples plays samples at 48 kHz into a sink, and waits until they have
// been played.
func (s *Server) PlaySamples(sink string, samples []int16) {
	s.t.Helper()
	cmd := exec.Command(program(s.t, "pacat"), append([]string{"--playback"}, raw(sink)...)...)
	endWithParent(cmd)
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, samples)
	cmd.Stdin = &b
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("pacat: %v: %s", err, out)
	}
}

// PlayFile plays a recording into a sink, and waits until it has been played.
func (s *Server) PlayFile(sink, path string) {
	s.t.Helper()
	cmd := exec.Command(program(s.t, "paplay"), "-d", sink, path)
	endWithParent(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("paplay: %v: %s", err, out)
	}
}

// PlayOn plays a recording into a sink, over and over until the test ends.
func (s *Server) PlayOn(sink, path string) {
	s.t.Helper()
	paplay := program(s.t, "paplay")
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			cmd := exec.CommandContext(ctx, paplay, "-d", sink, path)
			endWithParent(cmd)
			if out, err := cmd.CombinedOutput(); err != nil && ctx.Err() == nil {
				s.t.Errorf("paplay: %v: %s", err, out)
				return
			}
		}
	}()
	s.t.Cleanup(func() { stop(); <-ended })
}

// A Recording is what another program records.
type Recording struct {
	t   testing.TB
	cmd *exec.Cmd

	mu      sync.Mutex
	changed *sync.Cond
	bytes   []byte
	ended   bool
}

// Record records from a source at 48 kHz. It returns when samples are coming.
func (s *Server) Record(source string) *Recording {
	s.t.Helper()
	cmd := exec.Command(program(s.t, "parec"), append(raw(source), "--latency-msec=20")...)
	endWithParent(cmd)
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	r := &Recording{t: s.t, cmd: cmd}
	r.changed = sync.NewCond(&r.mu)
	go r.collect(out)
	s.t.Cleanup(func() { r.Stop() })
	r.Wait(1)
	return r
}

func (r *Recording) collect(out io.Reader) {
	buf := make([]byte, 4096)
	for {
		n, err := out.Read(buf)
		r.mu.Lock()
		r.bytes = append(r.bytes, buf[:n]...)
		r.ended = err != nil
		r.changed.Broadcast()
		r.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Wait waits until n more samples have been recorded.
func (r *Recording) Wait(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for want := len(r.bytes) + 2*n; len(r.bytes) < want && !r.ended; {
		r.changed.Wait()
	}
}

// Stop ends the recording. It returns all samples.
func (r *Recording) Stop() []int16 {
	_ = r.cmd.Process.Kill()
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.ended {
		r.changed.Wait()
	}
	_ = r.cmd.Wait()
	samples := make([]int16, len(r.bytes)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(r.bytes[2*i:]))
	}
	return samples
}
