package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"rtty/config"
	"rtty/station"
	"rtty/ui"
	"rtty/ui/plain"
)

// screenFlags say how the operating position is shown.
type screenFlags struct {
	plain bool
	theme string
	color string
	link  string
	mouse bool

	flow      string
	verbosity string
}

func addScreenFlags(cmd *cobra.Command) *screenFlags {
	f := &screenFlags{}
	group := flagGroup("Screen")
	group.BoolVar(&f.plain, "plain", false, "lines of text in the place of a screen: for screen readers, pipes, dumb terminals")
	group.StringVar(&f.theme, "theme", "", "colours of the screen: "+strings.Join(ui.ThemeNames(), ", "))
	group.StringVar(&f.color, "color", "auto", "how many colours the screen has: auto, truecolor, 256, 16 or none")
	group.StringVar(&f.link, "link", "", "what the way to the terminal carries: normal, slow or off (no waterfall)")
	group.BoolVar(&f.mouse, "mouse", true, "use the mouse on the screen; =false leaves it to the terminal, which selects text with it")
	group.StringVar(&f.flow, "flow", plain.ByWord.String(), "with --plain, received text comes by word or by line")
	group.StringVar(&f.verbosity, "verbosity", "", "with --plain, how much is told besides the text: quiet, normal or verbose")
	addGroup(cmd, group)
	completeWords(cmd, "flow", []string{plain.ByWord.String(), plain.ByLine.String()})
	completeWords(cmd, "verbosity", []string{plain.Quiet.String(), plain.Normal.String(), plain.Verbose.String()})
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
	o := ui.Options{Station: s, Settings: settings, Theme: c.Theme, Mouse: c.Mouse, Waterfall: c.WaterfallRows}
	if c.WaterfallRows == 0 {
		o.Waterfall = -1
	}
	if f.theme != "" {
		o.Theme = f.theme
	}
	if cmd.Flags().Changed("mouse") {
		o.Mouse = f.mouse
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
// Interrupts come through a channel, since the first one only unkeys.
func (f *screenFlags) show(ctx context.Context, interrupts <-chan os.Signal, cmd *cobra.Command, c config.UI, settings ui.Settings, s *station.Station) error {
	if file, ok := cmd.OutOrStdout().(*os.File); ok {
		out := &guardedOutput{File: file}
		cmd.SetOut(out)
		go out.Watch(ctx, func() { s.Stop("the terminal takes no output") })
	}
	if f.plainWanted(cmd) {
		return f.showLines(ctx, interrupts, cmd, c, s)
	}
	if !isTerminal(cmd.InOrStdin()) {
		return misuse("the screen needs a terminal to read keys from; --plain does without")
	}
	o, err := f.options(cmd, c, settings, s)
	if err != nil {
		return err
	}
	if keys := cmd.InOrStdin(); keys != os.Stdin {
		o.Input = keys
	}
	o.Output = cmd.OutOrStdout()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-interrupts:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ui.Run(ctx, o)
}

func (f *screenFlags) showLines(ctx context.Context, interrupts <-chan os.Signal, cmd *cobra.Command, c config.UI, s *station.Station) error {
	o := plain.Options{Station: s, In: cmd.InOrStdin(), Out: cmd.OutOrStdout(), Err: cmd.ErrOrStderr(), Ended: s.Ended()}
	o.Terminal = isTerminal(cmd.OutOrStdout()) && isTerminal(cmd.InOrStdin())
	if o.Terminal {
		o.Err = nil
	}
	verbosity := c.Verbosity
	if f.verbosity != "" {
		verbosity = f.verbosity
	}
	var verbosityErr, flowErr error
	o.Verbosity, verbosityErr = plain.ParseVerbosity(verbosity)
	o.Flow, flowErr = plain.ParseFlow(f.flow)
	if err := errors.Join(verbosityErr, flowErr); err != nil {
		return misuse("%w", err)
	}
	if c.Sounds && o.Terminal {
		o.Sounds = plain.Bells(cmd.OutOrStdout())
	}
	console := plain.New(o)
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-interrupts:
				console.Interrupt()
			case <-done:
				return
			}
		}
	}()
	return console.Run(ctx)
}
