# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced by the scripts beside it: the project's root, what is being done and for how long.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '[%d:%02d] %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }
fail() {
  say "$*" >&2
  exit 1
}

# A place where lines can be rewritten; elsewhere progress is one line every ten seconds.
terminal() { [[ -t 1 && ${TERM:-dumb} != dumb ]]; }

# condense PATTERN: copies standard input; of the lines that match PATTERN, which only report
# progress, it shows one every ten seconds, and the last again while nothing new comes.
condense() {
  local pattern=$1 line part='' last='working' shown=$SECONDS rc
  while true; do
    rc=0
    IFS= read -r -t 10 line || rc=$?
    if ((rc > 128)); then # nothing for ten seconds; what came of a line stays for later
      part+=$line
      say "$last ..."
      shown=$SECONDS
      continue
    fi
    line=$part$line part=''
    if ((rc != 0)); then
      [[ -z $line ]] || printf '%s\n' "$line"
      return 0
    fi
    if [[ ! $line =~ $pattern ]]; then
      printf '%s\n' "$line"
    else
      last=$line
      if ((SECONDS - shown >= 10)); then
        say "$last"
        shown=$SECONDS
      fi
    fi
  done
}

# watch PATTERN COMMAND...: runs the command so that it is never silent for long.
watch() {
  local pattern=$1
  shift
  if terminal; then
    "$@"
  else
    "$@" 2>&1 | condense "$pattern"
  fi
}

# Compilations at a time: a core and 1.5 GiB of memory each.
jobs=$(nproc)
memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo)
((memory >= jobs)) || jobs=$((memory > 1 ? memory : 1))

# configure PRESET: once; later changes of the build files are noticed by the build itself.
configure() {
  [[ -f .build/$1/build.ninja ]] && return
  say "configuring (preset $1)"
  watch '^-- ' cmake --preset "$1"
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  configure "$preset" || return
  say "building ${*:-everything} (preset $preset, $jobs at a time)"
  NINJA_STATUS='[%f/%t, %es] ' watch '^\[[0-9]+/[0-9]+, |^ninja: no work' \
    cmake --build --preset "$preset" --parallel "$jobs" ${1:+--target "$@"}
}

# A Python that has NumPy, or nothing.
numpy_python() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import numpy' 2>/dev/null; then
      printf '%s\n' "$python"
      return
    fi
  done
}

# NumPy allocates with malloc. These make it keep freed memory, so that temporaries cost no page faults.
memory_kept=(MALLOC_TOP_PAD_=1073741824 MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296)
