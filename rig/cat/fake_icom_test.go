package cat

import "testing"

// fakeIcom is an IC-7300 as far as it matters here: address 94, all commands
// that this package and Hamlib use.
func fakeIcom(t *testing.T) *fake {
	f := &fake{split: nextCIV, speak: speakCIV, radio: radio{
		a: 14_074_000, b: 7_040_000, mode: "\x01\x01", data: "\x00", meter: 120, width: 32,
	}}
	return f.start(t)
}

// Frames from the transceiver, with the addresses that are always the same.
func fromIcom(body string) string { return "\xfe\xfe\xe0\x94" + body + "\xfd" }

func speakCIV(r *radio, frame string) string {
	if len(frame) < 6 || frame[:4] != "\xfe\xfe\x94\xe0" {
		return ""
	}
	command := frame[4 : len(frame)-1]
	for _, c := range []struct {
		prefix string
		answer func(r *radio, data string) (reply string, ok bool)
	}{
		{"\x03", func(r *radio, _ string) (string, bool) { return digits(r.a), true }},
		{"\x05", func(r *radio, data string) (string, bool) { return "", setDigits(&r.a, data) }},
		{"\x04", func(r *radio, _ string) (string, bool) { return r.mode, true }},
		{"\x06", func(r *radio, data string) (string, bool) { r.mode = (data + "\x01")[:2]; return "", true }},
		{"\x0f", func(r *radio, data string) (string, bool) {
			if data != "" {
				r.split = data == "\x01"
				return "", true
			}
			return bit(r.split), true
		}},
		{"\x15\x02", func(r *radio, _ string) (string, bool) { return level(r.meter), true }},
		{"\x19\x00", func(*radio, string) (string, bool) { return "\x94", true }},
		{"\x1a\x03", func(r *radio, _ string) (string, bool) { return two(r.width), true }},
		{"\x1a\x06", func(r *radio, data string) (string, bool) {
			if data != "" {
				r.data = data[:1]
				return "", true
			}
			return r.data + r.mode[1:], true
		}},
		{"\x1c\x00", func(r *radio, data string) (string, bool) {
			if data != "" {
				r.keyed = data == "\x01"
				return "", true
			}
			return bit(r.keyed), true
		}},
		{"\x1c\x03", func(r *radio, _ string) (string, bool) { return digits(r.sends()), true }},
		{"\x21\x00", func(r *radio, _ string) (string, bool) { return offset(r.offset), true }},
		{"\x21\x02", func(r *radio, _ string) (string, bool) { return bit(r.xit), true }},
		{"\x25\x00", func(r *radio, data string) (string, bool) {
			if data != "" {
				return "", setDigits(&r.a, data)
			}
			return digits(r.a), true
		}},
		{"\x25\x01", func(r *radio, _ string) (string, bool) { return digits(r.b), true }},
		{"\x26\x00", func(r *radio, data string) (string, bool) {
			if data != "" {
				r.mode, r.data = data[:1]+(data + "\x00\x01")[2:3], (data + "\x00")[1:2]
				return "", true
			}
			return r.mode[:1] + r.data + r.mode[1:], true
		}},
		{"\x26\x01", func(r *radio, _ string) (string, bool) { return r.mode[:1] + r.data + r.mode[1:], true }},
	} {
		if len(command) < len(c.prefix) || command[:len(c.prefix)] != c.prefix {
			continue
		}
		reply, ok := c.answer(r, command[len(c.prefix):])
		switch {
		case !ok:
			return fromIcom("\xfa")
		case reply == "":
			return fromIcom("\xfb")
		}
		return fromIcom(c.prefix + reply)
	}
	return fromIcom("\xfa")
}

// sends is the frequency a transceiver transmits on.
func (r *radio) sends() int64 {
	hz := r.a
	if r.split {
		hz = r.b
	}
	if r.xit {
		hz += r.offset
	}
	return hz
}

func bit(on bool) string { return map[bool]string{false: "\x00", true: "\x01"}[on] }

// two decimals in one byte.
func two(n int) string { return string([]byte{byte(n/10<<4 | n%10)}) }

// level is 0 to 255 as two bytes of decimals, the higher ones first.
func level(n int) string { return two(n/100) + two(n%100) }

// digits is a frequency, the last two digits first.
func digits(hz int64) string {
	s := ""
	for range 5 {
		s += two(int(hz % 100))
		hz /= 100
	}
	return s
}

func setDigits(hz *int64, data string) bool {
	if len(data) != 5 {
		return false
	}
	*hz = 0
	for i := 4; i >= 0; i-- {
		*hz = *hz*100 + int64(data[i]>>4)*10 + int64(data[i]&15)
	}
	return true
}

// offset is up to 9.999 kHz and a sign.
func offset(hz int64) string {
	sign := "\x00"
	if hz < 0 {
		hz, sign = -hz, "\x01"
	}
	return two(int(hz%100)) + two(int(hz/100)) + sign
}
