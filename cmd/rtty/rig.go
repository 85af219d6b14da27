package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"rtty/config"
	"rtty/doctor"
	"rtty/rig"
	"rtty/rig/connect"
	"rtty/rig/guard"
)

func newRig() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rig",
		Short: "Ask, set and test the transceiver",
		Long: `Rig reaches the transceiver as the configuration or the flags say, and shows or
sets what it can. docs/rig.md tells how each kind is wired and set up.`,
		Example: `  rtty rig status --rig rigctld
  rtty rig freq 14080k
  rtty rig mode usb-data`,
		Args: cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error { return cmd.Help() }),
	}
	cmd.AddCommand(newRigStatus(), newRigFrequency(), newRigMode(), newRigTest())
	return cmd
}

// rigPatience is how long a rig may take for one command.
const rigPatience = 10 * time.Second

// withRig does something with the rig over a link of its own.
func withRig(cmd *cobra.Command, f *rigFlags, do func(ctx context.Context, c *guard.Client) error) error {
	_, r, err := f.settings(cmd)
	if err != nil {
		return err
	}
	if !r.Kind.Keys() || r.Kind.Lines() || r.Kind == rig.CM108 {
		return misuse("rig %s tells nothing: it only keys", r.Usual().Kind)
	}
	r.PTT = nil // a port is not opened for nothing: that raises its lines
	client, err := guard.Local(r, connect.Open)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), rigPatience)
	defer cancel()
	err = do(ctx, client)
	return errors.Join(err, client.Close())
}

func newRigStatus() *cobra.Command {
	var f *rigFlags
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "Show what the rig tells: frequency, mode, S-meter",
		Example: "  rtty rig status --rig rigctld",
		Args:    cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error {
			return withRig(cmd, f, func(ctx context.Context, c *guard.Client) error {
				state, err := c.Look(ctx)
				if err != nil {
					return err
				}
				return printState(cmd.OutOrStdout(), described(rigConfig(f.values)), state)
			})
		}),
	}
	f = addRigFlags(cmd)
	return cmd
}

func printState(out io.Writer, name string, s rig.State) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "rig\t%s\n", name)
	if s.Frequency != 0 {
		fmt.Fprintf(w, "dial\t%s\n", kilohertz(s.Frequency))
	}
	if s.Transmit != 0 {
		fmt.Fprintf(w, "transmits on\t%s\n", kilohertz(s.Transmit))
	}
	if s.Mode.Name != "" {
		fmt.Fprintf(w, "mode\t%s\n", s.Mode.Name)
	}
	if s.Mode.Filter != 0 {
		fmt.Fprintf(w, "filter\t%.0f Hz\n", s.Mode.Filter)
	}
	if s.Metered {
		fmt.Fprintf(w, "S-meter\t%s\n", sUnits(s.Strength))
	}
	return w.Flush()
}

func kilohertz(hz float64) string { return strconv.FormatFloat(hz/1000, 'f', 3, 64) + " kHz" }

// sUnits is a strength in dB above S9 as hams say it; an S unit is 6 dB.
func sUnits(dB float64) string {
	if dB > 0 {
		return fmt.Sprintf("S9+%.0f dB", dB)
	}
	return fmt.Sprintf("S%.0f", max(0, math.Round(9+dB/6)))
}

func newRigFrequency() *cobra.Command {
	var f *rigFlags
	cmd := &cobra.Command{
		Use:   "freq [HZ]",
		Short: "Show or set the frequency of the dial",
		Long: `Show the frequency of the dial, or set it: in Hz, in kHz with k after the number,
in MHz with M.`,
		Example: `  rtty rig freq
  rtty rig freq 14080k`,
		Args: cobra.MaximumNArgs(1),
		RunE: checked(func(cmd *cobra.Command, args []string) error {
			hz := 0.0
			if len(args) > 0 {
				var err error
				if hz, err = parseDial(args[0]); err != nil {
					return err
				}
			}
			return withRig(cmd, f, func(ctx context.Context, c *guard.Client) error { return frequency(ctx, cmd, c, hz) })
		}),
	}
	f = addRigFlags(cmd)
	return cmd
}

// parseDial reads a frequency of the dial.
func parseDial(text string) (hz float64, err error) {
	number, unit := text, 1.0
	switch {
	case strings.HasSuffix(text, "k"):
		number, unit = strings.TrimSuffix(text, "k"), 1e3
	case strings.HasSuffix(text, "M"):
		number, unit = strings.TrimSuffix(text, "M"), 1e6
	}
	n, err := strconv.ParseFloat(number, 64)
	const lowest, highest = 100e3, 300e9
	if hz = math.Round(n * unit); err != nil || !(hz >= lowest && hz <= highest) {
		return 0, misuse("%q is no frequency of a dial: write it in Hz, or as 14080k or 14.08M", text)
	}
	return hz, nil
}

