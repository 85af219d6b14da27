package modem

import (
	"math"
	"testing"
)

func TestJuryFindsThePhaseLaw(t *testing.T) {
	for law := range phaseLaws {
		s := newSender(hamSignal(), 8000, 2)
		s.law = law
		samples := s.Key(randomCodes(120, 2), 0.5, 0)
		addNoise(samples, 8000, -6, 2)
		r, err := NewReceiver(hamSignal(), ReceiverConfig{Rate: 8000})
		if err != nil {
			t.Fatal(err)
		}
		r.Process(samples)
		if got := r.jury.Law(); got != law {
			t.Errorf("law %d is taken for %d", law, got)
		}
	}
}

func TestJuryFindsWhoIsALittleOffTune(t *testing.T) {
	const off, snr = 1.4, -6.0 // Hz, dB
	for _, hz := range []float64{-off, off} {
		sig := hamSignal()
		sent := randomCodes(150, 3)
		samples := newSender(sig.MovedTo(sig.Center()+hz), 8000, 3).Key(sent, 0.5, 0)
		addNoise(samples, 8000, snr, 3)
		r, err := NewReceiver(sig, ReceiverConfig{Rate: 8000})
		if err != nil {
			t.Fatal(err)
		}
		chars := codesOf(r.Process(samples).Final)
		if got := r.Status().Signal.Center() - sig.Center(); math.Abs(got-hz) > 0.4 {
			t.Errorf("%+.1f Hz off: tuned %+.2f Hz away", hz, got)
		}
		if wrong := codeErrors(sent[:len(chars)], chars); wrong > 8 {
			t.Errorf("%+.1f Hz off: %d of %d codes wrong", hz, wrong, len(chars))
		}
	}
}

func TestRetuningTurnsTheJuryAround(t *testing.T) {
	l := newLattice(hamStep)
	j := newJury(l, new(turning), nil)
	for winner := 3; winner <= 4; winner++ {
		j.Reset()
		for i := range j.jurors {
			j.jurors[i].standing = float64(i)
		}
		before := j.jurors
		j.retune(winner)
		if j.speaker != 0 || j.jurors[0].beam != before[winner].beam || j.jurors[0].standing != before[winner].standing {
			t.Errorf("juror %d does not speak after the tuning has followed him", winner)
		}
		if j.jurors[7-winner].beam != before[0].beam {
			t.Errorf("who held the old tuning is not off to the other side of juror %d", winner)
		}
		seen := map[*beam]bool{}
		for i := range j.jurors {
			seen[j.jurors[i].beam] = true
			if j.jurors[i].offset != before[i].offset {
				t.Errorf("seat %d has another offset", i)
			}
		}
		if len(seen) != len(j.jurors) {
			t.Error("two jurors share a beam")
		}
	}
}
