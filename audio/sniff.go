package audio

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// signatures tell common files that are not read here by their first bytes,
// so that the message can say what somebody has and how to go on.
var signatures = []struct {
	offset int
	magic  string
	what   string
	packed bool // to be unpacked, not converted
}{
	{0, "OggS", "an Ogg file", false},
	{0, "FORM", "an AIFF file", false},
	{0, ".snd", "a Sun audio file", false},
	{0, "caff", "a Core Audio file", false},
	{0, "riff\x2E\x91\xCF\x11", "a Wave64 file", false},
	{0, "wvpk", "a WavPack file", false},
	{0, "MAC ", "a Monkey's Audio file", false},
	{0, "#!AMR", "an AMR file", false},
	{0, "\x1AE\xDF\xA3", "a Matroska or WebM file", false},
	{0, "\x30\x26\xB2\x75", "a Windows Media file", false},
	{4, "ftyp", "an MP4 or M4A file", false},
	{0, "\xFF\xF1", "an AAC file", false},
	{0, "\xFF\xF9", "an AAC file", false},
	{0, "\xFF\xFB", "an MP3 file", false},
	{0, "\xFF\xFA", "an MP3 file", false},
	{0, "\xFF\xF3", "an MP3 file", false},
	{0, "\xFF\xF2", "an MP3 file", false},
	{0, "ID3", "an MP3 file", false},
	{0, "PK\x03\x04", "a zip archive", true},
	{0, "\x1F\x8B", "a gzip archive", true},
	{0, "BZh", "a bzip2 archive", true},
	{0, "\xFD7zXZ", "an xz archive", true},
	{0, "\x28\xB5\x2F\xFD", "a zstd archive", true},
	{0, "7z\xBC\xAF", "a 7z archive", true},
}

// notAudio says what an input is that can't be read.
func notAudio(in *input) error {
	if _, err := in.Peek(16); err != nil && err != io.EOF {
		return fmt.Errorf("reading %s: %w", in.name, err)
	}
	head, _ := in.Peek(min(in.Buffered(), 512))
	if len(head) == 0 {
		return &FormatError{Name: in.name, Reason: "is empty"}
	}
	for _, s := range signatures {
		if len(head) < s.offset || !strings.HasPrefix(string(head[s.offset:]), s.magic) {
			continue
		}
		if s.packed {
			return &FormatError{Name: in.name, Reason: s.what + ", not a WAV or FLAC recording", Hint: "unpack it first"}
		}
		return foreign(in.name, s.what+", not a WAV or FLAC recording")
	}
	if isText(head) {
		return &FormatError{Name: in.name, Reason: "text, not a WAV or FLAC recording"}
	}
	return &FormatError{
		Name:   in.name,
		Reason: fmt.Sprintf("not a WAV or FLAC recording (starts with %q)", head[:min(len(head), 8)]),
		Hint:   "raw samples need their format and rate, as in --format s16le --rate 48000",
	}
}

// foreign refuses sound in a format that other programs convert.
func foreign(name, reason string) error {
	return &FormatError{
		Name:   name,
		Reason: reason,
		Hint:   "convert it: ffmpeg -i " + argument(name) + " -f wav - | rtty decode -",
	}
}

// argument is a file's name as one writes it in a shell.
func argument(name string) string {
	if name == standardInput {
		return "-"
	}
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-+/:\\", r)
	}
	if strings.IndexFunc(name, func(r rune) bool { return !plain(r) }) < 0 {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}

// isText tells whether the first bytes of a file are written text. Too few of
// them tell nothing.
func isText(head []byte) bool {
	if len(head) < 8 {
		return false
	}
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		cut := len(head)-i < utf8.UTFMax // a letter may be cut off at the end
		switch {
		case r == utf8.RuneError && n == 1 && !cut:
			return false
		case unicode.IsControl(r) && !strings.ContainsRune("\t\r\n\f\b\x1B\x07", r):
			return false
		}
		i += n
	}
	return true
}
