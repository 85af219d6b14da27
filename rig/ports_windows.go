package rig

import "golang.org/x/sys/windows/registry"

// Ports lists the serial ports that the registry knows.
func Ports() []Port {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, `HARDWARE\DEVICEMAP\SERIALCOMM`, registry.QUERY_VALUE)
	if err != nil {
		return nil // there is no such key where there are no ports
	}
	defer key.Close()
	devices, err := key.ReadValueNames(0)
	if err != nil {
		return nil
	}
	var all []Port
	for _, device := range devices {
		if name, _, err := key.GetStringValue(device); err == nil {
			all = append(all, Port{Path: name, Name: name, Description: device})
		}
	}
	return all
}
