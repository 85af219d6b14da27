package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rtty/bench"
	"rtty/bench/corpus"
	"rtty/modem"
	"rtty/prior"
)

func newBench() *cobra.Command {
	b := &benchmark{expects: "auto"}
	cmd := &cobra.Command{
		Use:   "bench [flags]",
		Short: "Measure error curves, beside installed peers",
		Long: `Bench sends texts through simulated short-wave channels, lets every decoder read
the same recordings, and prints their character error rates over the SNR in
2500 Hz. minimodem and fldigi take part where they are installed; --peer adds any
program that decodes a WAV file, --peers=false leaves those two out.

A suite has many scenarios: quick takes a minute or two, standard some twenty
minutes, full an hour and more. --scenario measures one instead. The same seed makes
the same recordings, on any machine.`,
		Example: `  rtty bench
  rtty bench --suite standard --out report
  rtty bench --scenario moderate --snr -8:4:2 --characters 4000
  rtty bench --peer 'other=other-decoder --mark {mark} --space {space} {wav}'`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              checked(b.run),
	}
	what := flagGroup("What is measured")
	what.StringVar(&b.suite, "suite", "quick", "one of the `SUITE`s "+strings.Join(bench.Suites(), ", "))
	what.StringVar(&b.scenario, "scenario", "", "one scenario instead of a suite: a `NAME` of --list, or fading such as 2ms/1Hz")
	what.StringVar(&b.corpus, "corpus", string(corpus.Ragchew), "`KIND` of its text: "+kindNames())
	what.StringVar(&b.preset, "preset", "ham", "`NAME` of its signal: "+presetNames())
	what.Var(&b.snrs, "snr", "its SNRs in dB: LOW:HIGH:STEP or a list")
	what.IntVar(&b.characters, "characters", 3000, "least number of characters at each of them")
	what.Uint64Var(&b.seed, "seed", 1, "seed of all that is random")
	what.StringSliceVar(&b.only, "only", nil, "these rows of the suite alone: `NAMES`, also with *, or scenarios")
	what.BoolVar(&b.list, "list", false, "list the scenarios and do nothing")
	addGroup(cmd, what)
	who := flagGroup("Who takes part")
	who.Var(&b.expects, "prior", "what rtty expects of the text: "+strings.Join(prior.Names(), ", "))
	who.BoolVar(&b.peers, "peers", true, "take minimodem and fldigi along, where they are installed")
	who.StringArrayVar(&b.others, "peer", nil, "another program: `NAME=COMMAND` with {wav}, {mark}, {space}, {center}, {shift}, {baud}, {stop}, {rate}, {code}")
	who.IntVar(&b.workers, "jobs", 0, "recordings at a time (default one for each processor)")
	addGroup(cmd, who)
	output := flagGroup("Output")
	output.StringVarP(&b.out, "out", "o", "", "write a report with figures, CSV and JSON into this `FOLDER`")
	output.BoolVar(&b.json, "json", false, "print JSON in place of the table")
	output.BoolVar(&b.csv, "csv", false, "print CSV in place of the table")
	addGroup(cmd, output)
	cmd.MarkFlagsMutuallyExclusive("suite", "scenario")
	cmd.MarkFlagsMutuallyExclusive("json", "csv")
	completeWords(cmd, "suite", bench.Suites())
	completeWords(cmd, "scenario", scenarioWords())
	completeWords(cmd, "corpus", strings.Split(kindNames(), ", "))
	completeWords(cmd, "preset", presetWords())
	completeWords(cmd, "prior", prior.Names())
	return cmd
}

// benchmark is one run of bench.
type benchmark struct {
	suite      string
	scenario   string
	corpus     string
	preset     string
	snrs       snrsValue
	characters int
	seed       uint64
	only       []string
	list       bool

	expects priorValue
	peers   bool
	others  []string
	workers int

	out  string
	json bool
	csv  bool
}

