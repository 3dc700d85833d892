"""What of the session's environment a worker may see: names that say where things are, nothing that could be a key."""

from __future__ import annotations

from collections.abc import Mapping

TRUSTED = (
    "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
    "NODE_EXTRA_CA_CERTS", "PIP_CERT",
)  # fmt: skip
"""Where the certificates are that the user's network trusts: Python, curl, git, node and pip each have their names."""
PASSED = (
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "PWD", "OLDPWD", "COLUMNS",
    "LINES", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "VIRTUAL_ENV", "CONDA_PREFIX",
    "PYENV_ROOT", "PYENV_VERSION", "NVM_DIR", "CARGO_HOME", "RUSTUP_HOME", "GOPATH", "GOROOT", "JAVA_HOME",
    "ANDROID_HOME", "CC", "CXX", "CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "MAKEFLAGS", "PKG_CONFIG_PATH",
    "NODE_ENV", "EDITOR", "PAGER", "SOURCE_DATE_EPOCH", *TRUSTED,
)  # fmt: skip
"""Not PYTHON*, LD_*, BASH_ENV, GIT_* and the like: they say what code other programs run."""


def surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables a worker gets. Without a terminal, programs draw nothing and ask nothing."""
    kept = {name: value for name, value in environment.items() if name in PASSED or name.startswith("LC_")}
    return {**kept, "TERM": "dumb"}
