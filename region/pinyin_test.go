package region_test

import (
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// suffixes turn the last word of a division's Chinese name into English. The
// longer stand before those that they end in.
var suffixes = []struct{ zh, en string }{
	{"自治州", " Autonomous Prefecture"}, {"自治县", " Autonomous County"}, {"自治旗", " Autonomous Banner"},
	{"地区", " Prefecture"}, {"盟", " League"}, {"矿区", " Mining District"},
	{"特区", " Special District"}, {"新区", " New District"}, {"群岛", " Islands"},
	{"市", ""}, {"区", " District"}, {"县", " County"}, {"旗", " Banner"},
}

// peoples are the names of nationalities inside the names of autonomous areas.
var peoples = []struct{ zh, en string }{
	{"各族", "Multi-ethnic"}, {"土家族", "Tujia"}, {"布依族", "Bouyei"}, {"哈尼族", "Hani"}, {"景颇族", "Jingpo"},
	{"傈僳族", "Lisu"}, {"拉祜族", "Lahu"}, {"布朗族", "Blang"}, {"独龙族", "Derung"}, {"纳西族", "Naxi"},
	{"普米族", "Pumi"}, {"仡佬族", "Gelao"}, {"撒拉族", "Salar"}, {"保安族", "Bonan"}, {"东乡族", "Dongxiang"},
	{"裕固族", "Yugur"}, {"毛南族", "Maonan"}, {"仫佬族", "Mulao"}, {"达斡尔族", "Daur"}, {"鄂温克族", "Evenki"},
	{"鄂伦春", "Oroqen"}, {"柯尔克孜", "Kyrgyz"}, {"哈萨克族", "Kazakh"}, {"哈萨克", "Kazakh"}, {"塔吉克", "Tajik"},
	{"锡伯", "Xibe"}, {"蒙古族", "Mongol"}, {"蒙古", "Mongol"}, {"朝鲜族", "Korean"}, {"满族", "Manchu"},
	{"苗族", "Miao"}, {"藏族", "Tibetan"}, {"羌族", "Qiang"}, {"侗族", "Dong"}, {"彝族", "Yi"}, {"壮族", "Zhuang"},
	{"傣族", "Dai"}, {"白族", "Bai"}, {"回族", "Hui"}, {"瑶族", "Yao"}, {"黎族", "Li"}, {"佤族", "Va"},
	{"怒族", "Nu"}, {"水族", "Sui"}, {"畲族", "She"}, {"土族", "Tu"},
}

// readings are the characters that place names read otherwise than the first
// entry of a dictionary.
var readings = map[rune]string{
	'长': "chang", '都': "du", '藏': "zang", '厦': "xia", '陂': "pi", '堡': "bu", '坻': "di", '蚌': "beng",
	'什': "shi", '曾': "zeng", '峒': "tong", '浚': "xun", '蔚': "yu", '珲': "hun", '番': "pan", '覃': "qin",
}

// stems are whole names that neither readings nor a dictionary get right.
var stems = map[string]string{
	"六安": "Lu'an", "六合": "Luhe", "乐清": "Yueqing", "乐亭": "Laoting", "乐陵": "Laoling", "大埔": "Dabu",
	"尉犁": "Yuli", "泌阳": "Biyang", "涡阳": "Guoyang", "铅山": "Yanshan", "枞阳": "Zongyang", "犍为": "Qianwei",
	"荥经": "Yingjing", "牟平": "Muping", "中牟": "Zhongmu", "繁峙": "Fanshi", "洪洞": "Hongtong", "筠连": "Junlian",
	"行唐": "Xingtang", "闵行": "Minhang", "东阿": "Dong'e", "称多": "Chindu", "龙圩": "Longxu", "长子": "Zhangzi",
	"大城": "Daicheng", "吐鲁番": "Turpan", "呼和浩特": "Hohhot", "鄂尔多斯": "Ordos", "乌鲁木齐": "Urumqi",
	"克拉玛依": "Karamay", "喀什": "Kashgar", "和田": "Hotan", "阿克苏": "Aksu", "伊犁": "Ili", "哈尔滨": "Harbin",
	"齐齐哈尔": "Qiqihar", "拉萨": "Lhasa", "日喀则": "Shigatse", "林芝": "Nyingchi", "昌都": "Qamdo", "那曲": "Nagqu",
	"阿里": "Ngari", "呼伦贝尔": "Hulunbuir", "巴彦淖尔": "Bayannur", "乌兰察布": "Ulanqab", "锡林郭勒": "Xilingol",
	"阿拉善": "Alxa", "阿勒泰": "Altay", "博尔塔拉": "Bortala", "巴音郭楞": "Bayingolin", "克孜勒苏": "Kizilsu",
	"库尔勒": "Korla", "石嘴山": "Shizuishan",
}

// whole are names that are not built from a stem and a suffix.
var whole = map[string]string{
	"市辖区": "Urban districts", "县": "Counties", "兴安盟": "Hinggan League",
	"省直辖县级行政区划": "Counties directly under the province", "自治区直辖县级行政区划": "Counties directly under the region",
	"神农架林区": "Shennongjia Forestry District", "中沙群岛的岛礁及其海域": "Zhongsha Islands and their waters", "郊区": "Jiaoqu", "城区": "Chengqu", "矿区": "Kuangqu",
}

// english writes the Chinese name of a prefecture or county in Latin letters:
// pinyin without tones, with the generic word translated.
func english(zh string) string {
	if name, ok := whole[zh]; ok {
		return name
	}
	for _, suffix := range suffixes {
		stem, ok := strings.CutSuffix(zh, suffix.zh)
		if !ok {
			continue
		}
		stem, people := cutPeoples(stem)
		return strings.TrimSpace(latin(stem) + people + suffix.en)
	}
	return latin(zh)
}

// cutPeoples takes the names of nationalities from the end of a stem.
func cutPeoples(stem string) (rest, people string) {
	for i := 0; i < len(peoples); i++ {
		if cut, ok := strings.CutSuffix(stem, peoples[i].zh); ok {
			stem, people = cut, " "+peoples[i].en+people
			i = -1
		}
	}
	return stem, people
}

// latin writes one name as one word, with an apostrophe before a syllable that
// begins with a vowel.
func latin(stem string) string {
	if name, ok := stems[stem]; ok {
		return name
	}
	var word strings.Builder
	for _, r := range stem {
		syllable, ok := readings[r]
		if !ok {
			all := pinyin.SinglePinyin(r, pinyin.NewArgs())
			if len(all) == 0 {
				return stem
			}
			syllable = strings.ReplaceAll(all[0], "v", "ü")
		}
		if word.Len() > 0 && strings.ContainsAny(syllable[:1], "aeo") {
			word.WriteByte('\'')
		}
		word.WriteString(syllable)
	}
	return title(word.String())
}

func title(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return strings.ToUpper(string(r)) + s[size:]
}
