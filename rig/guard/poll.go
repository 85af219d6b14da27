package guard

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"rtty/rig"
)

// transmitEvery is the number of readings of the state to one of the transmit
// frequency, which may take three commands.
const transmitEvery = 4

// A poll reads the state of the rig over and over, one question at a time so that
// keying waits for one answer at most.
type poll struct {
	pause   time.Duration // below 0: it is read only when somebody asks
	step    int
	rounds  int
	restEnd time.Time
	without []verb // what this rig can't tell
}

// A question is one step of a reading.
type question struct {
	verb  verb
	fits  func(rig.Link) bool
	ask   func(rig.Link) outcome
	every int // readings
}

var questions = []question{
	{doFrequency, has[rig.Tuner], readFrequency, 1},
	{doMode, has[rig.Moder], readMode, 1},
	{doTransmit, has[rig.TransmitTuner], readTransmit, transmitEvery},
	{doStrength, has[rig.Meter], readStrength, 1},
}

func has[Ability any](l rig.Link) bool {
	_, ok := l.(Ability)
	return ok
}

// next is the next question, if it is time for one.
func (p *poll) next(l rig.Link, now time.Time) (job, bool) {
	if now.Before(p.restEnd) {
		return job{}, false
	}
	if !p.more(l) {
		p.rest(now)
		return job{}, false
	}
	q := questions[p.step]
	p.step++
	return job{verb: q.verb, do: q.ask}, true
}

// more goes on to the next question for this rig; false means that this reading
// has none left.
func (p *poll) more(l rig.Link) bool {
	for ; p.step < len(questions); p.step++ {
		q := questions[p.step]
		if q.fits(l) && p.rounds%q.every == 0 && !slices.Contains(p.without, q.verb) {
			return true
		}
	}
	return false
}

// any tells whether there is anything at all to ask this rig.
func (p *poll) any(l rig.Link) bool {
	return slices.ContainsFunc(questions, func(q question) bool {
		return q.fits(l) && !slices.Contains(p.without, q.verb)
	})
}

// rest ends a reading.
func (p *poll) rest(now time.Time) {
	const ever = 1000 * time.Hour
	pause := p.pause
	if pause < 0 {
		pause = ever
	}
	p.step, p.restEnd = 0, now.Add(pause)
	p.rounds++
}

// anew begins a reading at once. What one that goes on has learned may be older
// than what the rig was told since.
func (p *poll) anew() { p.step, p.restEnd = 0, time.Time{} }

func (p *poll) leaveOut(v verb) { p.without = append(p.without, v) }

func readFrequency(l rig.Link) outcome {
	hz, err := l.(rig.Tuner).Frequency()
	if err = finite(hz, err); err != nil {
		return outcome{err: err}
	}
	return outcome{update: func(s *rig.State) { s.Frequency = hz }}
}

func readMode(l rig.Link) outcome {
	m, err := l.(rig.Moder).Mode()
	if err = finite(m.Filter, err); err != nil {
		return outcome{err: err}
	}
	return outcome{update: func(s *rig.State) { s.Mode = m }}
}

func readStrength(l rig.Link) outcome {
	dB, err := l.(rig.Meter).Strength()
	if err = finite(dB, err); err != nil {
		return outcome{err: err}
	}
	return outcome{update: func(s *rig.State) { s.Strength, s.Metered = dB, true }}
}

// readTransmit reads where the rig would transmit: where it receives, when it can't
// tell of split and XIT.
func readTransmit(l rig.Link) outcome {
	hz, err := 0.0, rig.ErrUnsupported
	if t, ok := l.(rig.TransmitTuner); ok {
		hz, err = t.TransmitFrequency()
	}
	if t, ok := l.(rig.Tuner); ok && errors.Is(err, rig.ErrUnsupported) {
		hz, err = t.Frequency()
	}
	if err = finite(hz, err); err != nil {
		return outcome{err: err}
	}
	return outcome{hz: hz, update: func(s *rig.State) { s.Transmit = hz }}
}

func tune(l rig.Link, hz float64) outcome {
	t, ok := l.(rig.Tuner)
	if !ok {
		return outcome{err: rig.ErrUnsupported}
	}
	return outcome{err: t.SetFrequency(hz)}
}

func setMode(l rig.Link, m *rig.Mode) outcome {
	setter, ok := l.(rig.Moder)
	if !ok || m == nil {
		return outcome{err: rig.ErrUnsupported}
	}
	return outcome{err: setter.SetMode(*m)}
}

// finite is err, or one that says that the number is none.
func finite(number float64, err error) error {
	if err == nil && (math.IsNaN(number) || math.IsInf(number, 0)) {
		return fmt.Errorf("the rig answers %v, which is no number", number)
	}
	return err
}
