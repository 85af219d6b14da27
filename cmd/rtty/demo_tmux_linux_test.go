package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A pane is a terminal in tmux: what stands on it can be read, and keys can be
// pressed. A shell runs the program and says how it ended.
type pane struct {
	t      *testing.T
	socket string
}

const tmuxSession = "rtty"

func newPane(t *testing.T, width, height int, command string) *pane {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed: no terminal to drive")
	}
	dir, err := os.MkdirTemp("", "tmux") // a socket's path has to be shorter than that of t.TempDir may be
	if err != nil {
		t.Fatal(err)
	}
	p := &pane{t: t, socket: filepath.Join(dir, "s")}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the screen:\n%s", p.Screen())
		}
		_ = exec.Command("tmux", "-S", p.socket, "kill-server").Run()
		_ = os.RemoveAll(dir)
	})
	script := command + `; echo "ended with $?"; exec cat`
	p.tmux("-f", "/dev/null", "new-session", "-d", "-s", tmuxSession, "-x", strconv.Itoa(width), "-y", strconv.Itoa(height),
		"env", "COLORTERM=truecolor", "sh", "-c", script)
	return p
}

func (p *pane) tmux(args ...string) string {
	p.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-S", p.socket}, args...)...).CombinedOutput()
	if err != nil {
		p.t.Fatalf("tmux %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// Screen is what stands on the terminal.
func (p *pane) Screen() string { return p.tmux("capture-pane", "-p", "-t", tmuxSession) }

// Press presses keys, as tmux calls them.
func (p *pane) Press(keys ...string) {
	p.t.Helper()
	p.tmux(append([]string{"send-keys", "-t", tmuxSession}, keys...)...)
}

// Type types text.
func (p *pane) Type(text string) { p.t.Helper(); p.Press("-l", text) }

// Click clicks with the left button, as a terminal reports it (SGR mode). Cells
// are counted from 0.
func (p *pane) Click(x, y int) {
	p.t.Helper()
	p.Type(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1))
}

// Wheel turns the wheel up.
func (p *pane) Wheel(x, y int) { p.t.Helper(); p.Type(fmt.Sprintf("\x1b[<64;%d;%dM", x+1, y+1)) }

// Flag is a variable of tmux, such as mouse_any_flag.
func (p *pane) Flag(name string) string {
	return strings.TrimSpace(p.tmux("display-message", "-p", "-t", tmuxSession, "#{"+name+"}"))
}

// Await waits until the screen is as wanted, long enough for a machine that is
// busy and for a station that has to finish first.
func (p *pane) Await(what string, is func(screen string) bool) {
	p.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !is(p.Screen()); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatal("waited in vain until ", what)
		}
	}
}

func (p *pane) AwaitText(text string) {
	p.t.Helper()
	p.Await("it shows "+text, func(screen string) bool { return strings.Contains(screen, text) })
}

// mark is the frequency of mark that the first line tells.
func mark(screen string) float64 {
	found := regexp.MustCompile(`^ .. +M ([\d.]+)`).FindStringSubmatch(screen)
	if found == nil {
		return 0
	}
	hz, _ := strconv.ParseFloat(found[1], 64)
	return hz
}

// column is where a frequency stands, by the scale above the waterfall, and line
// that of a row of the waterfall.
func column(t *testing.T, screen string, hz float64) (x, line int) {
	t.Helper()
	for y, row := range strings.Split(screen, "\n") {
		ticks := regexp.MustCompile(`╵(\d+) `).FindAllStringSubmatchIndex(row, -1)
		if len(ticks) < 2 {
			continue
		}
		tick := func(i int) (x, hz float64) {
			hz, _ = strconv.ParseFloat(row[ticks[i][2]:ticks[i][3]], 64)
			return float64(utf8.RuneCountInString(row[:ticks[i][0]])), hz
		}
		x0, hz0 := tick(0)
		x1, hz1 := tick(len(ticks) - 1)
		return int(math.Round(x0 + (hz-hz0)*(x1-x0)/(hz1-hz0))), y + 2
	}
	t.Fatalf("there is no scale on\n%s", screen)
	return 0, 0
}

