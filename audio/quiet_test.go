//go:build portaudio && linux

package audio

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestWhatLibrariesPrintStaysOffTheTerminalAndWhatWePrintDoesNot(t *testing.T) {
	const child = "RTTY_TEST_QUIET"
	if os.Getenv(child) != "" {
		stderr := Quiet()
		unix.Write(2, []byte("chatter\n"))
		fmt.Fprintln(stderr, "message")
		fmt.Fprintln(os.Stderr, "warning")
		log.Print("remark")
		panic("crash")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), child+"=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err == nil {
		t.Error("a panic is no failure")
	}
	got := stderr.String()
	for _, want := range []string{"message\n", "warning\n", "remark\n", "panic: crash", "quiet_test.go:"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "chatter") {
		t.Errorf("chatter in\n%s", got)
	}
}
