package callsign_test

import (
	"fmt"
	"testing"
	"time"

	"rtty/callsign"
)

func TestHeardList(t *testing.T) {
	var list callsign.HeardList
	start := time.Date(2025, 2, 8, 12, 0, 0, 0, time.FixedZone("CET", 3600))
	for i := range 12 {
		list.Add(fmt.Sprintf("DL%dA", i), start.Add(time.Duration(i)*time.Second), 2125)
	}
	list.Add("DL5A", start.Add(time.Minute), 1500)

	got := list.Newest()
	if len(got) != 10 {
		t.Fatalf("%d calls, want 10", len(got))
	}
	want := callsign.Heard{Call: "DL5A", At: start.Add(time.Minute).UTC(), Count: 2, MarkHz: 1500}
	if got[0] != want {
		t.Errorf("newest is %+v, want %+v", got[0], want)
	}
	if got[1].Call != "DL11A" || got[9].Call != "DL2A" {
		t.Errorf("the others are %s to %s, want DL11A to DL2A", got[1].Call, got[9].Call)
	}

	got[0].Call = "CHANGED"
	if list.Newest()[0].Call != "DL5A" {
		t.Error("the list that was given away is the list that is kept")
	}
}
