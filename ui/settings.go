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
	}
	m.panel = &editor{
		name: "Settings", items: items,
		get: func(i int) string { return m.settings.Get(keys[i].Key) },
		set: func(i int, value string) error {
			now, err := m.settings.Set(keys[i].Key, value)
			if err == nil {
				m.restyleBy(keys[i].Key, value, now)
			}
			return err
		},
	}
}

// restyleBy makes a setting of the screen's own show at once, and says from when
// on another one holds.
func (m *model) restyleBy(key, value string, now bool) {
	switch key {
	default:
		if now {
			m.say(key + " is stored and holds")
			return
		}
		m.say(key + " is stored and holds from the next start on")
	case "ui.theme":
		if t, err := themeNamed(value); err == nil {
			m.theme = t
		}
	case "ui.mouse":
		m.mouse = value == "true"
	case "ui.colours":
		color, _ := ParseColor(value)
		if p, ok := color.profile(); ok {
			m.profile, m.forced = p, true
		}
	}
	m.restyle()
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
