package band

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// free is the centre of a place that the documentation calls free.
const free = 1000.0

// Somebody answers a general call on a free frequency, and what he says can be
// read there.
func TestGeneralCallIsAnswered(t *testing.T) {
	h := newHuman(t, 3, free-2210)
	h.wait(2 * time.Second)
	h.send("CQ CQ CQ DE OE1XYZ OE1XYZ OE1XYZ PSE K")
	before := len(h.heard)
	answer := h.awaits("OE1XYZ DE ", "UR RST 5", "NAME")
	read := strings.Join(strings.Fields(decode(t, h.signal, airRate, h.heard[before:])), " ")
	if !strings.Contains(read, "OE1XYZ DE") || !strings.Contains(read, "UR RST 5") {
		t.Errorf("sent was\n%s\nand read\n%s", answer, read)
	}
	h.send("R R TNX FER CALL UR RST 599 599 NAME IS HANS HANS DE OE1XYZ KN")
	h.awaits("OE1XYZ DE ", "HANS", "73")
	h.send("73 73 DE OE1XYZ SK")
	h.wait(time.Minute)
	if len(h.said) > 0 {
		t.Errorf("after the last word: %q", h.said)
	}
}

// A general call right on the frequency of one who calls CQ too is answered by
// one station alone, which is the only one to go on with.
func TestGeneralCallOnAnothersFrequency(t *testing.T) {
	h := newHuman(t, 9, 0)
	station := h.stationHere()
	h.untilFree()
	h.send("CQ CQ CQ DE OE1XYZ OE1XYZ OE1XYZ PSE K")
	answer := h.awaits("OE1XYZ DE ", "UR RST 5")
	h.send("UR RST 599 599 NAME IS HANS HANS DE OE1XYZ KN")
	h.awaits("HANS", "73")
	h.wait(time.Minute)
	if len(h.said) > 0 || strings.Contains(answer, station.call) {
		t.Errorf("%s should keep quiet: %q, %q", station.call, answer, h.said)
	}
}

// Who calls CQ is worked by its call, then goes on calling.
func TestStationAnswersToItsCall(t *testing.T) {
	h := newHuman(t, 3, 20) // not quite on its frequency
	station := h.stationHere()
	h.untilFree()
	h.send(station.call + " DE OE1XYZ OE1XYZ K")
	h.awaits("OE1XYZ OE1XYZ DE "+station.call, "UR RST 5", "NAME "+station.name)
	h.send(station.call + " DE OE1XYZ TU UR 599 OP HANS HANS BK")
	h.awaits("OE1XYZ DE "+station.call, "HANS", "73")
	calling := false
	h.band.onAir = func(_ *sender, text string) {
		calling = calling || strings.Contains(text, "CQ") && strings.Contains(text, station.call)
	}
	h.wait(2 * time.Minute)
	if !calling {
		t.Error("it does not call CQ any more")
	}
}

// Nobody need be told to whom an answer to his CQ is.
func TestBareCallAnswersCQ(t *testing.T) {
	h := newHuman(t, 4, 0)
	h.untilFree()
	h.send("DE OE1XYZ OE1XYZ OE1XYZ K")
	h.awaits("OE1XYZ DE "+h.stationHere().call, "UR RST 5")
}

// Stations in contact let others in between two overs, and go on afterwards.
func TestStationInContactAnswersToItsCall(t *testing.T) {
	skipShort(t)
	h := newHuman(t, 5, 2630-2210)
	station := h.stationHere()
	h.untilFree()
	h.send(station.call + " " + station.call + " DE OE1XYZ OE1XYZ K")
	h.awaits("OE1XYZ DE "+station.call, "UR RST 5")
	h.send("UR 599 599 TU DE OE1XYZ")
	h.awaits("73")
	contact := false
	h.band.onAir = func(from *sender, text string) {
		contact = contact || abs(h.band.dial.audio(from.base+localCenter)-2630) < 20 && !strings.Contains(text, humanCall)
	}
	h.wait(2 * time.Minute)
	if !contact {
		t.Error("their contact does not go on")
	}
}

func TestWhatIsNotUnderstoodIsAskedFor(t *testing.T) {
	skipShort(t)
	tests := []struct {
		name, send, answer string
	}{
		{"wrong letter", "{station wrong} DE OE1XYZ OE1XYZ K", "QRZ? QRZ?"},
		{"no call", "{station} {station} K", "UR CALL AGN"},
		{"nonsense", "HELLO ANYBODY THERE", "QRZ? QRZ?"},
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHuman(t, uint64(10+i), 0)
			call := h.stationHere().call
			text := strings.NewReplacer("{station}", call, "{station wrong}", call[:len(call)-1]+"Z").Replace(test.send)
			h.untilFree()
			h.send(text)
			h.awaits(test.answer, "DE "+call)
			h.send(call + " DE OE1XYZ OE1XYZ K")
			h.awaits("OE1XYZ DE "+call, "UR RST 5")
		})
	}
}

