package baudot

import (
	"strings"
	"testing"
)

// fuzzedEncoder makes the options of an encoder from a byte.
func fuzzedEncoder(options byte) Encoder {
	bit := func(i int) bool { return options>>i&1 == 1 }
	e := Encoder{USOS: bit(0), CRCRLF: bit(1), LineShift: bit(2), DoubleShift: bit(3)}
	if bit(4) {
		e.Table = ITA2
	}
	return e
}

// What comes out is Fold of what went in, at every kind of receiver that the
// encoder sends for and with diddles anywhere between the characters.
func FuzzEncoder(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string, options byte, diddles uint64) {
		e := fuzzedEncoder(options)
		var codes []Code
		for i, r := range []rune(text) {
			if diddles>>(i%64)&1 == 1 {
				codes = append(codes, LTRS)
				e.Sent(LTRS)
			}
			codes = e.Append(codes, r)
		}
		folded := e.Table.Fold(text)
		checkReceivers(t, e, codes, folded)
		checkFolded(t, e.Table, folded)
		if e.Spelled()+e.Lost() > len([]rune(text)) {
			t.Errorf("spelled %d, lost %d of %q", e.Spelled(), e.Lost(), text)
		}
	})
}

func checkReceivers(t *testing.T, e Encoder, codes []Code, want string) {
	t.Helper()
	for _, usos := range []bool{false, true} {
		if usos && !e.USOS {
			continue
		}
		got := printed(e.Table, usos, codes)
		if withoutCR(got) != withoutCR(want) {
			t.Errorf("%+v, receiver USOS %v: prints %q, want %q", e, usos, got, want)
		}
		if strings.Count(got, "\r\n") != strings.Count(got, "\n") {
			t.Errorf("%+v: LF without CR in %q", e, got)
		}
	}
}

// checkFolded holds Fold to what it promises: nothing is left to fold.
func checkFolded(t *testing.T, table Table, folded string) {
	t.Helper()
	if again := table.Fold(folded); again != folded {
		t.Errorf("%v: %q folds on to %q", table, folded, again)
	}
	e := Encoder{Table: table}
	e.AppendString(nil, folded)
	if e.Spelled()+e.Lost() != 0 {
		t.Errorf("%v: %q still needs %d spelled, %d lost", table, folded, e.Spelled(), e.Lost())
	}
}

// Any bytes decode to text of the table's characters; what they print can be
// sent again and prints the same, and their visible form reads back as them.
func FuzzDecoder(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte, options byte) {
		table, usos := Table(options>>1&1), options&1 == 1
		codes := make([]Code, len(data))
		for i, b := range data {
			codes[i] = Code(b)
		}
		text := printed(table, usos, codes)
		if table.Fold(text) != text {
			t.Fatalf("%v printed %q, which it can't send", table, text)
		}
		e := Encoder{Table: table, USOS: true}
		checkReceivers(t, e, e.AppendString(nil, text), text)
		checkLines(t, text)

		form := visible(table, usos, codes)
		if got := codesOf(t, table, usos, form); string(asBytes(got)) != string(data) {
			t.Errorf("%x is shown as %s, which reads back as %x", data, form, got)
		}
		if n := len(table.Reshift(text, Figures)); n != len(text) {
			t.Errorf("%q reshifted has %d characters", text, n)
		}
	})
}

func asBytes(codes []Code) []byte {
	b := make([]byte, len(codes))
	for i, c := range codes {
		b[i] = byte(c)
	}
	return b
}

// checkLines holds Newlines to losing nothing but the form of line ends.
func checkLines(t *testing.T, text string) {
	t.Helper()
	ends := strings.NewReplacer("\r", "", "\n", "")
	got := lines(text)
	if strings.Contains(got, "\r") || ends.Replace(got) != ends.Replace(text) {
		t.Errorf("%q prints as lines %q", text, got)
	}
	if strings.Count(got, "\n") < strings.Count(text, "\n")-strings.Count(text, "\r") {
		t.Errorf("%q lost lines as %q", text, got)
	}
}
