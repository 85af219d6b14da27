package modem

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"rtty/dsp"
)

// Limits of a MorseConfig.
const (
	MinWPM     = 5    // words per minute
	MaxWPM     = 20   // words per minute, what the rules allow for automatic identification (47 CFR 97.119(b)(1))
	MinCWTone  = 50   // Hz
	maxCWLevel = -0.5 // dBFS; the envelope never exceeds its level
)

// morseEdge is how long the tone takes to rise and to fall. Telegraphy with edges
// of 5 ms is narrow and still reads crisp.
const morseEdge = 5 * time.Millisecond

// A MorseConfig says how Morse code sounds.
type MorseConfig struct {
	Rate  int           // samples per second, MinTransmitRate to MaxTransmitRate
	WPM   int           // speed, MinWPM to MaxWPM; a word is PARIS, 50 dits
	Tone  float64       // Hz, MinCWTone to 0.45 times the rate
	Level float64       // of the tone in dBFS, where a sine of full scale has 0; MinLevel to −0.5
	Pause time.Duration // of silence before the first element, up to a minute
}

// Validate names the first limit that is broken.
func (c MorseConfig) Validate() error {
	top := 0.45 * float64(c.Rate)
	switch {
	case c.Rate < MinTransmitRate || c.Rate > MaxTransmitRate:
		return fmt.Errorf("morse: sample rate %d: must be %d to %d", c.Rate, MinTransmitRate, MaxTransmitRate)
	case c.WPM < MinWPM || c.WPM > MaxWPM:
		return fmt.Errorf("morse: %d words per minute: must be %d to %d", c.WPM, MinWPM, MaxWPM)
	case !(c.Tone >= MinCWTone && c.Tone <= top):
		return fmt.Errorf("morse: tone %g Hz: must be %d to %g at %d samples per second", c.Tone, MinCWTone, top, c.Rate)
	case !(c.Level >= MinLevel && c.Level <= maxCWLevel):
		return fmt.Errorf("morse: level %g dBFS: must be %g to %g", c.Level, MinLevel, maxCWLevel)
	case c.Pause < 0 || c.Pause > time.Minute:
		return fmt.Errorf("morse: pause of %v: must be 0 to %v", c.Pause, time.Minute)
	}
	return nil
}

// The lengths of Morse code in dits (ITU-R M.1677-1).
const (
	dahDits       = 3
	letterGapDits = 3
	wordGapDits   = 7
)

// morseCode is ITU-R M.1677-1, as far as calls need it.
var morseCode = map[rune]string{
	'A': ".-", 'B': "-...", 'C': "-.-.", 'D': "-..", 'E': ".", 'F': "..-.", 'G': "--.", 'H': "....", 'I': "..",
	'J': ".---", 'K': "-.-", 'L': ".-..", 'M': "--", 'N': "-.", 'O': "---", 'P': ".--.", 'Q': "--.-", 'R': ".-.",
	'S': "...", 'T': "-", 'U': "..-", 'V': "...-", 'W': ".--", 'X': "-..-", 'Y': "-.--", 'Z': "--..",
	'0': "-----", '1': ".----", '2': "..---", '3': "...--", '4': "....-",
	'5': ".....", '6': "-....", '7': "--...", '8': "---..", '9': "----.",
	'/': "-..-.", '-': "-....-",
}

// Morse makes the samples of a text in Morse code: one tone, keyed, for a station
// that identifies. Edges are raised cosines of 5 ms, and an element is as long as
// it should be between their middles.
//
// A Morse is not safe for concurrent use.
type Morse struct {
	// configuration
	config MorseConfig

	// derived
	marks     []mark
	edge      int64 // samples
	amplitude float64

	// state
	tone     *dsp.Oscillator
	position int64 // of the next sample
	next     int   // the first mark that has not passed
	stopAt   int64 // sample from which it fades, because it was stopped
	end      int64 // sample
}

// A mark is a time with the key down, in samples.
type mark struct{ from, to int64 }

// NewMorse makes the Morse code of a text. Letters, digits, the stroke, the
// hyphen and spaces have a code; the error names what has none, or the limit that
// c breaks.
func NewMorse(text string, c MorseConfig) (*Morse, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	strokes, err := strokesOf(text)
	if err != nil {
		return nil, err
	}
	rate := float64(c.Rate)
	m := &Morse{
		config:    c,
		edge:      int64(math.Round(morseEdge.Seconds() * rate)),
		amplitude: math.Pow(10, c.Level/20),
		tone:      dsp.NewOscillator(c.Tone / rate),
		stopAt:    never,
	}
	dit := rate * 60 / 50 / float64(c.WPM)
	at := func(dits int) int64 { return int64(math.Round(c.Pause.Seconds()*rate + float64(dits)*dit)) }
	for _, s := range strokes {
		m.marks = append(m.marks, mark{at(s.from), at(s.to)})
	}
	m.end = m.marks[len(m.marks)-1].to + m.edge
	return m, nil
}

// A stroke is a dit or a dah, in dits from the start.
type stroke struct{ from, to int }

// strokesOf are the dits and dahs of a text.
func strokesOf(text string) ([]stroke, error) {
	var strokes []stroke
	at := 0
	for i, word := range strings.Fields(strings.ToUpper(text)) {
		if i > 0 {
			at += wordGapDits - letterGapDits
		}
		for _, r := range word {
			code, ok := morseCode[r]
			if !ok {
				return nil, fmt.Errorf("morse: no code for %q; there are letters, digits, / and -", r)
			}
			for _, element := range code {
				length := 1
				if element == '-' {
					length = dahDits
				}
				strokes = append(strokes, stroke{at, at + length})
				at += length + 1
			}
			at += letterGapDits - 1
		}
	}
	if len(strokes) == 0 {
		return nil, fmt.Errorf("morse: nothing to send")
	}
	return strokes, nil
}

// Duration is how long all of it takes.
func (m *Morse) Duration() time.Duration {
	return time.Duration(float64(m.end) / float64(m.config.Rate) * float64(time.Second))
}

// Read makes the next samples. It fills dst unless the text ends; then, and when
// it was stopped and has faded, it returns io.EOF.
func (m *Morse) Read(dst []float32) (int, error) {
	n := 0
	for ; n < len(dst) && m.position < m.end; n++ {
		dst[n] = float32(m.amplitude * m.envelope() * imag(m.tone.Next()))
		m.position++
	}
	if n == 0 && len(dst) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Stop fades out, within 5 ms; then Read returns io.EOF.
func (m *Morse) Stop() {
	if m.stopAt == never {
		m.stopAt = m.position
		m.end = min(m.end, m.position+m.edge)
	}
}

// envelope is the key, with its edges rounded. The shortest pause is much longer
// than an edge, so that one mark alone sounds at a time.
func (m *Morse) envelope() float64 {
	for m.next < len(m.marks) && m.position >= m.marks[m.next].to+m.edge {
		m.next++
	}
	if m.next == len(m.marks) || m.position < m.marks[m.next].from {
		return 0
	}
	gain := 1.0
	if rise := m.position - m.marks[m.next].from; rise < m.edge {
		gain = raisedCosine(rise, m.edge)
	}
	if fall := m.position - m.marks[m.next].to; fall >= 0 {
		gain = 1 - raisedCosine(fall, m.edge)
	}
	if m.position >= m.stopAt {
		gain *= 1 - raisedCosine(m.position-m.stopAt, m.edge)
	}
	return gain
}
