package modem

import (
	"fmt"
	"math"

	"rtty/baudot"
)

// A Partial is what somebody says of a signal, all of it or a part: what is
// open is zero or nil.
//
// The tones have four numbers, of which any two fix the other two. Those that
// are missing come from the preset: with one number given, the preset's shift,
// or its mark when only the shift is given. Which of the tones is the higher
// one follows, where the numbers don't say, from the preset and the sideband.
type Partial struct {
	Preset   *Preset // nil stands for the first of Presets
	Sideband *Sideband

	Mark, Space   float64 // Hz
	Shift, Center float64 // Hz
	Baud          float64 // Bd
	StopBits      float64
	Code          *baudot.Table
	USOS          *bool
	Reverse       bool // mark and space swapped, after all else
}

// From is the preset that gives what p leaves open.
func (p Partial) From() Preset {
	if p.Preset != nil {
		return *p.Preset
	}
	return presets[0]
}

// Signal completes p from its preset. The error names numbers that contradict
// each other; whether a modem can handle the signal is left to
// Signal.Validate.
func (p Partial) Signal() (Signal, error) {
	preset := p.From()
	sideband := preset.Sideband
	if p.Sideband != nil {
		sideband = *p.Sideband
	}
	s := preset.Signal(sideband)
	if err := p.setTones(&s); err != nil {
		return Signal{}, err
	}
	if p.Baud != 0 {
		s.Baud = p.Baud
	}
	p.setCustom(&s)
	if p.Reverse {
		s = s.Reversed()
	}
	return s, nil
}

// setCustom puts into s what p says of stop element, code and unshift on space.
func (p Partial) setCustom(s *Signal) {
	if p.StopBits != 0 {
		s.StopBits = p.StopBits
	}
	if p.Code != nil {
		s.Code = *p.Code
	}
	if p.USOS != nil {
		s.USOS = *p.USOS
	}
}

// setTones puts p's tones into s, which has the preset's.
func (p Partial) setTones(s *Signal) error {
	mark, space := p.Mark, p.Space
	step := s.Space - s.Mark // from mark to space, as the preset has it
	if p.Shift != 0 {
		step = math.Copysign(p.Shift, step)
	}
	switch {
	case mark != 0 && space != 0:
	case mark != 0 && p.Center != 0 && p.Shift == 0:
		space = 2*p.Center - mark
	case mark != 0 && p.Center != 0:
		space = mark + math.Copysign(p.Shift, p.Center-mark)
	case mark != 0:
		space = mark + step
	case space != 0 && p.Center != 0 && p.Shift == 0:
		mark = 2*p.Center - space
	case space != 0 && p.Center != 0:
		mark = space + math.Copysign(p.Shift, p.Center-space)
	case space != 0:
		mark = space - step
	case p.Center != 0:
		mark, space = p.Center-step/2, p.Center+step/2
	default:
		mark, space = s.Mark, s.Mark+step
	}
	s.Mark, s.Space = mark, space
	return p.contradiction(*s)
}

// contradiction holds the given numbers against the tones made of them. Two
// numbers always agree; half a hertz leaves room for rounded ones.
func (p Partial) contradiction(s Signal) error {
	const rounding = 0.5 // Hz
	differ := func(given, made float64) bool { return given != 0 && math.Abs(given-made) > rounding }
	switch {
	case differ(p.Shift, s.Shift()):
		return fmt.Errorf("mark %g and space %g Hz are %g Hz apart, not %g", s.Mark, s.Space, s.Shift(), p.Shift)
	case differ(p.Center, s.Center()):
		return fmt.Errorf("the centre of mark %g and space %g Hz is %g Hz, not %g", s.Mark, s.Space, s.Center(), p.Center)
	}
	return nil
}
