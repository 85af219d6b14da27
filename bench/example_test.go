package bench_test

import (
	"context"
	"fmt"

	"rtty/bench"
	"rtty/bench/corpus"
)

// Two overs of a contest in white noise, at an SNR where nothing may be lost.
func Example() {
	awgn, err := bench.ScenarioNamed("awgn")
	if err != nil {
		panic(err)
	}
	suite := bench.Suite{Name: "example", Seed: 1, Cells: []bench.Cell{
		{Scenario: awgn, Corpus: corpus.Contest, Preset: "ham", SNRs: []float64{6}, Overs: 2},
	}}
	report, err := bench.Run(context.Background(), suite, bench.Options{
		Decoders: []bench.Decoder{bench.Ours{}},
	})
	if err != nil {
		panic(err)
	}
	point := report.Panels[0].Curves[0].Points[0]
	fmt.Printf("%d errors in %d characters\n", point.Text.Errors(), point.Text.Sent)
	// Output:
	// 0 errors in 890 characters
}
