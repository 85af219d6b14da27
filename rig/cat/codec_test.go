package cat

import (
	"bytes"
	"testing"
)

// Frames as Icom's manual and a TS-590, K3 and FT-991 have them.
func TestCodecs(t *testing.T) {
	if got := hex(appendCIV(nil, 0x94, 0xe0, 0x1c, 0x00, 0x01)); got != "FE FE 94 E0 1C 00 01 FD" {
		t.Errorf("key: %s", got)
	}
	if got, err := civBCD(14_080_123); hex(got) != "23 01 08 14 00" || err != nil {
		t.Errorf("frequency: % X, %v", got, err)
	}
	if got, err := fiveBCD(14_080_125); hex(got) != "01 40 80 13" || err != nil {
		t.Errorf("frequency: % X, %v", got, err)
	}
	if hz, mode, ok := parseFive([]byte{0x01, 0x40, 0x80, 0x12, 0x0a}); hz != 14_080_120 || mode != fiveDIG || !ok {
		t.Errorf("%.0f Hz, mode %x, %v", hz, mode, ok)
	}
	for index, want := range map[int64]float64{0: 50, 9: 500, 10: 600, 31: 2700, 40: 3600} {
		if got := civFilterWidth(index); got != want {
			t.Errorf("filter %d: %g Hz, want %g", index, got, want)
		}
	}
	for reading, want := range map[int64]float64{0: -54, 120: 0, 241: 60} {
		if got := civStrength(reading); got != want {
			t.Errorf("S-meter %d: %g dB, want %g", reading, got, want)
		}
	}

	kenwood := kenwoodState{14_195_000, -150, true, true}
	for _, offset := range []string{"     -0150", "1000-00150", "0010 -0150"} { // TS-590 and K3, TS-2000
		s := "00014195000" + offset + "01" + "000" + "1" + "6" + "0000000"
		if got, ok := parseKenwoodState(s); got != kenwood || !ok {
			t.Errorf("%q: %+v, %v", s, got, ok)
		}
	}
	yaesu := yaesuState{-150, true}
	for _, s := range []string{"001014195000-015001600000", "00114195000-015001600000", "00001014195000-015001600000"} {
		if got, ok := parseYaesuState(s); got != yaesu || !ok {
			t.Errorf("%q: %+v, %v", s, got, ok)
		}
	}
}

// Whatever arrives, a frame is found whole or not at all, and what is read from it
// is within its bounds.
func FuzzCIV(f *testing.F) {
	f.Add([]byte("\xfe\xfe\xe0\x94\x03\x00\x40\x07\x14\x00\xfd"))
	f.Add([]byte("\x00\xfc\xfe\xfe\xfe\xfe\x94\xe0\x03\xfd\xfe\xfe\xe0\x94\xfb\xfd"))
	f.Add([]byte("\xfe\xfe\xfd\xfd"))
	f.Fuzz(func(t *testing.T, received []byte) {
		frame, taken := nextCIV(received)
		if taken == 0 {
			if frame != nil {
				t.Errorf("%q gives a frame and takes nothing", received)
			}
			return
		}
		if taken > len(received) || !bytes.HasSuffix(received[:taken], frame) {
			t.Fatalf("%q: frame %q, taken %d", received, frame, taken)
		}
		parsed, ok := parseCIV(frame)
		if !ok {
			return
		}
		if again := appendCIV(nil, parsed.to, parsed.from, parsed.body...); !bytes.Equal(again, frame) {
			t.Errorf("%q becomes %q", frame, again)
		}
		if n, ok := civNumber(parsed.body); ok && len(parsed.body) == civDigits {
			if digits, err := civBCD(float64(n)); err != nil || !bytes.Equal(digits, parsed.body) {
				t.Errorf("% X is %d, which is % X, %v", parsed.body, n, digits, err)
			}
		}
	})
}

func FuzzLetters(f *testing.F) {
	f.Add([]byte("IF00014195000     -015001000161000000;"))
	f.Add([]byte("001014195000-015001600000;"))
	f.Add([]byte(";;?;+;"))
	f.Fuzz(func(t *testing.T, received []byte) {
		message, taken := nextLetters(received)
		if taken == 0 {
			return
		}
		if taken != len(message)+1 || received[taken-1] != ';' || bytes.IndexByte(message, ';') >= 0 {
			t.Fatalf("%q: message %q, taken %d", received, message, taken)
		}
		s := string(message)
		if k, ok := parseKenwoodState(s); ok && (k.frequency < 0 || k.offset < -9999 || k.offset > 9999) {
			t.Errorf("%q: %+v", s, k)
		}
		if y, ok := parseYaesuState(s); ok && (y.offset < -9999 || y.offset > 9999) {
			t.Errorf("%q: %+v", s, y)
		}
		if n, ok := number(s); ok && (n < 0 || n > 99_999_999_999) {
			t.Errorf("%q: %d", s, n)
		}
		signed(s)
	})
}

func FuzzFive(f *testing.F) {
	f.Add([]byte{0x01, 0x40, 0x80, 0x12, 0x0a})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, answer []byte) {
		hz, _, ok := parseFive(answer)
		if !ok {
			return
		}
		if digits, err := fiveBCD(hz); err != nil || !bytes.Equal(digits, answer[:4]) {
			t.Errorf("% X is %.0f Hz, which is % X, %v", answer, hz, digits, err)
		}
	})
}
