package baudot

import (
	"strings"
	"testing"
)

// alphabet is the code as standards print it: units in the order they are
// sent, 1 for mark. Units, letters and ITA2 figures are those of ITU-T S.1,
// combinations 1 to 32; the US figures those of American teleprinters.
var alphabet = []struct {
	units            string
	letter, ita2, us rune
	sameInBoth       bool
}{
	{units: "11000", letter: 'A', ita2: '-', us: '-'},
	{units: "10011", letter: 'B', ita2: '?', us: '?'},
	{units: "01110", letter: 'C', ita2: ':', us: ':'},
	{units: "10010", letter: 'D', ita2: '\x05', us: '$'},
	{units: "10000", letter: 'E', ita2: '3', us: '3'},
	{units: "10110", letter: 'F', us: '!'},
	{units: "01011", letter: 'G', us: '&'},
	{units: "00101", letter: 'H', us: '#'},
	{units: "01100", letter: 'I', ita2: '8', us: '8'},
	{units: "11010", letter: 'J', ita2: '\a', us: '\''},
	{units: "11110", letter: 'K', ita2: '(', us: '('},
	{units: "01001", letter: 'L', ita2: ')', us: ')'},
	{units: "00111", letter: 'M', ita2: '.', us: '.'},
	{units: "00110", letter: 'N', ita2: ',', us: ','},
	{units: "00011", letter: 'O', ita2: '9', us: '9'},
	{units: "01101", letter: 'P', ita2: '0', us: '0'},
	{units: "11101", letter: 'Q', ita2: '1', us: '1'},
	{units: "01010", letter: 'R', ita2: '4', us: '4'},
	{units: "10100", letter: 'S', ita2: '\'', us: '\a'},
	{units: "00001", letter: 'T', ita2: '5', us: '5'},
	{units: "11100", letter: 'U', ita2: '7', us: '7'},
	{units: "01111", letter: 'V', ita2: '=', us: ';'},
	{units: "11001", letter: 'W', ita2: '2', us: '2'},
	{units: "10111", letter: 'X', ita2: '/', us: '/'},
	{units: "10101", letter: 'Y', ita2: '6', us: '6'},
	{units: "10001", letter: 'Z', ita2: '+', us: '"'},
	{units: "00010", letter: '\r', ita2: '\r', us: '\r', sameInBoth: true},
	{units: "01000", letter: '\n', ita2: '\n', us: '\n', sameInBoth: true},
	{units: "11111", sameInBoth: true},
	{units: "11011", sameInBoth: true},
	{units: "00100", letter: ' ', ita2: ' ', us: ' ', sameInBoth: true},
	{units: "00000", sameInBoth: true},
}

// codeOf reads units in the order they are sent.
func codeOf(units string) (c Code) {
	for i, u := range units {
		if u == '1' {
			c |= 1 << i
		}
	}
	return c
}

func TestTablesAreThoseOfTheStandard(t *testing.T) {
	seen := make(map[Code]bool)
	for _, a := range alphabet {
		c := codeOf(a.units)
		seen[c] = true
		for _, table := range []Table{USTTY, ITA2} {
			if got := table.Rune(c, Letters); got != a.letter {
				t.Errorf("%v %s in letters is %q, want %q", table, a.units, got, a.letter)
			}
		}
		if got := USTTY.Rune(c, Figures); got != a.us {
			t.Errorf("us-tty %s in figures is %q, want %q", a.units, got, a.us)
		}
		if got := ITA2.Rune(c, Figures); got != a.ita2 {
			t.Errorf("ita2 %s in figures is %q, want %q", a.units, got, a.ita2)
		}
		if got := c.shiftless(); got != a.sameInBoth {
			t.Errorf("%s the same in both shifts: %v, want %v", a.units, got, a.sameInBoth)
		}
	}
	if len(seen) != 32 {
		t.Errorf("the table above has %d codes, want 32", len(seen))
	}
}

