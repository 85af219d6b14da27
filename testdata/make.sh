#!/usr/bin/env bash
# Makes the recordings of this folder again. Needs Go, sox, flac, minimodem,
# fldigi, pulseaudio (with parec), Xvfb and curl; runs some five
# minutes, because fldigi transmits in real time.
#
#   testdata/make.sh              all of them
#   testdata/make.sh own          those of rtty itself
#   testdata/make.sh minimodem
#   testdata/make.sh fldigi [NAME]
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
. ./fldigi.sh
trap 'stop_all; rm -rf "$work"' EXIT

text='CQ CQ CQ DE W1AW W1AW 599 001 TEST (QTH) NEWINGTON CT 73 K'

# A cq call with the noise of a short-wave band, for the first command of the
# README.
own() {
    (cd .. && go build -o "$work/rtty" ./cmd/rtty)
    printf 'CQ CQ CQ DE W1AW W1AW W1AW PSE K\n' >cq.txt
    "$work/rtty" encode --rate 8000 -f cq.txt -o "$work/clean.wav"
    "$work/rtty" simulate --snr 0 --offset -65 --pad 1 --seed 7 "$work/clean.wav" cq.wav
}

# minimodem NAME BAUD MARK SPACE STOP
by_minimodem() {
    printf '%s\n' "$text" >"minimodem-$1.txt"
    printf '%s\r\n' "$text" | minimodem --tx --quiet --samplerate 8000 --file "$work/$1.wav" \
        --baudot --stopbits "$5" --mark "$3" --space "$4" "$2"
    flac --silent --best --force --output-name "minimodem-$1.flac" "$work/$1.wav"
}

minimodem_all() {
    by_minimodem ham 45.45 2125 2295 1.5
    by_minimodem ham50 50 2125 2295 1.5
    by_minimodem ham75 75 2125 2295 1.5
    by_minimodem dwd 50 1275 1725 1.5
    by_minimodem dwd-lf 50 1457.5 1542.5 1.5
    by_minimodem wide 75 1075 1925 1.5
}

# by_fldigi NAME CENTER BAUD SHIFT STOP REVERSE USOS, see start_fldigi. fldigi has
# no way to write its transmission to a file without a hand on the mouse, so it
# is recorded, again if the machine was too busy and tore a hole into it.
by_fldigi() {
    [ -z "$only" ] || [ "$only" = "$1" ] || return 0
    for _ in 1 2 3 4 5; do
        start_fldigi "$@"
        transmit_by_fldigi >"$work/$1.raw"
        stop_fldigi
        sox --no-dither -t raw -r 48000 -e signed -b 16 -c 1 "$work/$1.raw" -r 8000 "$work/$1.wav" \
            silence 1 0.01 0.1% reverse silence 1 0.01 0.1% reverse
        sox "$work/$1.wav" "$work/filled.wav" silence 1 0.01 0.1% -1 0.01 0.1%
        [ "$(soxi -s "$work/$1.wav")" -gt $(($(soxi -s "$work/filled.wav") + 80)) ] || break
        echo "fldigi-$1 has a hole; once more" >&2
    done
    printf '%s\n' "$text" >"fldigi-$1.txt"
    flac --silent --best --force --output-name "fldigi-$1.flac" "$work/$1.wav"
}

# transmit_by_fldigi lets fldigi send the text and writes what it played.
transmit_by_fldigi() {
    "${prompt[@]}" parec --device=out.monitor --rate=48000 --channels=1 --format=s16le --raw &
    local recorder=$!
    sleep 1
    call text.add_tx string "$text
^r" >/dev/null
    call main.tx >/dev/null
    sleep 3
    for _ in $(seq 60); do [ "$(call main.get_trx_state)" = TX ] || break; sleep 0.5; done
    sleep 1
    kill "$recorder"
}

fldigi_all() {
    start_sound
    by_fldigi ham 2210 1 3 1 0 1
    by_fldigi ham-reverse 1500 1 3 1 1 1
    by_fldigi ham50 2210 2 3 1 0 1
    by_fldigi ham75 2210 4 3 1 0 1
    by_fldigi dwd 1500 2 10 1 1 0
    by_fldigi dwd-lf 1500 2 1 1 1 0
    by_fldigi wide 1500 4 9 2 1 0
}

only=${2:-}
case ${1:-all} in
own) own ;;
minimodem) minimodem_all ;;
fldigi) fldigi_all ;;
all) own; minimodem_all; fldigi_all ;;
*) echo "usage: testdata/make.sh [own|minimodem|fldigi [NAME]]" >&2; exit 2 ;;
esac
ls -l
