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
func (p panel) Set(key, value string) error {
	k, err := config.KeyNamed(key)
	if err != nil {
		return err
	}
	if k.Kind == config.List && value == "" {
		return p.file.Set(key, []string(nil))
	}
	v, err := k.Parse(value)
	if err != nil {
		return err
	}
	return p.file.Set(key, v)
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
