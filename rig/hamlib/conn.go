package hamlib

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"rtty/rig"
)

const (
	patience = 2 * time.Second // for an answer, and for a connection
	lineSize = 4096            // bytes
)

var errClosed = errors.New("the connection was closed")

// A conn is a connection on which one command at a time is asked. A second
// goroutine reads, so that its end shows also when nothing is asked.
type conn struct {
	address string
	net     net.Conn
	lines   chan string   // closed when the other end is gone
	down    chan struct{} // closed when the other end is gone
	left    chan struct{} // closed when we are
	leave   sync.Once
	stray   bool // an answer may come that was not waited for
}

func dial(address string) (*conn, error) {
	n, err := net.DialTimeout("tcp", address, patience)
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return nil, rig.Faultf(rig.ErrGone, "nothing listens at %s: start rigctld, or correct the address", address)
	case err != nil:
		return nil, rig.Faultf(rig.ErrGone, "connecting to rigctld at %s: %w", address, err)
	}
	c := &conn{address: address, net: n, lines: make(chan string, 16), down: make(chan struct{}), left: make(chan struct{})}
	go c.read()
	return c, nil
}

func (c *conn) read() {
	defer close(c.lines)
	defer close(c.down)
	scanner := bufio.NewScanner(c.net)
	scanner.Buffer(nil, lineSize)
	for scanner.Scan() {
		select {
		case c.lines <- scanner.Text():
		case <-c.left:
			return
		}
	}
}

func (c *conn) close() {
	c.leave.Do(func() {
		close(c.left)
		_ = c.net.Close() // nothing more is wanted of it
	})
}

// alive tells whether neither end has closed the connection.
func (c *conn) alive() error {
	select {
	case <-c.left:
	case <-c.down:
	default:
		return nil
	}
	return rig.Faultf(rig.ErrGone, "rigctld at %s has closed the connection", c.address)
}

// exchange sends a command and waits for its answer. If none comes, or one that is
// not its own, the connection is closed.
func (c *conn) exchange(command, arguments string) (reply, error) {
	answer := &collector{command: command, stray: c.stray}
	if err := c.send(`+\` + command + arguments); err != nil {
		return reply{}, err
	}
	if err := c.collect(command, answer.add); err != nil {
		return reply{}, err
	}
	c.stray = false
	return reply{command, answer.lines}, nil
}

// checkVFO asks whether commands have to name a VFO, which is so when rigctld was
// started with --vfo. It is asked in the plain protocol, since its answer in the
// extended one has no end in some versions and has one in others.
func (c *conn) checkVFO() (named bool, err error) {
	if err := c.send(`\chk_vfo`); err != nil {
		return false, err
	}
	err = c.collect("chk_vfo", func(line string) (bool, error) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			return false, nil
		}
		n, err := strconv.Atoi(fields[len(fields)-1])
		if err != nil || fields[0] == "RPRT" {
			return false, rig.Faultf(rig.ErrGone, "%q is no answer to chk_vfo: is it a rigctld?", line)
		}
		named = n != 0
		return true, nil
	})
	c.stray = true
	return named, err
}

func (c *conn) send(line string) error {
	if err := c.alive(); err != nil {
		return err
	}
	c.forget()
	if err := c.net.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return c.gone(err)
	}
	if _, err := io.WriteString(c.net, line+"\n"); err != nil {
		return c.gone(err)
	}
	return nil
}

// forget drops what came without being asked for.
func (c *conn) forget() {
	for {
		select {
		case _, ok := <-c.lines:
			if !ok {
				return
			}
		default:
			return
		}
	}
}

// collect hands the lines of an answer to add until that is done. The connection
// survives errors that rigctld reported, and no others.
func (c *conn) collect(command string, add func(line string) (done bool, err error)) error {
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		select {
		case line, ok := <-c.lines:
			if !ok {
				return c.gone(errClosed)
			}
			done, err := add(line)
			if errors.Is(err, rig.ErrGone) {
				c.close()
			}
			if done || err != nil {
				return err
			}
		case <-late.C:
			return c.gone(fmt.Errorf("no answer to %s for %v", command, patience))
		}
	}
}

func (c *conn) gone(err error) error {
	c.close()
	return rig.Faultf(rig.ErrGone, "rigctld at %s: %w", c.address, err)
}
