#!/usr/bin/env bash
# Lets fldigi read what rtty sends, at every preset, and shows what it printed.
# Runs some five minutes, in real time; needs what fldigi.sh names, and Go.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
. ./fldigi.sh
trap 'stop_all; rm -rf "$work"' EXIT

text='CQ CQ CQ DE W1AW W1AW 599 001 TEST (QTH) NEWINGTON CT 73 K'
failed=0

# read_by_fldigi NAME CENTER BAUD SHIFT STOP REVERSE USOS FLAG... sends with these
# flags of rtty encode.
read_by_fldigi() {
    start_fldigi "${@:1:7}"
    printf '%s\n' "$text" | "$work/rtty" encode "${@:8}" -o "$work/$1.wav"
    call text.clear_rx >/dev/null
    PULSE_LATENCY_MSEC=500 "${prompt[@]}" paplay --device=in "$work/$1.wav"
    sleep 2
    # The answer is base64, after the length of the text.
    local length printed
    length=$(call text.get_rx_length)
    printed=$(curl --silent http://127.0.0.1:17362/RPC2 --data "<methodCall><methodName>text.get_rx</methodName><params><param><value><i4>0</i4></value></param><param><value><i4>$length</i4></value></param></params></methodCall>" |
        tr -d '\n' | sed 's/.*<base64>\(.*\)<\/base64>.*/\1/' | base64 -d | tr -d '\r')
    stop_fldigi
    if grep -qF "$text" <<<"$printed"; then
        echo "$1: no error"
    else
        echo "$1: fldigi printed: $printed"
        failed=1
    fi
}

(cd .. && go build -o "$work/rtty" ./cmd/rtty)
start_sound
read_by_fldigi ham 2210 1 3 1 0 1 --preset ham --sideband usb
read_by_fldigi ham-constant 2210 1 3 1 0 1 --preset ham --sideband usb --waveform constant
read_by_fldigi ham50 2210 2 3 1 0 1 --preset ham50 --sideband usb
read_by_fldigi ham75 2210 4 3 1 0 1 --preset ham75 --sideband usb
read_by_fldigi dwd 1500 2 10 1 1 0 --preset dwd
read_by_fldigi dwd-lf 1500 2 1 1 1 0 --preset dwd-lf
read_by_fldigi wide 1500 4 9 1 1 0 --preset wide
exit $failed
