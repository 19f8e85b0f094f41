package pinyin

// words are read otherwise than character by character. Longer ones go first.
const words = `
重庆 chong qing|重新 chong xin|重阳 chong yang|重组 chong zu|重复 chong fu|九重 jiu chong
银行 yin hang|商行 shang hang|行业 hang ye|车行 che hang|洋行 yang hang|花行 hua hang|药行 yao hang|总行 zong hang|分行 fen hang|支行 zhi hang
央行 yang hang|典当行 dian dang hang|珠宝行 zhu bao hang|贸易行 mao yi hang|五金行 wu jin hang|家私行 jia si hang|地产行 di chan hang|装饰行 zhuang shi hang|材料行 cai liao hang|货行 huo hang|行栈 hang zhan|行会 hang hui|行号 hang hao|总商行 zong shang hang|本行 ben hang|跨行 kua hang|各行 ge hang|农行 nong hang|工行 gong hang|建行 jian hang|米行 mi hang|茶行 cha hang|拍卖行 pai mai hang|行情 hang qing
长城 chang cheng|长江 chang jiang|校长 xiao zhang|成长 cheng zhang|院长 yuan zhang|部长 bu zhang|会长 hui zhang|增长 zeng zhang|家长 jia zhang
长治 chang zhi|长子县 zhang zi xian
音乐 yin yue|乐器 yue qi|乐团 yue tuan|声乐 sheng yue|民乐 min yue|乐府 yue fu|乐队 yue dui|乐清 yue qing|乐平 le ping|乐山 le shan
厦门 xia men|大厦 da sha|广厦 guang sha|华厦 hua sha
成都 cheng du|首都 shou du|都市 du shi|都江堰 du jiang yan|丰都 feng du|于都 yu du|宜都 yi du|花都 hua du|新都 xin du
会计 kuai ji|会稽 kuai ji|财会 cai kuai
番禺 pan yu|六安 lu an|蚌埠 beng bu|亳州 bo zhou|台州 tai zhou|丽水 li shui|铅山 yan shan|洪洞 hong tong|浚县 xun xian|尉犁 yu li
西藏 xi zang|藏族 zang zu|藏药 zang yao|藏医 zang yi|雪域藏 xue yu zang|大藏 da zang
朝阳 chao yang|朝鲜 chao xian|朝天 chao tian|今朝 jin zhao|朝晖 zhao hui|朝霞 zhao xia
人参 ren shen|参茸 shen rong|海参 hai shen|西洋参 xi yang shen|红参 hong shen|丹参 dan shen
供应 gong ying|应用 ying yong|应急 ying ji|适应 shi ying|反应 fan ying|感应 gan ying
调味 tiao wei|空调 kong tiao|调节 tiao jie|调料 tiao liao|调查 diao cha|调度 diao du|调研 diao yan
传媒 chuan mei|传记 zhuan ji|自传 zi zhuan|水浒传 shui hu zhuan
生物质 sheng wu zhi|血液 xue ye|血站 xue zhan|什邡 shi fang|涪陵 fu ling|铜陵 tong ling|单县 shan xian|东莞 dong guan|莞城 guan cheng
弹簧 tan huang|弹性 tan xing|弹药 dan yao|子弹 zi dan|导弹 dao dan|模具 mu ju|模型 mo xing|模板 mu ban|模架 mu jia
地质 di zhi|地产 di chan|土地 tu di|目的 mu di|的士 di shi|技术 ji shu|白术 bai zhu|苍术 cang zhu|万俟 mo qi
量具 liang ju|计量 ji liang|测量 ce liang|质量 zhi liang|将军 jiang jun|将来 jiang lai|校准 jiao zhun|校验 jiao yan|校正 jiao zheng
处理 chu li|管理处 guan li chu|办事处 ban shi chu|代表处 dai biao chu|事务处 shi wu chu|好处 hao chu|营业处 ying ye chu
种植 zhong zhi|种子 zhong zi|种业 zhong ye|转运 zhuan yun|转动 zhuan dong|载重 zai zhong|载体 zai ti|运载 yun zai|千载 qian zai
创意 chuang yi|创伤 chuang shang|中标 zhong biao|卡拉 ka la|关卡 guan qia|发卡 fa qia|便民 bian min|便利 bian li|便宜 pian yi
盛世 sheng shi|盛饭 cheng fan|为民 wei min|相声 xiang sheng|相机 xiang ji|照相 zhao xiang|宝藏 bao zang|收藏 shou cang|储藏 chu cang|冷藏 leng cang
石家庄 shi jia zhuang|齐齐哈尔 qi qi ha er|呼和浩特 hu he hao te|乌鲁木齐 wu lu mu qi|拉萨 la sa|阿胶 e jiao|东阿 dong e|阿里 a li
结算 jie suan|结果 jie guo|几何 ji he|茶几 cha ji|尽管 jin guan|尽美 jin mei|宁波 ning bo|宁夏 ning xia|南宁 nan ning|曲阜 qu fu|歌曲 ge qu|戏曲 xi qu
和平 he ping|和谐 he xie|暖和 nuan huo|还原 huan yuan|偿还 chang huan|干燥 gan zao|干果 gan guo|干线 gan xian|干部 gan bu|树干 shu gan
系统 xi tong|体系 ti xi|奇数 ji shu|传奇 chuan qi|角色 jue se|角度 jiao du|露天 lu tian|鱼露 yu lu|粘合 zhan he|粘胶 zhan jiao|咽喉 yan hou
冲压 chong ya|冲床 chong chuang|冲剂 chong ji|的确 di que|兴业 xing ye|兴旺 xing wang|高兴 gao xing|复兴 fu xing|兴趣 xing qu|丁零 ding ling
宝坻 bao di|大城县 dai cheng xian|蔚县 yu xian|乐亭 lao ting|繁峙 fan shi|解州 hai zhou|珲春 hun chun|穆棱 mu ling|浒墅关 xu shu guan|浒关 xu guan
枞阳 zong yang|涡阳 guo yang|牟平 mu ping|中牟 zhong mu|泌阳 bi yang|黄陂 huang pi|大埔 da bu|犍为 qian wei|筠连 jun lian|荥经 ying jing|六合 lu he
吴堡 wu bu|宕昌 tan chang|崆峒 kong tong|称多 chen duo|伽师 jia shi|乐陵 lao ling|大夫 dai fu|美的 mei di|曾经 ceng jing|包扎 bao za|着色 zhuo se
咖喱 ga li|切削 qie xiao|纤夫 qian fu|蛤蚧 ge jie|蛤蜊 ge li|粘土 nian tu
`

// inNames is how single characters are read in names, where go-pinyin gives
// another reading first.
const inNames = `都 du|地 di|的 de|了 le|行 xing|长 chang|重 zhong|乐 le|会 hui|厦 sha|朝 chao|调 tiao|参 can|传 chuan|处 chu|和 he|干 gan|
系 xi|给 ji|发 fa|大 da|石 shi|什 shi|宿 su|省 sheng|盛 sheng|单 dan|塔 ta|阿 a|万 wan|曾 zeng|尉 wei|中 zhong|空 kong|信 xin|华 hua|区 qu|查 cha|解 jie|
种 zhong|兴 xing|应 ying|为 wei|藏 cang|强 qiang|相 xiang|约 yue|度 du|俊 jun|莘 shen|茜 qian|娜 na|晟 sheng|贾 jia|覃 qin|红 hong|南 nan|可 ke|术 shu|佛 fo|似 si|茄 qie|薄 bo|盖 gai|曲 qu|卡 ka`
