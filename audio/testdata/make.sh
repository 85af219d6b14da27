#!/bin/sh
# Makes the recordings in this folder again. Needs python3 and flac.
set -e
cd "$(dirname "$0")"

# 16 bits, mono, 8 kHz: x(i) = (i·7919 mod 20011) − 10000 for 300 samples,
# in frames of 128.
python3 -c '
import sys, struct
for i in range(300):
    sys.stdout.buffer.write(struct.pack("<h", i*7919 % 20011 - 10000))
' | flac --silent --force --no-padding --no-seektable --blocksize=128 --force-raw-format \
    --endian=little --sign=signed --channels=1 --bps=16 --sample-rate=8000 -o tone16.flac -

# 24 bits, stereo, 44.1 kHz: a curve left and nearly the same right, so that the
# encoder predicts and stores the difference.
python3 -c '
import sys
for i in range(300):
    for v in (i*i*50 - 750000, i*i*50 - 740000 + i*i*i % 7):
        sys.stdout.buffer.write(v.to_bytes(3, "little", signed=True))
' | flac --silent --force --no-padding --no-seektable --blocksize=128 --force-raw-format \
    --endian=little --sign=signed --channels=2 --bps=24 --sample-rate=44100 -o ramp24.flac -
