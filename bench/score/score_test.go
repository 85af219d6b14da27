package score

import (
	"math/rand/v2"
	"strings"
	"testing"

	"rtty/baudot"
)

func TestFoldComparesWhatPeopleRead(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"   \r\n ", ""},
		{"cq Test", "CQ TEST"},
		{"\r\nCQ  \r\r\n DE\tK1ABC \n", "CQ DE K1ABC"},
		{"A\x07B\x00C", "ABC"},
		{"\x07 A", "A"},
		{"A \x07 B", "A B"},
	} {
		if got := string(Fold(c.in)); got != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestTextOnKnownPairs(t *testing.T) {
	for _, c := range []struct {
		sent, printed string
		want          Score
	}{
		{"", "", Score{}},
		{"", "XY", Score{Inserted: 2}},
		{"CQ DE", "", Score{Sent: 5, Deleted: 5}},
		{"cq de k1abc", "CQ  DE\r\nK1ABC", Score{Sent: 11}},
		{"599 001", "599 PPQ", Score{Sent: 7, Substituted: 3}},
		{"KITTEN", "SITTING", Score{Sent: 6, Substituted: 2, Inserted: 1}},
		{"RYRYRY", "YRYRY", Score{Sent: 6, Deleted: 1}},
		{"HELLO WORLD", "HELO WORXLD", Score{Sent: 11, Deleted: 1, Inserted: 1}},
		{"AB", "A B", Score{Sent: 2, Inserted: 1}},
	} {
		if got := Text(c.sent, c.printed); got != c.want {
			t.Errorf("Text(%q, %q) = %+v, want %+v", c.sent, c.printed, got, c.want)
		}
	}
}

func TestSymbolsTellReceptionFromShiftTrouble(t *testing.T) {
	sent := []baudot.Code{baudot.FIGS, 16, 24, 24, baudot.LTRS, 1}
	received := []baudot.Code{baudot.LTRS, 16, 24, 24, baudot.LTRS, 1}
	if got, want := Symbols(sent, received), (Score{Sent: 6, Substituted: 1}); got != want {
		t.Errorf("one lost FIGS scores %+v, want %+v", got, want)
	}
}

func TestRateWeighsEveryCharacterTheSame(t *testing.T) {
	s := Score{Sent: 10, Substituted: 1}
	s.Add(Score{Sent: 30, Inserted: 1, Deleted: 2})
	if s.Rate() != 0.1 || s.Errors() != 4 {
		t.Errorf("rate %g, errors %d; want 0.1 and 4", s.Rate(), s.Errors())
	}
	if r := (Score{Inserted: 3}).Rate(); r != 0 {
		t.Errorf("rate of nothing sent is %g", r)
	}
}

// distance is the textbook recursion, the judge of everything clever.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0]++
		for j := range b {
			d := diagonal + int(differ(a[i], b[j]))
			diagonal = row[j+1]
			row[j+1] = min(d, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

func randomText(r *rand.Rand, n, letters int) []rune {
	s := make([]rune, n)
	for i := range s {
		s[i] = 'A' + rune(r.IntN(letters))
	}
	return s
}

// damaged is s with roughly share of its runes replaced, doubled or lost.
func damaged(r *rand.Rand, s []rune, share float64) []rune {
	var out []rune
	for _, c := range s {
		switch {
		case r.Float64() >= share:
			out = append(out, c)
		case r.IntN(3) == 0:
			out = append(out, c, 'A'+rune(r.IntN(26)))
		case r.IntN(2) == 0:
			out = append(out, 'A'+rune(r.IntN(26)))
		}
	}
	return out
}

func TestAlignIsAShortestWay(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 3, 17, 63, 64, 65, 128, 400, 900} {
		for _, share := range []float64{0, 0.05, 0.5, 1} {
			for _, letters := range []int{2, 26} {
				a := randomText(r, n, letters)
				checkAlignment(t, a, damaged(r, a, share))
				checkAlignment(t, a, randomText(r, r.IntN(2*n+2), letters))
			}
		}
	}
}

func checkAlignment(t *testing.T, a, b []rune) {
	t.Helper()
	at := Align(a, b)
	if len(at) != len(b) {
		t.Fatalf("%d places for %d printed runes", len(at), len(b))
	}
	last := -1
	for j, i := range at {
		if i < 0 {
			continue
		}
		if i <= last || i >= len(a) {
			t.Fatalf("place %d of printed rune %d after %d, %d sent", i, j, last, len(a))
		}
		last = i
	}
	if got, want := tally(a, b, at).Errors(), distance(a, b); got != want {
		t.Errorf("%d edits between texts of %d and %d, the shortest way has %d", got, len(a), len(b), want)
	}
}

func TestLastColumnIsThatOfTheMatrix(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 63, 64, 65, 127, 200} {
		a := randomText(r, n, 4)
		b := damaged(r, a, 0.4)
		for i, got := range lastColumn(a, b) {
			if want := distance(a[:i], b); got != want {
				t.Fatalf("n = %d: distance of prefix %d is %d, want %d", n, i, got, want)
			}
		}
	}
}

func TestAlignDividesWhenOneTextIsTiny(t *testing.T) {
	long := []rune(strings.Repeat("RY", smallMatrix))
	for _, short := range []string{"", "R", "RQ", "QQQ"} {
		checkAlignment(t, long, []rune(short))
		checkAlignment(t, []rune(short), long)
	}
}

func BenchmarkAlign20000Garbage(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	x, y := randomText(r, 20000, 26), randomText(r, 20000, 26)
	b.ReportAllocs()
	for b.Loop() {
		Align(x, y)
	}
}
