package main

import (
	"rtty/config"
	"rtty/ui"
)

// panel is the configuration as the terminal's settings panel shows it.
type panel struct{ file *config.File }

// Keys implements ui.Settings.
func (p panel) Keys() []ui.Setting {
	var settings []ui.Setting
	for _, k := range config.Keys() {
		s := ui.Setting{Key: k.Name, Type: k.Allowed(), Default: config.Format(k.Default), Doc: k.Doc}
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
func (p panel) Get(key string) string {
	if text, ok := p.file.Get(key).(string); ok {
		return text
	}
	return config.Format(p.file.Get(key))
}

// Set implements ui.Settings.
func (p panel) Set(key, value string) error {
	k, err := config.KeyNamed(key)
	if err != nil {
		return err
	}
	v, err := k.Parse(value)
	if err != nil {
		return err
	}
	return p.file.Set(key, v)
}
