//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package plain

import (
	"errors"
	"os"
)

// keystrokes is not possible here: whole lines are read, and what comes in does
// not wait for one that is being typed.
func keystrokes(*os.File) (restore func(), err error) { return nil, errors.ErrUnsupported }
