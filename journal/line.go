package journal

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
)

// When text goes on in a new line, beside line ends.
const (
	pause     = 5 * time.Second // between two characters
	retuned   = 20.0            // Hz; AFC makes smaller steps
	softWidth = 80              // characters: at the next space
	hardWidth = 120             // at once
)

// lines makes lines of entries.
type lines struct {
	start time.Time // when not zero, lines begin with the time since then

	open   bool // the last line may go on
	kind   Kind
	hz     float64
	last   time.Time // of its last character
	column int       // characters of text in it
}

// add is what an entry appends to the file.
func (l *lines) add(e Entry) string {
	var b strings.Builder
	if !e.Kind.runs() {
		b.WriteString(l.end())
		l.begin(&b, e)
		b.WriteString(oneLine(e.Text))
		b.WriteString(l.end())
		return b.String()
	}
	for _, r := range strings.ReplaceAll(e.Text, "\r", "") {
		l.put(&b, e, r)
	}
	return b.String()
}

// put appends one character of text.
func (l *lines) put(b *strings.Builder, e Entry, r rune) {
	if r == '\n' {
		b.WriteString(l.end())
		return
	}
	if !l.goesOn(e) || l.column >= hardWidth || l.column >= softWidth && r == ' ' {
		b.WriteString(l.end())
	}
	if !l.open {
		l.begin(b, e)
	}
	b.WriteRune(visible(r))
	l.last = e.At
	l.column++
}

// goesOn tells whether text belongs into the line that is open.
func (l *lines) goesOn(e Entry) bool {
	return l.open && e.Kind == l.kind && math.Abs(e.hz()-l.hz) < retuned && e.At.Sub(l.last) < pause
}

func (l *lines) begin(b *strings.Builder, e Entry) {
	if !l.start.IsZero() {
		b.WriteString(offset(e.At.Sub(l.start)) + " ")
	}
	fmt.Fprintf(b, "%s %-4s %12s  ", e.At.Format("15:04:05Z"), label(e.Kind), e.frequency())
	l.open, l.kind, l.hz, l.last, l.column = true, e.Kind, e.hz(), e.At, 0
}

// end ends the line that is open.
func (l *lines) end() string {
	if !l.open {
		return ""
	}
	l.open = false
	return "\n"
}

// offset is a time within a recording.
func offset(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	d = d.Truncate(100 * time.Millisecond)
	return fmt.Sprintf("%s%02d:%02d:%04.1f", sign, int(d.Hours()), int(d.Minutes())%60, (d % time.Minute).Seconds())
}

// runs tells whether entries of the kind go on where the one before ended.
func (k Kind) runs() bool { return k == Received || k == Sent || k == Past }

func label(k Kind) string { return [...]string{"RX", "TX", "ON", "OFF", "--", "PAST"}[k] }

func (e Entry) hz() float64 {
	if e.RFHz > 0 {
		return e.RFHz
	}
	return e.MarkHz
}

func (e Entry) frequency() string {
	switch {
	case e.RFHz > 0:
		return fmt.Sprintf("%.2f kHz", e.RFHz/1000)
	case e.MarkHz > 0:
		return fmt.Sprintf("%.0f Hz", e.MarkHz)
	}
	return ""
}

// visible keeps what would ring the bell or move the cursor out of the file.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r < ' ':
		return '␀' + r // its picture
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return unicode.ReplacementChar
	}
	return r
}

func oneLine(s string) string {
	return strings.Map(visible, strings.Join(strings.Fields(s), " "))
}
