#!/bin/sh
# Print the first Python from 3.11 to 3.13 that really runs (a pyenv shim may exist and not run).
for candidate in python3 python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    echo "$candidate"
    exit 0
  fi
done
