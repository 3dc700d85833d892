"""Labelled lines for the router: what a line is, decided by hand before the rules saw it."""

from __future__ import annotations

PROGRAMS = frozenset(
    """
    ack ag apt apt-get as at awk base64 basename bash bat bc bzip2 cal calendar cargo cat chgrp chmod chown chsh
    clear cmp code column comm compare conda convert cp crontab curl cut date dd df diff dig dirname dmesg docker
    docker-compose du egrep emacs env expand expr factor fallocate fd fgrep file find firefox flatpak fold free fzf
    gcc gdb gh git go gpg gradle grep groups gunzip gzip head helm hexdump history host hostname htop iconv id
    ifconfig import install ip iptables java join journalctl jq kill killall kubectl last ld less link ln locale
    locate look ls lsblk lscpu lsof make man md5sum mkdir mkfifo more mount mv mvn nano nc netstat nice nl node
    nohup npm npx nproc ollama open openssl paste patch perl pgrep php ping pip pip3 pkill play poetry pr ps psql
    pstree pwgen pytest python python3 pwd readlink realpath rec rename reset rev rg rm rmdir rsync ruby ruff rustc
    say scp screen script sed seq service sha256sum shred shuf shutdown size sleep snap sort split sqlite3 ss ssh
    stat strace strings stty su sudo sum systemctl tac tail tar tee terraform time timeout tmux top touch tr tree
    truncate tsort tty uname uniq units unlink unzip uptime users uv vi view vim vmstat w wait wall watch wc wget
    what whatis whereis which who whoami write xargs xdg-open xxd xz yarn yes zip zsh zstd
    """.split()  # noqa: SIM905  two hundred quoted names would read worse
)
TOOLS = frozenset(
    {
        "find_files",
        "processes",
        "first",
        "last_rows",
        "sort",
        "search",
        "count",
        "delete",
        "read",
        "archive",
        "run",
        "ask",
        "answer",
        "refuse",
        "list_files",
    }
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
echo
git commit -m wip
git branch -D old
git diff HEAD~1 -- src
git log --author=bob --since="2 weeks ago"
git remote -v
git switch main
git restore .
docker logs -f web
docker rm -f $(docker ps -aq)
docker images
apt show vim
pip show numpy
pip freeze > requirements.txt
npm run dev
python manage.py runserver
python -m http.server 8000
python -m pytest -q
find / -name passwd
find src -type d
find . -mtime -1 | xargs ls -l
grep foo bar.txt
grep -c foo *.txt
grep "a b" file
ls | grep foo
cat file.txt | head
ps aux --sort=-%mem | head -n 5
kill -l
kill $(pidof foo)
kill 1 2 3
sort a.txt b.txt
head -c 100 a.bin
head -1 a.csv
tail -n +2 a.csv
tail a.log b.log
cut -c1-10 a.txt
cut -f 2 -d ' ' a.txt
date -u
date "+%H:%M"
time python a.py
time ./run.sh
test -d src
test -z "$FOO" || echo no
which git
which -a python
who | wc -l
man bash
man 2 open
make -C src
make -n install
make test lint
watch -n 5 'ls -l'
watch ls -l
split -b 10M big.iso
touch a.txt
mkdir a b c
mkdir -p src/{a,b}
cp a.txt ~/docs/
cp *.jpg photos
mv *.txt docs
mv a b
rm -f *.o
rm a.txt b.txt
ln -sf a b
cd docs
cd $HOME
cd ~
cd ../..
cd "$(git rev-parse --show-toplevel)"
chmod -R 755 docs
chmod a+x run.sh
du -h --max-depth=1 | sort -h
df -h /
ps
ps -u bob
ssh bob@host ls -la
ssh myhost
ssh -p 2222 host "ls /tmp"
vim a.py b.py
nano
less a.log
file a.bin
stat -c %s a.txt
tar tf a.tar
tar -xvf a.tar -C /tmp
unzip -l a.zip
zip -r a.zip . -x "*.git*"
curl -s https://a.com | jq .
curl localhost:8080
wget https://a.com/b.zip
ping localhost
ping -c1 host
systemctl list-units
sudo systemctl status ssh
sudo -u bob ls
sudo rm -rf /tmp/x
env | grep PATH
export FOO
export FOO="the bar"
set -x
unset FOO BAR
alias
type cd
history -c
exit 0
sleep 5; echo done
ls; ls
true && false
cat a > b
cat >> b.txt
echo "hi" > a.txt
echo hi | tee a.txt
: > a.txt
[ $? -eq 0 ] && echo ok
for f in *; do mv "$f" "${f// /_}"; done
while read -r l; do echo "$l"; done < a.txt
case $x in a) echo 1;; esac
diff <(ls a) <(ls b)
awk 'END{print NR}' a.txt
sed 's/a/b/' a.txt
tr -d '\r' < a.txt > b.txt
xargs rm < list.txt
wc notes.txt
nl a.txt
rev a.txt
seq 5 | shuf
bc <<< "1+2"
uname -a
hostname
hostname -I
id -u
tmux
tmux new -s work
screen
crontab -e
rsync -a a/ b/
cargo run -- --help
go run main.go
node -e "console.log(1)"
./a.out < in.txt > out.txt
./configure --prefix=/usr && make && sudo make install
bash -c "ls"
bash script.sh
source ~/.bashrc
A=1 B=2 env
tail -f 日志.txt
vim 笔记.md
rm 旧文件.txt
python 脚本.py
git log --stat HEAD~5..
git blame src/a.py
git reset --hard origin/main
git tag v1.0
git config user.name "Ann Lee"
git cherry-pick abc123
git merge feature/x
docker pull nginx
docker stop web
docker kill web
docker network ls
docker inspect web
docker volume prune -f
apt install ./a.deb
pip uninstall -y numpy
pip3 install "torch>=2"
npm i -g yarn
npm ci
yarn add react
kubectl logs -f pod/x
kubectl delete pod x
systemctl enable --now nginx
systemctl list-timers
journalctl -xe
find . -empty -type d -delete
find ~ -iname '*invoice*'
find . ! -name '*.py'
find . \( -name a -o -name b \) -print
find /etc -name "*.conf" 2>/dev/null | head
ls -lhS | head -5
ls -d */
ls ~/
ls ..
ls -1 docs
cd /
cd ~/Downloads
cd "../My Files"
cat -n a.py
cat a.py | grep def
cat *.csv | sort | uniq > all.csv
head -n1 *.csv
tail -n 50 /var/log/syslog | grep -i err
grep -E 'a|b' notes.txt
grep -l main *.c
grep -R --include=*.py import .
grep error /var/log/syslog
sort -t: -k3 -n /etc/passwd
sort -rh
uniq -d a.txt
cut -d' ' -f1 access.log | sort | uniq -c
tr '[:upper:]' '[:lower:]' < a
sed 's/foo/bar/g' a.txt > b.txt
sed -e 1d a.txt
awk '$3 > 100' data.txt
awk -F: '{print $1}' /etc/passwd
kill 1234
kill -HUP 1
kill -STOP $PID
killall -9 node
pkill node
pgrep -fl python
ps -eo pid,cmd --sort=-rss
top -b -n1
make -j$(nproc)
make clean && make
make VERBOSE=1 all
make docs
gcc -O2 a.c -o a
./a.out
python3 -i
python3 a.py --verbose input.txt
python -c 'import this'
ruby -e 'puts 1'
java -jar app.jar
test -e a && rm a
test "$A" = b
[ "$a" -gt 3 ] && echo big
time find . -name x
time cat a > /dev/null
which node npm
whereis ls
man tar
man 3 printf
type -a ls
who -b
date --iso-8601
date +%s
cal 3 2025
history | tail -20
last -n 10
free -m
watch -n 2 free -h
watch 'ls -l | wc -l'
split -n 4 a.bin
join -1 2 a b
touch .gitignore
touch -d yesterday a.txt
mkdir build && cd build
mkdir -m 700 private
rm -i *.txt
rm -rf node_modules
rm ~/.cache/x
rmdir empty
cp -a src/. dst/
cp notes.txt{,.bak}
cp a.txt b.txt docs/
mv old.txt new.txt
mv docs Documents
ln -s ../a b
chmod 600 ~/.ssh/id_rsa
chmod -x a.sh
chown -R bob: docs
tar xJf a.tar.xz
tar cvzf a.tgz a b c
zip -er a.zip docs
unzip -d out a.zip
unzip a.zip b.txt
gzip -k a.txt
xz -d a.xz
df -Th
df -h | grep sda
du -a | sort -n | tail
du -h docs
lsblk
lsof a.txt
ip link set eth0 up
ip route
ss -s
ping -c 4 example.com
ping 10.0.0.1
curl -I https://example.com
curl -o a.html example.com
wget -r -np example.com/docs/
ssh -L 8080:localhost:80 host
ssh user@10.0.0.5 'df -h'
scp -r docs host:/srv/
rsync -n a/ b/
env -i bash
env LANG=C sort a.txt
export EDITOR=vim
export A B
unset A
alias gs='git status'
source venv/bin/activate
echo "a b" | wc -w
echo a > b
echo $((1+2))
echo {1..5}
printf '%d\n' 3
seq 3 | xargs -I{} echo {}
xargs -a list.txt rm
tee out.txt < in.txt
nohup ./a.sh > log 2>&1 &
(sleep 3; echo done) &
sleep 2m
wait
jobs -l
sudo -i
sudo make install
sudo kill -9 1234
sudo vim /etc/hosts
sudo find / -name core
nice -n 10 make
timeout 10s ./a.sh
open a.pdf
xdg-open .
less +F app.log
more a.txt
view a.txt
stat a.txt b.txt
file *
tree src
tree -a -I .git
if true; then echo a; else echo b; fi
for i in $(seq 3); do echo $i; done
while :; do sleep 1; done
until ping -c1 host; do sleep 1; done
case "$1" in -h) echo help;; esac
f() { echo hi; }; f
ls; cd ..; ls
a=1; echo $a
diff -u a b | less
cmp a.bin b.bin
comm -12 a.txt b.txt
md5sum *.iso > sums
sha256sum -c sums
base64 -d a.b64
openssl x509 -in a.pem -text
sqlite3 a.db .tables
jq . a.json
jq -r '.[].id' a.json
bc -l
ls 图片/
cat 说明.md
grep -n 错误 日志.txt
mv 旧.txt 新.txt
find . -name '*.文档'
tar czf 备份.tar.gz 文档
python3 脚本.py --输入 数据.csv
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
find me the biggest file
find duplicates
find my resume
find photos from last summer
find text files
find foo
find and delete empty folders
make this folder read only
make file executable
make directory foo
make dir backup
make everything in here readable
kill all
kill chrome
kill that process
kill -9 everything on port 80
sort by date
sort files
sort folders by size
test my internet connection speed
test internet
time now
time in london
who uses port 22
who changed this file
who has the most processes
which folder is largest
which one
what is my ip
what time
cat all text files together
cat contents of notes.txt
cat the last 10 lines of app.log
open notes.txt in vim
open it
date of birth
date yesterday
history of commands
install python packages
watch tv
split file in half
join all csv files
cut everything after the comma
look up example.com
write hi into notes.txt
read notes
touch every file here
free ram
last login
last 10 commands
last line of notes.txt
head and tail of notes.txt
less than 5 files
more files please
file type of a.bin
file count
link a to b
rm that file
rm the second one
rm files older than 7 days
rm last one
cp it to docs
cp the newest file to /tmp
mv everything to backup
mv it
ls only folders
ls hidden files please
ls by size
ls files bigger than 1G
ls -la but sorted by size please
cd home please
cd to home
cd back to where I was
cd the projects folder
git commit everything with message fix
git undo last commit
git push it
git commit my changes
git how do I rebase
git status please
git log of the last week
docker stop all containers
docker remove unused images
docker is eating my disk
pip install it for me
pip install numpy and pandas
npm is slow
apt is broken
apt install something to edit images
systemctl is not found
python is not found
python script that sorts a list
ssh to my server
ssh keeps disconnecting
ps of all users
ps what is running
du for this folder
df of all disks
du largest folders
chmod everything to 644
chown those files to bob
mkdir for my photos
mkdir three folders a b and c
tar this folder
tar everything
unzip everything here
zip these files
zip my photos
gzip all logs
grep all files for TODO
grep errors from the log
grep for foo in all files
grep TODO everywhere
curl this page
wget the file at example.com
vim the readme
nano that file
clear my history
exit now please
sleep well
wait a minute
yes do it
true or false
top 3 cpu users
top memory hogs
uptime please
ping it
id of user bob
env of process 42
set mode to auto
alias gs to git status
export to csv
history of git
type a.txt
source code files
du -sh of docs please
ls, but newest first
cp a.txt to b.txt and open it
find big files; delete them
ls | only the biggest
kill it && restart it
show me ls -la output
delete *.tmp
remove ~/old
list /etc
count *.py
open https://example.com in firefox
查看 git 状态
git 提交所有修改
rm 这个文件
ls 隐藏文件
docker 停止所有容器
npm 安装失败
cat 最后十行 app.log
mkdir 三个文件夹
cp 所有图片 到 /tmp
vim 怎么退出
ssh 连不上
grep 所有文件中的 TODO
cd 上一级
du 看哪个文件夹最大
what are the largest folders under my home
who is eating my cpu
cat notes and todo together
sort the list backwards
show me yesterday's logs
find anything with invoice in the name
find duplicates in photos
find empty dirs
find big stuff
find me
find pdf
make a zip of photos
make backup of src
make the script runnable
make a copy of notes
make sure nginx is up
kill zombie processes
kill node
kill whatever uses port 3000
test port 443 on example.com
test ping
time since last boot
time zone
date of newest file
watch memory usage
watch cpu
split notes every 100 lines
join lines with commas
cut first 3 characters
open my photos folder
open terminal
install htop please
install htop
read config file
read it aloud
write these to out.txt
touch up the photo
look inside a.zip
last reboot time
last modified
last error in app.log
free space
free space on /home
history of commands with git
head of the file
tail end of app.log
tail of app.log
less noise please
more info about notes.txt
compare notes.txt and todo.txt
link to docs on the desktop
rename photo.png to pic.png
size of /var
sum of all sizes
type of file notes.txt
users with shells
view log
clear out old logs
clear the screen
sleep for ten seconds
wait until it is done
expand a.zip
file permissions of notes.txt
file a bug
which shell am I using
which disk is full
which port does postgres use
who logged in yesterday
whoami and where am i
ls newest file
ls in columns by size
ls everything
ls big files
cd downloads folder
cd one level up
rm duplicates in photos
rm temp files
rm the folder build
rm build and dist
cp notes.txt to the usb stick
cp notes.txt and todo.txt into docs
mv photos from last week to archive
mv all *.jpg to photos
mkdir if it does not exist
mkdir with todays date
touch a new file
chmod 755 all scripts
chmod run.sh to be executable
chown everything here to me
ps top 10
ps with most memory
ps all python processes
du top 10 folders
df human readable please
grep error in logs
grep error and warning
grep 404 from access.log and count them
sed foo with bar in notes.txt
awk the second column
tar docs and photos
tar docs into backup.tar.gz
zip all pdfs
zip notes.txt and todo.txt
unzip a.zip to tmp folder
gzip the biggest log
git show me what changed
git what changed since yesterday
git who wrote this line
git remove the last commit
git clone the llama repo
git branch I am on
git add everything and commit
docker list everything
docker show running
docker logs of the web container
docker clean up
docker why so big
pip what is outdated
pip packages that are outdated
npm what does this do
apt what provides vim
ssh login to server1
ssh from here to there
curl and save example.com
curl example.com and show the title
wget that file
ping 8.8.8.8 and tell me if it works
ping every host
python version?
python --version please
node version
java is missing
vim keeps freezing
vim how to quit
nano or vim?
systemctl services that failed
systemctl is nginx running
service status of nginx
mount my usb drive
mount the usb stick
crontab of every user
env vars
export notes as pdf
export my contacts
set volume to 50
set up a python project
alias ll to ls -l
diff these files
diff notes.txt todo.txt please
wc this file
wc of notes.txt
uptime in days
top cpu
id of the current user
host of this ip
locate python
import data.csv
convert all wavs to mp3
play the next song
go to /tmp
go back
up one
yesterday
stop
stop it
start nginx
restart nginx
restart the network
check disk
check my disk for errors
count files
count words in a.txt
rename *.jpeg to *.jpg
delete a.txt
remove a.txt
move a.txt docs
copy a.txt b.txt
list
list docs
list files > out.txt
show processes | first 5
show a.txt
print a.txt
create notes.txt
mail bob that I am late
ls，按大小排序
ls 按时间排序
git 查看历史
git 回退上一个版本
find 今天修改的文件
cat 显示前十行
cp 备份 notes.txt
tar 打包 docs
ps 按内存排序
kill 占用 8080 的进程
make 怎么报错
vim 打开 notes.txt
docker 查看日志
python 版本
du 当前目录大小
ssh 到服务器
mv 重命名 a.txt 为 b.txt
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
