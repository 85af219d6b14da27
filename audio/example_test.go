package audio_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"rtty/audio"
)

// A recording is written and read again.
func Example() {
	dir, err := os.MkdirTemp("", "audio")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "click.wav")

	sink, err := audio.Create(path, audio.SinkOptions{Rate: 8000, Format: audio.F32LE})
	if err != nil {
		log.Fatal(err)
	}
	if err := sink.Write([]float32{0, 0.5, -0.5}); err != nil {
		log.Fatal(err)
	}
	if err := sink.Close(); err != nil {
		log.Fatal(err)
	}

	src, err := audio.Open(path, audio.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer src.Close()
	buf := make([]float32, 1024)
	for {
		block, err := src.Read(buf)
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(src.Rate(), block.Index, buf[:block.N])
	}
	// Output: 8000 0 [0 0.5 -0.5]
}

// Two receivers record into one stream without a header, left and right. Only
// the second is wanted.
func ExampleNewSource() {
	stream := bytes.NewReader([]byte{0, 0, 0, 0x40, 0, 0, 0, 0xC0}) // two frames
	src, err := audio.NewSource(stream, "two receivers", audio.Options{
		Channel: audio.Right,
		Raw:     audio.RawFormat{Format: audio.S16LE, Rate: 48000, Channels: 2},
	})
	if err != nil {
		log.Fatal(err)
	}
	buf := make([]float32, 1024)
	block, err := src.Read(buf)
	fmt.Println(buf[:block.N], err)
	// Output: [0.5 -0.5] <nil>
}

// Damage shows after all that could be read before it.
func ExampleDamageError() {
	var wav bytes.Buffer
	sink, err := audio.NewFileSink(&wav, audio.SinkOptions{Rate: 8000, Format: audio.F32LE})
	if err != nil {
		log.Fatal(err)
	}
	if err := sink.Write([]float32{1, 2, 3}); err != nil {
		log.Fatal(err)
	}
	// The header announces 12 bytes of samples; the last three get lost.
	whole := bytes.Replace(wav.Bytes(), []byte("data\xFF\xFF\xFF\xFF"), []byte("data\x0C\x00\x00\x00"), 1)
	src, err := audio.NewSource(bytes.NewReader(whole[:len(whole)-3]), "cut.wav", audio.Options{})
	if err != nil {
		log.Fatal(err)
	}
	buf := make([]float32, 1024)
	for err == nil {
		var block audio.Block
		block, err = src.Read(buf)
		fmt.Println(buf[:block.N])
	}
	var damage *audio.DamageError
	fmt.Println(errors.As(err, &damage), err)
	// Output:
	// [1 2]
	// []
	// true cut.wav: damaged at byte 67, after 2 samples: it ends 3 bytes before its header says
}

func ExampleFormatError() {
	_, err := audio.NewSource(strings.NewReader("\xFF\xFB\x90\x64, and so on"), "over.mp3", audio.Options{})
	fmt.Println(err)
	// Output: over.mp3: an MP3 file, not a WAV or FLAC recording; convert it: ffmpeg -i over.mp3 -f wav - | rtty decode -
}

func ExampleParseFormat() {
	_, err := audio.ParseFormat("s20le")
	fmt.Println(err)
	// Output: no sample format "s20le"; there are s8, u8, s16le, s16be, s24le, s24be, s32le, s32be, f32le, f32be, f64le, f64be, alaw, mulaw
}