// The operator listens, tunes, sends, is answered and leaves. Who calls and who
// answers is drawn from the seed; what is told of it is left out here.
func TestDemoIsOperatedInATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("a contact takes its time")
	}
	t.Parallel()
	p := newPane(t, 120, 40, "rtty demo")

	t.Log("received text appears, and the call in it")
	p.Await("a station calls CQ", func(screen string) bool {
		cq := regexp.MustCompile(`CQ DE (\w+)`).FindStringSubmatch(screen)
		return cq != nil && regexp.MustCompile(`Heard(?s:.*)│ +`+cq[1]+` +2125 `).MatchString(screen)
	})

	t.Log("tuning by key")
	p.Press("Up")
	p.Press("Left")
	p.Await("mark is 9 Hz higher", func(screen string) bool { return mark(screen) == 2134 })

	t.Log("tuning by mouse, and what was sent there before")
	if p.Flag("mouse_any_flag") != "1" {
		t.Error("the mouse is not taken")
	}
	p.Await("half a minute is kept", func(screen string) bool { return regexp.MustCompile(`kept ([3-9]\d s|\d+ min)`).MatchString(screen) })
	x, y := column(t, p.Screen(), 2630)
	p.Click(x, y)
	p.Await("the pair of tones there is listened to", func(screen string) bool { return math.Abs(mark(screen)-2545) < 15 })
	p.AwaitText(" s before, ")
	at := mark(p.Screen())
	p.Wheel(x, y)
	p.Await("the wheel moves it by 1 Hz", func(screen string) bool { return math.Abs(math.Abs(mark(screen)-at)-1) < 0.1 })

	t.Log("type-ahead, and Esc")
	p.Type("PARIS PARIS PARIS PARIS PARIS PARIS QUITO")
	p.Await("it waits", func(screen string) bool {
		return strings.Contains(screen, "41 characters wait") && strings.Contains(screen, "  PARIS PARIS PARIS PARIS PARIS PARIS QUITO")
	})
	p.Press("BSpace")
	p.AwaitText("40 characters wait")
	p.Press("C-t")
	p.Await("it is on the air", func(screen string) bool {
		return strings.HasPrefix(screen, " TX ") && strings.Contains(screen, "> PARIS ")
	})
	p.Press("Escape")
	p.Await("it is received again, and the rest waits", func(screen string) bool {
		return strings.HasPrefix(screen, " RX ") && strings.Contains(screen, "characters wait") && strings.Contains(screen, "PARIS QUIT ")
	})
	p.Press("C-u")
	p.AwaitText("ready: type")

	t.Log("a macro goes on the air, and is answered")
	at = mark(p.Screen())
	for range 65 {
		p.Press("Down")
	}
	p.Await("it is tuned to where nobody is", func(screen string) bool { return math.Abs(at-650-mark(screen)) < 0.1 })
	p.Press("F1")
	p.Await("CQ is on the air", func(screen string) bool {
		return strings.HasPrefix(screen, " TX ") && strings.Contains(screen, "> CQ CQ ")
	})
	p.Await("it ends by itself", func(screen string) bool { return strings.HasPrefix(screen, " RX ") })
	p.Await("somebody answers", func(screen string) bool {
		return regexp.MustCompile(`(?m)^  .*W9QUZ DE \w+`).MatchString(screen)
	})

	t.Log("another size")
	for _, size := range [][2]int{{80, 24}, {200, 60}, {40, 8}, {120, 40}} {
		p.tmux("resize-window", "-t", tmuxSession, "-x", strconv.Itoa(size[0]), "-y", strconv.Itoa(size[1]))
		p.Await("it fills the screen", func(screen string) bool {
			return fits(screen, size[0], size[1]) && strings.HasPrefix(screen, " RX ")
		})
	}
	p.AwaitText("W9QUZ DE ")

	t.Log("leaving")
	p.Press("C-c")
	p.AwaitText("ended with 0")
	for flag, want := range map[string]string{"alternate_on": "0", "mouse_any_flag": "0", "cursor_flag": "1"} {
		if got := p.Flag(flag); got != want {
			t.Errorf("%s is %s after it has ended", flag, got)
		}
	}
	p.Type("echo\n") // by the terminal, and by cat
	p.Await("the terminal shows what is typed", func(screen string) bool { return strings.Count(screen, "echo\n") == 2 })
}

// fits tells whether a screen is that wide and high: the last line is used, and
// so is the first to its end, by the clock.
func fits(screen string, w, h int) bool {
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	clock := strings.TrimRight(lines[0], " ")
	return len(lines) == h && strings.HasSuffix(clock, "Z") && utf8.RuneCountInString(clock) == w-1
}
