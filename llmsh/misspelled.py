"""What people type for the words of a shell: usual misspellings, characters taken for others; and what is none."""

from __future__ import annotations


def table(text: str) -> dict[str, str]:
    """The entries of a table that is written `word = slip slip; word = slip`."""
    entries = (entry.partition("=") for entry in text.split(";"))
    return {word.strip(): said.strip() for word, _, said in entries}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SLIPS = table("""
the = teh hte th; all = al alll; and = adn nad an; how = hwo; for = fro; are = ar; with = wiht wth whit;
that = taht tht; this = tihs thsi; from = form frm fom; into = inot; than = then tahn; what = waht wat whta;
which = wich whihc wihch; where = were wher; there = ther their; have = hvae hav; many = mnay meny; much = mcuh;
each = eahc; every = evry evrey; everything = everthing everyting evrything; please = plese pleas pelase;
only = olny onyl; other = ohter; without = witout wihtout; between = beetween betwen bewteen;
contain = contian contan; contains = contians; containing = contaning contianing; called = caled clled;
named = namd naemd; name = nmae naem; names = nmaes naems; find = fidn fnd fin fnid finde;
show = shwo sho hsow shw; list = lsit lst lits; delete = dleete delte delet deleet dlete;
remove = remvoe remov rmove romove; copy = cpoy coppy copi; move = mvoe moev mov;
create = crate creat craete creaet; make = maek mkae; count = cout coutn conut cuont;
search = serch seach saerch seacrh; look = lok loook; read = raed rea; print = pritn prnt prin; open = opne oepn;
display = dispaly disply; rename = renmae rname renam; replace = repalce replce relpace; sort = srot sotr;
compress = compres comrpess; extract = extarct exract; download = donwload downlaod dowload;
change = chnage chage; compare = comapre compair; start = strat satrt; stop = sotp stpo; kill = kil klil;
check = chekc chek; give = giev gve; tell = tel; edit = eidt edti; write = wirte rite; append = apend;
save = svae; split = spilt; merge = mereg; file = fiel fil flie; files = fiels fils flies filse;
folder = foldr fodler floder forlder; folders = foldrs fodlers floders;
directory = directry direcotry diretory dirctory; directories = directorys directries direcories;
subfolders = subfoldrs subfodlers; line = lien lin; lines = lnies liens; word = wrod wrd; words = wrods;
number = numbr nubmer nmber; text = txet tetx; size = szie sise; largest = largset larget lagest;
larger = lager largr; biggest = bigest bigget; bigger = biger; smallest = smalest smallst; smaller = smaler;
newest = newset newst; newer = newr; oldest = odlest oldst; older = oldr odler; first = frist fisrt; last = lsat;
recent = rescent recnet; recently = recenty recntly; modified = modifed modfied; changed = chagned chaned;
yesterday = yesterdy yestarday; today = todya tody; week = wek weeek; month = mounth; days = dasy;
process = proces porcess prcess; processes = proceses prcesses; running = runing runnning; memory = memroy memry;
disk = dsik; space = spcae; usage = usgae; permission = permision premission;
permissions = permisions premissions; owner = onwer; empty = emtpy emty; hidden = hiden hiddden;
different = diffrent diferent; difference = diffrence differnce; duplicate = duplicat dupliacte;
duplicates = duplicats; column = colum collumn; content = contnet; contents = contnets;
extension = extention extenstion; executable = exectuable excutable; archive = archvie achive; image = imgae;
images = imges iamges; picture = pitcure; pictures = picutres; script = scirpt; scripts = scirpts;
message = mesage; user = usre; current = curent currnet; because = becuase; recursively = recursivly;
password = pasword; version = verison; install = instal
""")

