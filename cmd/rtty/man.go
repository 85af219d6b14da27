package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newMan() *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Write the manual page",
		Example: "  rtty man > rtty.1",
		Hidden:  true,
		Args:    cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error {
			return writeManual(cmd.OutOrStdout(), cmd.Root())
		}),
	}
}

// writeManual writes one manual page, in the troff of man(7), for the program
// and all its commands: the same words that --help shows.
func writeManual(w io.Writer, root *cobra.Command) error {
	page := &manual{bufio.NewWriter(w)}
	page.line(".TH RTTY 1 \"\" \"rtty %s\"", quoted(root.Version))
	page.line(".SH NAME")
	page.line("rtty \\- %s", roff(strings.ToLower(root.Short[:1])+root.Short[1:]))
	page.line(".SH SYNOPSIS")
	for _, cmd := range append([]*cobra.Command{root}, subcommands(root)...) {
		page.line(".B %s", roff(cmd.UseLine()))
		page.line(".br")
	}
	page.line(".SH DESCRIPTION")
	page.text(root.Long)
	page.line(".SH OPTIONS OF THE TERMINAL")
	page.flags(root)
	page.line(".SH COMMANDS")
	for _, cmd := range subcommands(root) {
		page.command(cmd)
	}
	return page.Flush()
}

// subcommands are the commands below one that do something, at any depth.
func subcommands(parent *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, cmd := range parent.Commands() {
		if cmd.IsAvailableCommand() {
			all = append(append(all, cmd), subcommands(cmd)...)
		}
	}
	return all
}

type manual struct{ *bufio.Writer }

func (m *manual) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *manual) command(cmd *cobra.Command) {
	m.line(".SS %s", roff(cmd.UseLine()))
	about := cmd.Long
	if about == "" {
		about = cmd.Short + "."
	}
	m.text(about)
	m.flags(cmd)
	if cmd.HasExample() {
		m.line(".PP")
		m.line(".nf")
		for line := range strings.Lines(cmd.Example) {
			m.line("%s", roff(strings.TrimRight(line, "\n")))
		}
		m.line(".fi")
	}
}

func (m *manual) flags(cmd *cobra.Command) {
	for _, group := range groups(cmd) {
		m.line(".PP")
		m.line(".I %s", roff(group.Name()))
		group.VisitAll(m.flag)
	}
}

// text writes paragraphs, parted by empty lines.
func (m *manual) text(s string) {
	for paragraph := range strings.SplitSeq(strings.TrimSpace(s), "\n\n") {
		m.line(".PP")
		m.line("%s", roff(strings.ReplaceAll(paragraph, "\n", " ")))
	}
}

func (m *manual) flag(flag *pflag.Flag) {
	value, usage := pflag.UnquoteUsage(flag)
	name := "--" + flag.Name
	if flag.Shorthand != "" {
		name = "-" + flag.Shorthand + ", " + name
	}
	m.line(".TP")
	m.line("\\fB%s\\fR \\fI%s\\fR", roff(name), roff(value))
	m.line("%s", roff(usage))
}

// roff keeps s from being read as troff: the backslash, the hyphen, which would
// become a typographic one, and a dot or quote that begins a line.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + s
	}
	return s
}

func quoted(s string) string { return strings.ReplaceAll(roff(s), `"`, `""`) }
