package synth

// The word tables. Characters of brands and given names are seldom seen in the
// names of firms; three of them in a row name nobody known to us. The tests hold
// the tables against the firms that the project's notes mention.

// syllable is a character with its pinyin.
type syllable struct{ zh, en string }

var brandSyllables = []syllable{
	{"澄", "cheng"}, {"岚", "lan"}, {"霁", "ji"}, {"屿", "yu"}, {"杉", "shan"}, {"栎", "li"}, {"棠", "tang"}, {"砚", "yan"},
	{"笙", "sheng"}, {"苇", "wei"}, {"芷", "zhi"}, {"荻", "di"}, {"菱", "ling"}, {"蘅", "heng"}, {"汀", "ting"}, {"沐", "mu"},
	{"泓", "hong"}, {"洵", "xun"}, {"漪", "yi"}, {"潼", "tong"}, {"澜", "lan"}, {"璟", "jing"}, {"稔", "ren"}, {"穗", "sui"},
	{"箬", "ruo"}, {"缃", "xiang"}, {"翎", "ling"}, {"聆", "ling"}, {"芸", "yun"}, {"茗", "ming"}, {"荇", "xing"}, {"莘", "shen"},
	{"葭", "jia"}, {"蓁", "zhen"}, {"衍", "yan"}, {"遥", "yao"}, {"霖", "lin"}, {"霏", "fei"}, {"霭", "ai"}, {"鹭", "lu"},
	{"湄", "mei"}, {"淇", "qi"}, {"涟", "lian"}, {"渌", "lu"}, {"椿", "chun"}, {"桐", "tong"}, {"槿", "jin"}, {"楠", "nan"},
}

var surnames = []syllable{
	{"王", "Wang"}, {"李", "Li"}, {"张", "Zhang"}, {"刘", "Liu"}, {"陈", "Chen"}, {"杨", "Yang"}, {"赵", "Zhao"}, {"黄", "Huang"},
	{"周", "Zhou"}, {"吴", "Wu"}, {"徐", "Xu"}, {"孙", "Sun"}, {"胡", "Hu"}, {"朱", "Zhu"}, {"高", "Gao"}, {"林", "Lin"},
	{"何", "He"}, {"郭", "Guo"}, {"马", "Ma"}, {"罗", "Luo"}, {"梁", "Liang"}, {"宋", "Song"}, {"郑", "Zheng"}, {"谢", "Xie"},
	{"韩", "Han"}, {"唐", "Tang"}, {"冯", "Feng"}, {"于", "Yu"}, {"董", "Dong"}, {"萧", "Xiao"}, {"程", "Cheng"}, {"曹", "Cao"},
	{"袁", "Yuan"}, {"邓", "Deng"}, {"许", "Xu"}, {"傅", "Fu"}, {"沈", "Shen"}, {"曾", "Zeng"}, {"彭", "Peng"}, {"吕", "Lü"},
}

// sector is the part of the economy that a trade belongs to; the sector lists
// of food or building meet firms of that sector.
type sector uint8

const (
	general sector = iota
	food
	building
	works // factories with special equipment or hazardous goods
	health
	transport
)

type trade struct {
	zh, en string
	sector sector
}

var trades = []trade{
	{"五金制品", "Hardware", general}, {"纺织品", "Textiles", general}, {"服饰", "Garments", general}, {"文化用品", "Stationery", general},
	{"电子元件", "Electronic Components", general}, {"包装材料", "Packaging", general}, {"印务", "Printing", general}, {"家具", "Furniture", general},
	{"仪器仪表", "Instruments", general}, {"软件技术", "Software", general}, {"信息咨询", "Information Consulting", general},
	{"商贸", "Trading", general}, {"农业机械", "Farm Machinery", general}, {"照明器材", "Lighting", general}, {"橡塑制品", "Rubber and Plastics", general},
	{"木业", "Timber", general}, {"园艺", "Horticulture", general}, {"环保设备", "Environmental Equipment", general},
	{"食品", "Foods", food}, {"粮油", "Grain and Oil", food}, {"水产品", "Aquatic Products", food}, {"乳制品", "Dairy", food},
	{"茶叶", "Tea", food}, {"餐饮管理", "Catering", food}, {"果蔬", "Fruit and Vegetables", food},
	{"建筑工程", "Construction", building}, {"装饰工程", "Decoration Works", building}, {"市政工程", "Municipal Works", building},
	{"建材", "Building Materials", building}, {"劳务服务", "Labour Services", building}, {"房地产开发", "Property Development", building},
	{"化工", "Chemicals", works}, {"机械制造", "Machinery", works}, {"锅炉设备", "Boilers", works}, {"矿业", "Mining", works}, {"金属铸造", "Metal Casting", works},
	{"医药", "Pharmaceuticals", health}, {"医疗器械", "Medical Devices", health}, {"生物制品", "Biological Products", health},
	{"物流", "Logistics", transport}, {"货运", "Freight", transport}, {"客运", "Passenger Transport", transport}, {"汽车维修", "Car Repair", transport},
}

type form struct {
	zh, en string
	weight int
}

var companyForms = []form{
	{"有限公司", "Co., Ltd.", 78}, {"有限责任公司", "LLC", 12}, {"股份有限公司", "JSC", 6}, {"集团有限公司", "Group Co., Ltd.", 4},
}

var soleForms = []form{
	{"经营部", "Store", 50}, {"商行", "Shop", 30}, {"服务部", "Service Shop", 20},
}

var publicOffices = []form{
	{"片区建设管理中心", "Area Construction Centre", 30}, {"水库管理处", "Reservoir Office", 20}, {"园区管理委员会", "Industrial Park Committee", 30},
	{"道路养护中心", "Road Maintenance Centre", 20},
}

// provinceLetters are the short names by which courts number their cases.
var provinceLetters = map[string]string{
	"11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑", "31": "沪", "32": "苏", "33": "浙",
	"34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘", "44": "粤", "45": "桂", "46": "琼", "50": "渝",
	"51": "川", "52": "贵", "53": "云", "54": "藏", "61": "陕", "62": "甘", "63": "青", "64": "宁", "65": "新",
}
