package fsk

func openSerial(Config) (Keyer, error) { return nil, ErrUnsupported }
