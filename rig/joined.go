package rig

import "errors"

// Join makes one link of two: key keys, control does everything else. It has the
// abilities of control but for the meter of PTT, which is that of key.
func Join(key, control Link) Link {
	return &joined{key: key, control: control}
}

type joined struct {
	key, control Link
}

func (j *joined) SetPTT(on bool) error { return j.key.SetPTT(on) }

func (j *joined) Close() error { return errors.Join(j.key.Close(), j.control.Close()) }

func (j *joined) PTT() (bool, error) {
	if r, ok := j.key.(PTTReader); ok {
		return r.PTT()
	}
	return false, ErrUnsupported
}

func (j *joined) Alive() error {
	if w, ok := j.key.(Watcher); ok {
		return w.Alive()
	}
	return nil
}

func (j *joined) Frequency() (float64, error) {
	if t, ok := j.control.(Tuner); ok {
		return t.Frequency()
	}
	return 0, ErrUnsupported
}

func (j *joined) SetFrequency(hz float64) error {
	if t, ok := j.control.(Tuner); ok {
		return t.SetFrequency(hz)
	}
	return ErrUnsupported
}

func (j *joined) TransmitFrequency() (float64, error) {
	if t, ok := j.control.(TransmitTuner); ok {
		return t.TransmitFrequency()
	}
	return 0, ErrUnsupported
}

func (j *joined) Mode() (Mode, error) {
	if m, ok := j.control.(Moder); ok {
		return m.Mode()
	}
	return Mode{}, ErrUnsupported
}

func (j *joined) SetMode(mode Mode) error {
	if m, ok := j.control.(Moder); ok {
		return m.SetMode(mode)
	}
	return ErrUnsupported
}

func (j *joined) Strength() (float64, error) {
	if m, ok := j.control.(Meter); ok {
		return m.Strength()
	}
	return 0, ErrUnsupported
}
