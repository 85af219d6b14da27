package main

import (
	"rtty/config"
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
		s := ui.Setting{Key: k.Name, Type: k.Allowed(), Default: unquoted(k.Default), Doc: k.Doc}
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
func (p panel) Set(key, value string) (now bool, err error) {
	k, err := config.KeyNamed(key)
	if err != nil {
		return false, err
	}
	var v any = []string(nil)
	if k.Kind != config.List || value != "" {
		if v, err = k.Parse(value); err != nil {
			return false, err
		}
	}
	if err := p.file.Set(key, v); err != nil {
		return false, err
	}
	return p.apply(key), nil
}

// apply makes a setting hold, if the station can change it while it runs.
func (p panel) apply(key string) bool {
	c := p.file.Config()
	switch key {
	case "station.callsign", "station.name", "station.locator":
		p.station.SetOperator(operatorOf(c.Station))
	case "transmit.enabled":
		// A refusal stands on the screen; the setting holds nevertheless.
		_ = p.station.EnableTransmit(c.Transmit.Enabled)
	case "transmit.net":
		p.station.SetNet(c.Transmit.Net)
	case "receive.afc":
		p.station.SetAFC(c.Receive.AFC)
	default:
		return false
	}
	return true
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
