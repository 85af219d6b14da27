package ui

import (
	"fmt"
	"math"
	"time"

	"rtty/modem"
	"rtty/station"
)

// meters are the values that jitter; the screen shows them less often than the
// station measures them.
type meters struct {
	at         time.Time
	level      float64
	peak       float64
	snr        float64
	quality    float64
	low        float64
	found      bool // and listening
	phase      station.Phase
	left, idle time.Duration
}

// read takes new values where the old ones are old enough, or belong to
// another state.
func (t *meters) read(s *station.Snapshot, every time.Duration) {
	r := s.Receive
	found := r.Found && !r.Muted
	if d := s.At.Sub(t.at); d < every && d >= 0 && found == t.found && s.Transmit.Phase == t.phase {
		return
	}
	*t = meters{
		at: s.At, level: r.Level, peak: r.Peak, snr: r.SNR, quality: r.Quality, low: r.Low(), found: found,
		phase: s.Transmit.Phase, left: s.Transmit.Left, idle: s.Transmit.Idle,
	}
}

// A field is a labelled value of the status line. What matters less goes
// first where the line is too narrow.
type field struct {
	label, value string
	style        *style // of the value, where it is to stand out
}

func (f field) width() int {
	w := textWidth(f.label) + textWidth(f.value)
	if f.label != "" {
		w++
	}
	return w
}

// drawFields writes fields side by side, closer together where there is no room.
func drawFields(a area, x int, fields []field, l *look) {
	gap, total := 2, x-2
	for _, f := range fields {
		total += f.width() + gap
	}
	if total > a.w {
		gap = 1
	}
	for _, f := range fields {
		if x+f.width() > a.w {
			continue
		}
		if f.label != "" {
			x = a.put(x, 0, f.label, l.barLabel) + 1
		}
		s := l.barValue
		if f.style != nil {
			s = *f.style
		}
		x = a.put(x, 0, f.value, s) + gap
	}
}

// fullFrequency is a width from which on the radio frequency has room for its unit.
const fullFrequency = 100

// drawTuning is the first status line: on the air or not, what is listened to,
// and the time.
func (m *model) drawTuning(a area) {
	l, s := m.look, m.snap
	a.fill(' ', l.bar)
	text, style := phaseBadge(s, l)
	x := a.put(0, 0, text, style)
	clock := s.At.UTC().Format("15:04:05") + "Z"
	body := a.part(rect{0, 0, a.w - len(clock) - 2, 1})
	a.right(x, 0, clock+" ", l.barValue)
	r := s.Receive
	fields := []field{
		{"M", hertz(r.Signal.Mark), nil},
		{"S", hertz(r.Signal.Space), nil},
		{"", hertz(r.Signal.Shift()) + " Hz", nil},
		{"", fmt.Sprintf("%.2f Bd", r.Signal.Baud), nil},
		{"", polarity(r.Signal, r.Sideband), nil},
		{"", sidebandName(r.Sideband), nil},
		{"", presetName(r.Preset), nil},
	}
	if t := s.Transmit.Signal; t.Mark > 0 && t != r.Signal {
		fields = append(fields, field{"TX", hertz(t.Mark) + "/" + hertz(t.Space), &l.sendsApart})
	}
	if s.Rig.MarkHz > 0 {
		rf := radioFrequency(s.Rig.MarkHz)
		if a.w < fullFrequency {
			rf = fmt.Sprintf("%.2f", s.Rig.MarkHz/1000)
		}
		fields = append(fields, field{"RF", rf, nil})
	}
	if s.Origin != station.Live {
		fields = append(fields, field{"", s.Origin.String(), &l.keying})
	}
	if s.Operator.Call != "" {
		fields = append(fields, field{"", s.Operator.Call, nil})
	}
	drawFields(body, x+1, fields, l)
}

func phaseBadge(s *station.Snapshot, l *look) (string, style) {
	switch s.Transmit.Phase {
	case station.Keying:
		return " KEY ", l.keying
	case station.Sending:
		return " TX ", l.sending
	case station.Ending:
		return " END ", l.keying
	}
	return " RX ", l.receiving
}

// polarity tells which tone is the higher on the air: mark, as amateurs send
// it, is normal.
func polarity(sig modem.Signal, sb modem.Sideband) string {
	if (sig.Mark > sig.Space) == (sb == modem.USB) {
		return "normal"
	}
	return "reverse"
}

func sidebandName(sb modem.Sideband) string {
	if sb == modem.LSB {
		return "LSB"
	}
	return "USB"
}

