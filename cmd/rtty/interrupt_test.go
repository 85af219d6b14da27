//go:build unix

package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Text comes out while the stream goes on, and an interrupt ends it with all
// that has been read.
func TestInterruptPrintsWhatWasDecoded(t *testing.T) {
	raw := filepath.Join(t.TempDir(), "x.raw")
	if out, err := exec.Command("rtty", "encode", "--rate", "8000", "-o", raw, "CQ CQ DE W1AW\nPSE K").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	samples, err := os.ReadFile(raw)
	if err != nil {
		t.Fatal(err)
	}

	cmd := exec.Command("rtty", "decode", "--preset", "ham", "--format", "s16le", "--rate", "8000", "-")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := stdin.Write(samples); err != nil {
		t.Fatal(err)
	}
	printed := bufio.NewReader(stdout)
	line, err := printed.ReadString('\n') // waits for the stream to be decoded, not for its end
	if err != nil || line != "CQ CQ DE W1AW\n" {
		t.Fatalf("first line %q, %v", line, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(printed)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); exitStatus(err) != exitInterrupted {
		t.Errorf("ended with %v, want exit code %d", err, exitInterrupted)
	}
	if got := string(rest); !strings.HasPrefix("PSE K\n", strings.TrimSuffix(got, "\n")) || !strings.HasSuffix(got, "\n") {
		t.Errorf("after the interrupt %q was printed", got)
	}
}
