package ui

import (
	"strings"
	"testing"
	"time"

	"rtty/baudot"
	"rtty/modem"
)

// logged is a log as lines, headings in brackets.
func logged(l *textLog) string {
	var b strings.Builder
	for _, p := range l.paragraphs() {
		switch p.voice {
		case heading:
			b.WriteString("[" + p.text() + "]\n")
		case said:
			b.WriteString("> " + p.text() + "\n")
		default:
			b.WriteString(p.text() + "\n")
		}
	}
	return b.String()
}

func wantLog(t *testing.T, l *textLog, want string) {
	t.Helper()
	if got := logged(l); got != want {
		t.Errorf("the log is\n%s\nwant\n%s", got, want)
	}
}

func past(begin, end int, newest bool, text string) pastStretch {
	at := func(s int) time.Time { return theDay.Add(time.Duration(s) * time.Second) }
	return pastStretch{begin: at(begin), end: at(end), newest: newest, chars: chars(text, 1)}
}

func TestOversAlternate(t *testing.T) {
	var l textLog
	l.receive(theDay, chars("CQ DE OE1", 1))
	l.receive(theDay, chars("ABC K", 1))
	l.endOver()
	l.send(theDay, "OE1")
	l.send(theDay, "ABC DE\nDL1XYZ")
	l.endOver()
	l.receive(theDay, chars("\nR\nR\n\nTU", 1))
	wantLog(t, &l, "CQ DE OE1ABC K\n> OE1ABC DE\n> DL1XYZ\nR\nR\nTU\n")
}

func TestWhatIsNoTextIsNotPrinted(t *testing.T) {
	var l textLog
	l.receive(theDay, []modem.Char{{Rune: 'A'}, {Rune: 0}, {Rune: '\a'}, {Rune: '\x05'}, {Rune: 0x1b}, {Rune: 'B'}, {Rune: '世'}, {Rune: '\u0301'}})
	l.send(theDay, "\x1b[2JX\r\nY")
	wantLog(t, &l, "AB\n> [2JX\n> Y\n")
}

func TestThePastStandsAboveTheSignalTunedTo(t *testing.T) {
	var l textLog
	sig := modem.Signal{Mark: 1000, Space: 1170, Baud: 50}
	l.receive(theDay, chars("OLD\n", 1))
	l.retune(theDay, sig)
	l.receive(theDay, chars("LIVE", 1))
	l.past(past(-60, 0, true, "THREE FO"))
	l.past(past(-120, -60, false, "ONE\nTWO "))
	l.past(past(-180, -120, false, "ZERO\n"))
	l.receive(theDay, chars(" ON", 1))
	wantLog(t, &l, "OLD\n[3 min before, 14:02:32 to 14:05:32]\nZERO\nONE\nTWO THREE FO\n[14:05:32  mark 1000, space 1170 Hz, 50 Bd]\nLIVE ON\n")
}

func TestAskedForLaterThePastStandsBelow(t *testing.T) {
	var l textLog
	l.retune(theDay.Add(-time.Hour), modem.Signal{Mark: 1000, Space: 1170, Baud: 50})
	l.receive(theDay, chars("LIVE", 1))
	l.past(past(-60, 0, true, "AGAIN"))
	l.receive(theDay, chars("ON", 1))
	l.past(past(-60, 0, true, "AND AGAIN"))
	wantLog(t, &l, "[13:05:32  mark 1000, space 1170 Hz, 50 Bd]\nLIVE\n[60 s before, 14:04:32 to 14:05:32]\nAGAIN\n"+
		"[60 s before, 14:04:32 to 14:05:32]\nAND AGAIN\n[14:05:32  now]\nON\n")
}

func TestANudgeBeginsNoSection(t *testing.T) {
	var l textLog
	sig := modem.Signal{Mark: 1000, Space: 1170, Baud: 50}
	l.retune(theDay, sig)
	l.receive(theDay, chars("ONE", 1))
	for range 5 {
		sig.Mark, sig.Space = sig.Mark+10, sig.Space+10
		l.retune(theDay, sig)
	}
	l.receive(theDay, chars(" LINE", 1))
	l.retune(theDay, sig.Reversed())
	l.retune(theDay, sig)
	l.retune(theDay, sig.Reversed())
	l.receive(theDay, chars("OTHER", 1))
	wantLog(t, &l, "[14:05:32  mark 1000, space 1170 Hz, 50 Bd]\nONE LINE\n[14:05:32  mark 1220, space 1050 Hz, 50 Bd]\nOTHER\n")
}

