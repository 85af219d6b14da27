package rig_test

import (
	"errors"
	"strings"
	"testing"

	"rtty/rig"
)

func TestConfigs(t *testing.T) {
	serial := rig.Config{Kind: rig.RTS, Port: "/dev/ttyUSB0"}
	for _, c := range []struct {
		name   string
		config rig.Config
		wrong  string // setting: part of the reason; empty: nothing is wrong
	}{
		{"nothing", rig.Config{}, ""},
		{"vox", rig.Config{Kind: rig.VOX}, ""},
		{"serial line", serial, ""},
		{"inverted", rig.Config{Kind: rig.RTSDTR, Port: "COM3", Invert: true}, ""},
		{"sound chip", rig.Config{Kind: rig.CM108}, ""},
		{"rigctld", rig.Config{Kind: rig.Rigctld, Source: rig.DataSource}, ""},
		{"rigctld elsewhere", rig.Config{Kind: rig.Rigctld, Address: "[::1]:4532"}, ""},
		{"Icom", rig.Config{Kind: rig.Icom, Port: "/dev/ttyUSB0", CIV: 0x94, Baud: 115200}, ""},
		{"CAT keyed by a line", rig.Config{Kind: rig.Kenwood, Port: "/dev/ttyUSB0", PTT: &serial}, ""},
		{"flrig keyed by a chip", rig.Config{Kind: rig.Flrig, PTT: &rig.Config{Kind: rig.CM108, Pin: 4}}, ""},
		{"no such kind", rig.Config{Kind: "hamlib"}, "kind: is none of none, vox"},
		{"no port", rig.Config{Kind: rig.DTR}, "port: needs the serial port"},
		{"CAT without port", rig.Config{Kind: rig.Yaesu}, "port: needs the serial port"},
		{"port of a daemon", rig.Config{Kind: rig.Rigctld, Port: "/dev/ttyUSB0"}, "port: uses no port"},
		{"address of a line", rig.Config{Kind: rig.RTS, Port: "COM3", Address: "localhost:1"}, "address: uses no address"},
		{"no port in the address", rig.Config{Kind: rig.Flrig, Address: "localhost"}, "address: host:port"},
		{"a name for a port", rig.Config{Kind: rig.Flrig, Address: "localhost:http"}, "address: host:port"},
		{"a port too high", rig.Config{Kind: rig.Flrig, Address: "localhost:65536"}, "address: host:port"},
		{"speed", rig.Config{Kind: rig.Icom, Port: "COM3", Baud: -1}, "baud: no speed"},
		{"CI-V address", rig.Config{Kind: rig.Icom, Port: "COM3", CIV: 0xe0}, "civ: no address"},
		{"pin", rig.Config{Kind: rig.CM108, Pin: 9}, "pin: GPIO 1 to 8"},
		{"nothing to invert", rig.Config{Kind: rig.Rigctld, Invert: true}, "invert: no line"},
		{"source of a line", rig.Config{Kind: rig.RTS, Port: "COM3", Source: rig.MicSource}, "source: can't choose"},
		{"no such source", rig.Config{Kind: rig.Rigctld, Source: "line"}, "source: neither mic nor data"},
		{"key of a key", rig.Config{Kind: rig.RTS, Port: "COM3", PTT: &serial}, "ptt: reads no frequency"},
		{"key without a port", rig.Config{Kind: rig.Flrig, PTT: &rig.Config{Kind: rig.RTS}}, "port: needs the serial port"},
		{"two ways to key", rig.Config{Kind: rig.Flrig, PTT: &rig.Config{Kind: rig.Rigctld, PTT: &serial}}, "ptt: one way"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.config.Validate()
			if c.wrong == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			setting, reason, _ := strings.Cut(c.wrong, ": ")
			var wrong *rig.ConfigError
			if !errors.As(err, &wrong) || wrong.Setting != setting || !strings.Contains(wrong.Reason, reason) {
				t.Errorf("%v, want %s", err, c.wrong)
			}
		})
	}
}

func TestUsualValues(t *testing.T) {
	for _, c := range []struct{ given, want rig.Config }{
		{rig.Config{}, rig.Config{Kind: rig.None}},
		{rig.Config{Kind: rig.Rigctld}, rig.Config{Kind: rig.Rigctld, Address: "127.0.0.1:4532"}},
		{rig.Config{Kind: rig.Flrig}, rig.Config{Kind: rig.Flrig, Address: "127.0.0.1:12345"}},
		{rig.Config{Kind: rig.CM108}, rig.Config{Kind: rig.CM108, Pin: 3}},
	} {
		c.want.Pause = rig.DefaultPause
		if got := c.given.Usual(); got != c.want {
			t.Errorf("%+v: got %+v, want %+v", c.given, got, c.want)
		}
	}
}

func TestWhoHoldsAKey(t *testing.T) {
	line := rig.Config{Kind: rig.RTS, Port: "COM3"}
	for _, c := range []struct {
		config rig.Config
		want   bool
	}{
		{rig.Config{}, false},
		{rig.Config{Kind: rig.VOX}, false},
		{line, true},
		{rig.Config{Kind: rig.Rigctld, PTT: &rig.Config{Kind: rig.VOX}}, false},
		{rig.Config{Kind: rig.Rigctld, PTT: &line}, true},
	} {
		if got := c.config.Keys(); got != c.want {
			t.Errorf("%+v: %v, want %v", c.config, got, c.want)
		}
	}
}
