// Package prose puts invented text together: templates with slots to fill, and
// words on lines. What may stand in a slot is for those who invent.
package prose

import "strings"

// Fill puts what slot gives in the place of every {name} of a template, from left
// to right. It panics if a brace is left open.
func Fill(template string, slot func(name string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			panic("prose: open slot in " + template)
		}
		b.WriteString(slot(name))
		template = after
	}
}

// Lines breaks text at white space into lines of at most width bytes, as far as the
// words allow it.
func Lines(text string, width int) []string {
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
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