// frequency sets the dial, if hz is not 0, and shows it.
func frequency(ctx context.Context, cmd *cobra.Command, c *guard.Client, hz float64) error {
	if hz != 0 {
		if err := c.SetFrequency(ctx, hz); err != nil {
			return err
		}
	}
	state, err := c.Look(ctx)
	if err != nil {
		return err
	}
	if state.Frequency == 0 {
		return errors.New("this rig does not tell its frequency")
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%.0f\n", state.Frequency)
	return err
}

// modeWords are the modes a teleprinter can use; a rig's own names are taken too.
var modeWords = map[string]rig.Mode{
	"usb":      {Kind: rig.USB},
	"lsb":      {Kind: rig.LSB},
	"usb-data": {Kind: rig.USB, Data: true},
	"lsb-data": {Kind: rig.LSB, Data: true},
	"rtty":     {Kind: rig.RTTY},
	"rtty-r":   {Kind: rig.RTTYR},
}

func newRigMode() *cobra.Command {
	var f *rigFlags
	cmd := &cobra.Command{
		Use:   "mode [MODE]",
		Short: "Show or set the mode",
		Long: `Show the mode, or set it: usb, lsb, usb-data, lsb-data, rtty, rtty-r, or any name
that the rig has for one of its modes.`,
		Example: `  rtty rig mode
  rtty rig mode usb-data`,
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: []string{"usb", "lsb", "usb-data", "lsb-data", "rtty", "rtty-r"},
		RunE: checked(func(cmd *cobra.Command, args []string) error {
			return withRig(cmd, f, func(ctx context.Context, c *guard.Client) error { return mode(ctx, cmd, c, args) })
		}),
	}
	f = addRigFlags(cmd)
	return cmd
}

// mode sets the mode, if one is named, and shows it.
func mode(ctx context.Context, cmd *cobra.Command, c *guard.Client, named []string) error {
	if len(named) > 0 {
		m, ok := modeWords[strings.ToLower(named[0])]
		if !ok {
			m = rig.Mode{Name: named[0]}
		}
		if err := c.SetMode(ctx, m); err != nil {
			return err
		}
	}
	state, err := c.Look(ctx)
	if err != nil {
		return err
	}
	if state.Mode.Name == "" {
		return errors.New("this rig does not tell its mode")
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), state.Mode.Name)
	return err
}

func newRigTest() *cobra.Command {
	var f *rigFlags
	cmd := &cobra.Command{
		Use:   "ptt-test",
		Short: "Key the transmitter for a second, after asking",
		Long: `Ptt-test keys the transmitter for one second and unkeys it, through the same guard
process that holds the key on the air, and tells how long both took and whether
the rig confirmed them. It sends no tones; in its own FSK mode the transmitter
sends a carrier all the same: connect a dummy load.

It asks each time before it keys. The rules of every transmission hold: callsign
and transmit.enabled in the configuration, the rig in a mode that fits and, where
it tells and station.region is set, inside the band.`,
		Example: "  rtty rig ptt-test",
		Args:    cobra.NoArgs,
		RunE: checked(func(cmd *cobra.Command, _ []string) error {
			c, r, err := f.settings(cmd)
			if err != nil {
				return err
			}
			if err := mayKey(c, r); err != nil {
				return err
			}
			return testPTT(cmd, c, r)
		}),
	}
	f = addRigFlags(cmd)
	return cmd
}

// mayKey tells why the transmitter must not be keyed.
func mayKey(c config.Config, r rig.Config) error {
	switch {
	case !r.Keys():
		return misuse("rig %s has no key to test", r.Usual().Kind)
	case c.Station.Callsign == "":
		return misuse("without a callsign nothing is keyed: rtty config set station.callsign CALL")
	case !c.Transmit.Enabled:
		return misuse("transmitting is not enabled: rtty config set transmit.enabled true")
	}
	return nil
}

const (
	testKeyed = time.Second
	testLimit = 2 * time.Second
)

// testPTT asks, keys, and unkeys.
func testPTT(cmd *cobra.Command, c config.Config, r rig.Config) error {
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "This keys the transmitter (%s) for one second. Is a dummy load connected? Type yes to key: ", described(r))
	answer, err := readAnswer(cmd.Context(), cmd.InOrStdin())
	if err != nil {
		return err
	}
	if answer != "yes" {
		return errors.New("not keyed")
	}
	client, err := guard.Start(r, guardCommand)
	if err != nil {
		return err
	}
	if err = permitted(cmd.Context(), c, client); err == nil {
		err = keyOnce(cmd.Context(), out, client)
	}
	return errors.Join(err, client.Close())
}

// permitted tells why the rig must not be keyed as it is set.
func permitted(ctx context.Context, c config.Config, client *guard.Client) error {
	ctx, cancel := context.WithTimeout(ctx, rigPatience)
	defer cancel()
	if _, err := client.Look(ctx); err != nil && !errors.Is(err, rig.ErrUnsupported) {
		return err
	}
	if err := (&doctor.Checkup{Config: c, Radio: radioConfig(c)}).MayKey(ctx, client); err != nil {
		return fmt.Errorf("not keyed: %w", err)
	}
	return nil
}

// readAnswer reads a line, unless the operator interrupts first.
func readAnswer(ctx context.Context, in io.Reader) (string, error) {
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(in).ReadString('\n') // what could not be read is no yes
		line <- strings.TrimSpace(text)
	}()
	select {
	case answer := <-line:
		return answer, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// keyOnce keys for the time of the test, and tells of each step as it is done:
// the operator watches the transmitter meanwhile.
func keyOnce(ctx context.Context, out io.Writer, client *guard.Client) error {
	began := time.Now()
	if err := client.Key(ctx, testLimit); err != nil {
		return err
	}
	fmt.Fprintf(out, "keyed after %d ms, %s\n", time.Since(began).Milliseconds(), confirmation(client))
	held := client.Hold(ctx, testKeyed)
	began = time.Now()
	if err := client.Unkey("end of the test"); err != nil {
		return errors.Join(held, fmt.Errorf("the rig may still be keyed, look at it: %w", err))
	}
	fmt.Fprintf(out, "unkeyed after %d ms, %s\n", time.Since(began).Milliseconds(), confirmation(client))
	return held
}

func confirmation(client *guard.Client) string {
	if client.State().Confirmed {
		return "as the rig confirms"
	}
	return "which this kind of rig can't confirm"
}
