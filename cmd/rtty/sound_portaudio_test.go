//go:build portaudio && linux

package main

func init() {
	cards = append(cards, card{"portaudio", "portaudio:air_in", "portaudio:air_out"})
}
