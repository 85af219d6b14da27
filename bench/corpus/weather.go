package corpus

import (
	"fmt"
	"math"
	"strings"
)

// weather is a part of a broadcast: mostly SYNOP bulletins, now and then a
// forecast for shipping in words.
func (w *writer) weather() string {
	if w.chance(0.2) {
		return w.seaForecast()
	}
	return w.bulletin()
}

// bulletin is a SYNOP bulletin: a heading, then one report a station.
func (w *writer) bulletin() string {
	day, hour := 1+w.rand.IntN(31), 6*w.rand.IntN(4)
	var b strings.Builder
	fmt.Fprintf(&b, "ZCZC %03d\n%s %02d%02d00\nAAXX %02d%02d1\n",
		1+w.rand.IntN(999), w.expand("{bulletin}"), day, hour, day, hour)
	block := w.pick(w.grammar["block"])
	for b.Len() < OverLength {
		b.WriteString(wrapped(w.synop(block)))
	}
	return b.String() + "NNNN\n"
}

// synop is one station's report in FM 12: cloud, wind, temperatures, pressure,
// and what of rain, weather and clouds there is to tell; / for what is unknown.
func (w *writer) synop(block string) string {
	temp := 10 + 12*w.rand.NormFloat64()
	dew := temp - math.Abs(5*w.rand.NormFloat64())
	station := fmt.Sprintf("%s%03d", block, w.rand.IntN(1000))
	if w.chance(0.03) {
		return station + " NIL="
	}
	cover := w.rand.IntN(9)
	groups := []string{
		station,
		fmt.Sprintf("%d%d%d%02d", 1+w.rand.IntN(3), 1+w.rand.IntN(2), w.rand.IntN(10), w.visibility()),
		fmt.Sprintf("%d%02d%02d", cover, w.rand.IntN(37), w.rand.IntN(25)),
		"1" + temperature(temp),
		"2" + temperature(dew),
		fmt.Sprintf("4%04d", int(math.Round(10130+120*w.rand.NormFloat64()))%10000),
		fmt.Sprintf("5%d%03d", w.rand.IntN(9), w.rand.IntN(60)),
	}
	if w.chance(0.5) {
		groups = append(groups, fmt.Sprintf("6%03d%d", w.rand.IntN(30), 1+w.rand.IntN(4)))
	}
	if w.chance(0.5) {
		groups = append(groups, fmt.Sprintf("7%02d%d%d", w.rand.IntN(100), w.rand.IntN(10), w.rand.IntN(10)))
	}
	if cover > 0 {
		groups = append(groups, "8"+fmt.Sprint(min(cover, 8))+w.unknownAtTimes(3))
	}
	if w.chance(0.7) {
		groups = append(groups, w.climate(temp)...)
	}
	return strings.Join(groups, " ") + "="
}

// climate is section 333: extremes, ground, sunshine, gusts.
func (w *writer) climate(temp float64) []string {
	groups := []string{"333"}
	if w.chance(0.6) {
		groups = append(groups, "1"+temperature(temp+6*w.rand.Float64()))
	}
	if w.chance(0.6) {
		groups = append(groups, "2"+temperature(temp-6*w.rand.Float64()))
	}
	if w.chance(0.4) {
		groups = append(groups, fmt.Sprintf("3%d///", w.rand.IntN(5)))
	}
	if w.chance(0.4) {
		groups = append(groups, fmt.Sprintf("55%03d", w.rand.IntN(160)))
	}
	if len(groups) == 1 || w.chance(0.5) {
		groups = append(groups, fmt.Sprintf("91%03d", w.rand.IntN(40)))
	}
	return groups
}

func (w *writer) visibility() int {
	if w.chance(0.3) {
		return w.rand.IntN(51) // hundreds of metres
	}
	return 56 + w.rand.IntN(29) // 50 and so many kilometres
}

func (w *writer) unknownAtTimes(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0' + byte(w.rand.IntN(10))
		if w.chance(0.1) {
			b[i] = '/'
		}
	}
	return string(b)
}

// temperature is the sign (1 below zero) and tenths of a degree.
func temperature(celsius float64) string {
	tenths := int(math.Round(celsius * 10))
	if tenths < 0 {
		return fmt.Sprintf("1%03d", -tenths)
	}
	return fmt.Sprintf("0%03d", tenths)
}

// seaForecast is a forecast for shipping, one line an area.
func (w *writer) seaForecast() string {
	var b strings.Builder
	b.WriteString(wrapped(w.expand("{forecasthead}")))
	for b.Len() < OverLength {
		b.WriteString(wrapped(english(w.expand("{area}: {wind}, {seastate}"))))
	}
	return b.String() + "NNNN\n"
}
