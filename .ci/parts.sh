# For .ci/run: names the parts of a run and measures them. Expects $logs.

parts=$logs/parts.txt
part_name=

# Sets $cpu_seconds to the processor time that ended children have used. Not in a subshell, whose children are others.
measure_cpu() {
  times >"$logs/times.txt"
  cpu_seconds=$(awk 'NR == 2 {
    for (i = 1; i <= NF; i++) { split($i, time, /[ms]/); sum += time[1] * 60 + time[2] }
    printf "%d", sum
  }' "$logs/times.txt")
}

# Ends the part before, and begins one.
part() {
  end_part
  measure_cpu
  part_name=$1 part_start=$SECONDS part_cpu=$cpu_seconds
  echo "== $1"
}

end_part() {
  if [ -n "$part_name" ]; then
    measure_cpu
    printf '%5d s, %5d s of processor time: %s\n' $((SECONDS - part_start)) $((cpu_seconds - part_cpu)) "$part_name" |
      tee -a "$parts"
    part_name=
  fi
}

show_parts() {
  cat "$parts"
  measure_cpu
  printf '%5d s, %5d s of processor time: all\n' "$SECONDS" "$cpu_seconds"
}
