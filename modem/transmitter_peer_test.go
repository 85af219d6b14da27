package modem

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"rtty/baudot"
)

// writeWAV stores samples as a mono 16-bit file, the least that every program
// reads.
func writeWAV(path string, samples []float32, rate int) error {
	var b bytes.Buffer
	size := uint32(2 * len(samples))
	b.WriteString("RIFF")
	header := []any{36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), size}
	for _, field := range header {
		if err := binary.Write(&b, binary.LittleEndian, field); err != nil {
			return err
		}
	}
	for _, x := range samples {
		b.Write(binary.LittleEndian.AppendUint16(nil, uint16(int16(math.Round(float64(x)*32767)))))
	}
	return os.WriteFile(path, b.Bytes(), 0o600)
}

// minimodem reads start bits and stop bits on its own, and hard: it forgives
// neither a wrong speed nor a signal that is not there yet.
func TestMinimodemReadsOurSignal(t *testing.T) {
	if _, err := exec.LookPath("minimodem"); err != nil {
		t.Skip("minimodem is not installed: our signal is NOT checked against an independent receiver (apt install minimodem)")
	}
	const text = "RYRYRY THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG\n" +
		"599 001 TEST 1234567890 -?:().,/ DE DL0ABC K\n"
	for _, preset := range Presets() {
		for _, cfg := range []TransmitterConfig{{Rate: 8000, Waveform: Linear}, {Rate: 22050, Waveform: Constant}} {
			t.Run(fmt.Sprint(preset.Name, " ", cfg.Waveform), func(t *testing.T) {
				sig := preset.Signal(preset.Sideband)
				// minimodem knows neither USOS nor the figures of ITA2, which differ
				// from its own in what the text leaves out.
				feed := NewTextFeed(strings.NewReader(text), &baudot.Encoder{Table: sig.Code, USOS: true})
				sent := transmitFeed(t, sig, cfg, feed)
				got := minimodem(t, sig, sent.samples, cfg.Rate)
				if got = strings.ReplaceAll(got, "\r", ""); got != text {
					t.Errorf("minimodem reads %q", got)
				}
			})
		}
	}
}

func minimodem(t *testing.T, sig Signal, samples []float32, rate int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sent.wav")
	if err := writeWAV(path, samples, rate); err != nil {
		t.Fatal(err)
	}
	number := func(v float64) string { return fmt.Sprintf("%.4f", v) }
	out, err := exec.Command("minimodem", "--rx", "--quiet", "--file", path, "--baudot",
		"--mark", number(sig.Mark), "--space", number(sig.Space), "--stopbits", number(sig.StopBits), number(sig.Baud)).Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) { // it exits with 1 at the end of every file
		t.Fatal(err)
	}
	return string(out)
}
