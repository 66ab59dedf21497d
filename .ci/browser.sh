# For .ci/run: the browser and its driver that the plugin's pages are looked at in.

any_of() {
  local name
  for name in "$@"; do
    command -v "$name" >/dev/null && return
  done
  return 1
}

# The names that the tests look for.
has_browser() {
  any_of chromium chromium-browser google-chrome chrome && any_of chromedriver
}

# Installs what is missing; or fails, with the reason in $why_no_browser.
choose_browser() {
  has_browser && return
  echo "Installing chromium chromium-driver"
  if { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium chromium-driver; } && has_browser; then
    return
  fi
  why_no_browser="neither Chromium nor Chrome with chromedriver is on the path, and they could not be installed"
  return 1
}
