# Sourced by mvnw and deploy/hoplog (POSIX sh): exports JAVA_HOME, a JDK of at least version 25, or says what is
# missing and exits. JAVA_HOME wins, then java on the PATH, then the oldest JDK that will do among those installed:
# the nearer to 25, the nearer to what the build is tested with.

# Prints the home it finds. A subshell, so that the caller's options and variables stay as they are.
hoplog_find_jdk() (
  set +ef
  minimum=25

  # The version of the JDK at home $1; 0 if there is none, or only a JRE.
  major() {
    found=
    [ -x "$1/bin/javac" ] && found=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
    echo "${found:-0}"
  }

  [ "$(major "${JAVA_HOME:-}")" -ge "$minimum" ] && echo "$JAVA_HOME" && return
  on_path=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  [ "$(major "$on_path")" -ge "$minimum" ] && echo "$on_path" && return

  best= best_major=
  for home in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* \
    "$(/usr/libexec/java_home -v "$minimum+" 2>/dev/null)"; do
    major=$(major "$home")
    [ "$major" -ge "$minimum" ] && [ "$major" -lt "${best_major:-9999}" ] && best=$home best_major=$major
  done
  echo "$best"
)

JAVA_HOME=$(hoplog_find_jdk)
if [ -z "$JAVA_HOME" ]; then
  cat >&2 <<'END'
Hoplog needs a JDK of version 25 or newer, and found none. It looked at JAVA_HOME, at java on the PATH, and in
/usr/lib/jvm, /usr/java, /opt, ~/.sdkman/candidates/java and, on macOS, /usr/libexec/java_home.
Install one (for example Eclipse Temurin 25, or your system's openjdk-25-jdk), or set JAVA_HOME to where one is.
END
  exit 1
fi
export JAVA_HOME
