import { cue, list } from '../cue.ts'

/** Words that name the end of a matter. */
export const ends = list(`
  解决、办结、办妥、办毕、办完、搞定、了结、妥处、弄好、搞好、办好、修好、整好、弄完、搞完、修完、装完、
  拆完、清完、补完、做完、整完
`)

/** Work whose completion ends a matter. */
export const works = list(`
  整改、整治、整顿、处理、处置、办理、落实、查处、取缔、关停、纠正、改正、维修、修复、抢修、修缮、修补、
  修理、检修、更换、安装、补装、加装、增设、清理、清运、清除、清扫、清洗、打扫、清空、清退、搬离、迁移、
  移除、移走、拖离、拆除、疏通、排除、消除、化解、恢复、填平、回填、加固、修剪、补种、补植、施划、粉刷、
  消杀、发放、退还、退款、补发、补货、补齐、投放、配送、拨付、兑付、调整、优化、更正、销售、整修、加设、
  补设、配置、配备、布设、清淤、清掏、清拆、搬迁、迁改、填补、修整、重划、消毒、灭杀、返还、支付、补办、
  换发、核发、铺设、重铺、铺装、平整、硬化、封堵、堵漏、打捞、转运、运离、解封、撤除、撤离、下架、召回、
  归还、赔付、赔偿、补偿、扩容、改造
`)

/** Behind a work: it is completed. */
export const results = list(`
  完毕、完成、到位、好了、完了、妥当、干净、结束、一新、成功、妥了、掉了、到账、入账
`)

/** Other words of ending, which assert nothing: 完成时限, to resolve. */
export const endNouns = list(`
  完成、完工、竣工、到位、完毕、结果、搞好
  resolve, resolved, resolving, resolution, solve, solved, fix, fixed, fixing, complete, completed, finish, finished, done,
  repair, repaired, restored, settle, settled, unresolved, unsolved, unfinished, incomplete, handle, handled, closed,
  installed, replaced, rectified, ready, reply
`)

/** Before an end or a work: it has happened. */
export const perfectives = list(`
  已经、已、业已、得到、得以、获得
`)

/** What may stand between 已 and the work without changing what is said. */
export const manners = list(`
  全部、全面、全数、全、均、都、也、已、早、于、一并、统一、集中、彻底、完全、圆满、妥善、及时、有效、顺利、
  依法、依规、按规定、按要求、按程序、按时、按期、如期、提前、现场、当场、连夜、当天、当日、昨天、昨日、
  昨晚、今天、今日、今早、上午、下午、中午、晚上、立即、第一时间、迅速、快速、自行、重新、基本上、基本、经、
  被、切实、真正、妥当、得到、经过、最终、成功、正式、作、做、进行了、采纳并、研究并、核实并、受理并
`)

/** Its completion is a step and not the end. */
export const onlySteps = cue(
  list(`
  施工图、设计图、图则、部署、压实、宣传、告知、传达、沟通、解释、培训、集结、对接、教育、提醒、动员、思想、
  认识、公告、群名片、表格、资金、经费、预算、责任、人员、人手、专人、方案、手续、招标、招投标、投标、设计、
  勘察、勘查、勘测、踏勘、材料、审批、许可、图纸、合同、调查、核查、核实、摸排、排查、评估、论证、会议、
  立项、协议、公示、检测、鉴定、测量、测绘、登记、备案、报批、选址、采购、订货、分工、计划、预案、会商、
  走访、调研、询价、筹备、准备工作、签收、转办、派单、交办、统计、通知、约谈、执照
  survey, inspection, investigation, design, tender, assessment, paperwork, meeting, application,
  first phase, phase one, phase 1, stage 1, draft, review, report, plan, form
`),
)

/** A state that says on its own that the matter ended; each needs a 已 or 了 with it. */
export const states = list(`
  恢复正常、恢复供水、恢复供电、恢复供气、恢复通行、恢复通车、恢复营业、恢复运行、恢复畅通、恢复原状、
  恢复使用、恢复供应、恢复整洁、恢复服务、恢复停靠、恢复运营、恢复开放、完工、竣工、通车、投入使用、投用、
  开通、到账、亮灯、停止施工、建成、上线、通水、通电、通气、改好、装好、清好、销号
`)

/** As it should be: 供应已正常. */
export const goodStates = list('正常、畅通、通畅、达标、平整')

/** 基本 before an end or a work. */
export const mostly = cue(
  list(`
  基本上、基本
  mostly, largely, basically, substantially, in the main, for the most part
`),
  list(`
  基本农田、基本情况、基本医疗、基本公共、基本养老、基本功能、基本保障、基本生活、基本信息、基本同意
`),
)

export const englishEnds = list(`
  resolved, solved, fixed, completed, complete, finished, done, settled, repaired, restored, sorted out,
  sorted, taken care of, dealt with, rectified, remedied, closed out, cleared up
`)

export const englishDone = cue(englishEnds)

/** An English completion of something that only its object names: completed the repair, finished the survey. */
export const englishWork = cue(
  list(`
  repair, repairs, work, works, cleanup, clean-up, fix, installation, replacement, it, this,
  rectification, removal, everything, the issue, the problem, the matter, the item, the case
`),
)

