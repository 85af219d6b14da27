package baudot

import (
	"strings"
	"testing"
)

var bothTables = []Table{USTTY, ITA2}

// printed is what a receiver that has just been switched on prints.
func printed(t Table, usos bool, codes []Code) string {
	d := Decoder{Table: t, USOS: usos}
	return string(d.Append(nil, codes...))
}

func withoutCR(s string) string { return strings.ReplaceAll(s, "\r", "") }

func TestEncoder(t *testing.T) {
	for _, c := range []struct {
		e          Encoder
		text, want string
	}{
		{Encoder{}, "", ""},
		{Encoder{}, "CQ DE W8II", "<L>CQ DE W<F>8<L>II"},
		{Encoder{}, "599 001 TEST", "<F>599 001 <L>TEST"},
		{Encoder{USOS: true}, "599 001 TEST", "<F>599 <F>001 <L>TEST"},
		{Encoder{USOS: true}, "599  001  TEST", "<F>599  <F>001  <L>TEST"},
		{Encoder{USOS: true}, "599 \n001", "<F>599 <CR><LF><F>001"},
		{Encoder{USOS: true}, "UR 599 OK", "<L>UR <F>599 <L>OK"},
		{Encoder{USOS: true}, "599-001 K", "<F>599-001 <L>K"},
		{Encoder{USOS: true}, "599\n001", "<F>599<CR><LF>001"},
		{Encoder{USOS: true}, "5 ", "<F>5 "},

		{Encoder{}, " CQ", "<L> CQ"},
		{Encoder{}, "\nCQ", "<L><CR><LF>CQ"},
		{Encoder{}, "\n599", "<L><CR><LF><F>599"},

		{Encoder{}, "A\nB", "<L>A<CR><LF>B"},
		{Encoder{}, "A\r\nB", "<L>A<CR><LF>B"},
		{Encoder{}, "A\r\r\nB", "<L>A<CR><CR><LF>B"},
		{Encoder{}, "A\n\nB", "<L>A<CR><LF><CR><LF>B"},
		{Encoder{}, "A\rB\nC", "<L>A<CR>B<CR><LF>C"},
		{Encoder{CRCRLF: true}, "A\nB", "<L>A<CR><CR><LF>B"},
		{Encoder{CRCRLF: true}, "A\r\nB", "<L>A<CR><CR><LF>B"},
		{Encoder{CRCRLF: true}, "A\r\r\nB", "<L>A<CR><CR><LF>B"},
		{Encoder{CRCRLF: true}, "A\n\nB", "<L>A<CR><CR><LF><CR><CR><LF>B"},

		{Encoder{LineShift: true}, "A\nB\n\n 5\n6", "<L>A<CR><LF><L>B<CR><LF><CR><LF> <F>5<CR><LF><F>6"},
		{Encoder{DoubleShift: true}, "A5", "<L><L>A<F><F>5"},
		{Encoder{DoubleShift: true, USOS: true}, "5 5", "<F><F>5 <F><F>5"},
		{Encoder{Table: ITA2, CRCRLF: true, LineShift: true}, "DDK2\nDDH7\n",
			"<L>DDK<F>2<CR><CR><LF><L>DDH<F>7<CR><CR><LF>"},

		{Encoder{}, "\aA", "<F><BEL><L>A"},
		{Encoder{Table: ITA2}, "\a\x05A", "<F><BEL><WRU><L>A"},
		{Encoder{}, "Grüße, 20 °C", "<L>GRUESSE<F>, 20 <L>DEGC"},
		{Encoder{Table: ITA2}, "AAXX 31001\n78310 01470=", "<L>AAXX <F>31001<CR><LF>78310 01470="},
	} {
		e := c.e
		codes := e.AppendString(nil, c.text)
		if got := visible(e.Table, e.USOS, codes); got != c.want {
			t.Errorf("%+v: %q is sent as\n%s, want\n%s", c.e, c.text, got, c.want)
		}
	}
}

