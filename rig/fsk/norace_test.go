//go:build !race

package fsk

const underRace = false
