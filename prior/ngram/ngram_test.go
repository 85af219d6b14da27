package ngram

import (
	"bytes"
	"math"
	"testing"

	"rtty/baudot"
)

const sample = "CQ CQ DE W1AW W1AW K\nW1AW DE DL1XYZ UR 599 599 = 001\n"

func counted(order int, least float64) *Table {
	c := NewCounts(order)
	e := baudot.Encoder{Table: baudot.ITA2}
	c.Learn(e.AppendString(nil, sample+sample), baudot.Letters)
	return c.Table(least)
}

func after(text string) Context {
	c := Nothing()
	for _, r := range text {
		code, shift, _ := baudot.ITA2.Lookup(r)
		sym, _ := SymbolOf(code, shift)
		c = c.Push(sym)
	}
	return c
}

func row(t *Table, c Context, s baudot.Shift) (row [32]float64) {
	t.Row(c, s, &row)
	return row
}

func TestRowsSumToOne(t *testing.T) {
	for order := range MaxOrder + 1 {
		table := counted(order, 1)
		for _, text := range []string{"", "C", "CQ", "W1A", "E W1AW", "599", "\r\n", "ZZZZZZ"} {
			for _, s := range []baudot.Shift{baudot.Letters, baudot.Figures} {
				sum := 0.0
				for _, p := range row(table, after(text), s) {
					sum += p
				}
				if math.Abs(sum-1) > 1e-6 {
					t.Errorf("order %d, %q in %v: sum %v", order, text, s, sum)
				}
			}
		}
	}
}

func TestRowIsWhatASenderMustShift(t *testing.T) {
	table := counted(3, 1)
	context := after(" W")
	letters, figures := row(table, context, baudot.Letters), row(table, context, baudot.Figures)
	one, _, _ := baudot.USTTY.Lookup('1')
	if letters[baudot.FIGS] < 0.5 || figures[one] < 0.5 {
		t.Errorf("FIGS %.3f in letters, 1 %.3f in figures", letters[baudot.FIGS], figures[one])
	}
	for _, c := range []baudot.Code{baudot.Blank, baudot.LTRS} {
		if letters[c] != 0 {
			t.Errorf("code %d has %v in letters", c, letters[c])
		}
	}
	for _, c := range []baudot.Code{baudot.Blank, baudot.FIGS} {
		if figures[c] != 0 {
			t.Errorf("code %d has %v in figures", c, figures[c])
		}
	}
	for _, c := range []baudot.Code{baudot.CR, baudot.LF, baudot.Space} {
		if letters[c] != figures[c] {
			t.Errorf("code %d: %v in letters, %v in figures", c, letters[c], figures[c])
		}
	}
}

// Longer contexts must tell more, and unseen ones no less than short ones.
func TestBackingOff(t *testing.T) {
	q, _, _ := baudot.USTTY.Lookup('Q')
	for order, least := range []float64{0, 0.1, 0.5, 0.7, 0.8, 0.8} {
		table := counted(order, 1)
		if p := row(table, after("Z K\n CQ C"), baudot.Letters)[q]; p < least {
			t.Errorf("order %d: Q has %.3f after CQ C, want %.3f", order, p, least)
		}
	}
	table := counted(5, 1)
	if a, b := row(table, after("ZZZZC"), baudot.Letters), row(table, after("XXC"), baudot.Letters); a != b {
		t.Error("what was never seen changed the probabilities")
	}
}

func TestRareContextsAreLeftOut(t *testing.T) {
	all, few := counted(4, 1).Append(nil), counted(4, 3).Append(nil)
	if len(few) >= len(all) {
		t.Errorf("%d bytes with all contexts, %d without the rare ones", len(all), len(few))
	}
}

func TestLineEndsAreOneCharacter(t *testing.T) {
	want := after("A\n")
	for _, text := range []string{"A\r\n", "A\r\r\n", "A\r\r\r\n"} {
		if got := after(text); got != want {
			t.Errorf("%q is context %#x, want %#x", text, got, want)
		}
	}
	if after("A\n\n") == want {
		t.Error("two lines are one")
	}
}

func TestTablesAreReadAsWritten(t *testing.T) {
	for order := range MaxOrder + 1 {
		table := counted(order, 1)
		data := table.Append([]byte("before"))
		read, err := Parse(data[len("before"):])
		if err != nil {
			t.Fatalf("order %d: %v", order, err)
		}
		if !bytes.Equal(read.Append(nil), data[len("before"):]) {
			t.Errorf("order %d: written again it is different", order)
		}
		for _, text := range []string{"", "CQ", " DE "} {
			if row(read, after(text), baudot.Letters) != row(table, after(text), baudot.Letters) {
				t.Errorf("order %d: other probabilities after %q", order, text)
			}
		}
		if read.Order() != order {
			t.Errorf("order %d is read as %d", order, read.Order())
		}
	}
}

func TestDamagedTablesAreRefused(t *testing.T) {
	data := counted(3, 1).Append(nil)
	for n := range len(data) {
		if _, err := Parse(data[:n]); err == nil {
			t.Fatalf("%d of %d bytes are taken for a table", n, len(data))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte(magic))
	for order := range MaxOrder + 2 {
		f.Add(append([]byte(magic), byte(order)))
	}
	f.Add(counted(0, 1).Append(nil))
	f.Add(counted(2, 1).Append(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := Parse(data)
		if err != nil {
			return
		}
		for _, text := range []string{"", "A", "THE Q"} {
			sum := 0.0
			for _, p := range row(table, after(text), baudot.Figures) {
				sum += p
				if p < 0 {
					t.Fatalf("probability %v", p)
				}
			}
			if math.Abs(sum-1) > 1e-4 {
				t.Fatalf("sum %v after %q", sum, text)
			}
		}
		if _, err := Parse(table.Append(nil)); err != nil {
			t.Fatalf("not read as written: %v", err)
		}
	})
}
