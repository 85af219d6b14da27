package config

import (
	"strings"
)

// Template is the file to begin with: every setting with its explanation,
// commented out at its default.
func Template() string {
	var b strings.Builder
	b.WriteString("# Configuration of rtty. Whatever is commented out stands at its default.\n" +
		"# 'rtty config check' finds mistakes, 'rtty config' shows what is in force.\n")
	for _, s := range new(Config).table() {
		b.WriteString("\n")
		for _, line := range wrap(s.doc, 98) {
			b.WriteString("# " + line + "\n")
		}
		b.WriteString("[" + s.name + "]\n")
		for _, e := range s.entries {
			b.WriteString("\n" + comment(e.Key, "\n"))
			b.WriteString("#" + lastPart(e.Name) + " = " + Format(e.Default) + "\n")
		}
	}
	return b.String()
}

// explanation is what is said about a key above it, in lines.
func explanation(k Key) []string {
	lines := wrap(k.Doc, 98)
	if len(k.Choices) > 0 || k.Kind == Whole || k.Kind == Number {
		lines = append(lines, wrap("Can be "+k.Allowed()+".", 98)...)
	}
	return lines
}

// wrap breaks a text into lines of at most so many bytes, if words allow it.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}
