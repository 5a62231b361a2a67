#!/bin/sh
# Run all tests; see that there is a Chromium for the browser's, and say so last if there is none.
find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

if ! find_browser >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "No Chromium on this machine: installing Debian's for the browser tests."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
fi
browser=$(find_browser)
if [ -z "$browser" ] && [ "$CI" = true ]; then
  echo "No Chromium, and CI=true: the browser tests must run. apt-get install chromium" >&2
  exit 1
fi

DISTRICT_ARCHIVE_CHROMIUM=$browser .venv/bin/python -m pytest "$@"
outcome=$?
if [ -z "$browser" ]; then
  echo "The browser tests did NOT run: no Chromium was found. On Debian: apt-get install chromium"
fi
exit $outcome
