package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"rtty/config"
	"rtty/station"
	"rtty/ui"
)

// screenFlags say how the operating position is shown.
type screenFlags struct {
	plain bool
	theme string
	color string
	link  string
	mouse bool
}

func addScreenFlags(cmd *cobra.Command) *screenFlags {
	f := &screenFlags{}
	group := flagGroup("Screen")
	group.BoolVar(&f.plain, "plain", false, "lines of text in the place of a screen: for screen readers, pipes, dumb terminals")
	group.StringVar(&f.theme, "theme", "", "colours: "+strings.Join(ui.ThemeNames(), ", "))
	group.StringVar(&f.color, "color", "auto", "auto, truecolor, 256, 16 or none")
	group.StringVar(&f.link, "link", "", "what the way to the terminal carries: normal, slow or off (no waterfall)")
	group.BoolVar(&f.mouse, "mouse", false, "take the mouse from the terminal from the start")
	addGroup(cmd, group)
	completeWords(cmd, "theme", ui.ThemeNames())
	completeWords(cmd, "color", []string{"auto", "truecolor", "256", "16", "none"})
	completeWords(cmd, "link", []string{"normal", "slow", "off"})
	return f
}

// plainWanted tells whether lines are better than a screen: when asked for, or
// when there is no screen.
func (f *screenFlags) plainWanted(cmd *cobra.Command) bool {
	return f.plain || os.Getenv("TERM") == "dumb" || !isTerminal(cmd.OutOrStdout())
}

// options are those of the terminal.
func (f *screenFlags) options(cmd *cobra.Command, c config.UI, settings ui.Settings, s *station.Station) (ui.Options, error) {
	o := ui.Options{Station: s, Settings: settings, Theme: c.Theme, Mouse: c.Mouse || f.mouse}
	if f.theme != "" {
		o.Theme = f.theme
	}
	link := c.Link
	if f.link != "" {
		link = f.link
	}
	var linkErr, colorErr error
	if link != "" {
		o.Link, linkErr = ui.ParseLink(link)
	}
	color := f.color
	if !cmd.Flags().Changed("color") && c.Colours != "" {
		color = c.Colours
	}
	o.Color, colorErr = ui.ParseColor(color)
	if err := errors.Join(linkErr, colorErr); err != nil {
		return o, misuse("%w", err)
	}
	return o, nil
}

// show runs the screen until the operator quits, in the form that fits.
func (f *screenFlags) show(ctx context.Context, cmd *cobra.Command, c config.UI, settings ui.Settings, s *station.Station) error {
	if f.plainWanted(cmd) {
		return f.showLines(ctx, cmd, c, s)
	}
	if !isTerminal(os.Stdin) {
		return misuse("the screen needs a terminal to read keys from; --plain does without")
	}
	o, err := f.options(cmd, c, settings, s)
	if err != nil {
		return err
	}
	if _, _, err := term.GetSize(int(os.Stdout.Fd())); err != nil {
		return fmt.Errorf("reading the size of the terminal: %w", err)
	}
	return ui.Run(ctx, o)
}

func (f *screenFlags) showLines(ctx context.Context, cmd *cobra.Command, c config.UI, s *station.Station) error {
	return errors.New("not yet")
}
