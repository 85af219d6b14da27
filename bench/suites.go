package bench

import "rtty/bench/corpus"

// usualPreset is the signal of most cells.
const usualPreset = "ham"

// quick is a look at each kind of trouble.
func quick() []Cell {
	return []Cell{
		row("awgn", corpus.Ragchew, 6, -16, -14, -12, -10, -8, -6).with(NoPrior),
		row("moderate", corpus.Ragchew, 6, -8, -5, -2, 4),
		row("free-oscillators", corpus.Contest, 4, -9),
		row("neighbour-350+20", corpus.Contest, 4, 3),
		row("acquisition", corpus.Contest, 2, -6).with(AsFile),
		row("awgn", corpus.Weather, 4, 0).sent("dwd"),
		row("clean", corpus.Contest, 4, 6),
		row("noise", "", 4, 0).with(NoSquelch),
	}
}

// complete is all that is promised, and what is needed to judge it: so many
// overs a point, more where errors come in bursts.
func complete(overs int) []Cell {
	var cells []Cell
	for _, part := range [][]Cell{whiteNoise(overs), fadings(overs * 5 / 4), senders(overs), tunings(overs), interference(overs), extremes(overs)} {
		cells = append(cells, part...)
	}
	return cells
}

// whiteNoise has every kind of text. What is known of language must help with
// most, and must not harm where there is none.
func whiteNoise(overs int) []Cell {
	onePercent, tenPercent := AtMost{CER: 0.01, SNR: -12}, AtMost{CER: 0.10, SNR: -14.5}
	needless := []Promise{Near{To: NoPrior, DB: 0.3, CER: 0.10}, Near{To: NoPrior, DB: 0.3, CER: 0.05}}
	return []Cell{
		row("awgn", corpus.Ragchew, overs, -16, -15, -14, -13, -12, -10, -8, -6, -5).with(NoPrior, AsFile).promising(onePercent, tenPercent, Honest{ECE: 0.03}),
		row("awgn", corpus.Contest, overs, -16, -15, -14, -13, -12, -10, -8, -5).with(NoPrior, NoSquelch, Searching).
			promising(onePercent, tenPercent, Near{To: NoSquelch, DB: 0.3, CER: 0.05}),
		row("awgn", corpus.English, overs, -16, -15, -14, -12, -8, -5).with(NoPrior).promising(onePercent, tenPercent),
		row("awgn", corpus.Random, overs, -16, -15, -14, -13, -12, -8, -5).with(NoPrior).promising(needless...),
		row("awgn", corpus.RY, overs, -16, -12, -8),
		row("awgn", corpus.Weather, overs, -14, -12, -10, -8, -5).with(NoPrior).sent("dwd"),
	}
}

func fadings(overs int) []Cell {
	needless := []Promise{Near{To: NoPrior, DB: 0.3, CER: 0.10}, Near{To: NoPrior, DB: 0.3, CER: 0.05}}
	return []Cell{
		row("flat", corpus.Ragchew, overs, -10, -7, -4, -1, 3).promising(AtMost{CER: 0.05, SNR: -4}),
		row("good", corpus.Ragchew, overs, -11, -8, -5, -2, 3).promising(AtMost{CER: 0.03, SNR: -5}),
		row("moderate", corpus.Ragchew, overs, -11, -8, -5, -2, 3).with(NoPrior, AsFile).promising(AtMost{CER: 0.03, SNR: -5}, Honest{ECE: 0.03}),
		row("moderate", corpus.Random, overs, -11, -8, -5).with(NoPrior).promising(needless...),
		row("poor", corpus.Ragchew, overs, -11, -8, -5, -2, 3).promising(AtMost{CER: 0.03, SNR: -5}),
		row("flutter", corpus.Ragchew, overs, -4, -1, 2, 5, 12).promising(AtMost{CER: 0.05, SNR: 2}, AtMost{CER: 0.015, SNR: 12}),
	}
}

