package callsign_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"rtty/baudot"
	"rtty/bench/corpus"
	"rtty/callsign"
)

func TestFind(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"CQ CQ CQ DE W1AW W1AW W1AW PSE K", "W1AW:de W1AW:de W1AW:de"},
		{"cq test kk9a kk9a cq", "KK9A:calling KK9A:calling"},
		{"CQ DX DL1ABC", "DL1ABC:calling"},
		{"DL1ABC TU KK9A CQ", "DL1ABC:plain KK9A:calling"},
		{"TU DL1ABC DE KK9A QRZ", "DL1ABC:answered KK9A:de"},
		{"G3G 599 001 001 G3G", "G3G:answered G3G:repeated"},
		{"G3G G3G 599 001", "G3G:answered G3G:answered"},
		{"DE W1AW DL1ABC", "W1AW:de DL1ABC:plain"},
		{"DL1ABC DE DL/W1AW/P KN", "DL1ABC:plain DL/W1AW/P:de"},
		{"HELLO DL1ABC, I HEARD DL1ABC BEFORE", "DL1ABC:repeated DL1ABC:repeated"},

		// Punctuation and lost spaces.
		{"(W1AW), W1AW-599-001:W1AW", "W1AW:answered W1AW:answered W1AW:repeated"},
		{"DEW1AW", "W1AW:de"},
		{"CQW1AW", "W1AW:calling"},
		{"TUKK9A", "KK9A:answered"},
		{"W1AWW1AW", "W1AW:repeated W1AW:repeated"},
		{"DEW1AWW1AWW1AW", "W1AW:de W1AW:de W1AW:de"},
		{"W1AW1AW", ""}, // W1AW 1AW or W1A W1AW
		{"W1AW/599/001", "W1AW:plain"},
		{"W1AW/DL1ABC", "W1AW:plain DL1ABC:plain"},

		// What only looks like a call.
		{"RST 599 5NN 73 FB73 TNX QRZ? RYRYRYRY 1200Z 20M 100W", ""},
		{"MY LOC IS JO62QP JO62QP", ""},
		{"ANT IS G5RV, RIG FT1000MP ES TS590S", ""},
		{"RADIO HR IS K3S", ""},
		{"VITAMIN B1A AND B4U", ""},

		// Unless the words around say so.
		{"CQ CQ DE G5RV K", "G5RV:de"},
		{"CQ TEST JO62QP", "JO62QP:calling"},
		{"DE K3S", "K3S:de"},
	} {
		var got []string
		for _, s := range callsign.Find(test.text) {
			got = append(got, fmt.Sprintf("%s:%s", s.Call, s.Context))
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// In text without calls, none are found in 100,000 words.
func TestFindsNothingInOtherText(t *testing.T) {
	for _, kind := range []corpus.Kind{corpus.English, corpus.Weather, corpus.Random} {
		for _, split := range []corpus.Split{corpus.Train, corpus.Test} {
			source := corpus.New(kind, split, 1)
			for words := 0; words < 100_000; {
				over := source.Over()
				words += len(strings.Fields(over))
				if got := callsign.Find(over); len(got) > 0 {
					t.Fatalf("%s, world %d: %q is taken for a call in %q", kind, split, got[0].Call, over)
				}
			}
		}
	}
}

// Codes at random, as noise would print them with the squelch open, make
// letters and digits in any order. Hardly a word of them looks like a call.
func TestFindInNoise(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words, found := 0, 0
	for words < 100_000 {
		d := baudot.Decoder{Table: baudot.USTTY}
		var b strings.Builder
		for range 400 {
			b.WriteRune(d.Decode(baudot.Code(r.IntN(32))))
		}
		words += len(strings.Fields(b.String()))
		found += len(callsign.Find(b.String()))
	}
	t.Logf("%d of %d words", found, words)
	if perTenThousand := float64(found) / float64(words) * 1e4; perTenThousand > 1 {
		t.Errorf("%.1f calls per 10,000 words of noise", perTenThousand)
	}
}

// Of the calls in contest overs none is missed: whatever has letters and
// digits is a call there.
func TestFindInContest(t *testing.T) {
	calls := 0
	source := corpus.New(corpus.Contest, corpus.Test, 1)
	for range 1000 {
		over := source.Over()
		found := map[string]bool{}
		for _, s := range callsign.Find(over) {
			found[s.Call] = true
		}
		for _, word := range strings.Fields(over) {
			if !strings.ContainsAny(word, "0123456789") || !strings.ContainsAny(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") || strings.Contains(word, "-") {
				continue
			}
			calls++
			if !found[strings.Trim(word, ".,?")] {
				t.Errorf("%s is missed in\n%s", word, over)
			}
		}
	}
	if calls < 10_000 {
		t.Errorf("only %d calls were there to find", calls)
	}
}

func ExampleFind() {
	for _, s := range callsign.Find("DL1ABC DE W1AW, MY ANT IS G5RV") {
		fmt.Println(s.Call, s.Context)
	}
	// Output:
	// DL1ABC plain
	// W1AW de
}
