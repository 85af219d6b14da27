package flrig

import (
	"fmt"
	"slices"
	"strings"

	"rtty/rig"
)

// A usage is one kind of mode and what transceivers call it, the better known
// first. flrig shows the names that stand on the transceiver's front.
type usage struct {
	mode  rig.Mode
	names []string
}

// On Yaesu's and Kenwood's, as on Icom's, the plain RTTY is the one of the lower
// sideband, with mark the higher radio frequency; -R, and Yaesu's U, is reversed.
var usages = []usage{
	{rig.Mode{Kind: rig.USB, Data: true}, []string{"USB-D", "DATA-U", "D-USB", "PKT-U", "DATA-USB", "USB-D1", "DATAU", "DIGU", "DIG-U", "USER-U", "PKTUSB", "PKT-USB"}},
	{rig.Mode{Kind: rig.LSB, Data: true}, []string{"LSB-D", "DATA-L", "D-LSB", "PKT-L", "DATA-LSB", "LSB-D1", "DATAL", "DIGL", "DIG-L", "USER-L", "PKTLSB", "PKT-LSB"}},
	{rig.Mode{Kind: rig.USB}, []string{"USB"}},
	{rig.Mode{Kind: rig.LSB}, []string{"LSB"}},
	{rig.Mode{Kind: rig.RTTY}, []string{"RTTY", "FSK", "RTTY-L", "RTTY-LSB", "RTTY(L)", "RTTYL"}},
	{rig.Mode{Kind: rig.RTTYR}, []string{"RTTY-R", "FSK-R", "RTTY-U", "RTTY-USB", "RTTY(U)", "RTTYU", "RTTYR"}},
}

func modeOf(name string) rig.Mode {
	m := rig.Mode{Kind: rig.Other}
	for _, u := range usages {
		if slices.Contains(u.names, strings.ToUpper(name)) {
			m = u.mode
		}
	}
	m.Name = name
	return m
}

// nameOf is the name that this transceiver, which has the modes known, gives to a
// mode.
func nameOf(m rig.Mode, known []string) (string, error) {
	if m.Name != "" {
		if len(known) > 0 && !slices.Contains(known, m.Name) {
			return "", fmt.Errorf("the rig has no mode %s, but %s", m.Name, strings.Join(known, ", "))
		}
		return m.Name, nil
	}
	sideband := m.Kind == rig.USB || m.Kind == rig.LSB // in others there is no choice
	for _, name := range known {
		is := modeOf(name)
		if is.Kind == m.Kind && is.Data == (m.Data && sideband) {
			return name, nil
		}
	}
	return "", fmt.Errorf("the rig has no such mode, but %s", strings.Join(known, ", "))
}
