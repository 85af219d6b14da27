//go:build portaudio

package audio

import (
	"fmt"

	"testing"
	"time"

	"rtty/audio/pulsetest"
)

func TestLoopPA(t *testing.T) {
	pulsetest.Start(t, "air", "other")
	ds, errs := Devices(t.Context())
	t.Log(ds, errs)
	in, err := OpenInput("portaudio:air_in", InputOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := OpenOutput("portaudio:air_out", OutputOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	sent := make([]float32, 96000)
	for i := range sent {
		sent[i] = float32(i*7919%65521-32760) / 32768
	}
	got := make(chan []float32)
	go func() {
		var all []float32
		buf := make([]float32, 4800)
		for len(all) < 3*96000 {
			b, err := in.Read(buf)
			if err != nil {
				break
			}
			all = append(all, buf[:b.N]...)
		}
		got <- all
	}()
	start := time.Now()
	if err := out.Write(sent); err != nil {
		t.Fatal(err)
	}
	t.Log("written", time.Since(start), out.Played(), out.Latency())
	if err := out.Drain(); err != nil {
		t.Fatal(err)
	}
	t.Log("drained", time.Since(start), out.Played())
	time.Sleep(100 * time.Millisecond)
	in.Close()
	all := <-got
	i := 0
	fmt.Print()
	for i < len(all) && all[i] == 0 {
		i++
	}
	n := 0
	for n < len(sent) && i+n < len(all) && all[i+n] == sent[n] {
		n++
	}
	t.Log(len(all), i, n)
}
