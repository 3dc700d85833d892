"""What the router knows about words: few and general facts about programs, English and Chinese."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BUILTINS = _words(
    """. : [ [[ alias bg bind break builtin cd command compgen complete continue declare dirs disown echo enable
    eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd
    pwd read readarray readonly return set shift shopt source suspend test time times trap true type typeset ulimit
    umask unalias unset wait"""
)
COMPOUND = {"for": "done", "while": "done", "until": "done", "select": "done", "if": "fi", "case": "esac"}
INNER = _words("then else elif fi do done esac in")
"""Words inside a compound command. A line that starts with one is none."""
KEYWORDS = INNER | _words("{ } !")

FREE_TEXT = _words("echo printf logger cowsay figlet toilet notify-send espeak spd-say lolcat banner")
"""Programs whose arguments may be any sentence."""

PREFIXES = _words(
    """sudo doas time nohup env watch timeout nice ionice exec command builtin xargs stdbuf setsid strace ltrace
    chroot unshare caffeinate gdb valgrind"""
)
"""Programs whose arguments are another command."""

NAMES_A_PROGRAM = _words("man which whereis whatis type info tldr apropos hash where whence")

PATTERN_FIRST = _words("grep egrep fgrep zgrep rg ag ack awk gawk sed perl jq pgrep pkill tr expr psql sqlite3")
READS_STDIN = _words("grep egrep fgrep zgrep awk gawk sed jq tr")
"""Of these: with a pattern alone they wait for the keyboard, which nobody means outside a pipe."""

SPEECH = _words(
    """alias arch as at batch break bridge calendar cat clear column compare continue convert copy count create cut
    dash date delete dialog disable display download duplicates edit editor enable exit expand export extract factor
    file find finger fold format free get go gold group groups halt hash head help history host identify import
    input install issues join just kill last less let line link list load local locate login look mail make man
    match merge message mix more mount move next nice open pager paste patch pic play poweroff print prove put read
    reboot record red remove rename report reset resize return route run save say scale scan screen script search
    select send service set show shred shutdown size skill sleep sort source split start stop strings strip sum
    switch sync tabs tail task test time top translate tree trim type uncompress undo units unlink unshare unzip
    update users view wait wall watch what where which who write yes zip"""
)
"""Programs that are English words too, and begin what people say: without a command's shape they are speech."""

NOT_ALONE = _words(
    """duplicates issues red gold dash help yes what time go play say which where open test write let local"""
)
"""Of these, the ones that mean nothing as a command without arguments."""

NEVER_BARE = _words(
    """expand find read write look say last zip play at batch mail wall install update remove delete search show list
    copy move rename run print convert compare wait time create join import edit"""
)
"""Of these, the ones that need an option, or more than a bare file name, to be a command."""

NEW_NAMES = _words("mkdir touch")
"""Programs whose arguments are names that nobody has seen before."""

INTERPRETERS = _words("python python2 python3 perl ruby php node lua bash sh zsh ksh fish")
"""Programs whose first argument is an existing file: `python version` is a question."""

ONE_NAME = _words("cd ping ssh telnet pushd host dig killall")
"""Programs that take one name when they take no options: `ping all my servers` is said, not typed."""

KNOWN_WORDS = {
    "make": _words(
        """all build check clean cover coverage bench benchmark ci compile debug defconfig deploy dev dist distclean
        doc docs docker down fmt format help html install lint menuconfig modules package pdf proto publish release
        run serve setup start stop style tags test tests typecheck uninstall up vendor venv watch world"""
    ),
    "last": _words("reboot shutdown"),
    "date": _words("now"),
    "service": _words("start stop restart reload status"),
    "shutdown": _words("now"),
    "sleep": _words("infinity"),
    "just": _words("build test run lint fmt check"),
}
"""Plain words that are known arguments of a program that is an English word."""

SUBCOMMANDS = {
    "git": """add am apply archive bisect blame branch bundle checkout cherry-pick clean clone commit config
        count-objects describe diff difftool fetch format-patch fsck gc grep gui help init lfs log ls-files
        ls-remote ls-tree maintenance merge mergetool mv notes pull push range-diff rebase reflog remote repack
        replace reset restore rev-list rev-parse revert rm send-email shortlog show show-ref sparse-checkout stash
        status submodule subtree svn switch tag worktree cat-file hash-object filter-branch""",
    "docker": """attach build builder buildx commit compose config container context cp create diff events exec
        export history image images import info inspect kill load login logout logs manifest network node plugin
        port ps pull push rename restart rm rmi run save search secret service stack start stats stop swarm system
        tag top unpause update version volume wait""",
    "apt": """autoclean autopurge autoremove build-dep changelog clean depends dist-upgrade download full-upgrade
        install list moo policy purge rdepends reinstall remove search show showsrc source update upgrade
        edit-sources""",
    "pip": """cache check config debug download freeze hash help index inspect install list search show uninstall
        wheel""",
    "npm": """access audit bin cache ci config create dedupe deprecate diff docs doctor exec explain explore fund
        help i init install link list login logout ls outdated owner pack ping pkg prefix prune publish query
        rebuild repo restart root run run-script search shrinkwrap start stop test token uninstall unpublish update
        version view whoami""",
    "yarn": """add audit build cache config create dev dlx exec global import info init install link list outdated
        pack publish remove run start test unlink up upgrade version why workspace workspaces""",
    "systemctl": """cat daemon-reload daemon-reexec disable edit enable get-default halt hibernate is-active
        is-enabled is-failed isolate kill list-dependencies list-jobs list-sockets list-timers list-unit-files
        list-units mask poweroff preset reboot reload reset-failed restart set-default show start status stop
        suspend try-restart unmask""",
    "cargo": """add bench build b c check clean clippy doc fetch fix fmt generate-lockfile help init install
        locate-project login metadata new nextest owner package publish r remove report run rustc rustdoc search t
        test tree uninstall update vendor version watch yank""",
    "go": "bug build clean doc env fix fmt generate get help install list mod run test tool version vet work",
    "kubectl": """annotate api-resources api-versions apply attach auth autoscale certificate cluster-info
        completion config cordon cp create debug delete describe diff drain edit events exec explain expose get
        kustomize label logs patch port-forward proxy replace rollout run scale set taint top uncordon version wait""",
    "gh": """alias api auth browse cache codespace config extension gist gpg-key issue label org pr project release
        repo run search secret ssh-key status variable workflow""",
    "dnf": """autoremove check-update clean config-manager copr downgrade download group history info install list
        makecache module provides reinstall remove repolist search update upgrade whatprovides""",
    "brew": """autoremove bundle cask cleanup config deps doctor edit fetch home info install leaves link list ls
        outdated pin reinstall search services tap uninstall unlink unpin untap update upgrade uses""",
    "pacman": "",
    "snap": """alias changes connect disable download enable find info install list refresh remove revert run
        services""",
    "flatpak": "history info install list override remote-add remotes repair run search uninstall update",
    "conda": """activate build clean config create deactivate env export info init install list remove run search
        update""",
    "poetry": """add build cache check config env export init install lock new publish remove run search self shell
        show update""",
    "uv": "add build cache export init lock pip publish python remove run self sync tool tree venv version",
    "rustup": "check component default doc install override run self set show target toolchain update which",
    "terraform": """apply console destroy fmt force-unlock get graph import init login output plan providers refresh
        show state taint test untaint validate version workspace""",
    "helm": """create dependency env get history install lint list ls package plugin pull push registry repo
        rollback search show status template test uninstall upgrade verify version""",
    "ip": "a addr address l link maddr n neigh netns r route ru rule tunnel xfrm monitor",
    "tmux": """a attach attach-session detach kill-server kill-session list-sessions ls new new-session new-window
        source source-file split-window switch""",
    "nmcli": "c con connection d dev device g general m monitor n networking r radio",
    "make": "",
}  # fmt: skip
SAME_AS = {
    "apt-get": "apt", "aptitude": "apt", "pip3": "pip", "pipx": "pip", "pnpm": "npm", "podman": "docker", "yum": "dnf",
    "docker-compose": "docker", "mamba": "conda", "bun": "npm",
}  # fmt: skip
TABLES = {name: _words(text) for name, text in SUBCOMMANDS.items() if text}

GRAMMAR = _words(
    """keeps crashes crashed hangs fails seems needs says takes freezes cannot the an my your his her its our their
    this that these those it them they he she we you me us i i'm am is are was were be been being does do did
    doesn't isn't don't can could would should will won't might must has have had of from with without into onto
    about between than because until whether if but and or not so to for in by what which who whom whose why how
    when where there here please pls plz every each any some everywhere somewhere anywhere everything something
    anything nothing everyone called named containing contains too very also just only again instead other another
    both few many much most more least less then"""
)
"""English words that hardly ever are arguments of a program."""

JOINING = _words("but only just without please")
"""Words that are no value of an option: "df -h but readable"."""

LOOSE = _words(
    """a all on off up down at as no yes out new old last first next now over under after before back big large
    small good bad same one two three"""
)
"""English words that may be arguments: two of them, or one beside a program that is a word, count."""

THINGS = _words(
    """file files folder folders directory directories process processes program programs document documents picture
    pictures image images photo photos video videos song songs log logs line lines word words name names column
    columns list space memory disk size sizes time date page pages permission permissions user users stuff thing
    things detail details package packages service services port ports server servers container containers variable
    variables"""
)
SAID = _words(
    """show list find get give tell make create delete remove move copy rename count open close read write print
    display sort search look kill stop start run install update upgrade check compare compress extract undo redo
    explain help want need let go change set turn use using modified changed created deleted running listening
    sorted larger bigger smaller older newer largest biggest smallest oldest newest recent recently today yesterday
    tomorrow week month year minutes hours days broken missing slow fast working failed failing asking
    alphabetically recursively hidden empty executable matching called named hello hi hey thanks thank ok okay sure
    whats hows wheres whos im"""
)
"""Words of requests that are seldom names of files."""

NAMES = _words(
    """Makefile makefile Dockerfile README LICENSE CHANGELOG Gemfile Rakefile Vagrantfile Pipfile Procfile
    Jenkinsfile TODO AUTHORS COPYING NEWS INSTALL CMakeLists.txt authorized_keys known_hosts . .. -"""
)
"""Names of files without an ending that everybody knows."""

ENGLISH = (SAID | THINGS | LOOSE) - {"a"}
MANY_THINGS = _words("files folders directories processes programs scripts packages containers services ports")
POLITE = _words("please pls plz thanks")
QUANTITIES = _words("all top both")

CHINESE_GRAMMAR = "的了吗呢吧把怎么什哪谁请帮您我你他她它是有里到掉看几多少如何为这那些给让被和与，。？！：；、"
CHINESE_PHRASE = (
    r"一下|所有|全部|[一二两三四五六七八九十几\d]个|最[大小新旧近多少前后]|当前|说明|出来|起来|隐藏|上一?[级层]|失败|报错"
    r"|不[上了能到会行对见要]|只要|^[成为至]$|打开|查看|显示|删除|安装|列出|搜索|复制|移动|备份|打包|解压|重命名|统计|排序|按|版本"
)
