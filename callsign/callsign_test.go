package callsign_test

import (
	"strings"
	"testing"

	"rtty/callsign"
)

func TestValid(t *testing.T) {
	calls := []string{
		"W1AW", "w1aw", "K1A", "G3G", "F6XYZ", "R7LV", "M0ABC", "B1Z",
		"DL1ABC", "VE3DZ", "UA0SR", "XE1XZQ", "LZ9W", "4U1UN", "2E0OBO", "9A1A", "4X6TT", "3DA0RU", "1A0KM",
		"S50A", "S01WS", "P49X", "YU3A", "E74WN", "C6AGU", "D4C", "P3F", "H44MS", "A71AB", "J28MD",
		"DB100FK", "II4CCM", "GB75RAF", "TM2024JO", "LZ1887PMB", "VI100ANZAC", "W100AW", "ZX7A",
		"W1AW/P", "W1AW/4", "W1AW/MM", "W1AW/M/P", "DL/W1AW", "DL/W1AW/P", "VP2E/W1AW", "W1AW/VP2E",
		"HB0/DL1ABC", "F/G3ABC", "KH6/W1AW", "3DA0/ZS6AB", "W1AW/QRP", "EA8/DL1ABC/MM",
	}
	for _, s := range calls {
		if !callsign.Valid(s) {
			t.Errorf("%q is a call", s)
		}
	}
	others := []string{
		"", "/", "599", "5NN", "59", "73", "88", "RYRY", "RYRYRYRYRY", "CQ", "DE", "TEST", "QRZ", "K", "W1", "1AW",
		"001", "JO31", "FT8", "20M", "100W", "7MHZ", "1200Z", "QRZ1A", "QA1AB", "0A1BC", "U1AB", "ABC1DE",
		"W1AW ", " W1AW", "W1AW.", "W1AW/", "/W1AW", "W1AW//P", "W1AWW1AW", "W1AW/K1ABC", "W1AW/599", "P/W1AW",
		"W1AW/XYZ", "W1AW/1/2/3/4", "W12345AB", "DL1ABCDEFGH", "Ä1AB", "W1ÄW", "TNX73",
	}
	for _, s := range others {
		if callsign.Valid(s) {
			t.Errorf("%q is no call", s)
		}
	}
}

func TestBase(t *testing.T) {
	for s, want := range map[string]string{
		"W1AW":          "W1AW",
		"w1aw/p":        "W1AW",
		"DL/W1AW/P":     "W1AW",
		"VP2E/W1AW":     "W1AW",
		"W1AW/VP2E":     "W1AW",
		"W1AW/4":        "W1AW",
		"EA8/DL1ABC/MM": "DL1ABC",
		"F/G3A":         "G3A",
		"no call":       "NO CALL",
	} {
		if got := callsign.Base(s); got != want {
			t.Errorf("Base(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range []string{
		"CQ CQ DE W1AW W1AW K", "DEW1AWW1AW", "dl/w1aw/p", "W1AW/599/001", "//", "/W1AW/", "TU DL1ABC.\nQRZ?", "\xff\x00W1AW", "ſ1AB", "K1Aß",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range callsign.Find(text) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span %d to %d after %d, of %d bytes", s.Start, s.End, end, len(text))
			}
			end = s.End
			if got := strings.ToUpper(text[s.Start:s.End]); got != s.Call {
				t.Fatalf("%q stands where %q was found", got, s.Call)
			}
			if !callsign.Valid(s.Call) || !callsign.Valid(callsign.Base(s.Call)) {
				t.Fatalf("%q is no call", s.Call)
			}
		}
	})
}
