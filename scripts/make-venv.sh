#!/bin/sh
# Make the virtual environment, or say in one line what is missing.
python=$1
venv=$2
if [ -z "$python" ]; then
  echo "district-archive needs Python 3.11, 3.12 or 3.13, and none was found: on Debian, apt-get install python3 python3-venv" >&2
  exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
  echo "Python's venv module is missing: on Debian, apt-get install python3-venv" >&2
  exit 1
fi
"$python" -m venv "$venv"
