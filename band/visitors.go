package band

import "math/rand/v2"

// visitors answer general calls wherever they come from: operators who turn the
// dial and listen. One at a time is enough.
type visitors struct {
	spot   *spot
	hams   []ham
	next   int
	chance *rand.Rand
}

// farthestOff is how far from the caller's tones a visitor answers at the most,
// Hz: nobody tunes exactly.
const farthestOff = 12.0

// answer begins a conversation with whoever sent this. It takes the place of one
// that has not come to its end.
func (v *visitors) answer(o overHeard, m message, now int64) {
	s := v.spot
	from := s.senders[v.next%len(s.senders)]
	who := operating{v.hams[v.next%len(v.hams)], from}
	v.next++
	if from.busy() {
		return
	}
	from.tune(o.mark + farthestOff*(2*v.chance.Float64()-1))
	s.lines, s.free, s.quiet = nil, now, now
	s.talk = &conversation{me: who, tongue: tongue{s.chance}, report: answerText}
	text := ""
	if o.upside {
		text = s.talk.ask(upsideText)
	} else {
		text = s.talk.hear(message{from: m.from, name: m.name})
	}
	s.reply(text, now)
}
