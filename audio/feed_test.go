package audio

import (
	"errors"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// give puts consecutive numbers into the feed.
func give(f *feed, first, n int) {
	f.put(n, func(dst []float32, from int) {
		for i := range dst {
			dst[i] = float32(first + from + i)
		}
	})
}

// A heard is a block with its samples.
type heard struct {
	Index   int64
	Gap     bool
	Samples []float32
}

func listen(t *testing.T, f *feed, most int) heard {
	t.Helper()
	dst := make([]float32, most)
	b, err := f.Read(dst)
	if err != nil {
		t.Fatal(err)
	}
	return heard{b.Index, b.Gap, dst[:b.N]}
}

func TestAFeedNumbersItsSamplesAndMarksWhatIsMissing(t *testing.T) {
	f := newFeed(10, time.Second) // room for ten
	check := func(got, want heard) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
	give(f, 0, 3)
	give(f, 3, 2)
	check(listen(t, f, 4), heard{0, false, []float32{0, 1, 2, 3}})
	check(listen(t, f, 4), heard{4, false, []float32{4}})

	f.skip(100)
	give(f, 105, 2)
	f.skip(0)
	give(f, 107, 2)
	check(listen(t, f, 9), heard{105, true, []float32{105, 106}})
	check(listen(t, f, 1), heard{107, true, []float32{107}})
	check(listen(t, f, 9), heard{108, false, []float32{108}})
	if f.overruns() != 0 {
		t.Error("what the driver lost counts as lost here")
	}

	give(f, 109, 8)
	give(f, 117, 4) // two too many
	check(listen(t, f, 20), heard{111, true, []float32{111, 112, 113, 114, 115, 116, 117, 118, 119, 120}})

	give(f, 121, 25) // more than there is room for
	check(listen(t, f, 20), heard{136, true, []float32{136, 137, 138, 139, 140, 141, 142, 143, 144, 145}})
	if f.overruns() != 2 {
		t.Errorf("%d over-runs, want 2", f.overruns())
	}

	f.skip(0)
	give(f, 146, 6)
	f.skip(0)
	give(f, 152, 6) // pushes out two of the run before the gap
	check(listen(t, f, 20), heard{148, true, []float32{148, 149, 150, 151}})
	check(listen(t, f, 20), heard{152, true, []float32{152, 153, 154, 155, 156, 157}})
}

func TestAFeedThatFailsDeliversWhatItHolds(t *testing.T) {
	f := newFeed(10, time.Second)
	give(f, 0, 3)
	gone := errors.New("gone")
	f.fail(gone)
	f.fail(errors.New("another"))
	give(f, 3, 3)
	if got := listen(t, f, 9); len(got.Samples) != 3 {
		t.Error(got)
	}
	for range 2 {
		if b, err := f.Read(make([]float32, 1)); err != gone || b.N != 0 {
			t.Error(b, err)
		}
	}
}

func TestCloseEndsAReadThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed(10, time.Second)
		result := make(chan error)
		go func() {
			_, err := f.Read(make([]float32, 1))
			result <- err
		}()
		synctest.Wait()
		f.close()
		if err := <-result; err != os.ErrClosed {
			t.Error(err)
		}
		if _, err := f.Read(make([]float32, 1)); err != os.ErrClosed {
			t.Error(err)
		}
	})
}

func TestSpansAreExactForYears(t *testing.T) {
	const year = 365 * 24 * time.Hour
	for _, rate := range []int{8000, 44100, 48000} {
		n := samplesIn(year, rate)
		if n != int64(rate)*int64(year/time.Second) || span(n, rate) != year {
			t.Errorf("%d: a year is %d samples, these are %v", rate, n, span(n, rate))
		}
		if got := samplesIn(span(12345, rate), rate); got < 12344 || got > 12345 {
			t.Errorf("%d: 12345 samples become %d", rate, got)
		}
	}
}
