package band

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// weather is an author: a station that sends observations in the figures of the
// meteorologists' code FM 12 (SYNOP), headed and ended as weather services do.
type weather struct {
	part
	now    func() time.Time
	number int
}

func newWeather(p part, now func() time.Time) *weather { return &weather{part: p, now: now} }

func (w *weather) present() []operating { return nil }

func (w *weather) calling() bool { return false }

// reportsEach is how many reports a bulletin has.
const reportsEach = 6

// write is a bulletin, now and then with the line by which it is tuned in
// before it.
func (w *weather) write() []line {
	var b strings.Builder
	if w.number%3 == 0 {
		b.WriteString("\nRYRYRYRYRYRYRYRYRYRYRYRYRYRYRYRY\nCQ CQ CQ DE QWX2 QWX7 QWX9\n")
	}
	w.number++
	hour := w.now().Truncate(6 * time.Hour)
	fmt.Fprintf(&b, "\nZCZC %03d\nSMXX99 QWXX %s\nAAXX %s1\n", w.number%1000, hour.Format("021504"), hour.Format("0215"))
	for range reportsEach {
		b.WriteString(wrapped(w.report())[1:])
	}
	b.WriteString("NNNN\n")
	return []line{{w.senders[0], b.String(), w.pause(2*time.Second, 6*time.Second)}}
}

// report is one land station: clouds and wind, temperature, dew point, pressure
// and its change, rain.
func (w *weather) report() string {
	temperature := 9 + 8*w.chance.NormFloat64()
	groups := []string{
		fmt.Sprintf("99%03d", w.chance.IntN(1000)),
		fmt.Sprintf("1%d%d%02d", 1+w.chance.IntN(2), w.chance.IntN(10), 56+w.chance.IntN(25)),
		fmt.Sprintf("%d%02d%02d", w.chance.IntN(9), w.chance.IntN(37), w.chance.IntN(20)),
		"1" + tenths(temperature),
		"2" + tenths(temperature-math.Abs(4*w.chance.NormFloat64())),
		fmt.Sprintf("4%04d", int(10130+100*w.chance.NormFloat64())%10000),
		fmt.Sprintf("5%d%03d", w.chance.IntN(9), w.chance.IntN(40)),
	}
	if w.chance.IntN(2) == 0 {
		groups = append(groups, fmt.Sprintf("6%03d1", w.chance.IntN(30)))
	}
	if w.chance.IntN(2) == 0 {
		groups = append(groups, fmt.Sprintf("8%d%d//", 1+w.chance.IntN(8), w.chance.IntN(10)))
	}
	return strings.Join(groups, " ") + "="
}

// tenths is a temperature in the code's form: sign, 1 below zero, and tenths of
// a degree.
func tenths(celsius float64) string {
	t := int(math.Round(celsius * 10))
	if t < 0 {
		return fmt.Sprintf("1%03d", -t)
	}
	return fmt.Sprintf("0%03d", t)
}
