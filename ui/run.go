package ui

import (
	"context"
	"errors"
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"rtty/station"
)

// Options are what Run needs to know.
type Options struct {
	Station  Station
	Settings Settings // nil: there is nothing to set
	Theme    string   // one of ThemeNames; empty: the first
	Mouse    bool     // take the mouse from the terminal
	Color    Color    // empty: auto
	Link     Link
	// Waterfall is how many lines it has where it stands above the text; 0: as
	// fits; less: there is none.
	Waterfall int
	Input     io.Reader // nil: the terminal
	Output    io.Writer // nil: the standard output

	// Environ are the variables that tell what the terminal can; nil: those
	// of the process.
	Environ []string
	// Width and Height are the size of a screen that is no terminal.
	Width, Height int
}

// Run shows the terminal until the operator quits or ctx ends. However it
// ends, the transmitter is let go of and the terminal is as it was before.
// Signals are the caller's: what is to end the program ends ctx.
func Run(ctx context.Context, o Options) error {
	theme, err := themeNamed(o.Theme)
	if err != nil {
		return err
	}
	resume := refuseSuspension()
	defer resume()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	wake, forget := o.Station.Changed()
	defer forget()

	m := guarded{newModel(ctx, o, theme, wake)}
	_, err = tea.NewProgram(m, programOptions(ctx, o)...).Run()
	letGo(o.Station)
	return ended(ctx, err)
}

// letGo stops a transmission that would go on without a screen, also where the
// station is what has failed.
func letGo(s Station) {
	defer func() {
		if recover() != nil {
			s.Stop("panic")
		}
	}()
	if s.Snapshot().Transmit.Phase != station.Receiving {
		s.Stop("the terminal has closed")
	}
}

func programOptions(ctx context.Context, o Options) []tea.ProgramOption {
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(o.Link.pace().fps), tea.WithoutSignalHandler()}
	if o.Input != nil {
		options = append(options, tea.WithInput(o.Input))
	}
	if o.Output != nil {
		options = append(options, tea.WithOutput(o.Output))
	}
	if o.Environ != nil {
		options = append(options, tea.WithEnvironment(o.Environ))
	}
	if o.Width > 0 {
		options = append(options, tea.WithWindowSize(o.Width, o.Height))
	}
	if p, ok := o.Color.profile(); ok {
		options = append(options, tea.WithColorProfile(p))
	}
	return options
}

// ended turns Bubble Tea's reasons into ours: to be told to end is no error.
func ended(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, tea.ErrProgramPanic):
		return fmt.Errorf("the terminal failed: %w", err)
	case ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled):
		return nil
	}
	return fmt.Errorf("showing the terminal: %w", err)
}

// guarded lets go of the transmitter before a panic goes on to restore the
// terminal and end the program.
type guarded struct{ *model }

func (g guarded) unkey() {
	if r := recover(); r != nil {
		g.station.Stop("panic")
		panic(r)
	}
}

// Init is the model's.
func (g guarded) Init() tea.Cmd {
	defer g.unkey()
	return g.model.Init()
}

// Update is the model's.
func (g guarded) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer g.unkey()
	_, cmd := g.model.Update(msg)
	return g, cmd
}

// View is the model's.
func (g guarded) View() tea.View {
	defer g.unkey()
	return g.model.View()
}
