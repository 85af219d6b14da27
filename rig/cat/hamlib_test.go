package cat

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Hamlib's rigctl works the fakes as if they were transceivers: what they answer
// is not just what this package would like to hear.
func TestHamlibTakesTheFakesForTransceivers(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("rigctl"); err != nil {
		t.Skip("rigctl is not installed (Debian: libhamlib-utils)")
	}
	for _, c := range []struct {
		name, model string
		fake        func(*testing.T) *fake
		rtty, usb   string // mode names in Hamlib, modes in the fake
		rttyMode    string
	}{
		{"IC-7300", "3073", fakeIcom, "RTTY", "USB", "\x04"},
		{"TS-590S", "2031", func(t *testing.T) *fake { return fakeKenwood(t, "021") }, "RTTY", "USB", "6"},
		{"K3", "2029", func(t *testing.T) *fake { return fakeKenwood(t, elecraftID) }, "RTTY", "USB", "6"},
		{"FT-991", "1035", fakeYaesu, "RTTY", "USB", "6"},
		{"FT-817", "1020", fake817, "", "USB", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := c.fake(t)
			if got := rigctl(t, f, c.model, "f"); got != "14074000" {
				t.Errorf("frequency %q", got)
			}
			if got := rigctl(t, f, c.model, "m"); !strings.HasPrefix(got, c.usb) {
				t.Errorf("mode %q, want %s", got, c.usb)
			}
			rigctl(t, f, c.model, "F", "14085000")
			if got := f.now().a; got != 14_085_000 {
				t.Errorf("set to %d Hz", got)
			}
			if c.rtty != "" {
				rigctl(t, f, c.model, "M", c.rtty, "0")
				if got := f.now().mode; !strings.HasPrefix(got, c.rttyMode) {
					t.Errorf("set to mode %q, want %q", got, c.rttyMode)
				}
			}
			if got := rigctl(t, f, c.model, "T", "1", "t"); got != "1" || !f.now().keyed {
				t.Errorf("keyed: it says %q, and is keyed: %v", got, f.now().keyed)
			}
			if got := rigctl(t, f, c.model, "T", "0", "t"); got != "0" || f.now().keyed {
				t.Errorf("unkeyed: it says %q, and is keyed: %v", got, f.now().keyed)
			}
		})
	}
}

func rigctl(t *testing.T, f *fake, model string, command ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	args := append([]string{"-m", model, "-r", f.device}, command...)
	out, err := exec.CommandContext(ctx, "rigctl", args...).CombinedOutput()
	if err != nil {
		t.Errorf("rigctl %v: %v: %s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}
