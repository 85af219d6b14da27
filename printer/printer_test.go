package printer

import (
	"errors"
	"strings"
	"testing"
	"unicode"
)

func print(t *testing.T, bell bool, received string) string {
	t.Helper()
	var paper strings.Builder
	p := New(&paper, bell)
	for _, r := range received {
		p.Print(r)
	}
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	return paper.String()
}

func TestPrint(t *testing.T) {
	for _, c := range []struct{ name, received, paper string }{
		{"nothing", "", ""},
		{"text without line end", "CQ CQ", "CQ CQ\n"},
		{"CR LF", "A\r\nB\r\n", "A\nB\n"},
		{"line end doubled for a slow carriage", "A\r\r\nB", "A\nB\n"},
		{"printed over", "A\rB", "A\nB\n"},
		{"CR at the end", "A\r", "A\n"},
		{"escape sequence", "A\x1b[2JB", "A[2JB\n"},
		{"other controls", "A\x00\x05\x07\x08\x7f\u009bB", "AB\n"},
		{"beyond ASCII", "£5", "£5\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := print(t, false, c.received); got != c.paper {
				t.Errorf("%q printed as %q, want %q", c.received, got, c.paper)
			}
		})
	}
}

func TestBellRingsWhenAsked(t *testing.T) {
	if got, want := print(t, true, "A\aB"), "A\aB\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFlushShowsTheUnfinishedLine(t *testing.T) {
	var paper strings.Builder
	p := New(&paper, false)
	p.Print('Q')
	if p.Flush() != nil || paper.String() != "Q" || p.Column() != 1 {
		t.Errorf("paper %q, column %d", paper.String(), p.Column())
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestErrorsOfTheStreamComeBack(t *testing.T) {
	p := New(fullDisk{}, false)
	p.Print('A')
	if err := p.Finish(); err == nil || err.Error() != "disk full" {
		t.Errorf("got %v", err)
	}
}

func FuzzNoControlReachesThePaper(f *testing.F) {
	f.Add("CQ\r\r\nDE \a\x00\x1b[31m")
	f.Fuzz(func(t *testing.T, received string) {
		paper := print(t, false, received)
		if i := strings.IndexFunc(paper, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
			t.Errorf("%q printed as %q: control character at %d", received, paper, i)
		}
		if paper != "" && !strings.HasSuffix(paper, "\n") {
			t.Errorf("%q printed as %q without a line end", received, paper)
		}
	})
}
