"""Labelled lines for the router: what a line is, decided by hand before the rules were written."""

from __future__ import annotations

PROGRAMS = frozenset(
    """
    ack ag apt apt-get as at awk base64 basename bash bat bc bzip2 cal calendar cargo cat chgrp chmod chown chsh clear cmp
    code column comm compare conda convert cp crontab curl cut date dd df diff dig dirname dmesg docker docker-compose du
    egrep emacs env expand expr factor fallocate fd fgrep file find firefox flatpak fold free fzf gcc gdb gh git go gpg
    gradle grep groups gunzip gzip head helm hexdump history host hostname htop iconv id ifconfig import install ip iptables
    java join journalctl jq kill killall kubectl last ld less link ln locale locate look ls lsblk lscpu lsof make man md5sum
    mkdir mkfifo more mount mv mvn nano nc netstat nice nl node nohup npm npx nproc ollama open openssl paste patch perl
    pgrep php ping pip pip3 pkill play poetry pr ps psql pstree pwgen pytest python python3 pwd readlink realpath rec rename
    reset rev rg rm rmdir rsync ruby ruff rustc say scp screen script sed seq service sha256sum shred shuf shutdown size
    sleep snap sort split sqlite3 ss ssh stat strace strings stty su sudo sum systemctl tac tail tar tee terraform time
    timeout tmux top touch tr tree truncate tsort tty uname uniq units unlink unzip uptime users uv vi view vim vmstat w
    wait wall watch wc wget what whatis whereis which who whoami write xargs xdg-open xxd xz yarn yes zip zsh zstd
    """.split()
)
TOOLS = frozenset(
    "find_files processes first last_rows sort search count delete read archive run ask answer refuse list_files".split()
)
EXISTING = frozenset({"notes", "src", "docs", "build", "config", "Downloads", "/tmp", "/usr", "/etc", "下载", "photos"})

