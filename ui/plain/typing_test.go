package plain

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"rtty/station"
)

func TestEditor(t *testing.T) {
	line := func(text string) entry { return entry{kind: lineEntered, text: text} }
	stop, end := entry{kind: escapePressed}, entry{kind: inputEnded}
	key := func(n int) entry { return entry{kind: functionKey, key: n} }
	tests := []struct {
		name    string
		typed   []string // one read each
		entries []entry
		begun   string
	}{
		{"a line", []string{"/tx CQ\r"}, []entry{line("/tx CQ")}, ""},
		{"key by key", []string{"/", "r", "x", "\n"}, []entry{line("/rx")}, ""},
		{"two lines", []string{"a\nb\nc"}, []entry{line("a"), line("b")}, "c"},
		{"erasing", []string{"abc\x7f\x08d\n"}, []entry{line("ad")}, ""},
		{"erasing what is not there", []string{"\x7f\x7fa"}, nil, "a"},
		{"erasing a word", []string{"CQ DE  W1QRA  \x17X"}, nil, "CQ DE  X"},
		{"erasing the line", []string{"abc\x15d"}, nil, "d"},
		{"letters of several bytes", []string{"gr\xc3", "\xbc\xc3", "\x9fe\x7f\x7f"}, nil, "gr\u00fc"},
		{"no UTF-8", []string{"a\xff\xfe\xc3(b"}, nil, "a(b"},
		{"controls", []string{"a\x00\x01\x07\x0bb\tc"}, nil, "ab c"},
		{"end", []string{"\x04"}, []entry{end}, ""},
		{"no end within a line", []string{"a\x04b"}, nil, "ab"},
		{"Esc", []string{"\x1b"}, []entry{stop}, ""},
		{"Esc in a line", []string{"ab", "\x1b", "c"}, []entry{stop}, "abc"},
		{"Esc and on", []string{"\x1bab"}, []entry{stop}, "ab"},
		{"Esc twice", []string{"\x1b\x1b"}, []entry{stop, stop}, ""},
		{"arrows", []string{"a\x1b[A\x1b[1;5Cb\x1bOC"}, nil, "ab"},
		{"a torn arrow", []string{"a\x1b[", "Ab"}, []entry{stop}, "a[Ab"[:1] + "[Ab"},
		{"function keys", []string{"\x1bOP\x1b[15~\x1b[24~\x1b[[C"}, []entry{key(1), key(5), key(12), key(3)}, ""},
		{"pasting", []string{"\x1b[200~a\nb\x1b[201~"}, []entry{line("a")}, "b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			screen := ""
			e := editor{echo: func(s string) { screen += s }}
			var entries []entry
			for _, read := range test.typed {
				for _, done := range e.feed([]byte(read)) {
					if done.kind == lineEntered {
						screen = ""
					}
					entries = append(entries, done)
				}
			}
			if !slices.Equal(entries, test.entries) || string(e.line) != test.begun {
				t.Errorf("%v and %q begun, want %v and %q", entries, string(e.line), test.entries, test.begun)
			}
			if len(test.typed) == 1 && !strings.Contains(test.typed[0], "\n") && shown(screen) != test.begun {
				t.Errorf("%q shows %q, want %q", screen, shown(screen), test.begun)
			}
		})
	}
}

// shown is what a terminal shows of an echo.
func shown(echo string) string {
	var line []rune
	for len(echo) > 0 {
		if rest, ok := strings.CutPrefix(echo, wipe); ok {
			line, echo = line[:len(line)-1], rest
			continue
		}
		r := []rune(echo)[0]
		line, echo = append(line, r), echo[len(string(r)):]
	}
	return string(line)
}

func FuzzEditor(f *testing.F) {
	f.Add([]byte("/tx CQ\x7f\x17\x15\r\x1b[15~\x1bOP\x1b[[A\xc3\xbc\x04"), 3)
	f.Fuzz(func(t *testing.T, typed []byte, cut int) {
		screen := 0
		e := editor{echo: func(s string) {
			if s == wipe {
				screen--
			} else {
				screen++
			}
		}}
		at := min(max(cut, 0), len(typed))
		for _, read := range [][]byte{typed[:at], typed[at:]} {
			for _, done := range e.feed(slices.Clone(read)) {
				if done.kind == lineEntered {
					screen -= len([]rune(done.text))
				}
				if strings.IndexFunc(done.text, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
					t.Fatalf("line %q", done.text)
				}
			}
		}
		if screen != len(e.line) {
			t.Fatalf("%d characters are shown of a line of %d", screen, len(e.line))
		}
	})
}

