package doctor

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// SystemClock asks the kernel. Whoever keeps its clock right, be it ntpd, chrony
// or systemd-timesyncd, tells it so (adjtimex(2)).
func SystemClock() (Clock, error) {
	const clockError = 5 // TIME_ERROR: not synchronised
	var t unix.Timex
	state, err := unix.Adjtimex(&t)
	if err != nil {
		return Clock{}, fmt.Errorf("asking the kernel for its clock: %w", err)
	}
	return Clock{
		Synchronised: state != clockError && t.Status&unix.STA_UNSYNC == 0,
		Error:        time.Duration(t.Maxerror) * time.Microsecond,
	}, nil
}
