package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// eachFile does something with one file after the other. One that fails does
// not stop the others; the exit code is that of the worst.
func eachFile(cmd *cobra.Command, files []string, do func(file string) error) error {
	worst := exitDone
	for _, file := range files {
		err := do(file)
		if err == nil {
			continue
		}
		f := asFailure(err)
		if len(files) == 1 || f.code == exitInterrupted {
			return f
		}
		fmt.Fprintln(cmd.ErrOrStderr(), "rtty:", f)
		worst = max(worst, f.code)
	}
	if worst != exitDone {
		return &failure{code: worst, err: errors.New("some files failed"), reported: true}
	}
	return nil
}

// notOver refuses an output that is the input: it would be emptied before it was
// read.
func notOver(in, out string) error {
	before, errIn := os.Stat(in)
	after, errOut := os.Stat(out)
	if errIn != nil || errOut != nil || !before.Mode().IsRegular() || !os.SameFile(before, after) {
		return nil
	}
	return misuse("%s is what is read, and would be lost; name another file to write", out)
}

// headings part what is printed of several files, the way head does.
type headings struct {
	several bool
	printed bool
}

func (h *headings) print(w io.Writer, file string) {
	if !h.several {
		return
	}
	if h.printed {
		fmt.Fprintln(w)
	}
	h.printed = true
	fmt.Fprintf(w, "==> %s <==\n", file)
}
