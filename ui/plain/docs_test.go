package plain

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The documentation has every command as the help has it, and no other.
func TestCommandsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/plain.md")
	if err != nil {
		t.Fatal(err)
	}
	docs := strings.ReplaceAll(string(text), `\|`, "|")
	known := map[string]bool{}
	for _, c := range commands() {
		known[c.name] = true
		about, _, _ := strings.Cut(strings.TrimSuffix(c.about, "."), ";")
		row := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta("`"+c.usage()+"`") + ` \| (.*) \|$`).FindStringSubmatch(docs)
		if row == nil || !strings.HasPrefix(strings.ReplaceAll(row[1], "`", ""), about) {
			t.Errorf("docs/plain.md lacks %s: %s", c.usage(), c.about)
		}
	}
	for _, word := range regexp.MustCompile("`/([a-z]+)").FindAllStringSubmatch(docs, -1) {
		if !known[word[1]] {
			t.Errorf("docs/plain.md has /%s, which is no command", word[1])
		}
	}
}
