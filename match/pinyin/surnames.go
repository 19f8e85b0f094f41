package pinyin

// surnames are read otherwise as a surname than in a word, or have two
// characters. The key is simplified.
const surnames = `
单 shan|仇 qiu|区 ou|解 xie|查 zha|曾 zeng|任 ren|盖 ge|葛 ge|翟 zhai|朴 piao|缪 miao|覃 qin|燕 yan|宁 ning|乐 yue|员 yun|贠 yun|黑 he
冼 xian|洗 xian|种 chong|秘 bi|召 shao|繁 po|折 she|褚 chu|盛 sheng|隗 wei|祭 zhai|晁 chao|谌 chen|逄 pang|那 na|能 nai|佴 nai|句 gou|尹 yin
应 ying|柏 bai|卜 bu|车 che|郇 xun|郗 xi|华 hua|纪 ji|过 guo|哈 ha|相 xiang|冯 feng|沈 shen|宿 su|石 shi|余 yu|於 yu|俞 yu|牟 mu|仉 zhang
亓 qi|乜 nie|呙 guo|阙 que|瞿 qu|干 gan|藏 zang|撒 sa|行 xing|要 yao|曲 qu|重 chong|都 du|尉 wei|阚 kan|颉 xie|长 chang|万 wan|令 ling
薄 bo|卓 zhuo|邵 shao|吴 wu|吕 lu|闫 yan|阎 yan|肖 xiao|萧 xiao|傅 fu|付 fu|戴 dai|代 dai|訾 zi|妫 gui|芮 rui|莘 shen|甯 ning|娄 lou|禚 zhuo
幺 yao|麻 ma|麦 mai|适 kuo|筰 zuo|洪 hong|家 jia|叶 ye|系 xi|朝 chao|南 nan|角 jiao|降 xiang|兴 xing|少 shao|观 guan|强 qiang|咎 jiu|昝 zan
欧阳 ou yang|司马 si ma|上官 shang guan|诸葛 zhu ge|夏侯 xia hou|东方 dong fang|皇甫 huang fu|尉迟 yu chi|公孙 gong sun|慕容 mu rong
令狐 ling hu|宇文 yu wen|长孙 zhang sun|司徒 si tu|司空 si kong|端木 duan mu|独孤 du gu|南宫 nan gong|万俟 mo qi|闻人 wen ren
轩辕 xuan yuan|呼延 hu yan|澹台 tan tai|申屠 shen tu|太史 tai shi|赫连 he lian|钟离 zhong li|濮阳 pu yang|淳于 chun yu|单于 chan yu
百里 bai li|东郭 dong guo|西门 xi men|公羊 gong yang|第五 di wu|拓跋 tuo ba|完颜 wan yan|耶律 ye lu|纳兰 na lan|叶赫 ye he|鲜于 xian yu
`

// spellings are those of surnames outside mainland China besides pinyin and
// Wade-Giles, which rules give: of Hong Kong and Macau first.
const spellings = `
王 wong ong vong heng vuong|李 lee lei li ly|张 cheung teo chong tiong truong cheong|刘 lau liew low luu lao|陈 chan tan chin ting tran chen tjan
杨 yeung yeo yong duong young ieong|赵 chiu chew tio trieu chio|黄 wong ng ooi huynh hwang vong oey|周 chow chew chau jow chu chiu|吴 ng goh ngo go eng
徐 tsui chee chui hsu chi tu|孙 suen soon sun ton|胡 wu woo oh ho|朱 chu choo gee|高 ko kou goh cao|林 lam lim lum ling|何 ho hoh hor ha
郭 kwok quek kuok kueh quach kok|马 ma mah beh mar|罗 lo law loh low la|梁 leung liang neo luong leong|宋 sung soong song tong|郑 cheng tay cheang tee trinh teh zheng
谢 tse cheah chia ta hsieh che|韩 hon hang han|唐 tong tang teng|冯 fung phung fong pang|于 yu ye|董 tung dong|萧 siu seow sio shaw siew tieu
程 ching thia cheng|曹 cho tso chow tao|袁 yuen wan|邓 tang teng dang thien|许 hui koh khoo hsu hua hoi|傅 fu foo poh|沈 shum sim sum sam|曾 tsang chan chang tang zen
彭 pang phang banh|吕 lui loo lyu lv leu loi|苏 so soh to|卢 lo lou low loh lu|蒋 cheung chiang tsiang tuong|蔡 choi tsoi chua chai thai tsai choy|贾 ka kah
丁 ting teng dinh|魏 ngai wei nguy|薛 sit sih tiet hsueh|叶 yip yap ip diep yeh|阎 yim giam|余 yu yee u du|潘 poon pun phua phan pan pua|杜 to do tu dou
戴 tai tay|夏 ha hsia|钟 chung cheong tjong chong chung|汪 wong ong|田 tin ten dien|任 yam jen yum nham|姜 keung kiang khuong|范 fan huan pham|方 fong hong png phuong
石 shek sek shih thach|姚 yiu yeo yao dieu yio|谭 tam tham dam tom|廖 liu liaw leow lieu|邹 chow tsou chau|熊 hung hsiung hong|金 kam kim gam|陆 luk loke luc lok
郝 kok hak|孔 hung khong|白 pak pek bach|崔 chui tsui thoi|康 hong kang|毛 mo mao|邱 yau khoo chiu khu yao kho|秦 chun tsun tan|江 kong kang giang
史 si sze shih su|顾 koo ku co|侯 hau how|邵 shiu siu|孟 mang meng|龙 lung loong long|万 man wan van|段 tuen tuan|雷 lui loi louie|钱 chin tsien tien
汤 tong thang|尹 wan yin doan|黎 lai lay le loy|易 yik yick dich|常 sheung thuong|武 mo vu|乔 kiu kiau|贺 ho hor ha|赖 lai loi|龚 kung kong cung
文 man boon van|庞 pong pang bang|欧 au ow aw ou|区 au ow|甄 yan yen|司徒 szeto seeto|欧阳 auyeung owyang oyoung auyong|伍 ng ngo|洪 hung ang hong|翁 yung ang eng
温 wan oon on|施 si see sy shi thi|柯 or kwa quah o|詹 chim jim tsim chiam|关 kwan kuan quan|莫 mok mo mac|麦 mak mac|霍 fok hok|冼 sin sinn
凌 ling|容 yung|甘 kam kan|古 koo ku|岑 shum sam|阮 yuen nguyen|骆 lok loh|简 kan gan|游 yau yew|涂 to toh|倪 ngai nghe`
