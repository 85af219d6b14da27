package cat

import "testing"

// fake817 is an FT-817.
func fake817(t *testing.T) *fake {
	f := &fake{speak: speak817, radio: radio{
		a: 14_074_000, b: 7_040_000, mode: "\x01", data: "\x80", meter: 9,
	}}
	f.split = func(received []byte) ([]byte, int) {
		if len(received) < 5 {
			return nil, 0
		}
		return received[:5], 5
	}
	return f.start(t)
}

func speak817(r *radio, command string) string {
	switch command[4] {
	case 0x01:
		r.a = 0
		for _, c := range []byte(command[:4]) {
			r.a = r.a*100 + int64(c>>4)*10 + int64(c&15)
		}
		r.a *= 10
		return "\x00"
	case 0x03:
		n := r.a / 10
		return two(int(n/1e6)) + two(int(n/1e4%100)) + two(int(n/100%100)) + two(int(n%100)) + r.mode
	case 0x07:
		r.mode = command[:1]
		return "\x00"
	case 0x08:
		if r.keyed {
			return "\xf0"
		}
		r.keyed = true
		return "\x00"
	case 0x88:
		if !r.keyed {
			return "\xf0"
		}
		r.keyed = false
		return "\x00"
	case 0x02, 0x82:
		r.split = command[4] == 0x02
		return "\x00"
	case 0xbb:
		switch command[:2] {
		case "\x00\x65":
			return r.data + "\x00"
		case "\x00\x7a":
			return map[bool]string{false: "\x00\x00", true: "\x80\x00"}[r.split]
		}
		return "\x00\x00"
	case 0xe7:
		return string([]byte{byte(r.meter)})
	case 0xf7:
		switch {
		case !r.keyed:
			return "\xff"
		case r.split:
			return "\x05"
		}
		return "\x25"
	}
	return "\x00"
}
