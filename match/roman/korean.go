package roman

import "strings"

// koreanSurnames are spelt in passports as families like, seldom as the rules
// say; the spelling by the rules goes last.
const koreanSurnames = `
김 kim gim|이 lee yi rhee i|리 lee ri rhee|박 park bak pak|최 choi choe|정 jung jeong chung cheong|강 kang gang|조 cho jo|윤 yoon yun|장 jang chang|임 lim im yim
림 lim rim|한 han|오 oh o|서 seo suh|신 shin sin|권 kwon gwon|황 hwang|안 ahn an|송 song|유 yoo yu you|류 ryu yoo ryoo|전 jeon chun jun|홍 hong|고 ko koh go|문 moon mun
양 yang|손 son sohn|배 bae pae|백 baek paik back|허 heo huh hur|남 nam|심 shim sim|노 noh roh no|로 roh ro|하 ha|곽 kwak gwak|성 sung seong|차 cha|주 joo ju|우 woo u
구 koo goo ku gu|민 min|나 na ra|라 ra na|지 ji chi|진 jin chin|엄 eom um|채 chae|원 won|천 cheon chun|방 bang pang|공 kong gong|현 hyun hyeon|함 ham|변 byun byeon
염 yeom youm|여 yeo|추 choo chu|도 do doh|소 so|석 seok suk|선 sun seon|설 seol sul|마 ma|길 gil kil|연 yeon|위 wi|표 pyo|명 myung myeong|기 ki gi|반 ban|왕 wang|금 geum keum
옥 ok|육 yook yuk|인 in|맹 maeng|제 je|모 mo|탁 tak|국 kook guk|어 eo|은 eun|편 pyun pyeon|용 yong|남궁 namgung namkung|황보 hwangbo|제갈 jegal|선우 sunwoo seonu|독고 dokgo
`

var surnames = func() map[string][]string {
	m := map[string][]string{}
	for entry := range strings.FieldsFuncSeq(koreanSurnames, func(r rune) bool { return r == '|' || r == '\n' }) {
		words := strings.Fields(entry)
		m[words[0]] = words[1:]
	}
	return m
}()

// KoreanSurname returns how a Korean surname in Hangul is spelt in Latin letters,
// the most common spelling first; none if it is not a known one.
func KoreanSurname(hangul string) []string { return surnames[hangul] }
