//go:build race

package fsk

const underRace = true
