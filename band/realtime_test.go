package band

import (
	"errors"
	"io"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rtty/audio"
	"rtty/rig"
)

// In real time no sample comes before it is due, and none waits for long.
func TestRealTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBand(t, Config{Rate: 8000, RealTime: true})
		source := b.Source()
		begin := time.Now()
		if !source.Anchor().Equal(begin) {
			t.Errorf("anchor %v, begun at %v", source.Anchor(), begin)
		}
		buffer := make([]float32, 1000)
		for end := int64(0); end < 5*8000; {
			block, err := source.Read(buffer)
			must(t, err)
			if block.Index != end || block.Gap {
				t.Fatalf("%+v at %d", block, end)
			}
			end += int64(block.N)
			late := time.Since(begin) - time.Duration(end)*time.Second/8000
			if late < 0 || late > 20*time.Millisecond {
				t.Fatalf("sample %d came %v late", end, late)
			}
		}
	})
}

// Who sleeps for a moment gets everything, who sleeps too long is told.
func TestLateReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBand(t, Config{Rate: 8000, RealTime: true})
		buffer := make([]float32, 16000)
		read := func() audio.Block {
			block, err := b.Source().Read(buffer)
			must(t, err)
			return block
		}
		time.Sleep(time.Second)
		if block := read(); block.N != 8000 || block.Gap {
			t.Errorf("after a second: %+v", block)
		}
		time.Sleep(time.Minute)
		block := read()
		if !block.Gap || block.Index < 60*8000 || block.Index > 62*8000 {
			t.Errorf("after a minute: %+v", block)
		}
		if block := read(); block.Gap {
			t.Errorf("a gap without loss: %+v", block)
		}
	})
}

// Whoever waits is let go when the band is closed.
func TestClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBand(t, Config{Rate: 8000, RealTime: true})
		written := make(chan error)
		go func() { written <- b.Sink().Write(make([]float32, 8000)) }()
		synctest.Wait()
		must(t, b.Close())
		if err := <-written; !errors.Is(err, errClosed) {
			t.Errorf("write: %v", err)
		}
		if err := b.Sink().Drain(); !errors.Is(err, errClosed) {
			t.Errorf("drain: %v", err)
		}
		if _, err := b.Source().Read(make([]float32, 8)); err != io.EOF {
			t.Errorf("read: %v", err)
		}
		must(t, b.Close())
	})
}

// The sink holds a fifth of a second and plays as the source is read.
func TestSinkKeepsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBand(t, Config{Rate: 8000})
		sink := b.Sink()
		go func() {
			for range 20 {
				if err := sink.Write(make([]float32, 800)); err != nil {
					t.Error(err)
				}
			}
		}()
		for second := range 3 {
			synctest.Wait()
			if second < 2 && (sink.Latency() != 200*time.Millisecond || sink.Played() != int64(second)*8000) {
				t.Errorf("after %d s: %v waiting, %d played", second, sink.Latency(), sink.Played())
			}
			for range 100 {
				readSamples(t, b.Source(), 80)
				synctest.Wait()
			}
		}
		if sink.Latency() != 0 || sink.Played() != 16000 {
			t.Errorf("at the end: %v waiting, %d played", sink.Latency(), sink.Played())
		}
		must(t, sink.Drain())
	})
}

// Source, sink and transceiver are used from goroutines of their own.
func TestConcurrentUse(t *testing.T) {
	b := newBand(t, Config{Rate: 8000})
	var others sync.WaitGroup
	others.Go(func() {
		for range 50 {
			if err := b.Sink().Write(make([]float32, 160)); err != nil {
				t.Error(err)
			}
			b.Sink().Played()
		}
	})
	others.Go(func() {
		for i := range 50 {
			b.Rig().SetPTT(i%2 == 0)
			b.Rig().SetFrequency(Dial + float64(i))
			b.Rig().Mode()
		}
	})
	done := make(chan struct{})
	go func() { others.Wait(); close(done) }()
	for {
		listen(t, b, 100*time.Millisecond)
		select {
		case <-done:
			return
		default:
		}
	}
}

func TestSinkAbort(t *testing.T) {
	b := newBand(t, Config{Rate: 8000})
	must(t, b.Sink().Write(make([]float32, 1000)))
	must(t, b.Sink().Abort())
	if b.Sink().Latency() != 0 || b.Sink().Played() != 0 {
		t.Errorf("%v waiting, %d played", b.Sink().Latency(), b.Sink().Played())
	}
}

func TestRig(t *testing.T) {
	b := newBand(t, Config{Rate: 8000})
	r := b.Rig()
	must(t, r.SetFrequency(7.04e6))
	must(t, r.SetMode(rig.Mode{Kind: rig.USB}))
	must(t, r.SetPTT(true))
	hz, _ := r.Frequency()
	transmit, _ := r.TransmitFrequency()
	mode, _ := r.Mode()
	keyed, _ := r.PTT()
	if hz != 7.04e6 || transmit != hz || mode.Kind != rig.USB || !keyed {
		t.Errorf("%g and %g Hz, %+v, keyed %v", hz, transmit, mode, keyed)
	}
	must(t, r.Close())
	if keyed, _ := r.PTT(); keyed {
		t.Error("keyed after it was closed")
	}
	for _, hz := range []float64{0, -1, 1e5, 1e9, nan()} {
		if r.SetFrequency(hz) == nil {
			t.Errorf("tuned to %g Hz", hz)
		}
	}
	if r.SetMode(rig.Mode{Kind: rig.RTTY, Name: "RTTY"}) == nil {
		t.Error("has an RTTY mode")
	}
}

func nan() float64 { var zero float64; return zero / zero }

func TestRates(t *testing.T) {
	for _, rate := range []int{8000, 11025, 44100, 48000, 192000} {
		b := newBand(t, Config{Rate: rate})
		must(t, b.Sink().Write(make([]float32, rate/10)))
		listen(t, b, time.Second)
		if b.Source().Rate() != rate || b.Sink().Rate() != rate || b.Sink().Played() != int64(rate/10) {
			t.Errorf("%d samples per second: source %d, sink %d, %d played", rate, b.Source().Rate(), b.Sink().Rate(), b.Sink().Played())
		}
	}
	for _, rate := range []int{-1, 7999, 192001} {
		if _, err := New(Config{Rate: rate}); err == nil {
			t.Errorf("%d samples per second", rate)
		}
	}
}