SLIPS_ZH = table("""
文件夹 = 文建夹 文件甲 文件家 文件架; 文件 = 文建 文见 文伴 闻件; 目录 = 目路 木录 目陆;
复制 = 付制 复治 覆制 复质; 拷贝 = 考贝 烤贝; 删除 = 山除 册除 删处 删初; 删掉 = 山掉 册掉 删吊;
查找 = 查照 察找 查早; 查看 = 察看 查砍 茶看; 搜索 = 搜所  搜锁; 打开 = 打卡 大开; 打印 = 打映 打应 大印;
打包 = 大包 打报; 移动 = 移懂 移东 一动; 移到 = 一到 移道; 压缩 = 压所 压锁 押缩; 解压 = 解鸭 接压 解押;
显示 = 现实 现示 显是; 列出 = 例出 列初 裂出; 列表 = 例表; 排序 = 排续 排绪 牌序; 内容 = 内融 内荣 内溶;
重命名 = 从命名 重明名 重命明; 改名 = 该名 改明; 哪些 = 那些; 哪个 = 那个; 哪里 = 那里; 大小 = 大少;
多少 = 多小 多绍; 最大 = 醉大 最打; 最近 = 最进 最今; 最新 = 最心 最欣; 最后 = 最候 醉后; 数量 = 数亮 树量;
统计 = 统记 通计; 所有 = 所又 锁有; 全部 = 全布; 包含 = 包函 包涵; 当前 = 当钱 挡前; 里面 = 理面;
名字 = 名子 明字; 名称 = 名成 名趁; 创建 = 创见 创件; 新建 = 新见 心建; 替换 = 替唤 提换; 修改 = 休改 修该;
内存 = 内村 内寸; 进程 = 进城 近程; 端口 = 端扣 短口; 磁盘 = 词盘 磁盆; 空间 = 空见 空建; 占用 = 站用 占佣;
网络 = 网洛 网罗; 下载 = 下在 下栽; 权限 = 权线 全限; 运行 = 运形 云行; 结束 = 结速 洁束; 停止 = 停只 停至;
图片 = 图偏 土片; 照片 = 照骗 照偏; 日志 = 日至 日制; 备份 = 备分 背份; 脚本 = 角本 脚奔; 代码 = 代马 带码;
行数 = 行树 航数; 单词 = 单次 单辞; 字符 = 字付 字浮; 重复 = 重付 从复; 隐藏 = 引藏 隐臧; 比较 = 比叫 比教;
对比 = 对笔; 不同 = 不通 步同; 合并 = 和并 合病; 今天 = 今添; 昨天 = 昨添 作天; 以前 = 已前 一前;
超过 = 抄过 超果; 大于 = 大与 大鱼; 小于 = 小与 小鱼; 按照 = 安照; 时间 = 时见 时建; 用户 = 用护 用互;
安装 = 按装; 软件 = 软见 软建; 程序 = 程续 城序; 系统 = 系同 系通; 帮我 = 帮窝 邦我; 一下 = 以下 一吓;
怎么 = 怎吗 咋么; 什么 = 什吗 神马; 几个 = 几各; 每个 = 美个 每各; 第一 = 地一; 后缀 = 后坠 候缀;
链接 = 连接 链结; 执行 = 直行 执形; 归档 = 归挡; 添加 = 天加 填加; 修改时间 = 修该时间; 分割 = 分隔 分个;
倒序 = 到序; 以及 = 已及; 和 = 合 河; 的 = 得 地; 在 = 再; 把 = 吧 八; 里 = 理 裡; 到 = 道; 吗 = 嘛 马
""")

WORDS = _words("""
file files folder folders line lines show list find name names count number word words delete directory directories
remove many which what where with without that than them then there these those this from into only under over
before after between everything every each other together below inside outside biggest bigger largest larger
smallest smaller newest newer oldest older latest longest shortest highest lowest first second third last size sizes
copy move make create rename replace change changed changes modified created named called containing contain
contains content contents starting start starts ending extension hidden empty sorted sort order reverse column
columns text print display search look read open write save append insert extract compress archive unpack unzip pack
split merge join compare difference different duplicate duplicates unique identical permission permissions
executable readable writable owner owned group user users process processes program programs running memory disk
space usage network port ports listening system computer kernel processor date time times today yesterday week weeks
month months year hour hours minute minutes days recent recently trash restore kill stop link links symbolic
recursively current whole here please could would have does much most less more again also about above except
excluding ignoring including skip image images picture pictures photo photos video videos music document documents
script scripts python commit commits branch branches repository status message package install installed download
version error errors matching match matches mention mentions occur occurs total average value values character
characters letters capital numbers table record records alphabetically descending ascending numerically free full
used take takes tell give explain half same like keep leave throw away output result sentence subfolders subfolder
subdirectories level deep password environment variable variables want counting anywhere everywhere their should
might address account accounts battery temperature calendar tomorrow
""")
"""Words that requests are made of, each before those that it is less likely to be meant than."""

