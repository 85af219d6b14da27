package cat

// Alive tells whether the port is still there, without asking the transceiver.
func (c *icom) Alive() error { return c.line.alive() }

// Alive tells whether the port is still there, without asking the transceiver.
func (k *kenwood) Alive() error { return k.line.alive() }

// Alive tells whether the port is still there, without asking the transceiver.
func (y *yaesu) Alive() error { return y.line.alive() }

// Alive tells whether the port is still there, without asking the transceiver.
func (f *fiveByte) Alive() error { return f.line.alive() }

func (l *line) alive() error {
	return l.ask(question{asked: "looking at the port", shown: "nothing", look: true})
}

// look listens once. A port that has hung up comes back at once, time and again;
// one that is there is silent for as long as a read may take.
func (o *owner) look() error {
	for {
		o.received = o.received[:0] // nothing was asked
		if err := o.read(); err != nil {
			return err
		}
		if o.idle == 0 {
			return nil
		}
	}
}
