package ui

import (
	"context"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"rtty/station"
)

// The model is the screen's whole state. It routes what happens to its panes.
type model struct {
	// configuration
	station  Station
	settings Settings
	link     Link
	commands []command
	console  consoleKeys
	context  context.Context
	wake     <-chan struct{}

	// how it looks
	theme   *theme
	profile colorprofile.Profile
	forced  bool // the profile is the operator's choice, not the terminal's
	look    *look
	w, h    int
	picture picture
	mouse   bool

	// what the station has published
	snap      *station.Snapshot
	macros    []station.MacroLabel
	nextEvent int64
	nextRow   int64
	meters    meters

	// panes
	waterfall *waterfall
	receive   receivePane
	calls     callCycle
	bank      station.MacroBank
	nudged    nudged

	// what is open
	panel  panel
	ask    *question
	search *searchLine
	notes  []note

	// the picture
	canvas  canvas
	frame   layout
	content string
	stale   bool
}

func newModel(ctx context.Context, o Options, theme *theme, wake <-chan struct{}) *model {
	m := &model{
		station: o.Station, settings: o.Settings, link: o.Link, commands: newCommands(),
		context: ctx, wake: wake,
		theme: theme, profile: colorprofile.TrueColor, mouse: o.Mouse,
		waterfall: newWaterfall(o.Link.pace().stride),
		stale:     true,
	}
	m.picture.lines = max(o.Waterfall, 0)
	if o.Waterfall < 0 {
		m.picture.height = heightNone
	}
	if p, ok := o.Color.profile(); ok {
		m.profile, m.forced = p, true
	}
	m.restyle()
	m.read()
	return m
}

// restyle spells the colours out again.
func (m *model) restyle() {
	profile := m.profile
	if m.link != LinkNormal {
		profile = min(profile, colorprofile.ANSI256)
	}
	m.look = newLook(m.theme, profile, m.link.pace().heats)
}

// Messages of the program's own.
type (
	wakeMsg struct{} // the station has something new
	tickMsg struct{} // a second has passed
)

// Init asks for the first news.
func (m *model) Init() tea.Cmd { return tea.Batch(m.awaitNews(), m.awaitTick()) }

// awaitNews waits for the station, though not more often than the link allows.
func (m *model) awaitNews() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-m.context.Done():
			return nil
		case <-time.After(m.link.pace().redraw):
		}
		select {
		case <-m.context.Done():
			return nil
		case <-m.wake:
			return wakeMsg{}
		}
	}
}

func (m *model) awaitTick() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-m.context.Done():
			return nil
		case <-time.After(time.Second):
			return tickMsg{}
		}
	}
}

// Update takes a message. All but the station's wakes make a new picture.
func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case wakeMsg:
		m.stale = m.read() || m.stale
		return m, m.awaitNews()
	case tickMsg:
		m.read()
		m.stale = true
		return m, m.awaitTick()
	}
	m.stale = true
	switch msg := m.console.take(msg).(type) {
	case tea.WindowSizeMsg:
		first := m.w == 0
		m.w, m.h = msg.Width, msg.Height
		if !first {
			return m, m.redraw()
		}
	case tea.ColorProfileMsg:
		if !m.forced {
			m.profile = msg.Profile
			m.restyle()
		}
	case tea.KeyPressMsg:
		return m, m.key(msg)
	case tea.PasteMsg:
		m.paste(msg.Content)
	case tea.MouseClickMsg:
		return m, m.click(msg.Mouse())
	case tea.MouseWheelMsg:
		m.wheel(msg.Mouse())
	}
	m.snap = m.station.Snapshot()
	return m, nil
}

// read takes what the station has published and tells whether there is
// anything to show.
func (m *model) read() (news bool) {
	before := m.snap
	m.macros = m.station.Macros()
	news = m.readText()
	m.meters.read(m.snap, m.link.pace().meters)
	if m.link != LinkOff {
		for _, row := range m.station.Rows(m.nextRow) {
			m.nextRow = row.Seq + 1
			news = m.waterfall.take(row, m.snap.Receive.Muted) || news
		}
	}
	return news || before == nil || m.urgent(before)
}

