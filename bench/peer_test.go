package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rtty/audio"
	"rtty/bench/fldigi"
	"rtty/bench/score"
	"rtty/modem"
)

// The test program stands in for other decoders: see fakeDecoder.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "fake-decoder" {
		os.Exit(fakeDecoder(os.Args[2:]))
	}
	os.Exit(m.Run())
}

func fakeDecoder(args []string) int {
	switch args[0] {
	case "say":
		src, err := audio.Open(args[1], audio.Options{})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer src.Close()
		n, block := 0, make([]float32, 4096)
		for {
			b, err := src.Read(block)
			n += b.N
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
		}
		fmt.Println(n, src.Rate(), strings.Join(args[2:], " "))
	case "fail":
		fmt.Print("HALF A TE")
		fmt.Fprintln(os.Stderr, "out of cheese")
		return 3
	case "hang":
		time.Sleep(time.Hour)
	case "babble":
		for range 3 * peerText / 10 {
			fmt.Print("RYRYRYRYRY")
		}
	}
	return 0
}

func fakePeer(t *testing.T, args string) *Peer {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPeer(fmt.Sprintf("fake='%s' fake-decoder %s", exe, args))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPeerIsToldTheSignal(t *testing.T) {
	rec := Recording{Samples: make([]float32, 12345), Rate: Rate, Signal: hamSignal(t)}
	c, err := fakePeer(t, "say {wav} {mark}/{space} {shift} {center} {baud} {stop} {code} {rate}").Decode(t.Context(), rec)
	want := "12345 8000 2125/2295 170 2210 45.45454545454545 1.5 us-tty 8000"
	if err != nil || strings.TrimSpace(c.Text) != want {
		t.Errorf("told %q, %v; want %q", c.Text, err, want)
	}
	if c.Chars != nil {
		t.Error("a peer gave characters with probabilities")
	}
}

func TestPeerThatFailsGivesWhatItPrinted(t *testing.T) {
	rec := Recording{Samples: make([]float32, 100), Rate: Rate, Signal: hamSignal(t)}
	c, err := fakePeer(t, "fail {wav}").Decode(t.Context(), rec)
	if c.Text != "HALF A TE" || err == nil || !strings.Contains(err.Error(), "out of cheese") {
		t.Errorf("got %q, %v", c.Text, err)
	}
}

func TestPeerThatBabblesIsCutOff(t *testing.T) {
	rec := Recording{Samples: make([]float32, 100), Rate: Rate, Signal: hamSignal(t)}
	c, err := fakePeer(t, "babble {wav}").Decode(t.Context(), rec)
	if err != nil || len(c.Text) != peerText {
		t.Errorf("%d bytes, %v; want %d", len(c.Text), err, peerText)
	}
}

func TestPeerThatHangsIsGivenUp(t *testing.T) {
	rec := Recording{Samples: make([]float32, 100), Rate: Rate, Signal: hamSignal(t)}
	p := fakePeer(t, "hang {wav}")
	p.patience = 50 * time.Millisecond
	if _, err := p.Decode(t.Context(), rec); err == nil || !strings.Contains(err.Error(), "in time") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Decode(ctx, rec); !errors.Is(err, context.Canceled) {
		t.Errorf("in a run that was ended: %v", err)
	}
}

func TestPeerThatIsNotThere(t *testing.T) {
	p, err := NewPeer("/nonexistent/decoder {wav}")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Decode(t.Context(), Recording{Rate: Rate, Signal: hamSignal(t)}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestPeersLeaveNothingBehind(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	rec := Recording{Samples: make([]float32, 100), Rate: Rate, Signal: hamSignal(t)}
	if _, err := fakePeer(t, "fail {wav}").Decode(t.Context(), rec); err == nil {
		t.Error("the fake did not fail")
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestNewPeer(t *testing.T) {
	for spec, want := range map[string]string{
		"minimodem --rx {wav}":       "minimodem",
		"/usr/bin/fldigi {wav}":      "fldigi",
		"best=decode {wav}":          "best",
		"decode --in={wav}":          "decode",
		`sh -c "decode x=1 '{wav}'"`: "sh",
	} {
		if p, err := NewPeer(spec); err != nil || p.Name() != want {
			t.Errorf("%q is named %v, %v; want %q", spec, p, err, want)
		}
	}
	for _, spec := range []string{"", "name=", "decode", `decode "{wav}`, "   "} {
		if _, err := NewPeer(spec); err == nil {
			t.Errorf("%q is taken", spec)
		}
	}
}

func TestSplitWords(t *testing.T) {
	for line, want := range map[string][]string{
		"":               nil,
		"  a  b\tc\n":    {"a", "b", "c"},
		`a 'b c' "d 'e"`: {"a", "b c", "d 'e"},
		`--x='y z'w`:     {"--x=y zw"},
		`a "" b`:         {"a", "", "b"},
		"ä ö":            {"ä", "ö"},
	} {
		if got, err := splitWords(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q splits into %q, %v; want %q", line, got, err, want)
		}
	}
	if _, err := splitWords("it's"); err == nil {
		t.Error("an open quote is taken")
	}
}

func TestMinimodemReadsACleanSignal(t *testing.T) {
	peers := InstalledPeers()
	if i := slices.IndexFunc(peers, func(d Decoder) bool { return d.Name() == "minimodem" }); i < 0 {
		if _, err := exec.LookPath("minimodem"); err == nil {
			t.Error("minimodem is installed and not found")
		}
		t.Skip("minimodem is not installed")
	}
	for _, name := range []string{"ham", "ham50", "ham75"} {
		preset, err := modem.PresetNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, sideband := range []modem.Sideband{modem.LSB, modem.USB} {
			trial := trialOf(t, "linear", 30, 5)
			trial.Signal = preset.Signal(sideband)
			rec, sent := made(t, trial)
			c, err := peers[0].Decode(t.Context(), rec)
			if err != nil {
				t.Fatal(err)
			}
			if s := score.Text(sent.Text, c.Text); s.Errors() > 0 {
				t.Errorf("%s on %v: %+v:\n%s", name, sideband, s, c.Text)
			}
		}
	}
}

func TestFldigiReadsCleanSignals(t *testing.T) {
	if testing.Short() {
		t.Skip("another program takes its time")
	}
	if err := fldigi.Installed(); err != nil {
		t.Skipf("fldigi can't be run: %v", err)
	}
	t.Parallel()
	decoder := NewFldigi()
	defer decoder.Close()
	for _, preset := range []string{"ham", "ham50"} { // a change that it can't make while it runs
		found, err := modem.PresetNamed(preset)
		if err != nil {
			t.Fatal(err)
		}
		trial := trialOf(t, "linear", 30, 5)
		trial.Signal = found.Signal(found.Sideband)
		rec, sent := made(t, trial)
		c, err := decoder.Decode(t.Context(), rec)
		if err != nil {
			t.Fatal(err)
		}
		if s := score.Text(sent.Text, c.Text); s.Rate() > 0.01 {
			t.Errorf("%s: %+v:\n%s", preset, s, c.Text)
		}
	}
	if about := decoder.About(t.Context()); !strings.HasPrefix(about, "fldigi 4") {
		t.Errorf("it is %q", about)
	}
	if _, err := decoder.Decode(t.Context(), Recording{Rate: 48000}); err == nil {
		t.Error("another sample rate is taken")
	}
}

func TestMissingPeersAreTold(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	missing := strings.Join(MissingPeers(), "\n")
	if len(InstalledPeers()) != 0 || !strings.Contains(missing, "minimodem") || !strings.Contains(missing, "fldigi, pulseaudio, Xvfb") {
		t.Errorf("got %q", missing)
	}
}
