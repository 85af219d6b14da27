package cat

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

func number11(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n }

func digit(on bool) string { return map[bool]string{false: "0", true: "1"}[on] }

// fakeKenwood is a TS-590S, or with the id 017 an Elecraft K3.
func fakeKenwood(t *testing.T, id string) *fake {
	f := &fake{split: nextLetters, radio: radio{
		a: 14_074_000, b: 7_040_000, mode: "2", data: "0", meter: 15, width: 500,
	}}
	if id == elecraftID {
		f.radio.meter, f.radio.width = 6, 270
	}
	f.speak = func(r *radio, message string) string { return speakKenwood(r, id, message) }
	return f.start(t)
}

func speakKenwood(r *radio, id, message string) string {
	elecraft := id == elecraftID
	value := ""
	if len(message) > 2 {
		value = message[2:]
	}
	answer := func(format string, args ...any) string { return fmt.Sprintf(format, args...) + ";" }
	switch command := (message + "  ")[:2]; command {
	case "ID":
		return answer("ID%s", id)
	case "FA", "FB":
		vfo := &r.a
		if command == "FB" {
			vfo = &r.b
		}
		if value != "" {
			*vfo = number11(value)
			return ""
		}
		return answer("%s%011d", command, *vfo)
	case "FR":
		return answer("FR0")
	case "FT":
		if value != "" {
			r.split = value == "1"
			return ""
		}
		return answer("FT%s", digit(r.split))
	case "IF":
		return answer("IF%011d     %+05d0%s000%s%s0%s%s0000", r.a, r.offset, digit(r.xit), digit(r.keyed), r.mode, digit(false), digit(r.split))
	case "MD":
		if value != "" {
			r.mode = value
			return ""
		}
		return answer("MD%s", r.mode)
	case "DA":
		if elecraft {
			return "?;"
		}
		if value != "" {
			r.data = value
			return ""
		}
		return answer("DA%s", r.data)
	case "DT":
		if !elecraft {
			return "?;"
		}
		if value != "" {
			r.data = value
			return ""
		}
		return answer("DT%s", r.data)
	case "TX":
		r.keyed, r.dataPTT = true, value == "1"
		return ""
	case "RX":
		r.keyed = false
		return ""
	case "FW":
		return answer("FW%04d", r.width)
	case "BW":
		return answer("BW%04d", r.width)
	case "SM":
		if elecraft {
			return answer("SM%04d", r.meter)
		}
		return answer("SM0%04d", r.meter)
	case "AI", "PS", "K2", "K3", "OM", "RV", "KS", "FL", "TQ":
		return speakOddities(r, id, message)
	}
	return "?;"
}

// speakOddities are what Hamlib asks when it begins.
func speakOddities(r *radio, id, message string) string {
	switch message {
	case "AI":
		return "AI0;"
	case "PS":
		return "PS1;"
	case "K2":
		return "K22;"
	case "K3":
		return "K31;"
	case "OM":
		return "OM APXSDFfLVR--;"
	case "TQ":
		return "TQ" + digit(r.keyed) + ";"
	}
	switch {
	case strings.HasPrefix(message, "RV"):
		return message + "05.67;"
	case len(message) > 2:
		return ""
	}
	return "?;"
}

// fakeYaesu is an FT-991.
func fakeYaesu(t *testing.T) *fake {
	f := &fake{split: nextLetters, speak: speakYaesu, radio: radio{
		a: 14_074_000, b: 7_040_000, mode: "2", meter: 130,
	}}
	return f.start(t)
}

func speakYaesu(r *radio, message string) string {
	value := ""
	if len(message) > 2 {
		value = message[2:]
	}
	answer := func(format string, args ...any) string { return fmt.Sprintf(format, args...) + ";" }
	switch command := (message + "  ")[:2]; command {
	case "ID":
		return "ID0570;"
	case "FA", "FB":
		vfo := &r.a
		if command == "FB" {
			vfo = &r.b
		}
		if value != "" {
			*vfo = number11(value)
			return ""
		}
		return answer("%s%09d", command, *vfo)
	case "FT":
		switch value {
		case "":
			return answer("FT%s", digit(r.split))
		case "2", "3":
			r.split = value == "3"
			return ""
		}
	case "IF":
		return answer("IF001%09d%+05d0%s%s00000", r.a, r.offset, digit(r.xit), r.mode)
	case "MD":
		if len(value) == 2 {
			r.mode = value[1:]
			return ""
		}
		return answer("MD%s%s", value, r.mode)
	case "TX":
		if value != "" {
			r.keyed = value == "1"
			return ""
		}
		return answer("TX%s", digit(r.keyed))
	case "SM":
		return answer("SM0%03d", r.meter)
	case "AI":
		if value == "" {
			return "AI0;"
		}
		return ""
	case "PS":
		return "PS1;"
	case "SH":
		return "SH010;"
	case "EX": // menus: what Hamlib looks at is the time-out of CAT
		if value == "032" {
			return "EX0321;"
		}
		return ""
	case "NA":
		return "NA00;"
	case "RF":
		return "RF00;"
	}
	return "?;"
}
