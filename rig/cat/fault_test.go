package cat

import (
	"errors"
	"strings"
	"testing"
	"time"

	"rtty/rig"
)

// short is a deadline for answers that will not come, and long enough for those
// that do on a busy machine.
const short = 500 * time.Millisecond

func TestNoAnswer(t *testing.T) {
	t.Parallel()
	eachModelWithin(t, short, func(t *testing.T, f *fake, link transceiver, _ model) {
		f.with(func(f *fake) { f.ignore = func(*radio, string) bool { return true } })
		began := time.Now()
		_, err := link.Frequency()
		if !errors.Is(err, ErrNoAnswer) {
			t.Fatal(err)
		}
		var e *Error
		if !errors.As(err, &e) || e.Device != f.device || e.Asked == "" || e.Sent == "" || e.Advice == "" {
			t.Errorf("the error doesn't tell all: %+v", e)
		}
		if !strings.Contains(err.Error(), "no answer within") || !strings.Contains(err.Error(), "is it on") {
			t.Error(err)
		}
		if took := time.Since(began); took < short {
			t.Errorf("gave up after %v", took)
		}
		// And when it answers again, all is well.
		f.with(func(f *fake) { f.ignore = nil })
		if hz, err := link.Frequency(); hz != 14_074_000 || err != nil {
			t.Errorf("afterwards: %.0f, %v", hz, err)
		}
	})
}

// Answers that are cut, changed or too long are errors that show them, and the
// next question is answered as if nothing had been.
func TestGarbledAnswers(t *testing.T) {
	t.Parallel()
	spoilers := map[string]func(string) string{
		"cut":    func(reply string) string { return reply[:len(reply)-2] },
		"longer": func(reply string) string { return reply[:len(reply)-1] + "\x22" + reply[len(reply)-1:] },
		"noise": func(reply string) string {
			return reply[:len(reply)-3] + "\xaf" + reply[len(reply)-2:]
		},
	}
	for _, m := range models {
		for name, spoil := range spoilers {
			if name == "longer" && m.cfg.Family == YaesuBytes {
				continue // there a byte too much can't be told from the next answer
			}
			t.Run(m.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := m.fake(t)
				f.spoil = func(message, reply string) string {
					if strings.Contains(message, "FR") { // the question before
						return reply
					}
					return spoil(reply)
				}
				cfg := m.cfg
				cfg.Timeout = short
				link := f.open(cfg).(transceiver)
				hz, err := link.Frequency()
				if err == nil {
					t.Fatalf("it was taken for %.0f Hz", hz)
				}
				if !errors.Is(err, ErrGarbled) && !errors.Is(err, ErrNoAnswer) || !strings.Contains(err.Error(), "frequency") {
					t.Error(err)
				}
				f.with(func(f *fake) { f.spoil = nil })
				if hz, err := link.Frequency(); hz != 14_074_000 || err != nil {
					t.Errorf("afterwards: %.0f, %v", hz, err)
				}
			})
		}
	}
}

func TestRefusals(t *testing.T) {
	icom, letters := fakeIcom(t), fakeYaesu(t)
	icom.spoil = func(_, _ string) string { return fromIcom("\xfa") }
	letters.spoil = func(_, _ string) string { return "?;" }
	for _, link := range []rig.Link{icom.open(Config{Family: Icom}), letters.open(Config{Family: Yaesu})} {
		if _, err := link.(rig.Tuner).Frequency(); !errors.Is(err, rig.ErrRefused) {
			t.Error(err)
		}
		if err := link.SetPTT(true); !errors.Is(err, rig.ErrRefused) {
			t.Error(err)
		}
	}
}

// A transceiver that takes a setting and doesn't do it is found out.
func TestSettingsThatAreIgnored(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, m model) {
		if m.cfg.Family == Icom {
			return // which says yes or no
		}
		if _, err := link.Mode(); err != nil {
			t.Fatal(err)
		}
		speak := f.speak
		f.with(func(f *fake) {
			f.speak = func(r *radio, message string) string {
				was := *r
				reply := speak(r, message)
				*r = was
				return reply
			}
		})
		if err := link.SetFrequency(7_045_000); !errors.Is(err, ErrNotDone) {
			t.Errorf("SetFrequency: %v", err)
		}
		if m.cfg.Family != YaesuBytes {
			if err := link.SetMode(rig.Mode{Kind: rig.RTTY}); !errors.Is(err, ErrNotDone) {
				t.Errorf("SetMode: %v", err)
			}
		}
	})
}