/** It is being worked on now. */
export const underWay = cue(
  list(`
  正在、正、仍在、还在、尚在、在办、在推进、在处理、在协调、在装、在修、在做、在跟、在落实、在整改、在施工、
  在弄、在走、在研究、在对接、在沟通、在核实、在抢修、在联系、在催、在等、在改、在抓、在排、在查、在谈、
  推进中、办理中、处理中、协调中、施工中、整改中、核实中、跟进中、进行中、落实中、对接中、沟通中、研究中、
  洽谈中、审批中、维修中、抢修中、修复中、排查中、调查中、处置中、安装中、采购中、招标中、清理中、会商中、
  论证中、建设中、改造中、拆除中、更换中、持续推进、有序推进、稳步推进、加紧推进、抓紧推进、积极推进、
  加快推进、全力推进、按计划推进、跟进、催办、处理当中、办理当中、协调当中、推进当中、整改当中、维修当中、
  施工当中、进行当中
  in progress, under way, underway, ongoing, working on, being, in hand, coordinating, pending,
  still handling, following up, in process, processing, is under, are under
`),
  list(`
  正常、正式、正规、正确、正好、正门、正面、正当、正值、正是、正如、正月、正职、正向、正版、正品、正宗、正午、正巧、
  正视、正负、改正、纠正、更正、修正、公正、真正、端正、矫正、校正、反正、指正、补正、订正、廉正、转正、摆正、
  处理中心、维修中心、调查中心、处置中心、协调中心、审批中心、清理中心、检测中心、研究中心、采购中心、
  落实中央、推进中小、处理中发现、办理中发现、整改中发现、施工中的、现在、存在、所在、持续跟进、在做好、
  实在、不在乎
  well-being, for the time being
`),
)

/** Something was set going: being solved, unless the reply says that it has ended. */
export const steps = cue(
  list(`
  已安排、已派、已派员、派人、派员、已启动、已开工、已动工、已进场、已责令、已责成、已督促、已要求、
  已通知、已联系、已部署、已转、已移交、已列入、已纳入、已立项、已报、已上报、已申请、已委托、已下单、
  已订货、已约、已着手、已开始、已启用应急、已成立、已制定、已组织、已会同、已交由、已派单、已在、已开展、
  已牵头、已对接、已下发、已安装围挡、已立案、安排了、联系了、派了、责令、约了、列入计划、
  纳入计划、已建立、已交办、已督办、已协调、已商请、已致函、已发函、开工了、进场了
  have arranged, has been arranged, arranged for, have asked, has been scheduled, scheduled,
  have contacted, have started, has started, has begun, have begun, dispatched a, sent a team,
  sent someone
`),
  ['已报告', '已报名', '已报到'],
)

/** Put off for lack of conditions. */
export const deferred = cue(
  list(`
  暂缓办理、暂缓实施、暂缓解决、暂缓处理、暂缓推进、暂缓考虑、暂缓立项、暂缓落实、暂缓、暂不具备、
  暂不实施、暂不办理、暂不考虑、暂不安排、暂不列入、暂不予、缓办、暂时不具备
  deferred, defer, put on hold, postponed, on hold, shelved
`),
  list(`
  暂缓施工、暂缓收费、暂缓执行、暂缓开放、暂缓营业、暂缓缴、暂缓征、暂缓发、暂缓拆、暂缓开
`),
)

/** Kept as reference. */
export const reference = cue(
  list(`
  留作参考、留作今后参考、留作今后工作参考、留作日后参考、留作工作参考、留作决策参考、留作以后参考、
  留作今后工作的参考、留作今后决策参考、留作研究参考、列为参考、作为工作参考、作为今后工作参考、
  作为今后参考、作为决策参考、留存参考、纳入参考、留作后续参考、留作后续工作参考、留作政策研究参考、
  留作规划参考
  kept for reference, keep for reference, for future reference, kept on file, noted for reference,
  kept as reference, as a reference
`),
)

/** Names the kind of outcome and says nothing of this matter. */
export const emptyReasons = cue(
  list(`
  条件限制、客观条件、客观原因、实际情况、各种原因、某些原因、种种原因、相关原因、多种原因、条件所限、
  有关原因、条件、原因、限制、受限、目前、因、由于、的、受、种种
  lack of conditions, conditions, various reasons, circumstances, for now, due to, because of, the
`),
)

/** Mistyped ends. */
export const typos = cue(
  list(`
  以解决、以办结、以落实、以整改、以处理、以修复、以完成、已解绝、已接决、已办洁、已办接、已解觉、己办洁、
  已结办、已解诀、依解决、一解决、已整该、已处里、已落石、以经、已竟
  resloved, resovled, reolved, resoved, sloved, finshed, compelted
`),
)

/** Says how, and nothing more: 已全部妥善解决. */
export const emptyManners = list(`
  全部、全面、全数、均、都、也、一并、彻底、完全、圆满、妥善、及时、有效、顺利、按要求、按规定、按时、按期、如期、切实、真正、妥当
`)

/** Beside a bare outcome these add nothing: 该问题目前已解决 says no more than 已解决. */
export const fillers = cue(
  list(`
  目前、现在、截至目前、现、该、此、这个、本、问题、事项、事情、此事、诉求、情况、工单、件、均、都、也、
  已经、已、全部、全、了、啦、哈、哦、呢、的、我局、我委、我办、我单位、我们、整改、办理、处理、处置、工作、
  任务、落实、推进、积极、抓紧、得到、中、有序、当中、过程、之中、持续、请审核
  it, is, has, been, have, the, issue, problem, this, now, all, was, item, matter, are, we, currently,
  still, still being, handled, being, and, case, it's
`),
)

/** Behind a date they make it a promise, as works and ends do. */
export const promised = cue(
  list(`
  给结果、出结果、印发、出台、发布、公布、落地、投放、答复、反馈、回复、完工、竣工、完成、到位、交付、投用、
  开通、通车、上线、亮灯、完毕、能好、就好、可好、修复、恢复、搞定、弄好、投入使用、有结果、结束、建成、
  解决、办结、整改、收尾、更新、升级、实施、启用、执行
  resolve, resolved, fix, fixed, complete, completed, finish, finished, done, solve, solved, settle,
  restored, repaired, ready, reply, report back, result, closed, installed, replaced
`),
)
