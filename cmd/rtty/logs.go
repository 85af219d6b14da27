package main

import (
	"path/filepath"

	"rtty/audio"
	"rtty/config"
	"rtty/journal"
	"rtty/station"
)

// logs are the log of the day and what recordings are made with.
type logs struct {
	dir     string
	format  string           // wav or flac
	journal *journal.Journal // nil: nothing is kept
	told    *herald
}

// openLogs begins the log of the day, if it is wanted.
func openLogs(c config.Journal, told *herald) (*logs, error) {
	dir, err := logDir(c)
	if err != nil {
		return nil, err
	}
	l := &logs{dir: dir, format: c.Format, told: told}
	if c.Enabled {
		l.journal = journal.Open(journal.Options{Dir: l.dir, Fault: l.fault("the log of the day")})
	}
	return l, nil
}

// logDir is where logs and recordings go.
func logDir(c config.Journal) (string, error) {
	if c.Dir != "" {
		return c.Dir, nil
	}
	state, err := config.StateDir()
	return filepath.Join(state, "log"), err
}

// fault tells when something can't be written, and when it can again.
func (l *logs) fault(what string) func(error) {
	return func(err error) {
		if err == nil {
			l.told.Notice(what + " is written again")
			return
		}
		l.told.Notice(what + ": " + err.Error())
	}
}

// Log is what the station keeps its log in, nil for nothing.
func (l *logs) Log() station.Log {
	if l.journal == nil {
		return nil
	}
	return l.journal
}

// Tape begins a recording.
func (l *logs) Tape() (station.Tape, error) {
	o := journal.TapeOptions{
		Dir: l.dir, Suffix: ".wav", Rate: station.AudioRate, Fault: l.fault("the recording"),
		Create: func(path string) (journal.SampleSink, error) {
			return audio.Create(path, audio.SinkOptions{Rate: station.AudioRate})
		},
	}
	if l.format == "flac" {
		o.Suffix = ".flac"
		o.Create = func(path string) (journal.SampleSink, error) { return audio.CreateFLAC(path, station.AudioRate) }
	}
	return journal.Record(o), nil
}

// Close writes what is left.
func (l *logs) Close() error {
	if l.journal == nil {
		return nil
	}
	return l.journal.Close()
}
