#!/bin/sh
# Measures Matinee on what comes with it and writes one page: eval.sh MATINEE [FOLDER]. No network, no language model.
set -eu
matinee=$1 folder=${2:-build/report} seed=1
# Of the folder nothing is removed but what this script wrote.
rm -rf "$folder/parts" "$folder/logs"
mkdir -p "$folder/parts" "$folder/logs"

# No language model and no catalogue of the user's own may change the figures.
export MATINEE_LLM=none
unset MATINEE_CATALOG MATINEE_ARTIFACTS MATINEE_MODEL || true

part() { echo "$folder/parts/$1.json"; }
"$matinee" eval run Benchmarks/suite.json --variants embedding,numeric --seed $seed \
    --logs "$folder/logs/suite" --report "$(part run)" >"$folder/run.txt"
"$matinee" eval alignment --log "$folder/logs/suite/numeric.jsonl" --log "$folder/logs/suite/embedding.jsonl" \
    --seed $seed --report "$(part alignment)" >"$folder/alignment.txt"
"$matinee" eval simulate --variants embedding,numeric --users 100 --seed $seed --report "$(part simulate)" \
    >"$folder/simulate.txt"
"$matinee" eval calibration --users 100 --seed $seed --report "$(part calibration)" >"$folder/calibration.txt"
"$matinee" eval samples --log "$folder/logs/suite/numeric.jsonl" --worst alignment --count 10 \
    --html "$folder/samples.html" --markdown "$folder/samples.md" --report "$folder/samples.json"
mv "$folder/samples.json" "$(part samples)"
"$matinee" eval report "$(part alignment)" "$(part run)" "$(part simulate)" "$(part calibration)" "$(part samples)" \
    --title "Matinee, evaluated" --output "$folder/index.html" \
    --subtitle "Scripted conversations, simulated people and made-up ratings on the starter catalogue: no network, no language model."
echo "The report is $folder/index.html."