COMMANDS = r"""
ls
ls -la
ls /tmp
ls src
ls docs src
ls *.py
ls -la | wc -l
pwd
cd
cd ..
cd -
cd src
cd ~/projects
cd /var/log
cd "my documents"
cd 'New Folder'
cat notes.txt
cat notes
cat a.txt b.txt > c.txt
cat /etc/os-release
cat Makefile
cat README
cat < in.txt
cat <<< "hello there"
head -n 20 notes.txt
head notes.txt
tail -f /var/log/syslog
tail -20 app.log
less README.md
more notes.txt
grep TODO notes.txt
grep -rn "the user is" src/
grep the notes.txt
grep -i error app.log | sort | uniq -c | sort -rn | head
grep -v '^#' config
rg TODO
rg "is not defined" src
find . -name "*.py"
find . -size +1M
find /var/log -type f -mtime -7
find . -type f -name '*.log' -delete
find src
find .
find . -name node_modules -prune -o -name '*.js' -print
make
make -j4
make test
make install
make clean all
make CC=clang
make build/main.o
kill 42
kill -9 42
kill -9 firefox
kill -TERM 1234 1235
kill %1
killall firefox
pkill -f server.py
sort names.txt
sort -n -k2 data.csv
sort -u names.txt -o sorted.txt
uniq -c names.txt
cut -d, -f1 data.csv
join -t, a.csv b.csv
split -l 100 big.txt part_
paste a.txt b.txt
tr a-z A-Z < notes.txt
wc -l notes.txt
wc -l *.py
test -f notes.txt && echo yes
[ -d src ] || mkdir src
[[ -n $HOME ]] && echo set
time ls
time make -j4
time sleep 2
watch -n1 df -h
watch df -h
which python
which python3 pip
whereis gcc
type ls
man ls
man 5 crontab
man git-log
who
who -a
w
whoami
id
id root
date
date +%F
date -d tomorrow
cal
cal 2024
history
history 20
history | grep ssh
last
last -5
last | head -3
last reboot
free
free -h
uptime
top
htop
vim
vim notes.md
vim +10 notes.md
nano todo.txt
emacs -nw a.py
ssh server
ssh bob@example.com
ssh -i ~/.ssh/key bob@10.0.0.1 uptime
scp a.txt bob@host:/tmp
ping google.com
ping -c 3 8.8.8.8
curl https://example.com
curl -X POST -d 'name=the cat' localhost:8080/api
wget -q https://example.com/a.tar.gz
git status
git diff
git add .
git add -A
git commit -m "fix the bug in all of it"
git commit -am 'make it work'
git push origin main
git pull
git checkout -b new-branch
git checkout main
git log --oneline -5
git log
git show HEAD
git stash pop
git rebase -i HEAD~3
git st
git clone https://github.com/a/b.git
docker ps
docker ps -a
docker run -it --rm ubuntu bash
docker compose up -d
docker build -t app .
docker exec -it web sh
kubectl get pods
kubectl apply -f app.yaml
systemctl status nginx
sudo systemctl restart nginx
sudo apt update
sudo apt install vim
sudo apt-get install -y vim git
apt list --installed
apt search editor
pip install requests
pip install -r requirements.txt
pip list
npm install
npm run build
npm test
cargo build --release
cargo test
go build ./...
go version
gh pr list
python
python a.py
python3 -m venv .venv
python -c "print('what is this')"
node index.js
pytest
pytest tests/test_route.py -k "one or two"
./run.sh
./run.sh all the things
/usr/bin/env python3
~/bin/deploy --now
../build.sh
echo hello
echo hello world
echo "what time is it"
echo $HOME
echo $(date)
echo `whoami`
echo the quick brown fox
printf "%s\n" a b
export FOO=1
export PATH=$PATH:~/bin
unset FOO
alias ll='ls -l'
source .venv/bin/activate
. .venv/bin/activate
FOO=1
FOO=1 make
FOO=1 BAR="two words" ./run.sh
set -e
ulimit -n
umask 022
jobs
fg
bg %1
exit
exit 1
true
false
clear
mkdir foo
mkdir -p a/b/c
mkdir photos2 videos
touch notes.txt
touch a b c
rm a b
rm notes.txt
rm -rf build
rm *.tmp
rmdir foo
cp a b
cp -r src dst
cp a.txt b.txt
mv a.txt docs/
mv foo bar
ln -s a b
chmod +x run.sh
chmod 644 notes.txt
chmod u+w notes
chown bob:bob notes.txt
tar xzf a.tar.gz
tar -czf docs.tar.gz docs
tar cf - src | ssh host tar xf -
zip -r docs.zip docs
zip docs.zip a.txt
unzip a.zip
gzip big.log
gunzip a.gz
df -h
df
du -sh *
du -sh .
ps aux
ps aux | grep python
ps -ef
lsof -i :8080
ss -tlnp
ip a
ip addr show
ifconfig eth0
diff a.txt b.txt
diff -r old new
sed -i 's/foo/bar/g' notes.txt
sed -n 1,5p notes.txt
awk '{print $1}' data.csv
awk -F, '{s+=$2} END {print s}' data.csv
xargs -n1 echo < names.txt
seq 10
seq 1 2 10
sleep 1
sleep 10 && echo done
for f in *.txt; do echo "$f"; done
while true; do date; sleep 1; done
if [ -f a ]; then echo a; fi
for i in 1 2 3; do echo $i; done
ls && pwd
ls; pwd
cd src && make
make && make install
(cd src && ls)
{ ls; pwd; } > out.txt
ls > files.txt
ls 2>/dev/null
ls >> files.txt 2>&1
sleep 100 &
sort < names.txt
sort names.txt | uniq
sort | uniq -c
ls nosuch || true
env
env FOO=1 python a.py
nohup python server.py &
sudo !!
timeout 5 ping localhost
xdg-open report.pdf
open report.pdf
code .
tree
tree -L 2
file notes.txt
stat notes.txt
touch 新文件.txt
ls 文档
ls 下载
cd 下载
cat 笔记.txt
grep 错误 app.log
grep -r "的" .
mkdir 新文件夹
rm -r 旧文件
mv 报告.docx 文档/
echo 你好
echo 你好 世界
git commit -m "修复了所有的错误"
find . -name "*报告*"
cp 照片.jpg ~/图片/
foo --bar
foo -x | wc -l
ls | foo
npx create-app my-app
uv run pytest
man printf
sqlite3 app.db "select * from users"
psql -c "select count(*) from users"
journalctl -u nginx --since today
crontab -l
tmux attach
screen -r
openssl rand -hex 16
base64 notes.txt
sha256sum a.iso
jq '.name' package.json
rsync -av src/ host:dst/
dd if=/dev/zero of=out.bin bs=1M count=10
test a = b
expr 1 + 2
sum notes.txt
size a.out
strings a.out
ollama list
"""

