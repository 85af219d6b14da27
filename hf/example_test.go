package hf_test

import (
	"fmt"
	"math"

	"rtty/hf"
)

// A tone through CCIR's poor channel, at 6 dB in 2500 Hz.
func Example() {
	const rate = 8000
	signal := make([]float32, 10*rate)
	for i := range signal {
		signal[i] = float32(0.25 * math.Sin(2*math.Pi*2125/rate*float64(i)))
	}

	poor, err := hf.Preset("poor")
	if err != nil {
		fmt.Println(err)
		return
	}
	channel, err := hf.NewChannel(hf.Config{
		Rate:        rate,
		Seed:        1,
		SignalPower: hf.KeyedPower(signal, rate),
		Fading:      poor,
		Noise:       &hf.Noise{SNR: 6},
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	received := make([]float32, 0, len(signal))
	for len(signal) > 0 { // in blocks of a tenth of a second
		received = channel.Process(received, signal[:rate/10])
		signal = signal[rate/10:]
	}
	received = channel.Flush(received)
	fmt.Println(len(received), "samples")
	// Output: 80000 samples
}

func ExamplePreset() {
	for _, name := range []string{"moderate", "nvis-disturbed", "1.5ms/0.3Hz", "0.2Hz"} {
		f, err := hf.Preset(name)
		fmt.Println(f.Paths, f.Delay, f.Spread, err)
	}
	// Output:
	// 2 1ms 0.5 <nil>
	// 2 7ms 1 <nil>
	// 2 1.5ms 0.3 <nil>
	// 1 0s 0.2 <nil>
}

func ExampleKeyedPower() {
	const rate = 8000
	over := make([]float32, 4*rate) // keyed from the first to the third second
	for i := rate; i < 3*rate; i++ {
		over[i] = float32(math.Sin(2 * math.Pi * 1500 / rate * float64(i)))
	}
	fmt.Printf("%.3f\n", hf.KeyedPower(over, rate))
	// Output: 0.500
}
