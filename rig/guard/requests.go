package guard

import (
	"slices"
	"time"

	"rtty/rig"
)

// take does what the modem asks, or puts it in the queue for the link.
func (k *keeper) take(r request) {
	switch r.Do {
	case doBeat:
		if k.over != nil {
			k.over.beat = time.Now()
		}
	case doOpen:
		k.takeOpen(r)
	case doUnkey:
		k.takeUnkey(r)
	case doLook:
		k.takeLook(r)
	default:
		k.takeOther(r)
	}
}

func (k *keeper) takeOpen(r request) {
	if r.Config == nil || k.config.Kind != "" {
		return // a modem of another version; nothing is opened, nothing keyed
	}
	k.config = r.Config.Usual()
	if r.Lent != "" && k.lent != nil {
		k.config.File = k.lent(r.Lent)
	}
	if r.Owed != "" {
		k.owe(debt{reason: r.Owed, keyed: true, doubted: r.Owed})
	}
}

// takeUnkey unkeys in any case: whoever asks may know better than we do. Only
// without a link and without a key there is nothing to do.
func (k *keeper) takeUnkey(r request) {
	k.waiting = slices.DeleteFunc(k.waiting, func(w request) bool {
		if w.Do == doKey {
			k.answer(message{Seq: w.Seq, Error: "not keyed: " + r.Reason})
		}
		return w.Do == doKey
	})
	if k.worker == nil && k.over == nil && k.owed == nil {
		k.answer(message{Seq: r.Seq})
		return
	}
	if k.owed != nil && k.owed.doubted != "" {
		k.answer(message{Seq: r.Seq, Error: k.owed.doubted})
		return
	}
	k.owe(debt{reason: r.Reason, keyed: k.over != nil, answers: []message{{Seq: r.Seq}}})
}

func (k *keeper) takeLook(r request) {
	if k.state.Fault != "" {
		k.answer(message{Seq: r.Seq, Error: k.state.Fault})
		return
	}
	k.looks = append(k.looks, r.Seq)
	k.poll.anew()
	if k.worker != nil && !k.poll.any(k.worker.link) {
		k.answerLooks()
	}
}

func (k *keeper) takeOther(r request) {
	refuse := ""
	switch {
	case !k.leaving.IsZero():
		refuse = "the guard is ending"
	case k.owed != nil:
		refuse = "the rig is being unkeyed"
	case k.over != nil && r.Do == doKey:
		refuse = "the rig is keyed already"
	case k.over != nil:
		refuse = "the rig is left alone while it transmits"
	case k.worker == nil && k.state.Fault != "":
		refuse = k.state.Fault
	}
	if refuse != "" {
		k.answer(message{Seq: r.Seq, Error: refuse})
		return
	}
	k.waiting = append(k.waiting, r)
}

// refuseWaiting turns down everything that waits for the link.
func (k *keeper) refuseWaiting(why string) {
	for _, r := range k.waiting {
		k.answer(message{Seq: r.Seq, Error: why})
	}
	for _, seq := range k.looks {
		k.answer(message{Seq: seq, Error: why})
	}
	k.waiting, k.looks = nil, nil
}

// answerLooks tells those who wait for it that the state has been read.
func (k *keeper) answerLooks() {
	for _, seq := range k.looks {
		k.answer(message{Seq: seq})
	}
	k.looks = nil
}

// answer sends an answer, if there was a request.
func (k *keeper) answer(m message) {
	if m.Seq != 0 {
		k.out.Send(m)
	}
}

func unkeyJob() job {
	return job{verb: doUnkey, do: func(l rig.Link) outcome {
		confirmed, err := rig.Unkey(l)
		return outcome{err: err, confirmed: confirmed}
	}}
}

func unkeyAgainJob() job {
	j := unkeyJob()
	j.verb = doUnkeyAgain
	return j
}

// jobOf is what a request asks of the link.
func jobOf(r request) job {
	j := job{verb: r.Do, seq: r.Seq, limit: r.Limit}
	switch r.Do {
	case doKey:
		if j.limit <= 0 {
			j.limit = DefaultLimit
		}
		j.do = func(l rig.Link) outcome {
			confirmed, err := rig.Key(l)
			return outcome{err: err, confirmed: confirmed}
		}
	case doTune:
		j.do = func(l rig.Link) outcome { return tune(l, r.Hz) }
	case doMode:
		j.do = func(l rig.Link) outcome { return setMode(l, r.Mode) }
	case doTransmit:
		j.do = readTransmit
	default:
		j.do = func(rig.Link) outcome { return outcome{err: rig.ErrUnsupported} }
	}
	return j
}