// A SYNOP report by the customs of DWD: one FIGS to a line, receivers without
// unshift on space.
func TestFiguresHoldAcrossSpacesWithoutUSOS(t *testing.T) {
	const line = "10250 20214 30094 40104 56004 60111 70398 8597/\n"
	e := Encoder{Table: ITA2, LineShift: true}
	codes := e.AppendString(nil, line+line)
	if n := count(codes, FIGS); n != 2 {
		t.Errorf("%d FIGS in two lines", n)
	}
	if got, want := withoutCR(printed(ITA2, false, codes)), line+line; got != want {
		t.Errorf("prints %q, want %q", got, want)
	}
}

func count(codes []Code, c Code) (n int) {
	for _, x := range codes {
		if x == c {
			n++
		}
	}
	return n
}

func TestReceiversOfBothKindsPrintTheSame(t *testing.T) {
	const text = "UR 599 001 001 TEST"
	withUSOS := Encoder{USOS: true}
	codes := withUSOS.AppendString(nil, text)
	for _, usos := range []bool{false, true} {
		if got := printed(USTTY, usos, codes); got != text {
			t.Errorf("USOS %v prints %q, want %q", usos, got, text)
		}
	}

	var without Encoder
	codes = without.AppendString(nil, text)
	if got, want := printed(USTTY, true, codes), "UR 599 PPQ PPQ TEST"; got != want {
		t.Errorf("sent without USOS, received with it: %q, want %q", got, want)
	}
}

// forAllTriples calls f with what a receiver prints of every three codes that
// come to it in either shift.
func forAllTriples(table Table, f func(text string)) {
	var text [3]byte
	for i := range 2 * 32 * 32 * 32 {
		d := Decoder{Table: table, shift: Shift(i >> 15)}
		f(string(d.Append(text[:0], Code(i>>10&31), Code(i>>5&31), Code(i&31))))
	}
}

// Whatever any three codes print, the encoder can send so that the receivers
// it is meant for print it again. All pairs and single codes are among them,
// since some codes print nothing.
func TestAllTriplesThereAndBack(t *testing.T) {
	for _, table := range bothTables {
		for _, e := range []Encoder{
			{Table: table},
			{Table: table, USOS: true},
			{Table: table, CRCRLF: true},
			{Table: table, USOS: true, LineShift: true},
			{Table: table, USOS: true, DoubleShift: true},
		} {
			var codes []Code
			forAllTriples(table, func(text string) {
				e.Reset()
				codes = e.AppendString(codes[:0], text)
				receivers := []bool{false, true}
				if !e.USOS {
					receivers = receivers[:1]
				}
				for _, usos := range receivers {
					if got := printed(table, usos, codes); withoutCR(got) != withoutCR(text) {
						t.Fatalf("%+v, receiver USOS %v: %q prints as %q", e, usos, text, got)
					}
				}
			})
		}
	}
}

// Leaving out any shift but the first must change what some receiver prints.
func TestNoShiftIsSuperfluous(t *testing.T) {
	for _, table := range bothTables {
		for _, usos := range []bool{false, true} {
			var codes, fewer []Code
			forAllTriples(table, func(text string) {
				e := Encoder{Table: table, USOS: usos}
				codes = e.AppendString(codes[:0], text)
				for i := 1; i < len(codes); i++ {
					if codes[i] != LTRS && codes[i] != FIGS {
						continue
					}
					fewer = append(append(fewer[:0], codes[:i]...), codes[i+1:]...)
					same := printed(table, false, fewer) == printed(table, false, codes)
					if usos {
						same = same && printed(table, true, fewer) == printed(table, true, codes)
					}
					if same {
						t.Fatalf("%v, USOS %v: %q is sent as %s", table, usos, text, visible(table, usos, codes))
					}
				}
			})
		}
	}
}

func TestFirstCodeIsAShift(t *testing.T) {
	for _, table := range bothTables {
		for _, usos := range []bool{false, true} {
			for r := range rune(asciiSize) {
				if _, _, ok := table.Lookup(r); !ok {
					continue
				}
				e := Encoder{Table: table, USOS: usos}
				if c := e.Append(nil, r)[0]; c != LTRS && c != FIGS {
					t.Errorf("%v: %q begins with %#02x", table, r, c)
				}
			}
		}
	}
}

