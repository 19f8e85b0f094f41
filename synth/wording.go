package synth

import "github.com/openstanding/standing"

// documentTitle is how a ruling of a kind is headed.
func documentTitle(kind string) string {
	switch kind {
	case "judgment":
		return "Civil judgment 民事判决书"
	case "order":
		return "Order 裁定书"
	case "award":
		return "Arbitral award 仲裁裁决书"
	case "penalty":
		return "Penalty decision 行政处罚决定书"
	}
	return "Decision 决定书"
}

// wording is what an act says in words: one of a few sentences for its kind and
// outcome.
func wording(e *event, d *draw) string {
	choose := func(texts ...string) string { return texts[d.below(len(texts))] }
	if e.code == "rejected" {
		return choose("The papers do not show it. 所提交的材料不足以证明。", "It was considered and does not change the facts. 经审查，不影响原认定的事实。")
	}
	if e.code == "upheld" {
		return choose("Checked and found right. 经核实属实。", "The records agree with what was said. 与查明情况一致。")
	}
	switch e.kind {
	case standing.RulingAnnulled:
		return choose("Annulled on appeal. 经上诉撤销。", "Annulled after retrial. 经再审撤销。")
	case standing.RulingVaried:
		return "The deadline is moved at the creditor's consent. 经申请执行人同意，变更履行期限。"
	case standing.SettlementRecorded:
		return choose("The parties settled. 双方达成和解。", "Settlement recorded by the court. 和解协议已记录在案。")
	case standing.SettlementFailed:
		return "The settlement was not kept. 和解协议未履行。"
	case standing.SecurityGiven:
		return "Sufficient security was given. 已提供充分有效担保。"
	case standing.InabilityFound:
		return "No assets were found in repeated searches. 多次查控未发现可供执行财产。"
	case standing.PerformanceClaimed:
		return choose("I paid by bank transfer. 已通过银行转账付清。", "The sum was paid to the court's account. 已将款项缴至法院账户。")
	case standing.ListingProposed, standing.ListingAmended:
		return choose("The obligation is due and was not performed. 义务已到期未履行。", "Not performed within the time set. 未在指定期间履行。")
	case standing.NoticeServed:
		return service(e.code)
	case standing.ListingConfirmed:
		return choose("The window is over and the default stands. 异议期届满，情形仍然存在。", "No objection was upheld. 未有成立的异议。")
	}
	return listingWording(e)
}

func listingWording(e *event) string {
	switch e.kind {
	case standing.ObjectionMade:
		return "The obligation was performed in another way. 义务已以其他方式履行。"
	case standing.ErrorClaimed:
		return "The entry concerns someone of the same name. 该信息系同名他人。"
	case standing.ListingStayed:
		return "Stayed while the matter is under review. 复议期间中止执行。"
	case standing.ListingCorrected:
		if e.code == "revoked" {
			return "It should not have been made. 不应列入，予以撤销。"
		}
		return "The sum was misprinted. 金额误写，予以更正。"
	case standing.MakeGoodServed:
		return "Everyone who was told has been told. 已通知全部被告知方。"
	case standing.CreditorRequested:
		return "Requested in writing. 书面申请。"
	case standing.ListingEnded:
		return "The conditions are met. 符合解除条件。"
	}
	return "Granted in error. 误批，予以撤回。"
}

// service is how a notice reached the party.
func service(method string) string {
	switch method {
	case "post":
		return "By post, signed for. 邮寄送达，已签收。"
	case "electronic":
		return "Electronically, opened. 电子送达，已阅读。"
	}
	return "Handed over, signed for. 直接送达，已签收。"
}
