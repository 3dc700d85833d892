"""Commands of every day, with what they print where they work, and where the floor does not let them."""

from __future__ import annotations

from dataclasses import dataclass

ANN = "-c user.name=Ann -c user.email=ann@example.org"
WHEEL = """python3 - <<'END'
import zipfile
with zipfile.ZipFile("hello-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("hello.py", "print('hello from a wheel')")
    wheel.writestr("hello-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: hello\\nVersion: 1.0\\n")
    wheel.writestr("hello-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("hello-1.0.dist-info/RECORD", "")
END
"""
MULTIPROCESSING = """python3 - <<'END'
import multiprocessing
def square(number):
    return number * number
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(sum(pool.map(square, range(10))))
END
"""


@dataclass(frozen=True)
class Everyday:
    """A command line; `prints` is the last line of what it prints. `needs` are its programs besides those of POSIX."""

    what: str
    command: str
    prints: str
    needs: tuple[str, ...] = ()
    fails_on_floor: bool = False


COMMANDS = (
    Everyday("git init", "git init -q new && git -C new rev-parse --is-inside-work-tree", "true", ("git",)),
    Everyday(
        "git add and commit", f"git add . && git {ANN} commit -qm first && git log --format=%s", "first", ("git",)
    ),
    Everyday("git status", "git status --short", "?? words.txt", ("git",)),
    Everyday(
        "git branch and switch",
        f"git {ANN} commit -q --allow-empty -m a && git switch -qc b && git branch --show-current",
        "b",
        ("git",),
    ),
    Everyday(
        "git stash",
        f"git add words.txt && git {ANN} commit -qm a && echo more >> words.txt && git {ANN} stash -q &&"
        f" git {ANN} stash pop -q && git diff --stat | tail -1",
        " 1 file changed, 1 insertion(+)",
        ("git",),
    ),
    Everyday(
        "git tag and describe",
        f"git {ANN} commit -q --allow-empty -m a && git tag v1 && git describe --tags",
        "v1",
        ("git",),
    ),
    Everyday(
        "git clone of a local repository",
        f"git {ANN} commit -q --allow-empty -m a && git clone -q . copy && git -C copy log --format=%s",
        "a",
        ("git",),
    ),
    Everyday("compile C and run the result", "gcc -o hello hello.c && ./hello", "hello from C", ("gcc",)),
    Everyday("make", "make -s && ./hello", "hello from C", ("make", "gcc")),
    Everyday(
        "python -m venv and pip without a network",
        WHEEL + "python3 -m venv v && v/bin/pip -q --disable-pip-version-check install --no-index ./*.whl"
        " && v/bin/python -m hello",
        "hello from a wheel",
        ("python3",),
    ),
    Everyday("python script", "python3 -c 'import json, sqlite3, ssl; print(json.dumps([1]))'", "[1]", ("python3",)),
    Everyday(
        "python subprocess",
        'python3 -c \'import subprocess; print(subprocess.check_output(["echo", "a"]).decode(), end="")\'',
        "a",
        ("python3",),
    ),
    Everyday("python multiprocessing", MULTIPROCESSING, "285", ("python3",), fails_on_floor=True),
    Everyday(
        "python temporary file",
        "python3 -c 'import tempfile; tempfile.TemporaryFile().write(b\"a\"); print(1)'",
        "1",
        ("python3",),
    ),
    Everyday(
        "npm install of a local package",
        "cd app && npm install --offline --no-audit --no-fund --silent ../package"
        " && node -e 'console.log(require(\"package\"))'",
        "from a package",
        ("npm", "node"),
    ),
    Everyday("node", "node -e 'console.log([1, 2].map(n => n * 2).join())'", "2,4", ("node",)),
    Everyday("perl", "perl -ne 'print uc' words.txt | tail -1", "CHERRY", ("perl",)),
    Everyday("awk", "awk '{ n += length($0) } END { print n }' words.txt", "17"),
    Everyday(
        "sqlite3", "sqlite3 new.db 'create table t(n); insert into t values (7); select n from t'", "7", ("sqlite3",)
    ),
    Everyday(
        "tar create and extract", "tar czf a.tgz tree && mkdir out && tar xzf a.tgz -C out && cat out/tree/a.txt", "a"
    ),
    Everyday(
        "tar keeps modes and times", "tar cf a.tar script.sh && rm script.sh && tar xf a.tar && ./script.sh", "a script"
    ),
    Everyday("cp -a", "cp -a tree copy && stat -c %Y copy/a.txt && diff -r tree copy && echo same", "same"),
    Everyday("cp -p", "cp -p script.sh copy.sh && ./copy.sh", "a script"),
    Everyday("touch -d", "touch -d 2020-01-01T00:00:00Z words.txt && date -u -r words.txt +%Y", "2020"),
    Everyday("touch a new file", "touch new && stat -c %s new", "0"),
    Everyday("chmod +x", "printf '#!/bin/sh\\necho ran\\n' > new && chmod +x new && ./new", "ran"),
    Everyday("chmod -R", "chmod -R go-rwx tree && stat -c %a tree/a.txt", "600"),
    Everyday("ln -s", "ln -s words.txt link && head -1 link", "apple"),
    Everyday("ln", "ln words.txt link && stat -c %h link", "2"),
    Everyday("mkdir -p and rmdir", "mkdir -p a/b/c && rmdir -p a/b/c && ls -d a 2>/dev/null || echo gone", "gone"),
    Everyday("mv and rm -rf", "mv tree moved && rm -rf moved && ls -d moved 2>/dev/null || echo gone", "gone"),
    Everyday("mv between folders", "mkdir a b && touch a/f && mv a/f b/g && ls b", "g"),
    Everyday("a pipe", "sort -r words.txt | head -1 | tr a-z A-Z", "CHERRY"),
    Everyday("a heredoc", "cat <<END\nfrom here\nEND", "from here"),
    Everyday("process substitution", "comm -12 <(sort words.txt) <(echo apple)", "apple"),
    Everyday("find over 10,000 files", "find many/ -type f | wc -l", "10000"),
    Everyday("find with exec", "find tree -name '*.txt' -exec cat {} +", "a"),
    Everyday("grep -r", "grep -rl a tree", "tree/a.txt"),
    Everyday("sort", "sort -k1,1 -u words.txt | tail -1", "cherry"),
    Everyday(
        "sort of much with a temporary file",
        "seq 200000 | shuf --random-source=/dev/zero | sort -n -S 200K | tail -1",
        "200000",
    ),
    Everyday("sed -i", "sed -i s/apple/pear/ words.txt && head -1 words.txt", "pear"),
    Everyday("tee", "echo a | tee new > /dev/null && cat new", "a"),
    Everyday("xargs -P", "seq 8 | xargs -P 4 -n 1 echo | sort -n | tail -1", "8"),
    Everyday("a background job and wait", "sleep 0.1 & wait $! && echo waited", "waited"),
    Everyday("trap", "sh -c 'trap \"echo trapped\" EXIT; :'", "trapped"),
    Everyday("kill of a child", "sleep 60 & kill $! && wait $! || echo ended", "ended"),
    Everyday("timeout", "timeout 0.2 sleep 60 || echo $?", "124"),
    Everyday("dd", "dd if=/dev/zero of=new bs=1M count=3 2>/dev/null && stat -c %s new", "3145728"),
    Everyday("dd of random", "dd if=/dev/urandom bs=10 count=1 2>/dev/null | wc -c", "10"),
    Everyday("mktemp", 'f=$(mktemp) && echo a > "$f" && cat "$f"', "a"),
    Everyday("mktemp -d", 'd=$(mktemp -d) && touch "$d/a" && ls "$d"', "a"),
    Everyday("mkfifo", "mkfifo pipe && (echo through > pipe &) && cat pipe", "through"),
    Everyday("install -m", "install -m 755 script.sh new && ./new", "a script"),
    Everyday(
        "diff and patch",
        "sed s/apple/pear/ words.txt > new; diff -u words.txt new > p; patch -s words.txt p && head -1 words.txt",
        "pear",
        ("patch",),
    ),
    Everyday("cmp", "cmp words.txt words.txt && echo same", "same"),
    Everyday("gzip", "gzip -k words.txt && zcat words.txt.gz | tail -1", "cherry"),
    Everyday("xz", "xz -k words.txt && xzcat words.txt.xz | tail -1", "cherry", ("xz",)),
    Everyday("zip and unzip", "zip -q a.zip words.txt && unzip -p a.zip | tail -1", "cherry", ("zip", "unzip")),
    Everyday("rsync on this machine", "rsync -a tree/ copy/ && cat copy/a.txt", "a", ("rsync",)),
    Everyday(
        "ssh-keygen into the work folder",
        "ssh-keygen -q -t ed25519 -N '' -f key && head -c 11 key.pub",
        "ssh-ed25519",
        ("ssh-keygen",),
    ),
    Everyday("openssl digest", "openssl dgst -sha256 -r words.txt | cut -c1-8", "6883ada0", ("openssl",)),
    Everyday("sha256sum", "sha256sum words.txt | cut -c1-8", "6883ada0"),
    Everyday("date", "date -u -d @0 +%F", "1970-01-01"),
    Everyday("id", "id -u | grep -c '^[0-9]*$'", "1"),
    Everyday("ps shows what is inside", "ps -o comm= -p $$ | head -1", "bash", ("ps",)),
    Everyday("df", "df -P . | tail -1 | wc -l", "1"),
    Everyday("du", "du -s --apparent-size -b words.txt | cut -f1", "20"),
    Everyday("locale", "locale charmap", "UTF-8"),
    Everyday("uname", "uname -s", "Linux"),
    Everyday("which", "command -v ls > /dev/null && echo there", "there"),
    Everyday("file names of other alphabets", "touch 'ä ö' 文件 && ls | grep -c -e 文件 -e 'ä ö'", "2"),
    Everyday("a loop", "for i in 1 2 3; do echo $i; done | paste -sd+ | bc", "6", ("bc",)),
    Everyday(
        "watching a file with tail",
        "(sleep 0.2; echo late >> words.txt) & timeout 2 tail -n 0 -F words.txt | head -1",
        "late",
    ),
    Everyday("flock", "flock lock echo held", "held", ("flock",)),
)
