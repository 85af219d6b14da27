package fldigi

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// block is how many samples fldigi takes at a time. All that is played is a
// multiple of it, so that fldigi cuts every recording in the same way.
const block = 512

// portion is how much is played at a time, in samples. Between sound server and
// modem there is room for 65 s; but fldigi drops characters when more than 2048
// orders to draw something wait for its screen, and it gives some ten of them in
// each block.
const portion = 64 * block

// An air is what fldigi hears: a pipe into the sound server.
type air struct{ pipe *os.File }

func (p *Program) socket() string { return filepath.Join(p.folder, "native") }

// startSound runs a sound server that has nothing but a pipe to listen to, and a
// sink that swallows what is played.
func (p *Program) startSound(ctx context.Context) (*air, error) {
	pipe := filepath.Join(p.folder, "air")
	script := filepath.Join(p.folder, "default.pa")
	modules := fmt.Sprintf(`load-module module-native-protocol-unix auth-anonymous=1 socket=%s
load-module module-null-sink sink_name=out rate=%d channels=1
load-module module-pipe-source source_name=air file=%s format=s16le rate=%d channels=1
set-default-source air
`, p.socket(), Rate, pipe, Rate)
	if err := os.WriteFile(script, []byte(modules), 0o600); err != nil {
		return nil, err
	}
	server, err := p.run(nil, nil, "pulseaudio", "-n", "-F", script, "--daemonize=no", "--exit-idle-time=-1",
		"--use-pid-file=no", "--disable-shm=yes")
	if err != nil {
		return nil, err
	}
	err = until(ctx, func() (bool, error) {
		_, err1 := os.Stat(p.socket())
		_, err2 := os.Stat(pipe)
		return err1 == nil && err2 == nil, server.Ended()
	})
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(pipe, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	return &air{file}, nil
}

// play lets fldigi hear samples, a portion at a time and the next one when it is
// done with it. Their number is a multiple of block.
func (p *Program) play(ctx context.Context, samples []int16) error {
	for len(samples) > 0 {
		n := min(portion, len(samples))
		if err := p.air.write(ctx, samples[:n]); err != nil {
			return err
		}
		if err := p.rest(ctx, time.Duration(n)*time.Second/Rate); err != nil {
			return err
		}
		samples = samples[n:]
	}
	return nil
}

func (a *air) write(ctx context.Context, samples []int16) error {
	bytes := make([]byte, 0, 2*len(samples))
	for _, v := range samples {
		bytes = append(bytes, byte(v), byte(v>>8))
	}
	if err := a.pipe.SetWriteDeadline(time.Time{}); err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = a.pipe.SetWriteDeadline(time.Unix(1, 0)) })()
	if _, err := a.pipe.Write(bytes); err != nil {
		return errors.Join(ctx.Err(), err)
	}
	return nil
}

// Close lets the pipe end.
func (a *air) Close() { _ = a.pipe.Close() } // nothing is buffered
