package station

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// signed is what a text becomes that takes so long for each character, and when
// the own call has been sent completely.
func signed(t *testing.T, text io.RuneReader, per time.Duration) (sent string, calls []time.Duration) {
	t.Helper()
	var b strings.Builder
	elapsed := time.Duration(0)
	s := NewSignedText(text, "w1aw", func() time.Duration { return elapsed })
	for {
		r, _, err := s.ReadRune()
		if err == io.EOF {
			return b.String(), calls
		}
		if err != nil {
			t.Fatal(err)
		}
		b.WriteRune(r)
		elapsed += per
		if strings.HasSuffix(b.String(), "W1AW") {
			calls = append(calls, elapsed)
		}
	}
}

func TestATextIsSignedAtBothEndsUnlessItDoesSoItself(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "DE W1AW ",
		"HELLO":                       "DE W1AW HELLO DE W1AW",
		"HELLO\n":                     "DE W1AW HELLO\nDE W1AW",
		"CQ DE W1AW K":                "CQ DE W1AW K",
		"cq de w1aw/p k":              "cq de w1aw/p k",
		"CQ W1AWX K":                  "DE W1AW CQ W1AWX K DE W1AW",
		"W1AW\n" + long + "\nDE W1AW": "W1AW\n" + long + "\nDE W1AW",
		long + " W1AW " + long:        "DE W1AW " + long + " W1AW " + long + " DE W1AW",
	} {
		if got, _ := signed(t, strings.NewReader(text), time.Millisecond); got != want {
			t.Errorf("%q is sent as %q, want %q", text, got, want)
		}
	}
}

const long = "THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG"

func TestNoTenMinutesPassWithoutTheCallInALongText(t *testing.T) {
	const per = 220 * time.Millisecond
	for _, words := range []string{"WORDS AND WORDS ", "ONEVERYLONGWORD", "W1AW IS IN IT "} {
		sent, calls := signed(t, strings.NewReader(strings.Repeat(words, 1500)), per)
		total := time.Duration(len(sent)) * per
		last := time.Duration(0)
		for _, at := range append(calls, total) {
			if at-last > identEvery {
				t.Errorf("%q: %v without the own call", words, at-last)
			}
			last = at
		}
		own := strings.Count(words, "W1AW") * 1500
		if extra := len(calls) - own; own > 0 && extra != 0 || own == 0 && extra > 2+int(total/(9*time.Minute)) {
			t.Errorf("%q: %d calls were added in %v", words, extra, total)
		}
		if strings.Contains(words, " ") && strings.Contains(strings.ReplaceAll(sent, "DE W1AW ", ""), "WORDDE") {
			t.Errorf("a word was split: %q", sent)
		}
	}
}

func TestATextThatBreaksOffIsSignedAndTheReasonIsTold(t *testing.T) {
	broken := errors.New("the disk is gone")
	reader := bufio.NewReader(io.MultiReader(strings.NewReader("HALF A"), iotest.ErrReader(broken)))
	s := NewSignedText(reader, "W1AW", func() time.Duration { return 0 })
	var sent []rune
	for {
		r, _, err := s.ReadRune()
		if err != nil {
			if !errors.Is(err, broken) {
				t.Errorf("error %v", err)
			}
			break
		}
		sent = append(sent, r)
	}
	if string(sent) != "DE W1AW HALF A DE W1AW" {
		t.Errorf("sent %q", string(sent))
	}
}