func (b *benchmark) run(cmd *cobra.Command, _ []string) error {
	if b.list {
		return listScenarios(cmd.OutOrStdout())
	}
	suite, err := b.chosen()
	if err != nil {
		return misuse("%w", err)
	}
	if len(b.only) > 0 {
		if suite, err = suite.Only(b.only...); err != nil {
			return misuse("%w", err)
		}
	}
	suite.Seed = b.seed
	peers, err := b.measuredBeside()
	if err != nil {
		return misuse("%w", err)
	}
	if b.peers {
		for _, missing := range bench.MissingPeers() {
			fmt.Fprintln(cmd.ErrOrStderr(), "rtty:", missing)
		}
	}
	ours := modem.ReceiverConfig{AFC: true, Prior: b.expects.model()}
	bar := newProgress(cmd.ErrOrStderr(), suite.Name, 1)
	report, err := bench.Run(cmd.Context(), suite, bench.Options{
		Decoders: []bench.Decoder{bench.Ours{Config: ours}},
		Peers:    peers,
		Variants: bench.Variants(ours),
		Speed:    b.scenario == "",
		Workers:  b.workers,
		Progress: func(done, total int) {
			bar.total = int64(total)
			bar.Show(int64(done))
		},
	})
	bar.Clear()
	if err != nil {
		return err
	}
	return errors.Join(b.print(cmd.OutOrStdout(), report), b.save(report))
}

// chosen is the suite of that name, or one made of a single scenario.
func (b *benchmark) chosen() (bench.Suite, error) {
	if b.scenario == "" {
		return bench.SuiteNamed(b.suite)
	}
	scenario, err := bench.ScenarioNamed(b.scenario)
	if err != nil {
		return bench.Suite{}, err
	}
	kind, err := corpus.KindNamed(b.corpus)
	if err != nil {
		return bench.Suite{}, err
	}
	if _, err := modem.PresetNamed(b.preset); err != nil {
		return bench.Suite{}, err
	}
	if b.characters < 1 {
		return bench.Suite{}, fmt.Errorf("%d characters: must be at least one", b.characters)
	}
	snrs := b.snrs
	if snrs == nil {
		snrs = snrsValue{-12, -10, -8, -6, -4, -2, 0}
	}
	return bench.Suite{Name: b.scenario, Cells: []bench.Cell{
		{Scenario: scenario, Corpus: kind, Preset: b.preset, SNRs: snrs, Overs: bench.OversFor(b.characters)},
	}}, nil
}

// measuredBeside are the other programs.
func (b *benchmark) measuredBeside() ([]bench.Decoder, error) {
	var all []bench.Decoder
	if b.peers {
		all = bench.InstalledPeers()
	}
	for _, spec := range b.others {
		peer, err := bench.NewPeer(spec)
		if err != nil {
			return nil, err
		}
		all = append(all, peer)
	}
	return all, nil
}

func (b *benchmark) print(w io.Writer, report *bench.Report) error {
	switch {
	case b.json:
		return report.WriteJSON(w)
	case b.csv:
		return report.WriteCSV(w)
	}
	return report.WriteTable(w)
}

func (b *benchmark) save(report *bench.Report) error {
	if b.out == "" {
		return nil
	}
	return report.Save(b.out)
}

func listScenarios(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range bench.Scenarios() {
		fmt.Fprintf(table, "%s\t%s\n", s.Name, s.About)
	}
	return table.Flush()
}

func scenarioWords() []string {
	var words []string
	for _, s := range bench.Scenarios() {
		words = append(words, s.Name+"\t"+s.About)
	}
	return words
}

func kindNames() string {
	var names []string
	for _, k := range corpus.Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// snrsValue is a list of SNRs in dB, rising.
type snrsValue []float64

func (v *snrsValue) Type() string   { return "DB,..." }
func (v *snrsValue) String() string { return "" }
func (v *snrsValue) Set(s string) error {
	const most = 1000
	if parts := strings.Split(s, ":"); len(parts) == 3 {
		low, err1 := number(parts[0])
		high, err2 := number(parts[1])
		step, err3 := number(parts[2])
		if err := errors.Join(err1, err2, err3); err != nil {
			return err
		}
		if !(step > 0 && high >= low && (high-low)/step < most) {
			return fmt.Errorf("must rise from low to high in steps above 0, as in -12:0:2")
		}
		for i := range int((high-low)/step+1e-9) + 1 {
			*v = append(*v, low+float64(i)*step)
		}
		return nil
	}
	for _, part := range strings.Split(s, ",") {
		n, err := number(part)
		if err != nil {
			return err
		}
		*v = append(*v, n)
	}
	slices.Sort(*v)
	*v = slices.Compact(*v)
	return nil
}
