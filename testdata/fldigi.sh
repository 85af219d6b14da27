# To be sourced: fldigi with a sound server and a screen of its own, both without
# hardware. Needs fldigi, pulseaudio (with parec and paplay), Xvfb and curl. The
# caller sets work, a folder to be thrown away, and calls stop_all at its end.

pids=()
prompt=() # a busy machine must not tear holes into the sound
[ "$(id -u)" -ne 0 ] || prompt=(nice -n -15)

stop_all() {
    [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
}

# start_sound makes two null sinks: what is played into "out" fldigi does not
# hear, what is played into "in" it does.
start_sound() {
    export HOME=$work XDG_RUNTIME_DIR=$work PULSE_RUNTIME_PATH=$work PULSE_SERVER=unix:$work/native
    cat >"$work/default.pa" <<EOF
load-module module-native-protocol-unix socket=$work/native auth-anonymous=1
load-module module-null-sink sink_name=out rate=48000 channels=1 channel_map=mono norewinds=1
load-module module-null-sink sink_name=in rate=48000 channels=1 channel_map=mono norewinds=1
set-default-sink out
set-default-source in.monitor
EOF
    "${prompt[@]}" pulseaudio --daemonize=no --exit-idle-time=-1 --disallow-exit --use-pid-file=no -n -F "$work/default.pa" 2>"$work/pulse.log" &
    pids+=($!)
    Xvfb :97 -screen 0 1280x800x24 2>/dev/null &
    pids+=($!)
    for _ in $(seq 100); do [ -S "$work/native" ] && return; sleep 0.1; done
    echo "no sound server; see its log:" >&2
    cat "$work/pulse.log" >&2
    return 1
}

# call METHOD [TYPE VALUE] asks fldigi over XML-RPC and prints the answer.
call() {
    local params=""
    [ $# -lt 3 ] || params="<param><value><$2>$3</$2></value></param>"
    curl --silent --fail --max-time 5 http://127.0.0.1:17362/RPC2 \
        --data "<methodCall><methodName>$1</methodName><params>$params</params></methodCall>" |
        sed -n 's/.*<value>\(<[a-z0-9]*>\)\{0,1\}\([^<]*\).*/\2/p' | head -1
}

# start_fldigi NAME CENTER BAUD SHIFT STOP REVERSE USOS with its own indices:
# baud 1 is 45.45, 2 is 50, 4 is 75; shift 1 is 85, 3 is 170, 9 is 850, 10 is
# 450 as set below; stop 0, 1, 2 is 1, 1.5, 2.
start_fldigi() {
    local config=$work/fldigi-$1
    mkdir -p "$config"
    cat >"$config/fldigi_def.xml" <<EOF
<FLDIGI_DEFS>
<MYCALL>W1AW</MYCALL>
<AUDIOIO>2</AUDIOIO>
<RTTYBAUD>$3</RTTYBAUD>
<RTTYSHIFT>$4</RTTYSHIFT>
<RTTYCUSTOMSHIFT>450</RTTYCUSTOMSHIFT>
<RTTYSTOP>$5</RTTYSTOP>
<RTTYREVERSE>$6</RTTYREVERSE>
<UOSRX>$7</UOSRX>
<UOSTX>$7</UOSTX>
</FLDIGI_DEFS>
EOF
    # Its own buffers are too short for a null sink, which would run dry.
    PULSE_LATENCY_MSEC=500 DISPLAY=:97 "${prompt[@]}" fldigi --config-dir "$config" \
        --xmlrpc-server-address 127.0.0.1 --xmlrpc-server-port 17362 >"$work/fldigi.log" 2>&1 &
    fldigi=$!
    pids+=("$fldigi")
    for _ in $(seq 60); do [ -z "$(call fldigi.version || true)" ] || break; sleep 0.5; done
    sleep 3
    call modem.set_by_name string RTTY >/dev/null
    call modem.set_carrier int "$2" >/dev/null
    sleep 1
}

stop_fldigi() {
    call fldigi.terminate int 0 >/dev/null || true
    wait "$fldigi" 2>/dev/null || true
}