func FuzzLine(f *testing.F) {
	for _, c := range commands() {
		f.Add("/" + c.name)
		f.Add("/" + c.name + " on")
		f.Add("/" + c.name + " -1e309")
	}
	f.Add("//x")
	f.Add("CQ CQ")
	f.Fuzz(func(t *testing.T, line string) {
		var out bytes.Buffer
		station := newFake()
		c := New(Options{Station: station, Out: &out, Verbosity: Verbose})
		err := c.line(line)
		c.drain()
		if err != nil && err != errQuit {
			t.Fatalf("%q: %v", line, err)
		}
		if err == nil && len(station.did) == 0 && out.Len() == 0 && strings.TrimSpace(line) != "" {
			t.Fatalf("%q has no effect and no answer", line)
		}
		for _, r := range out.String() {
			if r != '\n' && !unicode.IsPrint(r) {
				t.Fatalf("%q is answered with %q", line, out.String())
			}
		}
	})
}

// While a line is being typed what comes in waits, but not alarms.
func TestTypingHoldsWhatComesIn(t *testing.T) {
	var out bytes.Buffer
	f := newFake()
	c := New(Options{Station: f, Out: &out, Verbosity: Normal, Terminal: true})
	type step func()
	types := func(keys string) step { return func() { c.take(input{text: keys, raw: true}) } }
	hears := func(text string) step { return func() { f.hear(text); c.drain() } }
	happens := func(kind station.EventKind, text string) step {
		return func() { f.post(station.Event{Kind: kind, Text: text}); c.drain() }
	}
	for _, s := range []step{
		hears("CQ CQ DE "), types("/af"), hears("W1QRA "), happens(station.Notice, "recording goes on"),
		types("c"), happens(station.Alarm, "the rig may still be keyed"), hears("W1QRA "),
		types("\r"), hears("K\r\n"),
		types("x"), hears("HELD "), types("\x7f"), hears("ON "),
	} {
		s()
		c.drain()
	}
	c.paper.breakLine()
	golden(t, "typing", out.String())
}

func TestReadLines(t *testing.T) {
	long := strings.Repeat("x", mostTyped)
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"a", []string{"a"}},
		{"a\r\n\nb\n", []string{"a", "", "b"}},
		{"a\xffb\n", []string{"ab"}},
		{long + "y\nz", []string{long, "y", "z"}},
	}
	for _, test := range tests {
		var got []string
		readLines(strings.NewReader(test.in), func(in input) bool {
			got = append(got, in.text)
			return true
		})
		if !slices.Equal(got, test.want) {
			t.Errorf("%.20q: %.60q, want %.60q", test.in, got, test.want)
		}
	}
}

func TestLevel(t *testing.T) {
	for want, r := range map[string]station.Receive{
		"minus 23 decibels":                    {Level: -23, Peak: 0.2},
		"minus 1 decibels, too high: it clips": {Level: -1, Peak: 1},
		"no sound":                             {Level: station.NoSound, Past: station.PastState{Kept: time.Second}},
		"none yet":                             {Level: station.NoSound},
	} {
		if got := level(r); got != want {
			t.Errorf("%+v: %q, not %q", r, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for _, test := range []struct {
		x        float64
		decimals int
		want     string
	}{
		{2125, 1, "2125"}, {2125.04, 1, "2125"}, {2125.06, 1, "2125.1"}, {-3.4, 0, "minus 3"}, {-0.2, 0, "0"},
		{1000.0 / 22, 2, "45.45"}, {50, 2, "50"}, {100, 0, "100"}, {14082.875, 3, "14082.875"},
	} {
		if got := number(test.x, test.decimals); got != test.want {
			t.Errorf("%g with %d decimals: %q, want %q", test.x, test.decimals, got, test.want)
		}
	}
}
