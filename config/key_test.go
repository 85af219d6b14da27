package config_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rtty/config"
)

var update = flag.Bool("update", false, "write docs/config.md")

func TestKeyParse(t *testing.T) {
	for _, test := range []struct {
		key, text string
		want      any
	}{
		{"station.callsign", "W1AW", "W1AW"},
		{"station.callsign", "", ""},
		{"transmit.enabled", "true", true},
		{"transmit.lead_ms", "200", 200},
		{"rig.civ", "0x94", 0x94},
		{"transmit.level", "-20.5", -20.5},
		{"macros.run", "CQ,CQ DE *", []string{"CQ,CQ DE *"}},
		{"macros.run", `["a,b", 'c,"d"']`, []string{"a,b", `c,"d"`}},
		{"macros.run", "[]", []string{}},
	} {
		k, err := config.KeyNamed(test.key)
		if err != nil {
			t.Fatal(err)
		}
		got, err := k.Parse(test.text)
		if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
			t.Errorf("%s %s: %v %s", test.key, test.text, err, diff)
		}
	}
	for _, test := range []struct{ key, text, want string }{
		{"transmit.enabled", "maybe", `transmit.enabled is "maybe", but must be true or false`},
		{"transmit.lead_ms", "1s", `transmit.lead_ms is "1s", but must be a whole number`},
		{"transmit.lead_ms", "-1", "transmit.lead_ms is -1, but can be 0 to 2000 ms"},
		{"transmit.level", "NaN", "transmit.level is NaN, but can be -60 to -1.5 dBFS"},
		{"ui.theme", "pink", `ui.theme is "pink", but can be "dark", "light", "contrast", "green", "mono"`},
		{"macros.run", "[1]", "macros.run must be a list of texts in quotes"},
		{"macros.run", "[]\nx = 1", `macros.run is "[]\nx = 1", but must be a list of texts in quotes`},
		{"station.name", "\xff", "station.name must be text in quotes"},
	} {
		k, err := config.KeyNamed(test.key)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := k.Parse(test.text); err == nil || err.Error() != test.want {
			t.Errorf("%s %s: %v, %v\nwant %s", test.key, test.text, v, err, test.want)
		}
	}
}

func TestKeyNamed(t *testing.T) {
	_, err := config.KeyNamed("transmit.timout_s")
	if want := "there is no setting transmit.timout_s; did you mean transmit.timeout_s?"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// Defaults keep to what they ask of others, and every key says what it is for.
func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range config.Keys() {
		if k.Kind != config.List {
			if v, err := k.Check(k.Default); err != nil || v != k.Default {
				t.Errorf("default of %s: %v", k.Name, err)
			}
		}
		if seen[k.Name] {
			t.Errorf("there are two %s", k.Name)
		}
		seen[k.Name] = true
		if !strings.HasSuffix(k.Doc, ".") || strings.Count(k.Name, ".") != 1 {
			t.Errorf("%s: %s", k.Name, k.Doc)
		}
	}
}

// docs/config.md is made from the table.
func TestDocumentation(t *testing.T) {
	const path = "../docs/config.md"
	intro, err := os.ReadFile("testdata/intro.md")
	if err != nil {
		t.Fatal(err)
	}
	want := string(intro) + reference()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, strings.ReplaceAll(string(got), "\r\n", "\n")); diff != "" {
		t.Errorf("write it again with 'go test ./config -update' (-want +got):\n%s", diff)
	}
}

func reference() string {
	var b strings.Builder
	section := ""
	for _, k := range config.Keys() {
		name, key, _ := strings.Cut(k.Name, ".")
		if name != section {
			fmt.Fprintf(&b, "\n## [%s]\n\n| key | default | what it is | can be |\n|---|---|---|---|\n", name)
			section = name
		}
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", key, config.Format(k.Default), k.Doc, k.Allowed())
	}
	return b.String()
}
