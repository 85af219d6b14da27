package main

import (
	"slices"
	"testing"

	"github.com/spf13/cobra"

	"rtty/config"
	"rtty/modem"
	"rtty/prior"
	"rtty/rig"
	"rtty/rig/fsk"
	"rtty/ui"
)

// The configuration lists names without knowing what they stand for. They are
// those that the rest of the program knows.
func TestConfigNamesWhatThereIs(t *testing.T) {
	var presets, interfaces []string
	for _, p := range modem.Presets() {
		presets = append(presets, p.Name)
	}
	for _, i := range rig.Interfaces {
		interfaces = append(interfaces, string(i))
	}
	for key, want := range map[string][]string{
		"receive.preset":    presets,
		"receive.prior":     prior.Names(),
		"receive.sideband":  {"", modem.USB.String(), modem.LSB.String()},
		"transmit.waveform": {modem.Linear.String(), modem.Constant.String()},
		"transmit.diddle":   {modem.DiddleLTRS.String(), modem.DiddleBlank.String(), modem.DiddleNone.String()},
		"rig.kind":          interfaces,
		"rig.ptt":           append([]string{""}, interfaces...),
		"rig.source":        {string(rig.AnySource), string(rig.MicSource), string(rig.DataSource)},
		"fsk.kind":          {"none", string(fsk.UART), string(fsk.DTR), string(fsk.RTS), string(fsk.Serial)},
		"ui.theme":          ui.ThemeNames(),
		"ui.colours":        {string(ui.ColorAuto), string(ui.ColorTrue), string(ui.Color256), string(ui.Color16), string(ui.ColorNone)},
	} {
		k, err := config.KeyNamed(key)
		if err != nil {
			t.Error(err)
		} else if !slices.Equal(k.Choices, want) {
			t.Errorf("%s can be %q, but there are %q", key, k.Choices, want)
		}
	}
	c := config.Default()
	if c.Transmit.Level != modem.DefaultLevel || c.Transmit.Preamble != modem.DefaultPreamble {
		t.Errorf("level %g and preamble %d are not what the modem takes by itself", c.Transmit.Level, c.Transmit.Preamble)
	}
	if _, err := modem.PresetNamed(c.Receive.Preset); err != nil {
		t.Error(err)
	}
}

// Zero is a value like others, but for a mark that is left to the preset.
func TestZerosOfTheConfigurationHold(t *testing.T) {
	t.Setenv("RTTY_PREAMBLE", "")
	t.Setenv("RTTY_MARK", "")
	file, err := config.Parse("config.toml", "[receive]\nmark = 0\n[transmit]\npreamble = 0\nenabled = true\n")
	if err != nil {
		t.Fatal(err)
	}
	cmd := &cobra.Command{Use: "rtty"}
	l := addLive(cmd)
	l.file = file
	if err := cmd.ParseFlags([]string{"--transmit=false"}); err != nil {
		t.Fatal(err)
	}
	if err := fillSettings(cmd, environment, inConfig(file, cmd.Flags())); err != nil {
		t.Fatal(err)
	}
	if l.sending.preamble != 0 || cmd.Flags().Changed("mark") {
		t.Errorf("preamble %d, mark told: %v", l.sending.preamble, cmd.Flags().Changed("mark"))
	}
	if l.settings().Transmit.Enabled {
		t.Error("--transmit=false does not win over the configuration")
	}
}

// Every setting that stands for a flag stands for one that there is.
func TestSettingsOfFlags(t *testing.T) {
	root := newRoot()
	for key, flag := range settingOf {
		if _, err := config.KeyNamed(key); err != nil {
			t.Error(err)
		}
		if root.Flags().Lookup(flag) == nil {
			t.Errorf("%s stands for --%s, which there is not", key, flag)
		}
	}
}
