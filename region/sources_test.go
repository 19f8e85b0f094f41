package region_test

// The parts of the table that are written by hand: codes are facts of ISO
// 3166-1, ISO 3166-2 and GB/T 2260, names are the common ones.

// countryCodes are the 249 codes of ISO 3166-1 alpha-2.
const countryCodes = `
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`

// countryNames replace names that changed after the edition of the Unicode
// locale data that the generator reads, or that it dresses up.
var countryNames = map[string][2]string{
	"MK": {"North Macedonia", "北马其顿"},
	"SZ": {"Eswatini", "斯威士兰"},
	"TR": {"Türkiye", "土耳其"},
	"HK": {"Hong Kong", "中国香港"},
	"MO": {"Macao", "中国澳门"},
	"TW": {"Taiwan", "中国台湾"},
}

// divisions are ID, English name, Chinese name.
const divisions = `
CN/11 Beijing 北京市
CN/12 Tianjin 天津市
CN/13 Hebei 河北省
CN/14 Shanxi 山西省
CN/15 Inner_Mongolia 内蒙古自治区
CN/21 Liaoning 辽宁省
CN/22 Jilin 吉林省
CN/23 Heilongjiang 黑龙江省
CN/31 Shanghai 上海市
CN/32 Jiangsu 江苏省
CN/33 Zhejiang 浙江省
CN/34 Anhui 安徽省
CN/35 Fujian 福建省
CN/36 Jiangxi 江西省
CN/37 Shandong 山东省
CN/41 Henan 河南省
CN/42 Hubei 湖北省
CN/43 Hunan 湖南省
CN/44 Guangdong 广东省
CN/45 Guangxi 广西壮族自治区
CN/46 Hainan 海南省
CN/50 Chongqing 重庆市
CN/51 Sichuan 四川省
CN/52 Guizhou 贵州省
CN/53 Yunnan 云南省
CN/54 Tibet 西藏自治区
CN/61 Shaanxi 陕西省
CN/62 Gansu 甘肃省
CN/63 Qinghai 青海省
CN/64 Ningxia 宁夏回族自治区
CN/65 Xinjiang 新疆维吾尔自治区
CN/71 Taiwan 台湾省
CN/81 Hong_Kong 香港特别行政区
CN/82 Macao 澳门特别行政区
BR/AC Acre 阿克里州
BR/AL Alagoas 阿拉戈斯州
BR/AM Amazonas 亚马孙州
BR/AP Amapá 阿马帕州
BR/BA Bahia 巴伊亚州
BR/CE Ceará 塞阿拉州
BR/DF Distrito_Federal 联邦区
BR/ES Espírito_Santo 圣埃斯皮里图州
BR/GO Goiás 戈亚斯州
BR/MA Maranhão 马拉尼昂州
BR/MG Minas_Gerais 米纳斯吉拉斯州
BR/MS Mato_Grosso_do_Sul 南马托格罗索州
BR/MT Mato_Grosso 马托格罗索州
BR/PA Pará 帕拉州
BR/PB Paraíba 帕拉伊巴州
BR/PE Pernambuco 伯南布哥州
BR/PI Piauí 皮奥伊州
BR/PR Paraná 巴拉那州
BR/RJ Rio_de_Janeiro 里约热内卢州
BR/RN Rio_Grande_do_Norte 北里奥格兰德州
BR/RO Rondônia 朗多尼亚州
BR/RR Roraima 罗赖马州
BR/RS Rio_Grande_do_Sul 南里奥格兰德州
BR/SC Santa_Catarina 圣卡塔琳娜州
BR/SE Sergipe 塞尔希培州
BR/SP São_Paulo 圣保罗州
BR/TO Tocantins 托坎廷斯州
DE/BB Brandenburg 勃兰登堡州
DE/BE Berlin 柏林州
DE/BW Baden-Württemberg 巴登-符腾堡州
DE/BY Bavaria 巴伐利亚州
DE/HB Bremen 不来梅州
DE/HE Hesse 黑森州
DE/HH Hamburg 汉堡州
DE/MV Mecklenburg-Western_Pomerania 梅克伦堡-前波美拉尼亚州
DE/NI Lower_Saxony 下萨克森州
DE/NW North_Rhine-Westphalia 北莱茵-威斯特法伦州
DE/RP Rhineland-Palatinate 莱茵兰-普法尔茨州
DE/SH Schleswig-Holstein 石勒苏益格-荷尔斯泰因州
DE/SL Saarland 萨尔州
DE/SN Saxony 萨克森州
DE/ST Saxony-Anhalt 萨克森-安哈尔特州
DE/TH Thuringia 图林根州
GB/ENG England 英格兰
GB/NIR Northern_Ireland 北爱尔兰
GB/SCT Scotland 苏格兰
GB/WLS Wales 威尔士
US/AK Alaska 阿拉斯加州
US/AL Alabama 亚拉巴马州
US/AR Arkansas 阿肯色州
US/AZ Arizona 亚利桑那州
US/CA California 加利福尼亚州
US/CO Colorado 科罗拉多州
US/CT Connecticut 康涅狄格州
US/DC District_of_Columbia 哥伦比亚特区
US/DE Delaware 特拉华州
US/FL Florida 佛罗里达州
US/GA Georgia 佐治亚州
US/HI Hawaii 夏威夷州
US/IA Iowa 艾奥瓦州
US/ID Idaho 爱达荷州
US/IL Illinois 伊利诺伊州
US/IN Indiana 印第安纳州
US/KS Kansas 堪萨斯州
US/KY Kentucky 肯塔基州
US/LA Louisiana 路易斯安那州
US/MA Massachusetts 马萨诸塞州
US/MD Maryland 马里兰州
US/ME Maine 缅因州
US/MI Michigan 密歇根州
US/MN Minnesota 明尼苏达州
US/MO Missouri 密苏里州
US/MS Mississippi 密西西比州
US/MT Montana 蒙大拿州
US/NC North_Carolina 北卡罗来纳州
US/ND North_Dakota 北达科他州
US/NE Nebraska 内布拉斯加州
US/NH New_Hampshire 新罕布什尔州
US/NJ New_Jersey 新泽西州
US/NM New_Mexico 新墨西哥州
US/NV Nevada 内华达州
US/NY New_York 纽约州
US/OH Ohio 俄亥俄州
US/OK Oklahoma 俄克拉何马州
US/OR Oregon 俄勒冈州
US/PA Pennsylvania 宾夕法尼亚州
US/RI Rhode_Island 罗得岛州
US/SC South_Carolina 南卡罗来纳州
US/SD South_Dakota 南达科他州
US/TN Tennessee 田纳西州
US/TX Texas 得克萨斯州
US/UT Utah 犹他州
US/VA Virginia 弗吉尼亚州
US/VT Vermont 佛蒙特州
US/WA Washington 华盛顿州
US/WI Wisconsin 威斯康星州
US/WV West_Virginia 西弗吉尼亚州
US/WY Wyoming 怀俄明州`

// spans are the first day, and the first day no longer, of the few regions for
// which one is on record; where only the year is known the day is its first.
var spans = map[string][2]string{
	"CN/31/01/15": {"1992-01-01", ""}, // Pudong
	"CN/32/03/24": {"1983-01-01", ""}, // Suining, Jiangsu
	"CN/37/10/82": {"1989-01-01", ""}, // Rongcheng as a city
	"CN/46":       {"1988-04-13", ""}, // Hainan, until then part of Guangdong
	"CN/50":       {"1997-03-14", ""}, // Chongqing, until then part of Sichuan
	"CN/11/01/03": {"", "2010-07-01"}, // merged into Dongcheng
	"CN/11/01/04": {"", "2010-07-01"}, // merged into Xicheng
}

// closed are divisions that no longer exist, of which the spans tell the end.
var closed = map[string]string{
	"CN/11/01/03": "崇文区",
	"CN/11/01/04": "宣武区",
}
