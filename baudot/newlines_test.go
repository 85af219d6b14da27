package baudot

import "testing"

// lines is text as Newlines prints it.
func lines(text string) string {
	var n Newlines
	var out []rune
	for _, r := range text {
		if r = n.Next(r); r != 0 {
			out = append(out, r)
		}
	}
	return string(out)
}

func TestNewlines(t *testing.T) {
	for _, c := range []struct{ received, want, note string }{
		{"A\r\nB", "A\nB", "the usual line end"},
		{"A\r\r\nB", "A\nB", "with time for the carriage"},
		{"A\r\r\r\nB", "A\nB", ""},
		{"A\n\rB", "A\nB", "the other way round"},
		{"A\nB", "A\nB", "the CR was lost"},
		{"A\rB", "A\nB", "the LF was lost"},
		{"A\r\rB", "A\nB", ""},
		{"A\r\n\r\nB", "A\n\nB", "an empty line"},
		{"A\r\n\nB", "A\n\nB", "an empty line"},
		{"A\n\rB\n\rC", "A\nB\nC", ""},
		{"A\n\r\rB", "A\nB", ""},
		{"A\n\r\r\nB", "A\n\nB", ""},
		{"A\n\n\nB", "A\n\n\nB", ""},
		{"A\r\r\n\r\r\nB", "A\n\nB", ""},
		{"\r\nA\r\n", "\nA\n", ""},
		{"A\r\n\n\rB", "A\n\nB", "as many lines as LF"},
		{"A\r\x00\nB", "A\nB", "shifts and blanks change nothing"},
		{"A\n\x00\rB", "A\nB", ""},
		{"A\r \nB", "A\n \nB", "a space does"},
		{"\a", "\a", ""},
	} {
		if got := lines(c.received); got != c.want {
			t.Errorf("%q prints as %q, want %q %s", c.received, got, c.want, c.note)
		}
	}
}

func TestNewlinesComeAtOnce(t *testing.T) {
	for _, end := range []rune{'\r', '\n'} {
		var n Newlines
		if got := n.Next(end); got != '\n' {
			t.Errorf("%q gives %q", end, got)
		}
	}
}

func TestNewlinesReset(t *testing.T) {
	var n Newlines
	n.Next('\r')
	n.Reset()
	if got := n.Next('\n'); got != '\n' {
		t.Errorf("an LF after Reset gives %q", got)
	}
}