LANGUAGE = r"""
find large files
find the biggest files here
find all python files modified this week
find files bigger than 1M in /var/log
find README.md
find my notes
find *.py files with TODO in them
find files > 1MB
find everything about cats
find out how much memory is used
make a new folder
make a folder called test
make a backup of docs
make me a list of all images
make notes.txt read only
make it executable
kill firefox
kill the process on port 8080
kill process 42
kill everything that uses more than 1 GB
kill all python processes
kill firefox & chrome
sort them by size
sort by name
sort the files in docs by date
sort names.txt alphabetically and remove duplicates
sort those
cat is an animal?
cat the readme
cat pictures
who is logged in
who am i
who owns notes.txt
who is using port 8080
who are you
time to clean up
time is it
what time is it
what is the time in Tokyo
what
what is in this folder
what's in here
what does git status do?
test whether the server is up
test if port 80 is open
test my connection
which files are the biggest
which process uses the most memory
which python version do I have
which is bigger, a.txt or b.txt
open the readme
open firefox
open port 80
install firefox
install vim and git
date of the last change to notes.txt
date in new york
history of this file
history please
man, this is slow
man I need help
watch the log for errors
watch this folder
split notes.txt into 3 parts
split the big file
split names at commas
join these files
join a.txt and b.txt
cut the first column
cut the video in half
look for errors in the log
look at notes.txt
look here
write hello to a.txt
write a poem
read notes.txt
read the first 5 lines of notes.txt
touch the file notes.txt
free up some space
free memory
free disk space
last 5 files
last modified file
last week's photos
head of notes.txt please
tail the log
more of those
less detail please
file sizes please
link notes to docs
locate my keys
compare a.txt with b.txt
compare these two folders
convert photo.png to jpg
convert all images here to png
import my photos
play some music
say hello
yes
yes please
yes, delete them
no
ok
thanks
hello
hi there
help
help me
as a table please
at what time did it change
at 5 pm remind me
go to docs
go home
go up one level
say that again
service nginx is down, restart it
shutdown the computer
shutdown in 10 minutes please
view the second one
view all images
script to rename files
screen resolution?
size of this folder
size of docs
sum the second column of data.csv
sum these
users on this machine
users logged in
units of measure
host name of this computer
hosts in my network
groups I am in
top 5 processes by memory
top ten largest files
tree of this folder
tree view of src please
rename all jpg files to lower case
reset the permissions of this folder
wait for the build to finish
expand the archive
fold the lines at 80
list files
list all processes
show me the git log
show hidden files
delete the temp files
delete it
remove empty folders
count the lines in notes.txt
count lines in `a.txt`
copy a.txt to docs
move all pdfs to docs
rename a.txt to b.txt
how many files are here
how do I exit vim
how big is this folder
why is it slow
where is python installed
where am I
when was notes.txt changed
is nginx running?
is git installed
are there any zip files
can you list the files
could you please delete build
please list files
do I have python?
does notes.txt exist
tell me the date
give me the ten biggest files
I want to see the logs
I need to find my thesis
i deleted something, undo it
let's see the docs folder
let me see notes.txt
don't delete that
the second one
those in docs
same for .md
in docs instead
only the python ones
how many is that
and now sort by size
now delete them
bigger than 1M only
undo
undo that
show it as a tree
create a file named x.txt with hello in it
create folder test and move all pdfs there
compress docs
compress the docs folder into docs.zip
zip the docs folder
zip docs
zip up everything in src
unzip it
unzip the archive into tmp
extract a.tar.gz to /tmp
tar up the docs folder
ls the files in my home folder
ls is broken
ls what is there
grep for errors in the log
grep the log for errors
grep is too slow, is there anything faster?
cd into docs
cd to the docs folder
cd to /tmp
git is not working
git keeps asking for my password
git why is my push rejected
docker is not running
docker won't start
docker containers using the most memory
rm all the log files
rm everything in build
rm those
cp photos to backup
cp all the images to /tmp
mv these to docs
mkdir called test
mkdir named foo in docs
vim is confusing, how do I exit
ssh into my server
ssh is refused
curl the homepage
python is using too much memory
python files in src
python files modified today
pip is missing
ps for firefox
ps sorted by memory
chmod the script so I can run it
sudo make me a sandwich
sudo give me all files
ping my router
ping the server until it answers
df in gigabytes please
du of each folder in here
uptime of this machine
top processes
echo chamber is a strange word isn't it?
clear all the logs
clear everything
exit the program
alias for git status please
env variables
env variables that contain PATH
set the time to 10:00
set permissions of a.txt to 644
export the table as csv
export these as csv
type of notes.txt
type hello in notes.txt
source of this package
wc of all text files
diff between a.txt and b.txt
diff the two configs
head first into the docs
rsync docs to backup
date tomorrow
memory usage
disk usage of docs
cpu temperature
files larger than 10MB
files changed today, newest first
biggest file?
my ip address
processes using > 50% cpu
show processes > 1GB & kill them
list files; then sort them by size
if the file exists, delete it
for each file in docs print its size
while the download runs show its progress
until when is this open
case does not matter, find Notes.txt
select the first two columns
function keys do not work
./run.sh does not work, why?
/tmp is full, what should I delete
~/Downloads is a mess, clean it up
../docs has what in it?
a
42
$5 in euros
$ sign in file names
"hello"
it's broken
what's new?
Find all files larger than 5 MB
Count the number of files in your home directory
Make a list
Kill the server
List the contents of /etc
Show me what's using port 3000.
delet the tmp fils
lst files
shwo me hiden files
列出所有文件
列出当前目录的文件
查找大于1M的文件
删除所有临时文件
打开文档
帮我整理下载文件夹
这个文件夹有多大
现在几点
谁在登录
杀掉 firefox
杀死占用8080端口的进程
把 a.txt 复制到 docs
把所有 png 移到 图片 文件夹
统计 notes.txt 的行数
用 grep 搜索 错误
用vim打开notes.txt
git 怎么用
git 是什么
git 提交失败了怎么办
git怎么回退
docker 为什么启动不了
docker 容器有哪些
grep 是什么意思
ls 一下当前目录
ls 看看有什么
ls -la是什么意思
cd 到下载目录
cat 一下 notes.txt
find 最大的文件
find 所有的 py 文件
kill 掉 firefox
rm 掉所有日志
ps 看一下进程
python 文件有多少个
sort 一下这些文件
make 一个新文件夹
ping 一下 google.com
最大的五个文件
第二个
按大小排序
撤销
你好
谢谢
请列出隐藏文件
为什么这么慢？
今天修改过的文件有哪些
显示内存使用情况
压缩 docs
解压 a.zip 到 tmp
新建文件夹 test
在 src 里搜索 TODO
/etc 里有什么
~/下载 里最大的文件
查看进程，按内存排序
ファイルを一覧表示して
ls を説明して
покажи файлы
montre les fichiers
"""

SLASH = """
/help
/undo
/why
/model qwen
/mode auto
/quit
/history 20
"""

PLANS = """
find_files(".", name="*.py") | count()
find_files("build", name="*.tmp", older_than="7d") | delete()
processes(sort="memory") | first(5)
last | count()
last[2] | read()
last[2]
last | sort("size") | first(3)
stdin | count()
stdin[1]
run("git log --oneline -5")
count()
sort("size")
delete(["a b", "c"])
ask("which folder?")
find_files("x"
read("notes.txt"))
"""

FORCED = (("!find large files", "command", "find large files"), ("! ls", "command", "ls"),
          ("?ls -la", "ask", "ls -la"), ("? git status", "ask", "git status"), ("？ls", "ask", "ls"))  # fmt: skip


def labelled() -> list[tuple[str, str]]:
    """Every line with its route."""
    groups = (("command", COMMANDS), ("ask", LANGUAGE), ("slash", SLASH), ("plan", PLANS))
    return [(line, route) for route, text in groups for line in text.strip().splitlines()]
