package ngram

import (
	"bytes"
	"math"
	"testing"

	"rtty/baudot"
)

const sample = "CQ CQ DE W1AW W1AW K\nW1AW DE DL1XYZ UR 599 599 = 001\n" +
	"ACQUIRE QUARTZ QUITE QUICKLY\nTHE CQ OF W2 IS A CQ TO W3 OR W4\n"

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
	t.Add(c, s, 1, &row)
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
	for _, shift := range []struct {
		code     baudot.Code
		row, far [32]float64
	}{{baudot.FIGS, letters, figures}, {baudot.LTRS, figures, letters}} {
		behind := 0.0
		for c := range baudot.Code(32) {
			if _, ok := SymbolOf(c, baudot.Figures); ok && c != baudot.Space && c != baudot.CR && c != baudot.LF {
				behind += shift.far[c]
			}
		}
		if math.Abs(shift.row[shift.code]-behind) > 1e-6 || behind < 0.1 {
			t.Errorf("shift %d has %v, what stands behind it %v", shift.code, shift.row[shift.code], behind)
		}
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
	for order, least := range []float64{0, 0.1, 0.3, 0.5, 0.5, 0.5} {
		table := counted(order, 0)
		if p := row(table, after("Z K\n CQ C"), baudot.Letters)[q]; p < least {
			t.Errorf("order %d: Q has %.3f after CQ C, want %.3f", order, p, least)
		}
	}
	table := counted(5, 1)
	if a, b := row(table, after("ZZZZC"), baudot.Letters), row(table, after("XXC"), baudot.Letters); a != b {
		t.Error("what was never seen changed the probabilities")
	}
}

func TestContextsThatTellLittleAreLeftOut(t *testing.T) {
	all, few := counted(4, 0), counted(4, 2)
	if a, b := len(all.Append(nil)), len(few.Append(nil)); b >= a {
		t.Errorf("%d bytes with all contexts, %d without some", a, b)
	}
	one, _, _ := baudot.USTTY.Lookup('1')
	if p := few.Prob(after("DE W"), baudot.Figures, one); p < 0.1 {
		t.Errorf("1 has %.3f after W", p)
	}
}

func TestProbIsOneOfTheRow(t *testing.T) {
	table := counted(5, 0)
	for _, text := range []string{"", "C", "CQ", "W1A", "E W1AW", "599", "ZZZZZZ"} {
		for _, s := range []baudot.Shift{baudot.Letters, baudot.Figures} {
			for c, p := range row(table, after(text), s) {
				if got := table.Prob(after(text), s, baudot.Code(c)); math.Abs(got-p) > 1e-9 {
					t.Errorf("%q in %v: code %d has %v alone, %v in the row", text, s, c, got, p)
				}
			}
		}
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
