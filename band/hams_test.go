package band

import (
	"testing"

	"rtty/callsign"
)

// All calls look like calls and can't be anybody's, and none is taken for
// another when a letter is wrong.
func TestCalls(t *testing.T) {
	all := hams()
	calls := []string{OperatorCall}
	for _, h := range all {
		calls = append(calls, h.call)
	}
	for i, call := range calls {
		suffix := call[len(call)-3:]
		if !callsign.Valid(call) || suffix < "QRA" || suffix > "QUZ" {
			t.Errorf("%s is no call that is never issued", call)
		}
		for _, other := range calls[:i] {
			if within1(call, other) {
				t.Errorf("%s and %s are easily mixed up", call, other)
			}
		}
	}
}
