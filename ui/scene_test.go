package ui

import (
	"time"

	"rtty/station"
)

// playContact fills a station with a few minutes on the band.
func playContact(f *fakeStation) {
	sig := f.snap.Receive.Signal
	at := theDay.Add(-time.Minute)
	f.happen(station.Event{Kind: station.Tuned, At: at, Signal: sig})
	f.happen(station.Event{Kind: station.Past, At: at, Begin: at.Add(-90 * time.Second), End: at, Newest: true,
		Chars: chars("ANS OE3KLM DE DL1XYZ DL1XYZ\nUR RST TOO TOO QTH MUNICH NAME HANS\nBTU OE3KLM DE DL1XYZ KN\n", 0.97)})
	f.happen(station.Event{Kind: station.Past, At: at, Begin: at.Add(-3 * time.Minute), End: at.Add(-90 * time.Second),
		Chars: chars("CQ CQ DE OE3KLM OE3KLM OE3KLM PSE K\n", 0.93)})
	weak := chars("DL1XYZ DE OE3KLM R TNX FER RPT\nUR 599 PPQ 599 PPQ NAME KARL QTH GRAZ\n", 0.97)
	for i := range weak {
		switch {
		case i%17 == 3:
			weak[i].P = 0.31
		case i%11 == 5:
			weak[i].P, weak[i].FromPrior = 0.8, true
		case i%7 == 2:
			weak[i].P = 0.62
		}
	}
	f.happen(station.Event{Kind: station.Received, At: at, Chars: weak})
	f.receive("CQ TEST DE PA9QQ PA9QQ CQ\n")
	f.receive("OE1ABC DE PA9QQ 599-041-041 DE PA9QQ\n")
	f.happen(station.Event{Kind: station.KeyDown})
	f.happen(station.Event{Kind: station.Sent, Text: "PA9QQ DE OE1ABC TU 599 017 017 OE1ABC\n"})
	f.happen(station.Event{Kind: station.KeyUp})
	f.receive("QSL TU DE PA9QQ TEST ")
	f.change(func(s *station.Snapshot) {
		s.Receive.Tail = chars("CQ T", 0.7)
		s.Receive.Tracked.Mark -= 12
		s.Receive.Tracked.Space -= 12
		s.Heard = []station.Heard{
			{Call: "PA9QQ", At: theDay.Add(-5 * time.Second), Times: 5, Mark: 2125},
			{Call: "OE3KLM", At: theDay.Add(-70 * time.Second), Times: 5, Mark: 2125},
			{Call: "DL1XYZ", At: theDay.Add(-95 * time.Second), Times: 4, Mark: 1400},
			{Call: "W1AW", At: theDay.Add(-99 * time.Second), Times: 1, Mark: 1405},
			{Call: "F5IN", At: theDay.Add(-10 * time.Minute), Times: 2, Mark: 900},
		}
		s.Their = station.Contact{Call: "PA9QQ", RSTSent: "599", Exchange: "041", Serial: 17}
	})
	for range 160 {
		f.row(2113, 2283, 1400, 1570, 900)
	}
}