func TestNamedCodes(t *testing.T) {
	for units, c := range map[string]Code{
		"00000": Blank, "01000": LF, "00100": Space, "00010": CR, "11011": FIGS, "11111": LTRS,
	} {
		if codeOf(units) != c {
			t.Errorf("%s is %#02x, want %#02x", units, codeOf(units), c)
		}
	}
}

func TestValuesAboveTheCodesPrintNothing(t *testing.T) {
	for c := 32; c < 256; c++ {
		for _, s := range []Shift{Letters, Figures} {
			if r := USTTY.Rune(Code(c), s); r != 0 {
				t.Errorf("%d prints %q", c, r)
			}
		}
	}
}

func TestLookupIsTheInverseOfRune(t *testing.T) {
	for _, table := range []Table{USTTY, ITA2} {
		found := make(map[Code]map[Shift]bool)
		for r := rune(-2); r < 0x300; r++ {
			c, s, ok := table.Lookup(r)
			if !ok {
				continue
			}
			if got := table.Rune(c, s); got != r {
				t.Errorf("%v: %q has code %#02x in %v, which prints %q", table, r, c, s, got)
			}
			if found[c] == nil {
				found[c] = make(map[Shift]bool)
			}
			found[c][s] = true
		}
		for c := range Code(32) {
			for _, s := range []Shift{Letters, Figures} {
				want := table.Rune(c, s) != 0 && !(c.shiftless() && s == Figures)
				if found[c][s] != want {
					t.Errorf("%v: %#02x in %v found by its character: %v, want %v", table, c, s, found[c][s], want)
				}
			}
		}
	}
}

func TestReshift(t *testing.T) {
	for _, c := range []struct {
		table      Table
		text       string
		to         Shift
		want, note string
	}{
		{USTTY, "TOO", Figures, "599", ""},
		{USTTY, "599", Letters, "TOO", ""},
		{USTTY, "TOOAQYOAQYO", Figures, "599-169-169", ""},
		{USTTY, "599 PPQ", Figures, "599 001", "what is in the shift already stays"},
		{USTTY, "too", Figures, "599", "small letters have the code of their capitals"},
		{USTTY, "W1AW", Letters, "WQAW", ""},
		{USTTY, "W1-2", Letters, "WQAW", ""},
		{USTTY, "SAS", Figures, "S-S", "a bell is not a reading"},
		{USTTY, "\a", Letters, "S", "but it has one"},
		{USTTY, "ZV", Figures, "\";", ""},
		{ITA2, "ZVSD", Figures, "+='D", "WRU is not a reading either"},
		{ITA2, "FGHJ", Figures, "FGHJ", "figures without meaning"},
		{ITA2, "\r\n 5", Letters, "\r\n T", ""},
		{USTTY, "é€\x00", Figures, "é€\x00", "no code, no other reading"},
	} {
		if got := c.table.Reshift(c.text, c.to); got != c.want {
			t.Errorf("%v: %q in %v reads %q, want %q (%s)", c.table, c.text, c.to, got, c.want, c.note)
		}
	}
}

func TestReshiftThereAndBack(t *testing.T) {
	for _, table := range []Table{USTTY, ITA2} {
		all := "ABCDEFGHIJKLMNOPQRSTUVWXYZ \r\n"
		if got := table.Reshift(table.Reshift(all, Figures), Letters); got != all {
			t.Errorf("%v: %q came back as %q", table, all, got)
		}
	}
}

func TestParseTable(t *testing.T) {
	for name, want := range map[string]Table{
		"us-tty": USTTY, "US-TTY": USTTY, "ustty": USTTY, "ita2": ITA2, "ITA-2": ITA2,
		USTTY.String(): USTTY, ITA2.String(): ITA2,
	} {
		got, err := ParseTable(name)
		if err != nil || got != want {
			t.Errorf("ParseTable(%q) = %v, %v; want %v", name, got, err, want)
		}
	}
	for _, name := range []string{"", "ita", "ita3", "table 2", "ascii"} {
		_, err := ParseTable(name)
		if err == nil {
			t.Fatalf("ParseTable(%q) found a table", name)
		}
		for _, want := range []string{"us-tty", "ita2"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("ParseTable(%q): %q does not name %s", name, err, want)
			}
		}
	}
}