// senders differ in phase, shape and timing.
func senders(overs int) []Cell {
	known, unknown := AtMost{CER: 0.05, SNR: -9.3}, AtMost{Decoder: NoPrior, CER: 0.05, SNR: -8.3}
	return []Cell{
		row("free-oscillators", corpus.Ragchew, overs, -10.5, -9.3, -8.3, -6).with(NoPrior).promising(known, unknown),
		row("random-phase", corpus.Ragchew, overs, -10.5, -9.3, -8.3, -6).with(NoPrior).promising(known, unknown),
		row("linear", corpus.Ragchew, overs, -9),
		row("constant", corpus.Ragchew, overs, -9),
		row("one-stop", corpus.Ragchew, overs, -9),
		row("two-stop", corpus.Ragchew, overs, -9),
		row("typist", corpus.Ragchew, overs, -8).promising(AtMost{CER: 0.01, SNR: -8}),
	}
}

// tunings are senders that are not where or what they are said to be.
func tunings(overs int) []Cell {
	clear := AtMost{CER: 0.01, SNR: -6}
	return []Cell{
		row("fast", corpus.Ragchew, overs, -6).promising(clear),
		row("slow", corpus.Ragchew, overs, -6).promising(clear),
		row("mistuned", corpus.Ragchew, overs, -6).promising(clear),
		row("drift", corpus.Ragchew, overs, -6).promising(clear),
		row("acquisition", corpus.Contest, overs, -9, -6, -3).with(AsFile).promising(AtMost{CER: 0.03, SNR: -6}),
	}
}

// interference is everything else that is on the air.
func interference(overs int) []Cell {
	at := func(cer, snr float64) Promise { return AtMost{CER: cer, SNR: snr} }
	return []Cell{
		row("neighbour-350+20", corpus.Contest, overs, 3).promising(at(0, 3)),
		row("neighbour-350+30", corpus.Contest, overs, 3).promising(at(0.02, 3)),
		row("neighbour-250+20", corpus.Contest, overs, 3).promising(at(0.03, 3)),
		row("neighbour-500+40", corpus.Contest, overs, 3).promising(at(0.01, 3)),
		row("carrier", corpus.Ragchew, overs, -3, 0, 3).promising(at(0.003, 3)),
		row("bursts", corpus.Ragchew, overs, -6, -3, 0).promising(at(0.01, -3)),
		row("bursts-agc", corpus.Ragchew, overs, -3),
		row("class-a", corpus.Ragchew, overs, -6, -3, 0).promising(at(0.02, -3)),
	}
}

// extremes are no signal at all, and one where nothing may be lost.
func extremes(overs int) []Cell {
	cells := []Cell{row("noise", "", 4*overs, 0).with(NoSquelch).promising(Quiet{PerMinute: 1})}
	for _, preset := range []string{"ham", "ham50", "ham75", "wide", "dwd", "dwd-lf"} {
		kind := corpus.Contest
		if preset == "dwd" || preset == "dwd-lf" {
			kind = corpus.Weather
		}
		clean := row("clean", kind, max(overs, OversFor(20_000)), 6).sent(preset).promising(AtMost{CER: 0, SNR: 6})
		clean.Alone = true
		cells = append(cells, clean)
	}
	return cells
}

func row(scenario string, kind corpus.Kind, overs int, snrs ...float64) Cell {
	return Cell{Scenario: mustScenario(scenario), Corpus: kind, Preset: usualPreset, SNRs: snrs, Overs: overs}
}

func (c Cell) sent(preset string) Cell {
	c.Preset = preset
	return c
}

func (c Cell) with(variants ...string) Cell {
	c.Variants = variants
	return c
}

func (c Cell) promising(promises ...Promise) Cell {
	c.Promises = promises
	return c
}

func mustScenario(name string) Scenario {
	s, err := ScenarioNamed(name)
	if err != nil {
		panic(err)
	}
	return s
}
