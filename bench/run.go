package bench

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"rtty/bench/score"
)

// Options say how a suite is run.
//
// Whose Decoder is a Closer is closed at the end of the run.
type Options struct {
	Decoders []Decoder // take part everywhere; promises are about the first
	Peers    []Decoder // take part in cells that are not Cell.Alone
	Variants []Decoder // take part in cells that name them

	Speed    bool                  // measure how fast Decoders are, before the run
	Workers  int                   // trials at a time; as many as the machine has processors if 0
	Progress func(done, total int) // called after each trial if not nil, never twice at once
}

// Run measures every decoder of o on the same recordings and returns what came
// of it. The counts do not depend on the number of workers, and memory does not
// grow with the length of the suite but for a few hundred bytes a recording.
//
// A decoder that fails on a recording is scored by what it printed until then;
// the report counts such failures and tells the first. If ctx ends the run there
// is no report.
func Run(ctx context.Context, s Suite, o Options) (*Report, error) {
	if err := errors.Join(s.validate(), o.validate()); err != nil {
		return nil, err
	}
	r := run{suite: s, options: o, jobs: s.jobs()}
	defer o.close()
	if err := r.measureSpeed(ctx); err != nil {
		return nil, err
	}
	r.results = make([][]outcome, len(r.jobs))
	if err := r.all(ctx); err != nil {
		return nil, err
	}
	return r.report(ctx), nil
}

// validate refuses decoders that a report could not tell apart.
func (o Options) validate() error {
	if len(o.Decoders) == 0 {
		return errors.New("no decoder to measure")
	}
	seen := map[string]bool{}
	for _, d := range o.all() {
		if seen[d.Name()] {
			return fmt.Errorf("two decoders are named %q", d.Name())
		}
		seen[d.Name()] = true
	}
	return nil
}

// all are the decoders in the order in which reports have them.
func (o Options) all() []Decoder { return slices.Concat(o.Decoders, o.Peers, o.Variants) }

// in are the decoders that take part in a cell, in that order.
func (o Options) in(c Cell) []Decoder {
	decoders := slices.Clone(o.Decoders)
	if !c.Alone {
		decoders = append(decoders, o.Peers...)
	}
	for _, v := range o.Variants {
		if slices.Contains(c.Variants, v.Name()) {
			decoders = append(decoders, v)
		}
	}
	return decoders
}

func (o Options) close() {
	for _, d := range o.all() {
		if c, ok := d.(Closer); ok {
			_ = c.Close() // all that was measured is there by now
		}
	}
}

// A job is one recording to make and decode.
type job struct{ cell, snr, over int }

func (s Suite) jobs() []job {
	var jobs []job
	for c, cell := range s.Cells {
		for i := range cell.SNRs {
			for over := range cell.Overs {
				jobs = append(jobs, job{c, i, over})
			}
		}
	}
	return jobs
}

// An outcome is what one decoder made of one recording.
type outcome struct {
	text        score.Score
	codes       score.Score
	reliability score.Reliability
	byCode      bool // codes and reliability are known
	failure     error
	heard       float64       // seconds of recording
	took        time.Duration // to decode
}

type run struct {
	suite   Suite
	options Options
	jobs    []job
	results [][]outcome // of each job, of each decoder in its cell
	speeds  []Speed
}

// all works the jobs off.
func (r *run) all(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	next, done := 0, 0
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1, next <= len(r.jobs) && ctx.Err() == nil
	}
	finish := func(i int, outcomes []outcome) {
		mu.Lock()
		defer mu.Unlock()
		r.results[i] = outcomes
		done++
		if r.options.Progress != nil {
			r.options.Progress(done, len(r.jobs))
		}
	}
	workers := r.options.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var group sync.WaitGroup
	for range min(workers, len(r.jobs)) {
		group.Go(func() {
			for i, ok := take(); ok; i, ok = take() {
				outcomes, err := r.work(ctx, r.jobs[i])
				if err != nil {
					cancel(err)
					return
				}
				finish(i, outcomes)
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}

// work makes one recording and lets every decoder read it.
func (r *run) work(ctx context.Context, j job) ([]outcome, error) {
	trial, err := r.suite.trial(j)
	if err != nil {
		return nil, err
	}
	rec, sent, err := trial.Make()
	if err != nil {
		return nil, err
	}
	decoders := r.options.in(r.suite.Cells[j.cell])
	outcomes := make([]outcome, len(decoders))
	for i, d := range decoders {
		began := time.Now()
		copied, err := d.Decode(ctx, rec)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		outcomes[i] = judge(sent, copied)
		outcomes[i].failure = err
		outcomes[i].heard = rec.Seconds()
		outcomes[i].took = time.Since(began)
	}
	return outcomes, nil
}

func (s Suite) trial(j job) (Trial, error) {
	cell := s.Cells[j.cell]
	signal, err := cell.signal()
	if err != nil {
		return Trial{}, err
	}
	snr := cell.SNRs[j.snr]
	return Trial{
		Scenario: cell.Scenario, Corpus: cell.Corpus, Signal: signal, SNR: snr,
		Seed: seedOf(s.Seed, cell.Scenario.Name, cell.Corpus, cell.Preset, snr, j.over),
	}, nil
}

// judge compares what was copied with what was sent.
func judge(sent Sent, c Copy) outcome {
	if c.Chars == nil {
		return outcome{text: score.Text(sent.Text, c.Text)}
	}
	o := outcome{byCode: true}
	if sent.Codes != nil {
		o.codes = score.Symbols(withoutIdle(sent.Codes), c.codes())
	}
	o.text, o.reliability = score.TextWithP(sent.Text, c.printed())
	return o
}