func TestReportIsRepeatedOnRequest(t *testing.T) {
	h := newHuman(t, 6, 0)
	h.untilFree()
	h.send(h.stationHere().call + " DE OE1XYZ OE1XYZ K")
	report := h.awaits("UR RST 5")
	h.send("AGN AGN? DE OE1XYZ K")
	if again := h.awaits("UR RST 5"); again != report {
		t.Errorf("first %q, then %q", report, again)
	}
}

// Who falls silent is reminded once and then given up.
func TestSilenceEndsAContact(t *testing.T) {
	skipShort(t)
	h := newHuman(t, 7, 0)
	station := h.stationHere()
	h.untilFree()
	h.send(station.call + " DE OE1XYZ OE1XYZ K")
	h.awaits("UR RST 5")
	h.awaits("OE1XYZ OE1XYZ DE "+station.call, "PSE KN")
	h.wait(2 * time.Minute)
	if len(h.said) > 0 {
		t.Errorf("not given up: %q", h.said)
	}
}

func TestWhoIsUpsideDownIsTold(t *testing.T) {
	h := newHuman(t, 8, 0)
	h.untilFree()
	h.signal = h.signal.Reversed()
	h.send("CQ CQ DE OE1XYZ OE1XYZ OE1XYZ K")
	h.signal = h.signal.Reversed()
	h.awaits("UPSIDE DOWN")
}

// These are not heard, or not meant for anybody.
func TestNobodyAnswers(t *testing.T) {
	skipShort(t)
	tests := []struct {
		name   string
		off    float64
		listen bool // before sending
		send   string
	}{
		{"beside the frequency", -120, true, "{station} DE OE1XYZ OE1XYZ K"},
		{"while it sends", 0, false, "{station} {station}"},
		{"for somebody else", 0, true, "W1AW DE OE1XYZ OE1XYZ K"},
		{"the weather does not listen", 1500 - 2210, true, "QWX2 DE OE1XYZ OE1XYZ K"},
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHuman(t, uint64(20+i), 0)
			station := h.stationHere()
			if test.listen {
				h.untilFree()
			} else {
				for !h.speaking() {
					h.wait(time.Second)
				}
			}
			h.signal = h.signal.MovedTo(2210 + test.off)
			h.send(strings.ReplaceAll(test.send, "{station}", station.call))
			h.wait(40 * time.Second)
			if len(h.said) > 0 {
				t.Errorf("answered: %q", h.said)
			}
		})
	}
}

// The same seed and the same doings of the operator give the same samples.
func TestSameSeedSameBand(t *testing.T) {
	skipShort(t)
	run := func(seed uint64) []float32 {
		h := newHuman(t, seed, free-2210)
		h.wait(time.Second)
		must(t, h.band.Rig().SetFrequency(Dial+13))
		h.send("CQ DE OE1XYZ OE1XYZ K")
		h.awaits("UR RST 5")
		return h.heard
	}
	first := run(3)
	if !slices.Equal(first, run(3)) {
		t.Error("two runs differ")
	}
	if slices.Equal(first, run(4)) {
		t.Error("another seed makes no difference")
	}
}

func TestUnderstand(t *testing.T) {
	tests := []struct {
		text       string
		cq, again  bool
		from, name string
	}{
		{text: "CQ CQ DE OE1XYZ OE1XYZ K", cq: true, from: "OE1XYZ"},
		{text: "W1QRA W1QRA DE OE1XYZ/P OE1XYZ/P K", from: "OE1XYZ/P"},
		{text: "OE1XYZ", from: "OE1XYZ"},
		{text: "W1QRA UR 599 599 NAME IS HANS HANS DE OE1XYZ KN", from: "OE1XYZ", name: "HANS"},
		{text: "op hans de oe1xyz", from: "OE1XYZ", name: "HANS"},
		{text: "PSE RPT UR NAME", again: true},
		{text: "NAME? NAME?", again: false},
		{text: "AGN?", again: true},
		{text: "?", again: true},
		{text: "TNX FER RPT 73 CU AGN"},
		{text: "NAME 599"},
		{text: ""},
		{text: "\x00 /// \u2028 ..."},
		{text: "W1QRA ????", again: true, from: "W1QRA"},
	}
	for _, test := range tests {
		m := understand(test.text)
		if m.cq != test.cq || m.again != test.again || m.from != test.from || m.name != test.name {
			t.Errorf("%q: cq %v, again %v, from %q, name %q", test.text, m.cq, m.again, m.from, m.name)
		}
	}
}

func FuzzUnderstand(f *testing.F) {
	f.Add("CQ CQ DE OE1XYZ OE1XYZ K")
	f.Add("W1QRA DE OE1XYZ/P NAME IS HANS AGN?")
	f.Fuzz(func(t *testing.T, text string) {
		m := understand(text)
		if m.from != "" && !slices.Contains(m.calls, m.from) {
			t.Errorf("%q: from %s, which is not among %v", text, m.from, m.calls)
		}
		if strings.ContainsAny(m.name, " \r\n") {
			t.Errorf("%q: the name is %q", text, m.name)
		}
	})
}
