"""What people type for the words of a shell: usual misspellings, characters taken for others, traditional ones."""

from __future__ import annotations


def _table(text: str) -> dict[str, str]:
    """The entries of a table that is written `word = slip slip; word = slip`."""
    entries = (entry.partition("=") for entry in text.split(";"))
    return {word.strip(): said.strip() for word, _, said in entries}


def _pairs(text: str) -> dict[str, str]:
    """The second character of each pair by its first."""
    return {pair[0]: pair[1] for pair in text.split()}


KEYBOARD = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip

SLIPS = _table("""
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

SLIPS_ZH = _table("""
文件夹 = 文建夹 文件甲 文件家 文件架; 文件 = 文建 文见 文伴 闻件; 目录 = 目路 木录 目陆;
复制 = 付制 复治 覆制 复质; 拷贝 = 考贝 烤贝; 删除 = 山除 册除 删处 删初; 删掉 = 山掉 册掉 删吊;
查找 = 查照 察找 查早; 查看 = 察看 查砍 茶看; 搜索 = 搜所 收索 搜锁; 打开 = 打卡 大开; 打印 = 打映 打应 大印;
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

TAIWAN = _table("""
文件夹 = 資料夾; 文件名 = 檔名; 文件 = 檔案; 复制 = 複製; 搜索 = 搜尋; 查找 = 尋找; 打印 = 列印; 内存 = 記憶體;
硬盘 = 硬碟; 磁盘 = 磁碟; 网络 = 網路; 软件 = 軟體; 程序 = 程式; 图片 = 圖片; 视频 = 影片; 服务器 = 伺服器;
用户 = 使用者; 字符 = 字元; 链接 = 連結; 创建 = 建立; 新建 = 新增; 压缩包 = 壓縮檔; 端口 = 連接埠; 设置 = 設定;
运行 = 執行; 代码 = 程式碼; 当前 = 目前; 粘贴 = 貼上; 保存 = 儲存; 默认 = 預設; 信息 = 資訊
""")

TRADITIONAL = _table("""
复制 = 複製; 重复 = 重複; 恢复 = 恢復; 回复 = 回覆
""") | _pairs("""
们們 个個 这這 说說 请請 为為 么麼 谁誰 吗嗎 几幾 数數 过過 还還 对對 时時 问問 间間 开開 关關 长長 动動 从從
进進 种種 后後 里裡 录錄 夹夾 删刪 复複 显顯 压壓 缩縮 类類 输輸 写寫 读讀 内內 来來 统統 计計 检檢 运運 执執
结結 终終 启啟 听聽 监監 线線 权權 属屬 组組 户戶 网網 络絡 载載 连連 链鏈 软軟 图圖 档檔 盘盤 总總 单單 词詞
语語 义義 变變 换換 与與 并並 将將 给給 让讓 帮幫 应應 该該 没沒 无無 试試 错錯 误誤 确確 认認 记記 详詳 细細
头頭 两兩 双雙 边邊 层層 级級 块塊 页頁 题題 码碼 编編 辑輯 译譯 释釋 师師 报報 据據 库庫 产產 备備 称稱 钟鐘
岁歲 旧舊 创創 设設 证證 验驗 签簽 转轉 轮輪 较較 辆輛 达達 远遠 选選 递遞 适適 阅閱 队隊 际際 随隨 隐隱 难難
静靜 顶頂 项項 顺順 预預 领領 频頻 颜顏 风風 饭飯 马馬 驱驅 鱼魚 点點 万萬 亿億 东東 业業 严嚴 丢丟 丽麗 举舉
乐樂 习習 书書 买買 乱亂 争爭 亚亞 优優 会會 传傳 体體 侧側 储儲 兴興 养養 办辦 务務 劳勞 势勢 区區 华華 协協
卖賣 卫衛 历歷 参參 发發 号號 叶葉 员員 响響 围圍 国國 园園 坏壞 场場 声聲 处處 够夠 奖獎 妈媽 孙孫 学學 宝寶
实實 宽寬 导導 尔爾 尽盡 岛島 币幣 带帶 广廣 庆慶 废廢 张張 弹彈 归歸 当當 怀懷 态態 忆憶 惊驚 扩擴 扫掃 护護
担擔 拥擁 择擇 挂掛 损損 摄攝 断斷 暂暫 术術 机機 杀殺 杂雜 条條 极極 构構 标標 树樹 样樣 桥橋 楼樓 欢歡 残殘
气氣 汇匯 汉漢 浏瀏 测測 济濟 滤濾 满滿 潜潛 灯燈 炉爐 爱愛 状狀 环環 现現 电電 画畫 疗療 离離 积積 稳穩 穷窮
笔筆 简簡 红紅 约約 纪紀 纯純 纸紙 绍紹 经經 绘繪 继繼 绪緒 续續 维維 综綜 缓緩 罗羅 联聯 脑腦 脚腳 节節 范範
获獲 药藥 虑慮 虚虛 虽雖 补補 装裝 规規 视視 觉覺 观觀 订訂 许許 论論 评評 识識 诉訴 话話 谢謝 负負 财財 败敗
货貨 质質 购購 费費 资資 赛賽 赶趕 趋趨 跃躍 踪蹤 车車 轻輕 迟遲 逻邏 邮郵 针針 钥鑰 锁鎖 键鍵 镜鏡 门門 闭閉
闲閒 闻聞 阳陽 阶階 陆陸 险險 须須 额額 驶駛 龄齡 热熱 独獨 缀綴 却卻 倾傾 杰傑 爷爺 礼禮 鸡雞 鸟鳥 齐齊 龙龍
拟擬 渐漸 绝絕 织織 挡擋 准準 仓倉 余餘 栏欄 础礎 异異 别別 则則 减減 划劃 击擊 儿兒 着著 温溫 脱脫 讲講 调調
览覽 紧緊 练練 贴貼 销銷 寻尋 弃棄 毁毀 毕畢 猫貓 账賬 钱錢 叠疊 拨撥 滚滾 戏戲 剧劇 专專 审審 赢贏 梦夢 伤傷
训訓 绿綠 蓝藍 闹鬧 灭滅 烧燒 邻鄰 鲁魯 鲸鯨 矿礦 询詢 讨討 议議 诗詩 课課 谜謎 访訪 谈談 贝貝 责責 贵貴 赞讚
迁遷 违違 鉴鑑 铁鐵 银銀 阴陰 陈陳 韩韓 饼餅 饿餓 馆館 骤驟 鲜鮮 麦麥 伦倫 厂廠 厅廳 县縣 团團 墙牆 夺奪 宁寧
恋戀 恶惡 惯慣 战戰 扰擾 抢搶 拦攔 挤擠 捡撿 敌敵 晓曉 杨楊 枪槍 柜櫃 栈棧 沟溝 洁潔 浅淺 涨漲 湾灣 湿濕 灵靈
灾災 炼煉 烂爛 献獻 盐鹽 竞競 篮籃 纠糾 纲綱 纳納 缘緣 聪聰 脏髒 胜勝 艺藝 苏蘇 苹蘋 营營 触觸 仅僅 伪偽 侦偵
债債 仪儀 价價 众眾 伙夥 佣傭 偿償 凑湊 凤鳳 匀勻 厌厭 吓嚇 咸鹹 喷噴 坚堅 奥奧 姗姍 尝嘗 帅帥 彻徹 拢攏 携攜
旷曠 桩樁 槛檻 殴毆 泽澤 浊濁 涩澀 渊淵 渔漁 爲為 牵牽 琐瑣 疯瘋 痒癢 皱皺 筛篩 绑綁 绕繞 绩績 绳繩 缴繳 罚罰
肃肅 肠腸 胶膠 脸臉 舰艦 苍蒼 荐薦 莱萊 蚁蟻 衔銜 袜襪 谨謹 贡貢 贤賢 贯貫 赋賦 轨軌 辅輔 邓鄧 酱醬 铃鈴 铅鉛
铜銅 铺鋪 锐銳 镇鎮 陕陝 韦韋 颗顆 颠顛 飘飄 饮飲 饱飽 骑騎 骗騙 鲤鯉 鸭鴨 鹅鵝 齿齒 隶隸 瞒瞞 涡渦 滥濫
""")
