package prose_test

import (
	"slices"
	"strings"
	"testing"

	"rtty/internal/prose"
)

func TestSlotsAreFilledFromLeftToRight(t *testing.T) {
	var asked []string
	slot := func(name string) string {
		asked = append(asked, name)
		return strings.ToUpper(name)
	}
	for template, want := range map[string]string{
		"":                    "",
		"CQ":                  "CQ",
		"{you} DE {me}":       "YOU DE ME",
		"{a}{b}{}":            "AB",
		"a } closes nothing":  "a } closes nothing",
		"{one {two}":          "ONE {TWO",
		"{###} HZ, {ÄÖ} TOO.": "### HZ, ÄÖ TOO.",
	} {
		if got := prose.Fill(template, slot); got != want {
			t.Errorf("%q gives %q, want %q", template, got, want)
		}
	}
	asked = nil
	prose.Fill("{c} {a} {b} {a}", slot)
	if got := strings.Join(asked, " "); got != "c a b a" {
		t.Errorf("asked for %s", got)
	}
	// What fills a slot is not looked at again.
	if got := prose.Fill("{x}", func(string) string { return "{x}" }); got != "{x}" {
		t.Errorf("a slot in a filling gives %q", got)
	}
}

func TestAnOpenSlotIsAMistakeOfTheAuthor(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("taken")
		}
	}()
	prose.Fill("DE {me", func(string) string { return "" })
}

func TestLinesBreakBetweenWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" \n\t ", nil},
		{"ONE", []string{"ONE"}},
		{"ONE TWO", []string{"ONE TWO"}},
		{"ONE  TWO\nTHREE", []string{"ONE TWO", "THREE"}},
		{"ONE SIX A", []string{"ONE SIX", "A"}},
		{"LONGERTHANALINE A B", []string{"LONGERTHANALINE", "A B"}},
		{"A LONGERTHANALINE B", []string{"A", "LONGERTHANALINE", "B"}},
	} {
		if got := prose.Lines(c.text, 8); !slices.Equal(got, c.want) {
			t.Errorf("%q gives %q, want %q", c.text, got, c.want)
		}
	}
}
