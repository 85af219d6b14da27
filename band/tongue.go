package band

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"rtty/internal/prose"
)

// What operators say. In braces: me and you are the calls, the other words
// facts about the speaker, or things that vary.
var (
	calls = []string{
		"CQ CQ CQ DE {me} {me} {me}\nCQ CQ CQ DE {me} {me} {me} PSE K",
		"CQ CQ CQ DE {me} {me} CQ DE {me} {me} {name} IN {place} K",
		"RYRYRYRYRYRY CQ CQ DE {me} {me} {me}\nCQ CQ DE {me} {me} {me} K K",
	}
	answers = []string{
		"{you} {you} DE {me} {me} {me} PSE K",
		"{you} DE {me} {me} K",
		"{you} {you} DE {me} {me} KN",
	}
	openings = []string{
		"{you} DE {me} {greeting} TNX FER CALL\nUR RST {rst} {rst} NAME {name} {name} QTH {place} {place} LOC {locator}\nHW CPY? {you} DE {me} KN",
		"R R {you} DE {me} {greeting} {yourname}\nUR {rst} {rst} IN {place} {place} - NAME HR IS {name} {name}\nBTU {you} DE {me} KN",
		"{you} DE {me} {greeting} - RST IS {rst} {rst} - OP {name} {name} - QTH {place}\nSO HW? {you} DE {me} K",
	}
	remarks = []string{
		"RIG HR {rig} ES {watts} W INTO {antenna}.",
		"RUNNING {watts} WATTS, ANT IS {antenna}.",
		"WX HR {weather}, TEMP {degrees} C.",
		"THE WEATHER IS {weather} TODAY WITH {degrees} DEGREES.",
		"AGE HR IS {age} YEARS.",
		"QSB ON UR SIG BUT PRINT IS FINE.",
		"YOU ARE SOLID COPY, ONLY A FEW HITS.",
		"MY OLD TELETYPE MACHINE STILL STANDS IN THE CELLAR.",
		"HAVE BEEN ON RTTY SINCE {year}, FIRST WITH A MACHINE.",
		"THE ANTENNA CAME DOWN IN THE LAST STORM BUT IS UP AGAIN.",
		"MUST GO SOON, DINNER IS ON THE TABLE.",
		"THE NOISE IS S{digit} HR IN THE EVENING.",
		"QSL VIA BURO IS OK, MY CARD IS SURE.",
		"THERE IS A CARRIER DOWN THE BAND, DO YOU HEAR IT TOO?",
		"GREW TOMATOES ON THE ROOF BETWEEN THE RADIALS HI HI.",
	}
	goodbyes = []string{
		"{you} DE {me} R R TNX FER FB QSO {yourname}\n73 ES HPE CUAGN {you} DE {me} SK",
		"QSL ALL {yourname} - MNI TNX FER QSO ES BEST 73 TO YOU ES FAMILY\n{you} DE {me} SK SK",
		"{you} DE {me} TU 73 GL DX {yourname} - {you} DE {me} CL",
	}
	varying = map[string][]string{
		"greeting": {"GM", "GA", "GE", "HELLO", "GD"},
		"rst":      {"599", "599", "599", "589", "579", "569", "559"},
		"weather":  {"SUNNY", "CLOUDY", "RAINY", "FINE", "COLD ES WINDY", "FOGGY", "MILD", "OVERCAST"},
		"degrees":  {"-7", "-3", "0", "4", "8", "11", "14", "18", "21", "26"},
		"year":     {"1968", "1974", "1979", "1983", "1991", "1999", "2006", "2015"},
		"digit":    {"3", "5", "7", "9"},
	}
)

// A tongue finds words.
type tongue struct{ chance *rand.Rand }

func (t tongue) pick(texts []string) string { return texts[t.chance.IntN(len(texts))] }

// chat is an over of some remarks, none of them twice.
func (t tongue) chat() string {
	order := t.chance.Perm(len(remarks))
	parts := []string{"{you} DE {me} " + t.pick([]string{"R R", "QSL {yourname}", "OK {yourname}", "FB {yourname}"}) + "\n"}
	for _, i := range order[:2+t.chance.IntN(2)] {
		parts = append(parts, remarks[i])
	}
	return strings.Join(append(parts, "\nBTU {you} DE {me} KN"), " ")
}

// say fills a template with what me would say to you. What varies is the same
// throughout.
func (t tongue) say(template string, me, you ham) string {
	said := map[string]string{
		"me": me.call, "you": you.call, "yourname": you.name,
		"name": me.name, "place": me.place, "locator": me.locator,
		"rig": me.rig, "antenna": me.antenna, "watts": me.watts, "age": me.age,
	}
	return wrapped(prose.Fill(template, func(slot string) string {
		if _, ok := said[slot]; !ok {
			said[slot] = t.vary(slot)
		}
		return said[slot]
	}))
}

func (t tongue) vary(slot string) string {
	texts := varying[slot]
	if texts == nil {
		panic(fmt.Sprintf("band: no slot %q", slot))
	}
	return t.pick(texts)
}
