package fldigi

import (
	"encoding/xml"
	"math"
	"strings"
	"testing"

	"rtty/baudot"
	"rtty/modem"
)

func TestSettingsOfEveryPreset(t *testing.T) {
	for preset, want := range map[string][]string{
		"ham":    {"45.45/170", "<RTTYBAUD>1<", "<RTTYSHIFT>3<", "<UOSRX>1<"},
		"ham50":  {"50/170", "<RTTYBAUD>2<", "<RTTYSHIFT>3<"},
		"ham75":  {"75/170", "<RTTYBAUD>4<", "<RTTYSHIFT>3<"},
		"dwd":    {"50/450", "<RTTYBAUD>2<", "<RTTYSHIFT>10<", "<RTTYCUSTOMSHIFT>450<", "<UOSRX>0<"},
		"dwd-lf": {"50/85", "<RTTYBAUD>2<", "<RTTYSHIFT>1<"},
		"wide":   {"75/850", "<RTTYBAUD>4<", "<RTTYSHIFT>9<"},
	} {
		s := signalOf(t, preset)
		settings, err := settingsFor(s)
		if err != nil {
			t.Errorf("%s: %v", preset, err)
			continue
		}
		if err := xml.Unmarshal([]byte(settings), new(struct{})); err != nil {
			t.Errorf("%s: %v", preset, err)
		}
		if status := statusFor(s); status != want[0] {
			t.Errorf("%s: status %q, want %q", preset, status, want[0])
		}
		for _, part := range want[1:] {
			if !strings.Contains(settings, part) {
				t.Errorf("%s lacks %s in\n%s", preset, part, settings)
			}
		}
	}
}

func TestSettingsRefuseOtherSpeeds(t *testing.T) {
	s := signalOf(t, "ham")
	s.Baud = 61
	if _, err := settingsFor(s); err == nil || !strings.Contains(err.Error(), "61 Bd") {
		t.Errorf("got %v", err)
	}
	if _, err := settingsFor(modem.Signal{}); err == nil {
		t.Error("no signal at all is taken")
	}
}

func TestQuantizedFillsBlocks(t *testing.T) {
	for n, want := range map[int]int{0: 0, 1: block, block: block, block + 1: 2 * block} {
		if got := len(quantized(make([]float32, n))); got != want {
			t.Errorf("%d samples become %d, want %d", n, got, want)
		}
	}
	got := quantized([]float32{0, 1, -1, 2, float32(math.Inf(-1)), 0.5})
	for i, want := range []int16{0, 32767, -32767, 32767, -32767, 16384} {
		if got[i] != want {
			t.Errorf("sample %d is %d, want %d", i, got[i], want)
		}
	}
}

func TestTextInAnotherTable(t *testing.T) {
	const printed = "WIND 5\"3 ;; $ OK"
	if got := inTable(printed, baudot.USTTY); got != printed {
		t.Errorf("in its own table %q reads %q", printed, got)
	}
	if got, want := inTable(printed, baudot.ITA2), "WIND 5+3 == \x05 OK"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPortsDiffer(t *testing.T) {
	ports, err := freePorts(3)
	if err != nil {
		t.Fatal(err)
	}
	if len(ports) != 3 || ports[0] == ports[1] || ports[1] == ports[2] || ports[0] == ports[2] {
		t.Errorf("got %v", ports)
	}
}