func TestOldTextIsForgotten(t *testing.T) {
	var l textLog
	line := chars(strings.Repeat("X", 99)+"\n", 1)
	for i := range 3 * keptGlyphs / 100 {
		if i%500 == 0 {
			l.retune(theDay, modem.Signal{Mark: float64(1000 + i), Space: 2000, Baud: 50})
		}
		l.receive(theDay, line)
	}
	kept := 0
	for _, s := range l.sections {
		for _, p := range s.paragraphs {
			kept += len(p.glyphs)
		}
	}
	if kept > keptGlyphs || kept < keptGlyphs*9/10 || kept != l.kept {
		t.Errorf("%d glyphs are kept, counted as %d; want about %d", kept, l.kept, keptGlyphs)
	}
}

func TestEndlessLinesAreParted(t *testing.T) {
	var l textLog
	l.receive(theDay, chars(strings.Repeat("RYRYRYRY ", 1000), 1))
	l.receive(theDay, chars(strings.Repeat("X", 10_000), 1))
	for _, p := range l.paragraphs() {
		if len(p.glyphs) > longParagraph+80 {
			t.Errorf("a paragraph has %d characters", len(p.glyphs))
		}
	}
	if got := strings.ReplaceAll(logged(&l), "\n", ""); got != strings.Repeat("RYRYRYRY ", 1000)+strings.Repeat("X", 10_000) {
		t.Error("characters were lost or changed")
	}
}

func TestLinesBreakBetweenWords(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"", 10, ""},
		{"CQ CQ DE OE1ABC", 8, "CQ CQ DE|OE1ABC"},
		{"CQ CQ DE OE1ABC", 9, "CQ CQ DE|OE1ABC"},
		{"RYRYRYRYRY", 4, "RYRY|RYRY|RY"},
		{"A RYRYRYRY B", 4, "A|RYRY|RYRY|B"},
		{"12345678", 8, "12345678"},
		{"  A", 2, " |A"},
		{"A", 0, ""},
	} {
		p := &paragraph{voice: heading}
		for _, r := range c.text {
			p.glyphs = append(p.glyphs, glyph{r: r})
		}
		var got []string
		for _, line := range wrap(p.glyphs, c.width) {
			got = append(got, (&paragraph{glyphs: line}).text())
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q in %d columns is %q, want %q", c.text, c.width, s, c.want)
		}
	}
}

func TestFiguresThatLostTheirShift(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"UR TOO TOO 001 ", "UR TOO (599) TOO (599) 001 "},
		{"TOOAQYOAQYO K", "TOOAQYOAQYO (599-169-169) K"},
		{"599 PPQ 599 PQW K", "599 PPQ (001) 599 PQW (012) K"},
		{"599-PPQ K", "599-PPQ K"},
		{"TU 599 UR NAME", "TU 599 UR NAME"},
		{"599 TU QRZ DE", "599 TU QRZ DE"},
		{"YOU TRY TO TYPE POWER QRT", "YOU TRY TO TYPE POWER QRT"},
		{"THE TOWER IS 599 FT", "THE TOWER IS 599 FT"},
		{"599 THE RIG IS PPQ", "599 THE RIG IS PPQ"},
		{"TUO, PPE ", "TUO, (579) PPE (003) "},
		{"TOO", "TOO"}, // it may go on
		{"too ", "too "},
	} {
		p := &paragraph{}
		for _, r := range c.text {
			p.glyphs = append(p.glyphs, glyph{r: r, p: 1})
		}
		lay := layouter{width: 100, table: baudot.USTTY}
		got := (&paragraph{glyphs: lay.marked(p)}).text()
		if got != c.want {
			t.Errorf("%q shows as %q, want %q", c.text, got, c.want)
		}
	}
}

func TestOtherShift(t *testing.T) {
	for word, want := range map[string]string{"TOO": "599", "599": "TOO", "W1AW": "21-2", "PPQ": "001", "14PTQ": "14051"} {
		if got := otherShift(baudot.USTTY, word); got != want {
			t.Errorf("%s in the other shift is %s, want %s", word, got, want)
		}
	}
}