REAL = frozenset(_words("""
abort al alter an ar archie archived archives archivo archivos arent averaged averages callee caller cant capitol
chance chances changer charge charged charges cheated cody cold coming commuter compared compares compute computed
computers consent contend contest contests context convent cope cops cory couldnt counter counts county court crate
creates creating dads dale dame dams dane dante dare dask data dated datei dates dave deed deem deer deleted deletes
deplete desk didnt dies differences director directors disc dish disks displays dist docs doesn doesnt dogs dont
dots downloads duplicated dusk emery endings environments ever excerpt exec explains extended extensions extracts
fall filed fill fills film films fin finds fine fines finn fire fires fist five fives fixes flies folded fond form
fred freed frees frm frog fuel fully fund gave given giver gives groups hall halo halt hasnt hate haven havent hera
hero hers hire hive info insect inserts insider insides installer installs instill instilled invert isnt joan john
joins joint keen keeps kennel kernels kills kiln kilo lake lane lanes large lash lass lasts latent lease least
leaves legs lens lest lets letter levels lever lies life lift liked likes lime lin lina lined linen liner linked
lint linus lisa lista liste listed lists lite live lives lock logs lone looks loop loss lost lst luke mace made
maker makes mako male mandy mans march marches marching mare marge mary massage mast matched matcher mate math maze
mere merged merger merges messages mike mist mitch mode moist mole monty moore morn moth mountains mouth mouths mov
moved mover moves movie moving muck munch mush must namd nate networks never note notes oddest oily olden omen
opened opens orders others otter outputs outsider oven owed owen owners oxen pace packaged packages packs pact paint
park part parts passwords peck phobos photon photons pick pictured pint pleased pleases poet poets point pores pork
porn post posts pots pout prefix printf prints processed processors profess professor prowess puck reading reads
ready real reap rear reed regent reid remote removed remover removes removing renamed renamer repent replaced
replaces resent restored restorer restores results revere reversed reverses road ruining safe sage sake sale saved
saver saves searched seconds sentenced sentences shame shave ship shoe shoo shop short shorted shot shouldnt showed
shown shows side sides sine sire site sites sized skid skim skin skips slave slip slop slow smart snow soft some
sorta sorter sorting sorts spaced spaces spacy spare spice spilt splits sport star starch stare stares staring stars
starter stat states stating stats statue statues step stops stow stuart suffix systems tables tablet taken tale
tales tall tape tapes taxes teal tel tells telly temperatures test texto texts thank thats theirs theme theo theres
theses they theyre thin thirds thrash three threw thrown throws thus tide ties tile tiles till timed timer timers
tire todays todo toll totals usages uses utils valued valve valves versions wait wand wasnt weak went were werent
whale whats wheat wheres while white whose width wish wished wont wood woods wore work works world worlds worm worms
worn wouldnt wound writeable writer writes wrote yearn years
"""))  # fmt: skip
"""Other words that are one slip away from one of those: the frequent ones in the list of pyspellchecker, and names."""

REAL_ZH = frozenset(_words("""
一到 一前 一动 下在 不通 云行 从付 从命名 从复 付制 以下 作天 例出 例表 修该 停只 停至 全布
全限 内村 内荣 内融 册除 几各 分个 分隔 列初 创件 创见 删初 删处 到序 包函 包涵 单次 占佣
压所 合病 名子 名成 后坠 咋么 和并 图偏 地一 备分 复治 复质 多小 大与 大包 大印 大应 大开
大鱼 天加 字付 字浮 安照 察看 对笔 小与 小鱼 山除 已前 已及 带码 心建 打卡 打应 打报 抄过
按装 排续 接压 搜所 改明 数亮 文件架 文件甲 文建 文见 新见 日制 日至 时建 时见 明字 显是 最心
最进 木录 查早 查照 树量 步同 比教 照骗 牌序 现实 现示 理面 用互 用护 目路 目陆 直行 短口
神马 移东 移道 程续 空建 站用 系同 系通 结速 统记 网罗 美个 航数 茶看 行树 该名 近程 进城
连接 通计 那个 那些 那里 重付 锁有
"""))  # fmt: skip
"""Slips in Chinese that are words of their own, or may be the end of one and the start of the next."""
