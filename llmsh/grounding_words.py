"""What people say in place of what a plan must write: kinds of files, well-known places, ports, numbers.

Each table goes from the part of a name, in lower case, to a regular expression of the words that stand for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

IMAGES = r"imag|pictur|photo|screenshot|graphic|bitmap|icon|wallpaper|图|照片|相片|截屏|壁纸"
VIDEOS = r"video|movie|film|clip|视频|电影|影片|录像"
SOUNDS = r"audio|music|song|sound|track|podcast|record|音频|音乐|歌|录音|声音"
PACKED = r"archiv|compress|zip|pack|tarball|bundle|归档|压缩|打包|存档"
DOCUMENTS = r"\bword\b|document|\bdocs?\b|文档|word"
SHEETS = r"comma|excel|spreadsheet|sheet|表"
SLIDES = r"powerpoint|presentation|slide|deck|幻灯|演示|ppt"
SETTINGS = r"config|setting|设置|配置"
PAGES = r"\bweb|page|网页"
HEADERS = r"header|头文件|\bc\b|c语言|c\+\+"
CPP = r"c\+\+|\bcpp\b"
SCRIPTS = r"shell|script|bash|脚本"
BACKUP = r"back(ing|s|ed)?[ -]?up|bak|备份"
TEMPORARY = r"temp|临时|缓存"
USERS = r"user|account|passwd|login|用户|账号|账户|帐号|帐户"
LOGS = r"\blogs?\b|日志"
DATABASE = r"database|sqlite|数据库"

PARTS: Mapping[str, str] = MappingProxyType({
    "py": "python", "pyc": "python", "js": r"java ?script|\bnode", "jsx": "react", "ts": "typescript", "rb": "ruby",
    "rs": r"\brust", "pl": "perl", "go": "golang", "kt": "kotlin", "cs": r"c#|csharp", "hs": "haskell", "ps1": "power",
    "cpp": CPP, "cc": CPP, "cxx": CPP, "hpp": f"{CPP}|{HEADERS}", "h": HEADERS, "c": r"\bc\b|c语言|c源|c代码|c程序",
    "sh": SCRIPTS, "bash": SCRIPTS, "html": PAGES, "htm": PAGES, "css": r"style|样式", "sql": DATABASE, "db": DATABASE,
    "sqlite": DATABASE, "ipynb": r"jupyter|notebook|笔记本", "md": r"mark ?down|readme|\bdocs?\b|documentation|文档",
    "markdown": "md",
    "rst": "restructured", "txt": r"text|文本|纯文字|textfile", "log": LOGS, "logs": LOGS, "tex": "latex",
    "doc": DOCUMENTS, "docx": DOCUMENTS, "docs": r"document|文档", "odt": DOCUMENTS, "xls": SHEETS, "xlsx": SHEETS,
    "ods": SHEETS, "csv": SHEETS, "ppt": SLIDES, "pptx": SLIDES, "odp": SLIDES, "json": SETTINGS, "yaml": SETTINGS,
    "yml": r"yaml|config|配置", "toml": SETTINGS, "ini": SETTINGS, "cfg": SETTINGS, "conf": SETTINGS,
    "jpg": f"{IMAGES}|jpe?g", "jpeg": f"{IMAGES}|jpe?g", "png": IMAGES, "gif": IMAGES, "bmp": IMAGES, "webp": IMAGES,
    "svg": f"{IMAGES}|vector|矢量", "heic": IMAGES, "tiff": IMAGES, "tif": IMAGES, "mp4": VIDEOS, "avi": VIDEOS,
    "mkv": VIDEOS, "mov": VIDEOS, "webm": VIDEOS, "mp3": SOUNDS, "wav": SOUNDS, "flac": SOUNDS, "ogg": SOUNDS,
    "m4a": SOUNDS, "zip": PACKED, "tar": PACKED, "gz": PACKED, "tgz": PACKED, "bz2": PACKED, "xz": PACKED,
    "7z": PACKED, "rar": PACKED, "zst": PACKED, "srt": r"subtitle|字幕", "tmp": TEMPORARY, "temp": TEMPORARY,
    "bak": BACKUP, "backup": BACKUP, "old": BACKUP, "archive": PACKED, "copy": r"cop(y|ies)|副本|复制",
    "output": r"output|save|保存|输出|结果", "download": "下载", "downloads": r"download|下载",
    "desktop": r"desktop|桌面", "桌面": "desktop", "下载": "download", "文档": "document", "音乐": SOUNDS,
    "图片": IMAGES, "视频": VIDEOS,
    "documents": DOCUMENTS, "pictures": IMAGES, "images": IMAGES,
    "photos": IMAGES, "music": SOUNDS, "videos": VIDEOS, "src": r"sourc|源码|源代码|源文件",
    "test": "测试", "tests": "测试", "gitignore": r"git.*ignore|ignore.*git|忽略", "gitconfig": "git",
    "git": r"repo|仓库",
    "ssh": r"\bssh|密钥", "bashrc": "bash", "zshrc": "zsh", "proxy": r"prox|代理", "path": r"path|路径",
    "root": r"superuser|admin|管理员|超级用户",
    "22": r"\bssh\b", "80": r"\bhttp\b|web", "443": "https", "3306": "mysql", "5432": "postgres", "6379": "redis",
    "53": r"\bdns\b", "25": "smtp", "21": r"\bftp\b",
    "0": r"zero|零", "1": r"\bone\b|first|single|一|首", "2": r"two|second|twice|二|两", "3": r"three|third|三",
    "4": r"four|四", "5": r"five|fifth|五", "6": r"six|六", "7": r"seven|七", "8": r"eight|八", "9": r"\bnin|九",
    "10": r"\bten(th)?\b|十",
})  # fmt: skip
"""Parts of names: an ending, a folder that every home has, a number."""

HOME = r"\bhomes?\b|\$home|/home/|/root\b|主目录|家目录|用户目录|个人目录|\bprofile\b"
EVERYWHERE = (
    r"\broots?\b|system|\bdis[ck]|computer|machine|any ?where|every ?where|whole|entire|server|\bhost\b|"
    r"根目录|系统|整个|全盘|磁盘|硬盘|电脑|机器|服务器|全部位置"
)
PARENT = (
    r"\bcd\b|parent|\bup(per)?\b|above|\bback\b|one level|out(side)? of|outer|previous|"
    r"上一?[级层]|上个|父|往上|外面|外层|退|返回|上去"
)
PLACES: Mapping[str, str] = MappingProxyType({
    "~": HOME, "~/.local": r"install|\bpip\b|安装", "/": EVERYWHERE, "..": PARENT, "/etc/passwd": USERS,
    "/etc/group": r"group|组",
    "/etc/shadow": r"password|shadow|密码", "/etc/hosts": r"hosts?\b|主机", "/etc/hostname": r"host|主机",
    "/etc/resolv.conf": "dns|resolv", "/etc/os-release": r"release|version|distr|版本|系统", "/etc/fstab": "mount|挂载",
    "/etc/crontab": r"cron|定时", "/etc/sudoers": "sudo", "/proc/cpuinfo": r"cpu|processor|处理器",
    "/proc/meminfo": r"memory|内存", "/proc/loadavg": r"load|负载", "/proc/uptime": "uptime",
    "/proc/version": "kernel|内核",
    "/var/log": LOGS, "/var/log/syslog": r"sys(tem)?.?log|系统日志", "/var/log/auth.log": r"login|auth|登录",
    "/etc": SETTINGS, "/tmp": TEMPORARY,  # noqa: S108  what people call it
    "/usr/bin": r"program|binar|程序", "/dev/null": r"nowhere|discard|丢弃",
})  # fmt: skip
"""Whole paths that are said in words."""

HOME_FOLDERS = frozenset({
    "desktop", "documents", "downloads", "music", "pictures", "public", "templates", "videos", "桌面", "文档", "下载",
    "音乐", "图片", "视频",
})  # fmt: skip
TOP_FOLDERS = frozenset({
    "bin", "boot", "dev", "etc", "home", "lib", "media", "mnt", "opt", "proc", "root", "run", "sbin", "srv", "sys",
    "tmp", "usr", "var",
})  # fmt: skip