// readText takes events and snapshot so that they belong together: provisional
// text must neither stand beside the final text that it has become, nor be
// gone before that is there.
func (m *model) readText() (news bool) {
	m.snap = m.station.Snapshot()
	for range 3 {
		events := m.station.Events(m.nextEvent)
		if len(events) == 0 {
			break
		}
		for i := range events {
			m.nextEvent = events[i].Seq + 1
			m.happened(&events[i])
		}
		news = true
		m.snap = m.station.Snapshot()
	}
	m.receive.tail = m.snap.Receive.Tail
	return news
}

// urgent tells whether the state has changed in a way that does not wait for
// the next row or the next second.
func (m *model) urgent(before *station.Snapshot) bool {
	now := m.snap
	t, b := &now.Transmit, &before.Transmit
	return len(now.Receive.Tail) != len(before.Receive.Tail) || len(before.Receive.Tail) > 0 ||
		t.Phase != b.Phase || len(t.Queue) != len(b.Queue) || t.Over != b.Over || t.Refusal != b.Refusal ||
		now.Rig.Alarm != before.Rig.Alarm || now.Receive.Signal != before.Receive.Signal
}

func (m *model) happened(e *station.Event) {
	m.receive.take(e)
	switch e.Kind {
	case station.Notice:
		m.note(note{e.At, e.Text, false})
	case station.Alarm:
		m.note(note{e.At, e.Text, true})
	}
}

// key routes a key to what is open, else to its command; a character is text.
// Stopping and leaving work always.
func (m *model) key(k tea.KeyPressMsg) tea.Cmd {
	cmd := m.route(k)
	m.snap = m.station.Snapshot()
	return cmd
}

func (m *model) route(k tea.KeyPressMsg) tea.Cmd {
	if k.Mod&tea.ModAlt != 0 {
		return m.escaped(k)
	}
	switch k.String() {
	case "esc":
		return m.escape()
	case "ctrl+c":
		return m.quit()
	}
	switch {
	case m.ask != nil:
		return m.answer(k)
	case m.search != nil:
		m.searchKey(k)
		return nil
	case m.panel != nil:
		return m.panel.key(m, k)
	}
	if c := direct(m.commands, k); c != nil {
		return c.run(m)
	}
	if text := typedText(k); text != "" {
		m.typed(text)
	}
	return nil
}

// escaped takes a key with Alt as what it may have been: on most terminals Esc
// and a key right after it are the same bytes as that key with Alt, and an Esc
// must never be lost.
func (m *model) escaped(k tea.KeyPressMsg) tea.Cmd {
	cmd := m.escape()
	k.Mod &^= tea.ModAlt
	if k.Code == tea.KeyEscape {
		return cmd
	}
	if k.Text == "" && k.Mod == 0 && unicode.IsPrint(k.Code) && k.Code <= unicode.MaxRune {
		k.Text = string(k.Code)
	}
	return tea.Batch(cmd, m.route(k))
}

// typedText is what a key types. Some terminals report Shift with a letter as
// a key of its own.
func typedText(k tea.KeyPressMsg) string {
	const harmless = tea.ModShift | tea.ModCapsLock | tea.ModNumLock | tea.ModScrollLock
	switch {
	case k.Text != "" || k.Mod&^harmless != 0 || !unicode.IsPrint(k.Code) || k.Code > unicode.MaxRune:
		return k.Text
	case k.ShiftedCode != 0:
		return string(k.ShiftedCode)
	}
	return string(unicode.ToUpper(k.Code))
}

// paste takes text from the clipboard to wherever text is typed.
func (m *model) paste(text string) {
	switch {
	case m.ask != nil:
	case m.search != nil:
		m.search.input.insert(text)
		m.searchTyped()
	case m.panel != nil:
		if e, ok := m.panel.(*editor); ok && e.input != nil {
			e.input.insert(text)
		}
	default:
		m.typed(text)
	}
}
