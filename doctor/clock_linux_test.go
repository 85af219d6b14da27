package doctor

import "testing"

func TestTheKernelTellsOfItsClock(t *testing.T) {
	clock, err := SystemClock()
	if err != nil {
		t.Fatal(err)
	}
	if clock.Error < 0 || clock.Synchronised && clock.Error == 0 {
		t.Errorf("%+v", clock)
	}
}
