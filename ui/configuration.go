package ui

import "rtty/config"

// SettingsOf shows a configuration file as settings.
func SettingsOf(file *config.File) Settings { return configuration{file} }

type configuration struct{ file *config.File }

// Keys are those of the configuration, in the order of its file.
func (c configuration) Keys() []Setting {
	keys := config.Keys()
	list := make([]Setting, len(keys))
	for i, k := range keys {
		list[i] = Setting{Key: k.Name, Default: inWords(k.Default), Doc: k.Doc, Allowed: k.Choices}
		switch {
		case k.Kind == config.YesNo:
			list[i].Kind = Switch
		case len(k.Choices) > 0:
			list[i].Kind = Choice
		case k.Kind == config.Text && k.Allowed() == k.Kind.String():
			list[i].Type = "text"
		default:
			list[i].Type = k.Allowed()
		}
	}
	return list
}

// Get is the value as it would be typed.
func (c configuration) Get(key string) string { return inWords(c.file.Get(key)) }

// Set reads what was typed as the configuration's own environment variables
// are read, and writes it to the file.
func (c configuration) Set(key, value string) error {
	k, err := config.KeyNamed(key)
	if err != nil {
		return err
	}
	if k.Kind == config.List && value == "" {
		return c.file.Set(key, []string(nil))
	}
	v, err := k.Parse(value)
	if err != nil {
		return err
	}
	return c.file.Set(key, v)
}

// inWords is a value without the quotes that TOML puts around texts.
func inWords(v any) string {
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
