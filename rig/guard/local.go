package guard

import (
	"context"
	"io"
	"os"

	"rtty/rig"
)

// Local is a client with its guard in the same process. It holds the key against
// a modem whose sound stops, not against one that dies: it is for stations without
// a key to hold, and for tests.
func Local(config rig.Config, open Opener) (*Client, error) {
	return newClient(config, func() (peer, error) {
		requests, in := io.Pipe()
		out, messages := io.Pipe()
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			serve(ctx, requests, messages, open, func(string) *os.File { return config.File })
			_ = messages.Close() // a pipe in memory: never fails
		}()
		end := func() {
			cancel()
			_ = out.Close()
		}
		return peer{in: in, out: out, end: end}, nil
	})
}

// Silent is the client of a station without a key: with VOX, or without a rig.
func Silent(config rig.Config) (*Client, error) {
	return Local(config, func(c rig.Config) (rig.Link, error) {
		return rig.Nothing{VOX: c.Kind == rig.VOX}, nil
	})
}
