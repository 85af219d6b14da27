package corpus

import (
	"fmt"
	"strings"
)

// ragchew is one over of a contact: who to whom, in any order the report, name,
// place, station and weather, free remarks until it is long enough, and over.
func (w *writer) ragchew() string {
	parts := []string{w.expand("{opening}")}
	facts := w.shuffled([]string{"{report}", "{whoami}", "{station}", "{sky}"})
	facts = facts[:2+w.rand.IntN(3)]
	remarks := w.shuffled(w.grammar["remark"])
	closing := w.expand("{closing}")
	length := len(parts[0]) + len(closing)
	for length < OverLength {
		from := &remarks
		if len(facts) > 0 && w.chance(0.7) {
			from = &facts
		}
		text := w.expand((*from)[0])
		*from = (*from)[1:]
		parts = append(parts, text)
		length += len(text) + 1
	}
	return wrapped(english(strings.Join(append(parts, closing), " ")))
}

// contest is what a running station sends: calls, exchanges with one station
// after another, thanks. One contest an over, so one form of exchange.
func (w *writer) contest() string {
	exchange := w.contestExchange()
	var b strings.Builder
	for b.Len() < OverLength {
		w.said["Hiscall"] = w.call()
		w.said["Exchange"] = exchange()
		for _, line := range []string{"{cqtest}", "{answer}", "{thanks}"} {
			if line == "{cqtest}" && b.Len() > 0 && w.chance(0.5) {
				continue
			}
			b.WriteString(english(w.expand(line)))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// contestExchange chooses the form of exchange: serial number, zone, zone and
// section, section, or name.
func (w *writer) contestExchange() func() string {
	serial := 1 + w.rand.IntN(1500)
	zone := fmt.Sprintf("%02d", 1+w.rand.IntN(40))
	section := w.expand("{section}")
	name := w.expand("{Myname}")
	forms := []func() string{
		func() string { serial++; return fmt.Sprintf("%03d", serial) },
		func() string { serial++; return fmt.Sprintf("%03d", serial) },
		func() string { return zone },
		func() string { return zone + " " + section },
		func() string { return section },
		func() string { serial++; return fmt.Sprintf("%d %s", serial, name) },
	}
	return forms[w.rand.IntN(len(forms))]
}

// groups are five-letter groups, ten a line, as in coded traffic.
func (w *writer) groups() string {
	var b strings.Builder
	for b.Len() < OverLength {
		group := make([]byte, 5)
		for i := range group {
			group[i] = 'A' + byte(w.rand.IntN(26))
		}
		b.Write(group)
		b.WriteByte(' ')
	}
	return wrapped(b.String())
}

// prose is plain sentences.
func (w *writer) prose() string {
	var parts []string
	for length := 0; length < OverLength; {
		text := w.expand("{sentence}")
		parts = append(parts, text)
		length += len(text) + 1
	}
	return wrapped(english(strings.Join(parts, " ")))
}

// testLoop is what stations send to be tuned in: RY, whose codes take turns in
// every unit, pangrams, and who it is.
func (w *writer) testLoop() string {
	var b strings.Builder
	for b.Len() < OverLength {
		b.WriteString(w.expand(w.pick([]string{
			strings.Repeat("RY", 10+w.rand.IntN(23)),
			"{pangram}",
			"{pangram} {###}{###} DE {Mycall}",
			"CQ CQ CQ DE {Mycall} {Mycall} {Mycall}",
			"{testnote}",
		})))
		b.WriteByte('\n')
	}
	return b.String()
}
