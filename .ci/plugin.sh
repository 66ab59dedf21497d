# For .ci/run: which Maven builds the plugin, and from where Jenkins' own artifacts come. Expects $logs.

# The hpi plugin refuses older ones.
oldest_maven=3.9.6
own_maven=3.9.11

# Some builds of Maven colour even this.
maven_version() {
  "$1" -q -B -v | grep -oEm1 '[0-9]+(\.[0-9]+)+'
}

# Sets $maven; or fails, with the reason in $why_not.
choose_maven() {
  local installed
  installed=$(maven_version mvn)
  if printf '%s\n' "$oldest_maven" "$installed" | sort -V -C; then
    maven=mvn
    return
  fi
  echo "Maven $installed cannot build the plugin; taking $own_maven"
  if ! mvn -q -B -ntp -f cli org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
    -Dartifact=org.apache.maven:apache-maven:$own_maven:zip:bin -DoutputDirectory="$PWD/target/maven"; then
    why_not="it needs Maven $oldest_maven or later, $installed is installed, and $own_maven could not be had"
    return 1
  fi
  maven=$PWD/target/maven/apache-maven-$own_maven/bin/mvn
  chmod +x "$maven"
  installed=$(maven_version "$maven")
  if [ "$installed" != "$own_maven" ]; then
    echo "The Maven that was taken calls itself '$installed', not $own_maven" >&2
    exit 1
  fi
}

# Sets $plugin_build to the command that builds the plugin; or fails, with the reason in $why_not.
choose_plugin_build() {
  choose_maven || return 1
  # Where the Jenkins repository cannot be reached, what an earlier build has kept will do, whichever repository it
  # was taken from: without its usual tracking file Maven does not ask.
  local kept=(-o -Daether.enhancedLocalRepository.trackingFilename=untracked.repositories)
  local mode log
  for mode in online kept; do
    plugin_build=("$maven" -B -ntp)
    [ $mode = online ] || plugin_build+=("${kept[@]}")
    log=$logs/parent-$mode.log
    # Only what Maven reads before it builds: a fault of ours must not pass for a repository that is away.
    if "${plugin_build[@]}" -q -N -Denforcer.skip validate >"$log" 2>&1; then
      return
    fi
    if ! grep -qE 'Non-resolvable parent POM|Extension .* could not be resolved' "$log"; then
      cat "$log" >&2
      exit 1
    fi
  done
  plugin_build=()
  why_not="its parent POM cannot be resolved here (see $logs/parent-*.log)"
  return 1
}
