"""What is known of the columns of invented tools: their superlatives, numbers they are compared with, Chinese words."""

from __future__ import annotations

SUPERLATIVES = {
    "price": ("most expensive|dearest", "cheapest", "最贵", "最便宜"),
    "cost": ("most expensive|most costly", "cheapest", "最贵", "最便宜"),
    "fee": ("dearest|most expensive", "cheapest", "最贵", "最便宜"),
    "height": ("tallest|highest", "lowest|shortest", "最高", "最矮|最低"),
    "weight": ("heaviest", "lightest", "最重", "最轻"),
    "kilos": ("heaviest", "lightest", "最重", "最轻"),
    "length": ("longest", "shortest", "最长", "最短"),
    "metres": ("longest", "shortest", "最长", "最短"),
    "minutes": ("longest", "shortest|quickest", "最久|时间最长", "最快|时间最短"),
    "age": ("oldest", "youngest", "最老|年纪最大", "最年轻|年纪最小"),
    "year": ("newest|most recent", "oldest", "最新", "最老|最旧"),
    "speed": ("fastest", "slowest", "最快", "最慢"),
    "distance": ("farthest|most distant", "nearest|closest", "最远", "最近"),
    "depth": ("deepest", "shallowest", "最深", "最浅"),
    "size": ("biggest|largest", "smallest", "最大", "最小"),
    "area": ("biggest|largest", "smallest", "最大|面积最大", "最小|面积最小"),
    "rating": ("best|best rated", "worst", "评分最高|最好", "评分最低|最差"),
    "heat": ("hottest|spiciest", "mildest", "最辣", "最不辣"),
    "temperature": ("hottest|warmest", "coldest|coolest", "最热", "最冷"),
    "loudness": ("loudest", "quietest", "最响|最吵", "最安静"),
    "width": ("widest", "narrowest", "最宽", "最窄"),
}
"""Columns that grade what they tell of: most and least, in English and in Chinese."""
LIMITS = {
    "": (1, 2, 3, 5, 10, 12, 15, 20, 50, 80, 100, 200), "year": (1900, 1950, 1980, 1999, 2010, 2015, 2020),
    "price": (2, 5, 9.5, 10, 15, 20, 50, 99, 250), "height": (0.5, 1.5, 2, 3, 10, 30), "rating": (2, 3, 3.5, 4, 4.5),
    "percent": (10, 25, 50, 75, 90), "age": (2, 5, 7, 12, 18, 40, 65), "weight": (0.5, 2.5, 5, 20, 80),
    "stars": (2, 3, 4), "hours": (0.5, 1.5, 2, 8, 24),
}  # fmt: skip
"""Numbers that a column is compared with."""
COLUMNS_ZH = {
    "year": "年份", "name": "名字", "size": "大小", "rating": "评分", "amount": "金额", "date": "日期",
    "time": "时间", "title": "标题", "author": "作者", "stars": "星级", "minutes": "分钟数", "days": "天数",
    "city": "城市", "battery": "电量", "level": "亮度", "hours": "小时数", "priority": "优先级", "owner": "负责人",
    "state": "状态", "category": "类别", "client": "客户", "pages": "页数", "load": "负载", "price": "价格",
    "cost": "费用", "height": "高度", "weight": "重量", "length": "长度", "age": "年龄", "speed": "速度",
    "distance": "距离", "depth": "深度", "area": "面积", "temperature": "温度", "width": "宽度", "id": "编号",
    "kind": "种类", "color": "颜色", "colour": "颜色", "room": "房间", "place": "地点", "phone": "电话",
    "country": "国家", "start": "开始时间", "free": "空位", "sugar": "含糖量", "count": "数量", "number": "号码",
    "plot": "地块", "tree": "树种",
}  # fmt: skip
"""Columns in Chinese, where a family of tools has no words of its own for them."""