func TestLineEndsAreNeverDoubled(t *testing.T) {
	for _, crcrlf := range []bool{false, true} {
		unix := Encoder{CRCRLF: crcrlf}
		want := visible(USTTY, false, unix.AppendString(nil, "CQ\nTEST\n\n5\n"))
		dos := Encoder{CRCRLF: crcrlf}
		got := visible(USTTY, false, dos.AppendString(nil, "CQ\r\nTEST\r\n\r\n5\r\n"))
		if got != want {
			t.Errorf("CRCRLF %v: text with \\r\\n goes as %s, with \\n as %s", crcrlf, got, want)
		}
	}
}

func TestDiddlesAreReckonedWith(t *testing.T) {
	for _, c := range []struct {
		before string
		diddle Code
		after  string
		want   string
	}{
		{"", LTRS, "CQ", "CQ"},
		{"", LTRS, "5", "<F>5"},
		{"", Blank, "CQ", "<L>CQ"},
		{"59", LTRS, "9", "<F>9"},
		{"59", Blank, "9", "9"},
		{"5", LTRS, " TEST", " TEST"},
		{"CQ", LTRS, " TEST", " TEST"},
		{"A\r", LTRS, "\n", "<LF>"},
		{"A\r", Blank, "\n", "<LF>"},
	} {
		e := Encoder{USOS: true}
		heard := e.AppendString(nil, c.before)
		e.Sent(c.diddle)
		heard = append(heard, c.diddle)
		d := Decoder{USOS: true}
		d.Append(nil, heard...)
		if got := string(d.AppendVisible(nil, e.AppendString(nil, c.after)...)); got != c.want {
			t.Errorf("%q, diddle %#02x, then %q is sent as %s, want %s", c.before, c.diddle, c.after, got, c.want)
		}
	}
}

func TestEncoderCounts(t *testing.T) {
	e := Encoder{Table: ITA2}
	e.AppendString(nil, "Cq \"Müller\" @ 50 % 日本\x00\xff\r")
	if e.Spelled() != 5 || e.Lost() != 4 {
		t.Errorf("spelled %d, lost %d; want 5 and 4", e.Spelled(), e.Lost())
	}
	e.Reset()
	if e != (Encoder{Table: ITA2}) {
		t.Errorf("Reset left %+v", e)
	}
}

func TestOneByOneIsTheSameAsAllAtOnce(t *testing.T) {
	const text = "CQ 599 001\r\nGrüße — 5 5\n\n"
	atOnce := Encoder{USOS: true, LineShift: true}
	oneByOne := atOnce
	want := atOnce.AppendString(nil, text)
	var got []Code
	for _, r := range text {
		got = oneByOne.Append(got, r)
	}
	if visible(USTTY, true, got) != visible(USTTY, true, want) {
		t.Errorf("%s\n%s", visible(USTTY, true, got), visible(USTTY, true, want))
	}
}

const allocText = "CQ CQ DE W8II 599 001 Grüße „Ω“ % € Ж 日\n"

func TestEncodeAllocatesNothing(t *testing.T) {
	e := Encoder{USOS: true}
	codes := e.AppendString(nil, allocText)
	if n := testing.AllocsPerRun(100, func() {
		codes = e.AppendString(codes[:0], allocText)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkEncoder(b *testing.B) {
	e := Encoder{USOS: true}
	codes := e.AppendString(nil, allocText)
	b.ReportAllocs()
	b.SetBytes(int64(len(allocText)))
	for b.Loop() {
		codes = e.AppendString(codes[:0], allocText)
	}
}

func BenchmarkDecoder(b *testing.B) {
	d := Decoder{USOS: true}
	codes := new(Encoder).AppendString(nil, allocText)
	dst := make([]byte, 0, len(codes))
	b.ReportAllocs()
	b.SetBytes(int64(len(codes)))
	for b.Loop() {
		dst = d.Append(dst[:0], codes...)
	}
}