// The answer to the key command is lost: the transmitter may be keyed, so it is
// let go of before the error is given.
func TestKeyingThatFailsLetsGo(t *testing.T) {
	t.Parallel()
	eachModelWithin(t, short, func(t *testing.T, f *fake, link transceiver, _ model) {
		if _, err := link.Mode(); err != nil { // what it has to find out first
			t.Fatal(err)
		}
		keyed := false
		f.with(func(f *fake) {
			f.spoil = func(_, reply string) string {
				if f.radio.keyed {
					keyed = true
					return ""
				}
				return reply
			}
		})
		err := link.SetPTT(true)
		if err == nil || !strings.Contains(err.Error(), "keying") {
			t.Errorf("SetPTT: %v", err)
		}
		f.with(func(f *fake) {
			if !keyed || f.radio.keyed {
				t.Errorf("was keyed: %v, is keyed: %v", keyed, f.radio.keyed)
			}
		})
	})
}

// The first command to unkey is lost, and the second: the third is heard.
func TestUnkeyingIsRetried(t *testing.T) {
	t.Parallel()
	eachModelWithin(t, short, func(t *testing.T, f *fake, link transceiver, _ model) {
		if err := link.SetPTT(true); err != nil {
			t.Fatal(err)
		}
		lost := 0
		f.with(func(f *fake) {
			f.ignore = func(r *radio, message string) bool {
				unkey := message == "RX" || message == "TX0" ||
					strings.HasSuffix(message, "\x1c\x00\x00\xfd") || message == "\x00\x00\x00\x00\x88"
				if unkey && lost < 2 {
					lost++
					return true
				}
				return false
			}
		})
		if err := link.SetPTT(false); err != nil {
			t.Error(err)
		}
		if f.now().keyed || lost != 2 {
			t.Errorf("still keyed: %v, %d commands lost", f.now().keyed, lost)
		}
	})
}

// The cable is pulled while it transmits: that is told soon, and not as a matter
// of patience.
func TestPortThatGoesAway(t *testing.T) {
	t.Parallel()
	eachModel(t, func(t *testing.T, f *fake, link transceiver, _ model) {
		if err := link.SetPTT(true); err != nil {
			t.Fatal(err)
		}
		f.master.Close()
		began := time.Now()
		if err := link.SetPTT(false); !errors.Is(err, rig.ErrGone) {
			t.Errorf("SetPTT: %v", err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("told after %v, with 5 s for an answer", took)
		}
		if _, err := link.Frequency(); !errors.Is(err, rig.ErrGone) || !strings.Contains(err.Error(), "is the cable in?") {
			t.Errorf("Frequency: %v", err)
		}
		if err := link.Close(); !errors.Is(err, rig.ErrGone) {
			t.Errorf("Close doesn't tell that it couldn't unkey: %v", err)
		}
	})
}

// stuck is a driver that never comes back.
type stuck struct{ release chan struct{} }

func (s stuck) Read([]byte) (int, error)    { <-s.release; return 0, errors.New("gone") }
func (s stuck) Write(b []byte) (int, error) { return len(b), nil }
func (s stuck) Close() error                { return nil }

// A driver that hangs holds up nobody beyond the deadline.
func TestDriverThatHangs(t *testing.T) {
	t.Parallel()
	port := stuck{make(chan struct{})}
	defer close(port.release)
	link := newYaesu(newLine("/dev/stuck", port, short), Config{})
	for range 2 {
		began := time.Now()
		if _, err := link.(rig.Tuner).Frequency(); !errors.Is(err, ErrNoAnswer) || !strings.Contains(err.Error(), "the port hangs") {
			t.Error(err)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %v", took)
		}
	}
	if err := link.Close(); err == nil || !strings.Contains(err.Error(), "/dev/stuck hangs") {
		t.Errorf("Close: %v", err)
	}
}
