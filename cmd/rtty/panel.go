package main

import (
	"fmt"
	"time"

	"rtty/config"
	"rtty/modem"
	"rtty/station"
	"rtty/ui"
)

// panel is the configuration as the terminal's settings panel shows it. What can
// hold at once, it tells the station.
type panel struct {
	file    *config.File
	station *station.Station
}

// Keys implements ui.Settings.
func (p panel) Keys() []ui.Setting {
	var settings []ui.Setting
	for _, k := range config.Keys() {
		s := ui.Setting{
			Key: k.Name, Type: k.Allowed(), Default: unquoted(k.Default), Doc: k.Doc,
			Later: follow[k.Name] == nil,
		}
		switch {
		case k.Kind == config.YesNo:
			s.Kind = ui.Switch
		case len(k.Choices) > 0:
			s.Kind, s.Allowed = ui.Choice, k.Choices
		}
		settings = append(settings, s)
	}
	return settings
}

// Get implements ui.Settings.
func (p panel) Get(key string) string { return unquoted(p.file.Get(key)) }

// Set implements ui.Settings.
func (p panel) Set(key, value string) error {
	k, err := config.KeyNamed(key)
	if err != nil {
		return err
	}
	var v any = []string(nil)
	if k.Kind != config.List || value != "" {
		if v, err = k.Parse(value); err != nil {
			return err
		}
	}
	if err := p.file.Set(key, v); err != nil {
		return err
	}
	if f := follow[key]; f != nil {
		if err := f(p.station, p.file.Config()); err != nil {
			return fmt.Errorf("%s is stored, but can't hold now: %w", key, err)
		}
	}
	return nil
}

// follow has the settings that a station can follow while it runs.
var follow = map[string]func(*station.Station, config.Config) error{
	"station.callsign": followOperator,
	"station.name":     followOperator,
	"station.locator":  followOperator,

	"audio.ring_minutes": func(s *station.Station, c config.Config) error {
		s.SetKept(time.Duration(c.Audio.RingMinutes) * time.Minute)
		return nil
	},

	"receive.preset":   func(s *station.Station, c config.Config) error { return s.SetPreset(c.Receive.Preset) },
	"receive.sideband": followSideband,
	"receive.mark":     followMark,
	"receive.squelch": func(s *station.Station, c config.Config) error {
		var p squelchValue
		if err := p.Set(c.Receive.Squelch); err != nil {
			return err
		}
		return s.SetSquelch(float64(p))
	},
	"receive.prior": func(s *station.Station, c config.Config) error { return s.SetPrior(c.Receive.Prior) },
	"receive.afc": func(s *station.Station, c config.Config) error {
		s.SetAFC(c.Receive.AFC)
		return nil
	},

	"transmit.enabled": func(s *station.Station, c config.Config) error {
		// A refusal stands on the screen; the setting holds nevertheless.
		_ = s.EnableTransmit(c.Transmit.Enabled)
		return nil
	},
	"transmit.net": func(s *station.Station, c config.Config) error {
		s.SetNet(c.Transmit.Net)
		return nil
	},

	"macros.set":      followMacros,
	"macros.file":     followMacros,
	"macros.run":      followMacros,
	"macros.pounce":   followMacros,
	"macros.contest":  followMacros,
	"macros.exchange": followMacros,
}

func followOperator(s *station.Station, c config.Config) error {
	s.SetOperator(operatorOf(c.Station))
	return nil
}

// followSideband goes to the sideband that is set, or that is customary with what
// is tuned to.
func followSideband(s *station.Station, c config.Config) error {
	sideband := sidebandValue(presetOf(s).Sideband)
	if c.Receive.Sideband != "" {
		if err := sideband.Set(c.Receive.Sideband); err != nil {
			return err
		}
	}
	return s.SetSideband(modem.Sideband(sideband))
}

// followMark tunes to the mark that is set, or to that of the preset.
func followMark(s *station.Station, c config.Config) error {
	if c.Receive.Mark > 0 {
		return s.Tune(c.Receive.Mark)
	}
	return s.Tune(presetOf(s).Signal(s.Snapshot().Receive.Sideband).Mark)
}

// presetOf is the preset of what is tuned to, or the first.
func presetOf(s *station.Station) modem.Preset {
	if p, err := modem.PresetNamed(s.Snapshot().Receive.Preset); err == nil {
		return p
	}
	return modem.Presets()[0]
}

func followMacros(s *station.Station, c config.Config) error {
	messages, err := messagesOf(c.Macros)
	s.SetMacros(messages.Set, messages.Exchange)
	return err
}

// unquoted is a value as config.Key.Parse reads it: a text without quotes, an
// empty list as nothing.
func unquoted(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []string:
		if len(v) == 0 {
			return ""
		}
	}
	return config.Format(v)
}