func presetName(name string) string {
	if name == "" {
		return "by hand"
	}
	return name
}

// hertz writes a frequency as exactly as anybody tunes.
func hertz(v float64) string { return number(math.Round(10*v) / 10) }

// radioFrequency writes Hz as kHz with the digits in groups: 14 080.125.
func radioFrequency(hz float64) string {
	khz := fmt.Sprintf("%.2f", hz/1000)
	if dot := len(khz) - 3; dot > 3 {
		khz = khz[:dot-3] + " " + khz[dot-3:]
	}
	return khz + " kHz"
}

// drawMeters is the second status line: what is measured and what is switched.
func (m *model) drawMeters(a area) {
	l, s := m.look, m.snap
	a.fill(' ', l.bar)
	r := s.Receive
	fields := []field{
		m.levelField(),
		{"SNR", m.snrText(), nil},
		{"AFC", onOff(r.AFC), nil},
		{"SQL", squelchName(r.Squelch), nil},
		{"NET", onOff(s.Transmit.Net), nil},
		m.xrunField(),
		m.idField(),
	}
	if s.Record.On {
		fields = append(fields, field{"", "REC", &l.sending})
	}
	if r.Past.Wanted > 0 {
		fields = append(fields, field{"past", fmt.Sprintf("%.0f %%", 100*r.Past.Decoded.Seconds()/r.Past.Wanted.Seconds()), nil})
	}
	if r.Behind > time.Second {
		fields = append(fields, field{"behind", span(r.Behind), &l.keying})
	}
	fields = append(fields, field{"rig", rigName(s.Rig), nil})
	if m.mouse {
		fields = append(fields, field{"", "mouse", nil})
	}
	fields = append(fields, field{"prior", r.Prior, nil}, field{"kept", span(r.Past.Kept), nil})
	drawFields(a, 1, fields, l)
}

// levelField warns of a level that clips.
func (m *model) levelField() field {
	if m.meters.level <= station.NoSound {
		return field{"level", " -- dB", nil}
	}
	level := fmt.Sprintf("%3.0f dB", m.meters.level)
	if m.meters.peak >= 0.999 {
		return field{"level", level + " clips", &m.look.alarm}
	}
	return field{"level", level, nil}
}

func (m *model) snrText() string {
	if !m.meters.found {
		return " -- dB"
	}
	return fmt.Sprintf("%3.0f dB", m.meters.snr)
}

func (m *model) xrunField() field {
	n := m.snap.Input.Xruns + m.snap.Output.Xruns
	f := field{"xruns", fmt.Sprint(n), nil}
	if n > 0 {
		f.style = &m.look.barWarn
	}
	return f
}

func (m *model) idField() field {
	id := m.snap.Transmit.ID
	switch {
	case id.Due:
		return field{"ID", "due " + clockTime(id.Left), &m.look.alarm}
	case id.Running:
		return field{"ID", clockTime(id.Left), nil}
	}
	return field{"ID", "--", nil}
}

func clockTime(d time.Duration) string {
	s := int(max(d, 0).Round(time.Second).Seconds())
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func squelchName(p float64) string {
	switch p {
	case 0:
		return "auto"
	case modem.SquelchOff:
		return "off"
	}
	return fmt.Sprintf("%.0f %%", 100*p)
}

func rigName(r station.Rig) string {
	if r.Kind == "" {
		return "none"
	}
	if r.State.Fault != "" {
		return r.Kind + " lost"
	}
	return r.Kind
}

// alarms are what the operator has to know before all else, the worst first.
func alarms(s *station.Snapshot) (lines []string) {
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, label+text)
		}
	}
	add("RADIO: ", s.Rig.Alarm)
	add("Sound in: ", s.Input.Waiting)
	add("Sound out: ", s.Output.Waiting)
	add("Sound in: ", s.Input.Silent)
	add("Rig: ", s.Rig.State.Fault)
	add("Recording: ", s.Record.Fault)
	return lines
}

// drawAlarm shows the worst of them in a bar of its own.
func (m *model) drawAlarm(a area, lines []string) {
	if len(lines) == 0 {
		return
	}
	s := m.look.keying
	if m.snap.Rig.Alarm != "" {
		s = m.look.alarm
	}
	a.fill(' ', s)
	more := ""
	if len(lines) > 1 {
		more = fmt.Sprintf(" (+%d) ", len(lines)-1)
	}
	a.put(1, 0, clip(lines[0], a.w-2-len(more)), s)
	a.right(1, 0, more, s)
}
