package macro

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Line reads a message as a line of N1MM has it: a label, a comma, the text.
// "&&" in the label is &, and a text that is but a hyphen means a free key. The
// text is not checked.
func Line(line string) Macro {
	label, text, _ := strings.Cut(line, ",")
	if strings.TrimSpace(text) == "-" {
		text = ""
	}
	return Macro{Label: oneLine(strings.ReplaceAll(label, "&&", "&")), Text: text}
}

// Lines makes both banks of lines as [Line] reads them; more than twelve are
// an error. What is wrong with a text is returned too, by [Set.Check], and the
// set is whole nevertheless.
func Lines(run, pounce []string, contest bool) (Set, error) {
	var s Set
	err := errors.Join(s.Run.fill("run", run, contest), s.Pounce.fill("search and pounce", pounce, contest))
	return s, errors.Join(err, s.Check())
}

func (b *Bank) fill(name string, lines []string, contest bool) error {
	for i, line := range lines[:min(len(lines), Keys)] {
		b[i] = Line(line)
		b[i].Label = withoutKey(b[i].Label, i)
		b[i].Contest = contest && b[i].Text != ""
	}
	if len(lines) > Keys {
		return fmt.Errorf("%s: %d messages for %d keys", name, len(lines), Keys)
	}
	return nil
}

// withoutKey takes the name of its own key from a label: the screen shows it.
func withoutKey(label string, i int) string {
	rest, ok := strings.CutPrefix(label, fmt.Sprintf("F%d", i+1))
	if !ok || rest != "" && rest[0] != ' ' {
		return label
	}
	return strings.TrimSpace(rest)
}

// Read reads a file of messages that N1MM has written (.mc): a message a line,
// first those of Run, from the thirteenth on those of Pounce; lines that begin
// with # are comments. They become contest messages.
//
// What is wrong with single messages is returned together with the set. They
// stand in it, and [Expand] refuses them.
func Read(r io.Reader) (Set, error) {
	var lines []string
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		line := strings.TrimPrefix(utf8Line(scanner.Text()), "\ufeff")
		if strings.TrimSpace(line) != "" && line[0] != '#' {
			lines = append(lines, strings.ReplaceAll(line, "\r", " "))
		}
	}
	if err := scanner.Err(); err != nil {
		return Set{}, fmt.Errorf("reading messages: %w", err)
	}
	run := min(len(lines), Keys)
	return Lines(lines[:run], lines[run:], true)
}

// utf8Line reads what is no UTF-8 as Latin-1, as Windows programs write it.
func utf8Line(line string) string {
	if utf8.ValidString(line) {
		return line
	}
	runes := make([]rune, len(line))
	for i := range line {
		runes[i] = rune(line[i])
	}
	return string(runes)
}

// Write writes a file that N1MM and [Read] understand.
func (s *Set) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, bank := range []struct {
		name string
		bank *Bank
	}{{"RUN", &s.Run}, {"S&P", &s.Pounce}} {
		fmt.Fprintf(b, "###################\r\n#   %s Messages\r\n###################\r\n", bank.name)
		for i, m := range bank.bank {
			fmt.Fprintf(b, "%s\r\n", m.line(i))
		}
	}
	return b.Flush()
}

// line is the message of the i-th key as [Line] reads it.
func (m Macro) line(i int) string {
	label := strings.NewReplacer(",", " ", "&", "&&").Replace(m.Label)
	text := strings.NewReplacer("\r\n", "{ENTER}", "\n", "{ENTER}", "\r", "{ENTER}").Replace(m.Text)
	if text == "" {
		text = "-"
	}
	return oneLine(fmt.Sprintf("F%d %s", i+1, label)) + "," + text
}

// oneLine makes one space of any white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
