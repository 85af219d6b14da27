package rig

// Nothing is the link of a station without a key: with VOX the transceiver keys
// itself when it hears sound, and without a transceiver nothing may be sent.
type Nothing struct {
	VOX bool
}

// SetPTT does nothing, and refuses to key where nothing would transmit.
func (n Nothing) SetPTT(on bool) error {
	if on && !n.VOX {
		return Faultf(ErrRefused, "no rig is configured, so there is nothing to key: set its kind, vox if the sound is to key it")
	}
	return nil
}

// Close does nothing.
func (Nothing) Close() error { return nil }
