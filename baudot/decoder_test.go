package baudot

import (
	"strconv"
	"strings"
	"testing"
)

// visible is codes as a receiver in letters sees them.
func visible(t Table, usos bool, codes []Code) string {
	d := Decoder{Table: t, USOS: usos}
	return string(d.AppendVisible(nil, codes...))
}

// codesOf reads the form that AppendVisible writes. Text that stands in the
// wrong shift fails the test.
func codesOf(tb testing.TB, table Table, usos bool, form string) (codes []Code) {
	tb.Helper()
	d := Decoder{Table: table, USOS: usos}
	for form != "" {
		token := form[:1]
		if token == "<" {
			end := strings.IndexByte(form, '>')
			if end < 0 {
				tb.Fatalf("%q has no end", form)
			}
			token = form[:end+1]
		}
		form = form[len(token):]
		c := codeOfToken(tb, table, d.Shift(), token)
		if got := string((&Decoder{table, usos, d.Shift()}).AppendVisible(nil, c)); got != token {
			tb.Fatalf("%s is %s in %v", token, got, d.Shift())
		}
		d.Decode(c)
		codes = append(codes, c)
	}
	return codes
}

func codeOfToken(tb testing.TB, table Table, s Shift, token string) Code {
	tb.Helper()
	switch token {
	case "<L>":
		return LTRS
	case "<F>":
		return FIGS
	case "<CR>":
		return CR
	case "<LF>":
		return LF
	case "<NUL>":
		return Blank
	case "<BEL>":
		token = "\a"
	case "<WRU>":
		token = "\x05"
	}
	r := rune(token[0])
	if strings.HasPrefix(token, "<^") {
		r = rune(token[2])
	}
	if c, _, ok := table.Lookup(r); ok {
		return c
	}
	n, err := strconv.Atoi(strings.Trim(token, "<>"))
	if err != nil {
		tb.Fatalf("%q is no code", token)
	}
	return Code(n)
}

func TestDecoder(t *testing.T) {
	for _, c := range []struct {
		table Table
		usos  bool
		codes string
		want  string
	}{
		{USTTY, false, "CQ DE W<F>8<L>II", "CQ DE W8II"},
		{USTTY, false, "<F>599 001 <L>TEST", "599 001 TEST"},
		{USTTY, true, "<F>599 PPQ TEST", "599 PPQ TEST"},
		{USTTY, true, "<F>599 <F>001 TEST", "599 001 TEST"},
		{USTTY, true, "<F>599<CR><LF>001", "599\r\n001"},
		{USTTY, true, "<F>5<NUL>9<NUL>9", "599"},
		{USTTY, false, "<F><F>5<L><L>T<L>", "5T"},
		{USTTY, false, "<F><BEL>$';!&#\"<L>SDJVFGHZ", "\a$';!&#\"SDJVFGHZ"},
		{ITA2, false, "<F>'<WRU><BEL>=<^F><^G><^H>+<L>SDJVFGHZ", "'\x05\a=+SDJVFGHZ"},
		{ITA2, false, "<32><F>1<255>2<L>A", "12A"},
	} {
		d := Decoder{Table: c.table, USOS: c.usos}
		codes := codesOf(t, c.table, c.usos, c.codes)
		if got := string(d.Append(nil, codes...)); got != c.want {
			t.Errorf("%v, USOS %v: %s prints %q, want %q", c.table, c.usos, c.codes, got, c.want)
		}
	}
}

func TestDecoderPrintsWhatTheTableSays(t *testing.T) {
	for _, table := range []Table{USTTY, ITA2} {
		for _, s := range []Shift{Letters, Figures} {
			for c := range Code(64) {
				d := Decoder{Table: table, shift: s}
				if got, want := d.Decode(c), table.Rune(c, s); got != want {
					t.Errorf("%v: %#02x in %v prints %q, want %q", table, c, s, got, want)
				}
			}
		}
	}
}

func TestShiftAfter(t *testing.T) {
	for c := range Code(64) {
		for _, usos := range []bool{false, true} {
			for _, s := range []Shift{Letters, Figures} {
				want := s
				switch {
				case c == FIGS:
					want = Figures
				case c == LTRS, c == Space && usos:
					want = Letters
				}
				if got := s.After(c, usos); got != want {
					t.Errorf("%v after %#02x, USOS %v: %v, want %v", s, c, usos, got, want)
				}
			}
		}
	}
}

func TestDecoderReset(t *testing.T) {
	d := Decoder{Table: ITA2, USOS: true}
	d.Decode(FIGS)
	if d.Shift() != Figures {
		t.Errorf("after FIGS the shift is %v", d.Shift())
	}
	d.Reset()
	if d != (Decoder{Table: ITA2, USOS: true}) {
		t.Errorf("Reset left %+v", d)
	}
}

// Every code must be told from every other in the visible form, or a stream
// could not be read back from it.
func TestVisibleFormIsUnambiguous(t *testing.T) {
	for _, table := range []Table{USTTY, ITA2} {
		for _, s := range []Shift{Letters, Figures} {
			seen := make(map[string]Code)
			for c := range Code(255) {
				form := string((&Decoder{Table: table, shift: s}).AppendVisible(nil, c))
				if other, ok := seen[form]; ok {
					t.Errorf("%v in %v: %s is %#02x and %#02x", table, s, form, other, c)
				}
				seen[form] = c
			}
		}
	}
}

func TestDecodeAllocatesNothing(t *testing.T) {
	d := Decoder{USOS: true}
	codes := new(Encoder).AppendString(nil, "CQ TEST 599 001\n")
	dst := make([]byte, 0, 4*len(codes))
	if n := testing.AllocsPerRun(100, func() {
		dst = d.Append(dst[:0], codes...)
		dst = d.AppendVisible(dst[:0], codes...)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
