package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"rtty/audio"
	"rtty/band"
	"rtty/config"
	"rtty/modem"
	"rtty/rig"
	"rtty/rig/bandplan"
	"rtty/rig/guard"
	"rtty/station"
)

// demo is the operating position on a band that exists in the computer alone.
type demo struct {
	screen *screenFlags
	signal *signalFlags
	seed   uint64
	call   string
}

func newDemo() *cobra.Command {
	d := &demo{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Operate on a simulated band, without radio and sound card",
		Long: `Demo shows the terminal on a simulated band: stations in contact, one that calls
CQ, a weather station, noise and fading. Everything can be tried, transmitting
too: who calls CQ is answered. All calls are made up and belong to nobody; no
radio and no sound card is touched, and nothing is written to the logs.`,
		Example: `  rtty demo
  rtty demo --plain
  rtty demo --preset dwd
  rtty demo --seed 7`,
		Args: cobra.NoArgs,
		RunE: checked(d.run),
	}
	d.screen = addScreenFlags(cmd)
	group := flagGroup("Band")
	group.Uint64Var(&d.seed, "seed", 1, "another number makes another band")
	group.StringVar(&d.call, "call", band.OperatorCall, "callsign to operate with")
	addGroup(cmd, group)
	d.signal = addSignalFlags(cmd, true)
	return cmd
}

func (d *demo) run(cmd *cobra.Command, _ []string) error {
	air, err := band.New(band.Config{Seed: d.seed, RealTime: true})
	if err != nil {
		return fmt.Errorf("making the band: %w", err)
	}
	defer air.Close()
	key, err := guard.Local(rig.Config{Kind: rig.VOX}, func(rig.Config) (rig.Link, error) { return air.Rig(), nil })
	if err != nil {
		return err
	}
	defer key.Close()
	messages, err := messagesOf(config.Default().Macros)
	if err != nil {
		return err
	}
	preset, sideband, signal, err := d.tuning()
	if err != nil {
		return err
	}
	s, err := station.New(station.Config{
		Preset: preset, Sideband: &sideband, Signal: signal, USOS: d.signal.flags.Changed("usos"),
		Operator: station.Operator{Call: d.call, Name: "Pat", Locator: "FN31"},
		Origin:   station.Demo, Input: air.Source(), AFC: true,
		Exciter:     station.NewAFSK(func() (audio.Sink, error) { return air.Sink(), nil }, modem.TransmitterConfig{}),
		Transceiver: key, Enabled: true, Net: true, Messages: messages,
		Radio: station.Radio{Kind: "demo", Region: bandplan.Region(2)},
		Devices: func() (in, out station.Device) {
			return station.Device{Name: "simulated band", Rate: 48000}, station.Device{Name: "simulated transmitter", Rate: 48000}
		},
	})
	if err != nil {
		return misuse("%w", err)
	}
	if d.signal.auto {
		if err := s.Auto(); err != nil {
			return err
		}
	}
	return operate(cmd, s, d.screen, config.Default().UI, nil)
}

// tuning is what is listened to at first: on the sideband that the band's
// transceiver stands at, unless the flags know better.
func (d *demo) tuning() (preset string, sideband modem.Sideband, signal *modem.Signal, err error) {
	p, err := d.signal.partial()
	if err != nil {
		return "", 0, nil, err
	}
	sideband = modem.LSB
	if p.Sideband == nil {
		p.Sideband = &sideband
	}
	s, err := p.Signal()
	if err != nil {
		return "", 0, nil, misuse("%w", err)
	}
	return p.From().Name, *p.Sideband, &s, nil
}
