package station

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestTheRingKeepsTheNewest compares a ring with a list of all samples while that
// grows to many times what the ring keeps, and while that changes.
func TestTheRingKeepsTheNewest(t *testing.T) {
	size, oldest := int64(1200), int64(0)
	random := rand.New(rand.NewPCG(1, 1))
	r := newRing(duration(size))
	var all []float32
	for step := range 2000 {
		if step%50 == 49 {
			first, end := r.Bounds()
			size = 400 + random.Int64N(1600)
			oldest = max(first, end-size)
			r.Resize(duration(size) + time.Nanosecond)
		}
		part := make([]float32, random.Int64N(size/3))
		if step%400 == 399 {
			part = make([]float32, size+random.Int64N(2*size)) // more than fits
		}
		if random.IntN(8) == 0 {
			r.Skip(int64(len(part)))
		} else {
			for i := range part {
				part[i] = float32(random.IntN(2001)-1000) / 1000
			}
			r.Add(part)
		}
		all = append(all, part...)
		first, end := r.Bounds()
		if end != int64(len(all)) || first != max(oldest, end-size) {
			t.Fatalf("step %d: %d to %d are kept of %d", step, first, end, len(all))
		}
		from := first + random.Int64N(end-first+1)
		got := make([]float32, random.Int64N(size+10))
		n := r.Read(got, from)
		if want := int(min(int64(len(got)), end-from)); n != want {
			t.Fatalf("step %d: %d samples from %d on, want %d", step, n, from, want)
		}
		for i, x := range got[:n] {
			if off := x - all[from+int64(i)]; off > 1e-4 || off < -1e-4 {
				t.Fatalf("step %d: sample %d is %g, was %g", step, from+int64(i), x, all[from+int64(i)])
			}
		}
		if first > 0 && r.Read(got, first-1) != 0 {
			t.Fatalf("step %d: what is no longer kept is read", step)
		}
	}
}

func TestTheRingClipsWhatIsTooLoud(t *testing.T) {
	r := newRing(time.Second)
	r.Add([]float32{2, -2, 1, -1})
	got := make([]float32, 4)
	r.Read(got, 0)
	for i, want := range []float32{1, -1, 1, -1} {
		if got[i] != want {
			t.Errorf("sample %d is %g, want %g", i, got[i], want)
		}
	}
}
