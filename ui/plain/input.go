package plain

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"
)

// An input is something that was read: a line, or keystrokes as they came.
type input struct {
	text string
	raw  bool
}

// listen reads the input until it ends or ctx does. restore gives the terminal
// back as it was.
func (c *Console) listen(ctx context.Context) (typed <-chan input, restore func()) {
	inputs := make(chan input)
	restore = func() {}
	read := readLines
	if file, ok := c.in.(*os.File); ok && c.terminal {
		if undo, err := keystrokes(file); err == nil {
			read, restore = readKeys, undo
		}
	}
	go func() {
		defer close(inputs)
		read(c.in, func(in input) bool {
			select {
			case inputs <- in:
				return true
			case <-ctx.Done():
				return false
			}
		})
	}()
	return inputs, restore
}

// readKeys reads keystrokes. Those of one read belong together.
func readKeys(r io.Reader, give func(input) bool) {
	buffer := make([]byte, 1024)
	for {
		n, err := r.Read(buffer)
		if n > 0 && !give(input{string(buffer[:n]), true}) || err != nil {
			return
		}
	}
}

// readLines reads lines. One that is longer than any sensible one comes in
// pieces, so that no memory is needed for what some program pours in.
func readLines(r io.Reader, give func(input) bool) {
	lines := bufio.NewReaderSize(r, mostTyped)
	for {
		text, err := lines.ReadSlice('\n')
		line := strings.ToValidUTF8(strings.TrimRight(string(text), "\r\n"), "")
		if (len(text) > 0 || err == nil) && !give(input{line, false}) {
			return
		}
		if err != nil && err != bufio.ErrBufferFull {
			return
		}
	}
}
