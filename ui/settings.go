package ui

import (
	"strconv"

	"rtty/station"
)

// openSettings shows the configuration.
func (m *model) openSettings() {
	if m.settings == nil {
		m.warn("there are no settings to change here")
		return
	}
	keys := m.settings.Keys()
	items := make([]item, len(keys))
	for i, k := range keys {
		about := k.Doc
		if k.Type != "" && k.Kind == Text {
			about += " (" + k.Type + ")"
		}
		items[i] = item{label: k.Key, kind: k.Kind, allowed: k.Allowed, initial: k.Default, about: about}
		if k.Later && screenSettings[k.Key] == nil {
			items[i].note = "holds from the next start on"
		}
	}
	m.panel = &editor{
		name: "Settings", items: items,
		get: func(i int) string { return m.settings.Get(keys[i].Key) },
		set: func(i int, value string) error {
			if err := m.settings.Set(keys[i].Key, value); err != nil {
				return err
			}
			m.hold(keys[i], value)
			return nil
		},
	}
}

// screenSettings are the settings of the screen's own, which hold at once.
var screenSettings = map[string]func(m *model, value string){
	"ui.theme": func(m *model, value string) {
		if t, err := themeNamed(value); err == nil {
			m.theme = t
		}
	},
	"ui.mouse": func(m *model, value string) { m.mouse = value == "true" },
	"ui.colours": func(m *model, value string) {
		color, _ := ParseColor(value)
		if p, ok := color.profile(); ok {
			m.profile, m.forced = p, true
		}
	},
	"ui.waterfall_rows": func(m *model, value string) {
		rows, err := strconv.Atoi(value)
		switch {
		case err != nil:
		case rows == 0:
			m.picture = picture{height: heightNone}
		default:
			m.picture = picture{lines: rows}
		}
	},
}

// hold makes a setting of the screen's own hold, and says from when on another one
// does.
func (m *model) hold(s Setting, value string) {
	switch own := screenSettings[s.Key]; {
	case own != nil:
		own(m, value)
		m.restyle()
	case s.Later:
		m.say(s.Key + " is stored and holds from the next start on")
	default:
		m.say(s.Key + " is stored and holds")
	}
}

// editContact shows the station in contact.
func (m *model) editContact() {
	contact := func() *station.Contact {
		c := m.station.Snapshot().Their
		return &c
	}
	fields := []struct {
		item
		of func(*station.Contact) *string
	}{
		{item{label: "call", about: "Call of the station in contact: ! and {CALL} in macros."}, func(c *station.Contact) *string { return &c.Call }},
		{item{label: "name", about: "Name of its operator."}, func(c *station.Contact) *string { return &c.Name }},
		{item{label: "locator", about: "Its Maidenhead locator."}, func(c *station.Contact) *string { return &c.Locator }},
		{item{label: "report sent", initial: "599", about: "Report that it gets."}, func(c *station.Contact) *string { return &c.RSTSent }},
		{item{label: "report received", initial: "599", about: "Report that it gave."}, func(c *station.Contact) *string { return &c.RSTReceived }},
		{item{label: "exchange", about: "What it sent in a contest."}, func(c *station.Contact) *string { return &c.Exchange }},
	}
	e := &editor{name: "Station in contact"}
	for _, f := range fields {
		e.items = append(e.items, f.item)
	}
	e.get = func(i int) string { return *fields[i].of(contact()) }
	e.set = func(i int, value string) error {
		if i == 0 {
			return m.station.TakeCall(value)
		}
		c := contact()
		*fields[i].of(c) = value
		return m.station.SetContact(*c)
	}
	if serial := contact().Serial; serial > 0 {
		e.name += ", serial " + strconv.Itoa(serial)
	}
	m.panel = e
}
