package plain

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rtty/audio"
	"rtty/band"
	"rtty/modem"
	"rtty/rig"
	"rtty/station"
)

// The real station has what a Console wants.
var _ Station = (*station.Station)(nil)

// key is the simulated transceiver's key as a station wants it.
type key struct{ rig band.Rig }

func (k key) Key(context.Context, time.Duration) error { return k.rig.SetPTT(true) }
func (k key) Unkey(string) error                       { return k.rig.SetPTT(false) }
func (k key) Beat()                                    {}

func (k key) State() rig.State {
	hz, _ := k.rig.Frequency()
	mode, _ := k.rig.Mode()
	keyed, _ := k.rig.PTT()
	return rig.State{Connected: true, Keyed: keyed, Confirmed: true, Frequency: hz, Transmit: hz, Mode: mode}
}

// A contact on the simulated band from the first call to 73, through the real
// station, by lines of text alone.
func TestContactOnTheSimulatedBand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		air, err := band.New(band.Config{Seed: 4, Rate: 12000, RealTime: true})
		if err != nil {
			t.Fatal(err)
		}
		s, err := station.New(station.Config{
			Operator: station.Operator{Call: band.OperatorCall}, Origin: station.Demo,
			Input: air.Source(), AFC: true, Enabled: true, Net: true,
			Exciter:     station.NewAFSK(func() (audio.Sink, error) { return air.Sink(), nil }, modem.TransmitterConfig{}),
			Transceiver: key{air.Rig()},
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		in, typed := io.Pipe()
		defer synctest.Wait()
		defer air.Close()
		defer typed.Close()
		defer cancel()
		go s.Run(ctx)
		out := new(lockedBuffer)
		done := make(chan error, 1)
		go func() {
			done <- New(Options{Station: s, In: in, Out: out, Verbosity: Normal}).Run(ctx)
		}()
		shows := func(text string) {
			t.Helper()
			for range 120 {
				if time.Sleep(time.Second); strings.Contains(out.String(), text) {
					return
				}
			}
			t.Fatalf("%q does not come:\n%s", text, out.String())
		}
		io.WriteString(typed, "/tune 915\n")
		shows("Tuned: mark 915 hertz")
		io.WriteString(typed, "/tx CQ CQ DE W9QUZ W9QUZ W9QUZ PSE K\n")
		shows("TX: CQ CQ DE W9QUZ W9QUZ W9QUZ PSE K\nReceiving: all sent\n")
		shows("W9QUZ W9QUZ DE ")
		shows("UR RST 5")
		shows("DE W9QUZ")
		time.Sleep(20 * time.Second)
		io.WriteString(typed, "/tx R R UR RST 599 599 NAME PAT PAT DE W9QUZ KN\n")
		shows("BEST 73 W9QUZ DE ")
		io.WriteString(typed, "/quit\n")
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
