package guard

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"
)

// Whatever comes over the pipe, when it has ended nothing is keyed.
func FuzzRequests(f *testing.F) {
	const open = `{"do":"open","config":{"Kind":"rigctld"}}`
	f.Add(open + `{"do":"key","seq":1,"limit":-5}{"do":"beat"}`)
	f.Add(open + `{"do":"key"}{"do":"key"}{"do":"unkey","seq":1}{"do":"key","seq":2}`)
	f.Add(open + `{"do":"open","owed":"why","config":{}}{"do":"tune","hz":1e308}{"do":"mode"}{"do":"look"}`)
	f.Add(`{"do":"key"}{"do":"dance"}[1]`)
	f.Fuzz(func(t *testing.T, requests string) {
		r := &fakeRig{}
		done := make(chan struct{})
		go func() {
			defer close(done)
			Serve(context.Background(), strings.NewReader(requests), io.Discard, r.open)
		}()
		select {
		case <-done:
		case <-time.After(5 * time.Second):
			t.Fatalf("the guard does not end after %q", requests)
		}
		if r.transmits() {
			t.Errorf("keyed after %q", requests)
		}
	})
}
