package guard

import (
	"os"
	"os/exec"
	"runtime"
	"time"

	"rtty/rig"
)

// Start is the client of a guard in a process of its own: this program, run with
// the arguments args ("guard"), which must lead it to [Run]. A station without a
// key to hold gets one in this process. The file of a port that is shared, in
// config, every guard inherits; it has to stay open until the client is closed.
func Start(config rig.Config, args ...string) (*Client, error) {
	if !config.Usual().Kind.Keys() {
		return Silent(config)
	}
	return newClient(config, func() (peer, error) { return spawn(args, config.File) })
}

// spawn starts a guard, which inherits a file if there is one.
func spawn(args []string, lent *os.File) (peer, error) {
	path, err := itself()
	if err != nil {
		return peer{}, err
	}
	cmd := &exec.Cmd{
		Path:        path,
		Args:        append([]string{os.Args[0]}, args...),
		Stderr:      nil, // it has nothing to say that does not come over the pipe
		SysProcAttr: apart(),
	}
	if lent != nil {
		cmd.ExtraFiles = []*os.File{lent}
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		return peer{}, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return peer{}, err
	}
	if err := cmd.Start(); err != nil {
		return peer{}, err
	}
	exited := make(chan struct{})
	go func() {
		_, _ = cmd.Process.Wait() // how it ended does not matter
		close(exited)
	}()
	end := func() {
		_ = cmd.Process.Kill() // fails when it has ended by itself
		select {
		case <-exited:
		case <-time.After(time.Second): // in the kernel, with a device that hangs
		}
		_ = in.Close()
		_ = out.Close()
	}
	return peer{in: in, out: out, end: end}, nil
}

// itself is a path to this very program, also when its file was replaced by an
// upgrade while it runs.
func itself() (string, error) {
	const running = "/proc/self/exe"
	if runtime.GOOS == "linux" {
		if _, err := os.Stat(running); err == nil {
			return running, nil
		}
	}
	return os.Executable()
}
