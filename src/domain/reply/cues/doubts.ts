import { cue, list } from '../cue.ts'

/** Nothing in a clause with one of these is done. */
export const negators = cue(
  list(`
  不、没、无、未、非、难以、难于、很难、拒绝、别说、别提、别想、失败、落空、勿、毫无、❌、绝不、远不、谈何、
  何谈、岂、假的、谣言、虚假、误传、不实、否认、取消、放弃、搁置、停滞、缺乏、尚缺
  not, isn't, hasn't, haven't, wasn't, aren't, weren't, didn't, doesn't, don't, can't, cannot, couldn't,
  won't, wouldn't, never, no, nothing, none, unresolved, unsolved, unfinished, unable, incomplete, without,
  failed, fails, hardly, barely, neither, nor, far from, yet to, refuse, refused, denies, false, untrue,
  isnt, hasnt, havent, dont, cant, wont, didnt, rather than, impossible, fail, lack, instead of, not yet,
  nowhere, scarcely, rarely, non
`),
  list(`
  不但、不仅、不断、不久、不日、不少、不锈钢、不动产、不定期、不间断、不停、不愧、不光、不论、不妨、不时、
  不文明、不良、不规范、不合理、不法、不亮、不平、不通、不畅、不便、不洁、不响、不明、不当、不符合、不热、
  不稳、不制冷、不供、不出水、不达标、不合格、不遗余力、无证、无照、无障碍、无人机、无害化、无主、无序、
  无偿、无线、无缝、无异议、无锡、无灯、无盖、无标、无牌、无水、无电、无业、无废、无人驾驶、无人售、未成年、
  未来、未经、没收违、没收非、没收了、没收其、没收财、差不多、淹没、沉没、埋没、非机动车、非法、非常、非遗、
  非盈利、非居、非税、非公、非现场、非住宅、非营业、非本市、并无大碍、无遗留、无死角、不折不扣、不漏一户、
  不留死角、毫不松懈、绝不松懈、无反弹、无投诉、不同程度、不同类型、不同部门、不同路段
  no problem, no longer, no., not only, no further complaints, no complaints, not just
`),
)

/** No longer: behind an outcome they bear it out. */
export const noLonger = cue(
  list(`
  不再、未再、不会再、没有再、没再、不漏了、不堵了、不挡了、不臭了、不吵了、不响了、不闪了、不晃了、不滴了、不渗了、不冒了、
  不积水了、不卡了、不黑了、不占了、不扰民了、没有异议、未发现、没有发现、未发生、未出现、没有问题、没问题了
  no longer, no further, no more, no objection, no complaints
`),
)

/** What a matter may be called: the path lamp 不亮 is the problem, and no denial of its solution. */
export const topics = list(`
  问题、诉求、建议、情况、现象、隐患、一事、事项、需求、投诉、矛盾、难题、要求、困难、险情、故障、点位、
  行为、纠纷、意见、违建、事件、案件、工单
`)

/** Not the name of a matter where one of these is in it: 不能说问题, 没有让积水问题. */
export const assertions = cue(
  list(`
  说、称、表明、说明、证明、认为、代表、等于、意味、确认、确定、肯定、保证、承诺、认定、视为、看到、看出、
  听、见、觉得、感、敢、让、使、将、把、令、给、是、算、传、知、如果、假如、只要、待、等到、能、可、应、
  预计、计划、估计、力争、争取、宣布、显示、指、正在、希望能、推动、促进、确保、尽快、帮助、为了、想、谈、
  想必、据
`),
  list(`
  人大代表、党代表、听证、意见、可回收、应急、供应、智能、功能、节能、使用、说明书、给水、供给、传染
`),
)

/** Asks. */
export const questions = cue(
  list(`
  吗、么、是否、能否、可否、是不是、有没有、能不能、可不可以、要不要、算不算、行不行、对不对、会不会、
  了没、没有啊、何时、什么、怎么、如何、为何、哪、谁、多久、几时、咋、啥、与否、不知、请问、想问、
  咨询一下、问一下、问下、对吧、是吧、好吧、行吧、了吧、吧、难道、有无、？
  ?, is it, are they, has it, have they, is this, was it, can we, could we, may we, should we, what,
  when will, when is, who, whether, how do, how to, why, which, do we, does it, is that, right?, did,
  do you, can you, could you, would you
`),
  list(`
  酒吧、网吧、贴吧、咖啡吧、吧台、那么、这么、多么、什么的、哪怕、无论如何、谁都、么么、要么、不怎么、
  如何更好、没什么、吧啦、是否属实、是否存在、是否符合、不知名
`),
)

/** These see to a question themselves: 核实是否存在, 研究如何. */
export const looksInto = cue(
  list(`
  核实、核查、研究、了解、检查、查看、评估、论证、调查、看看、观察、查明、查清、排查、商讨
  looking into, checking, studying, investigating
`),
)

/** Asks about the paperwork, and leaves standing what the reply says. */
export const sideQuestions = cue(
  list(`
  照片、材料、上传、附件、佐证、盖章、书面、模板、格式、发哪、发给谁、销号、要不要补、还需要、补充
  photo, photos, upload, attachment, document, documents, anything else, evidence, template
`),
)

/** What follows holds only if, and not yet; to the end of the sentence. */
export const conditions = cue(
  list(`
  如果、假如、假设、倘若、倘、若、如、要是、万一、一旦、只要、只有、除非、的话、前提、取决于
  if, unless, provided, once, as long as, depends on, depending on, subject to, assuming, in case
`),
  list(`
  如下、如期、如实、如数、如此、例如、比如、如图、如何、如今、如同、譬如、诸如、犹如、假如有、如意、
  若干、宛如、
  一如既往、如厕、自如、如上、如皋、如家、不如、有如、
  at once, once again
`),
)

/** Conditions that close a letter: 如再发现将严肃查处 takes nothing back of what was said before. */
export const courteousConditions = cue(
  list(`
  如有、如需、如再、若有、若再、若需、如发现、如遇、若发现、如还有、如您、如市民、若遇、如仍有、如对、若对、若市民、
  如后续、若后续、如今后、如群众、如居民
  if any, if you have, if you need, if there are any, if needed, if it happens again, if it recurs
`),
)

/** What it is for, wished or proposed, and not what happened. */
export const purposes = cue(
  list(`
  为了、为、以便、便于、用于、旨在、从而、希望、建议、想、请、应、以期、谋求、如何、怎样、以、避免、防止、
  阻碍、影响、耽误、拖延、延迟、停止、反对、帮助、试图、着力、致力、商议、探讨、盼、期待、渴望、即使、即便、
  哪怕、就算、虽说、口头、看上去、看着像、何曾、力求、谋划、酝酿、呼吁、主张、下一步、接下来、今后、日后、
  后续、下步、要、需、须、必须、务必、亟待、亟需、还得
  so that, in order to, so as to, hope to, want to, please
`),
  list(`
  认为、行为、成为、作为、分为、改为、更为、较为、为期、应急、供应、响应、反应、对应、相应、适应、应该、
  应当、申请、请示、予以、可以、得以、所以、难以、以来、以上、以下、以内、以前、以后、思想、理想、期望值、
  人为、为民、停止施工、停止营业、影响交通的、影响通行的、影响居民、要求、需求、主要、重要、要素、必要、
  要道、纪要、要闻、要点、概要、必须品、必需品、要么、不要紧
`),
)

/** Not before something else; in its own clause. */
export const waits = cue(
  list(`
  待、才能、才会、才算、才可、方可、方能、即可、就能、便可、后再、之后再、再行、再报、视情、等到、等待、
  需等、要等、还得等、还要等
  after, until, when, waiting, awaiting, pending, before
`),
  list(`
  期待、招待、接待、善待、待遇、对待、看待、优待、待命、亟待、虐待、款待、待人、待办、待审核、后再次确认
`),
)

/** Only a part of it. */
export const partials = cue(
  list(`
  一半、部分、大半、多半、半数、多数、大多、其中、除了、除、仅、只解决、只完成、只处理、只修、只有、初步、
  阶段性、暂时、临时、暂、先行、先期、一期、首期、首批、第一批、第一阶段、第一步、第一轮、陆续、逐步、有的、
  有些、差不多、将近、接近、几乎、八成、九成、七成、六成、五成、大头、百分之、％、大体、大致、主体、主要、
  少数、过半、一些、局部、个别、一小、大面、表面、别人、别处、其他、其它、隔壁、另一、另外、快
  %, partially, partly, half, part of, some of, most of, almost, nearly, except, only, temporarily,
  temporary, for now, so far, percent, in part, one of, two of, three of, first, halfway, initially, some,
  most, one, two, three, a few, several
`),
  list(`
  清除、拆除、消除、排除、扣除、铲除、解除、除险、除草、除尘、除臭、除冰、除雪、根除、免除、移除、革除、
  切除、除虫、除害、不仅、仅供、各部分、全部分、暂住、删除、除名、部分主任、主要领导、主要负责、主体责任、
  暂缓、暂不、暂停、除外、首先、大面积、主要道路、主要路段、个别化、快递、快速、快捷、快车、快餐、加快、
  凉快、爽快、愉快、尽快、赶快、痛快、外快、快乐、快件、快检
  not only
`),
)

/** Something is still open. */
export const remainders = cue(
  list(`
  还有、还剩、还差、还缺、剩余、剩下、余下、其余、尚有、尚存、尚未、尚需、尚不、还未、还没、仍未、仍有、
  仍存、仍需、仍然、仍不、仍、还需、还要、还得、有待、待验收、待审批、待完善、待修、待处理、待恢复、待安装、
  待移交、待确认、遗留、欠缺、不满意、不认可、不满、不同意、又出现、又反弹、再次出现、反复、复发、又坏、
  又堵、再次投诉、重复投诉、继续投诉、差、收尾、待、还早、早着、才怪、还漏、还堵、还在漏、还不、又投诉、
  又来、又反映、又漏、又开始、又出、又有、又被、又不、又没
  still, remaining, remain, remains, left, outstanding, yet, broken again, again, dissatisfied, unhappy,
  to follow, awaiting, waiting
`),
  list(`
  无遗留、差异、出差、误差、温差、差旅、差评、期待、招待、接待、善待、待遇、对待、等待审核、待审核、
  防止反复、避免反复、历史遗留、遗留垃圾、遗留物、还要感谢、还有什么、仍正常、待命、优待、时差、落差、
  差点、邮差、亟待解决
  left turn, left side, left lane
`),
)

/** Left over where something is basically solved, which takes nothing back. */
export const leftovers = cue(
  list(`
  剩、其余、余下、个别、部分、后续、少数、少量、尾、最后、仍有、仍需、仍略、还有、还差、还需、未完全、没完全、没有完全、完全、尚有
  remaining, remain, remains, left, still some, still a few, still one, still two, a few, few
`),
)

/** It came back, or not everyone says so. */
export const relapses = cue(
  list(`
  又、再次、复发、反弹、不满、不认可、不同意、其实、说
  again
`),
)

/** Not certain. */
export const hedges = cue(
  list(`
  应该、应当、可能、估计、好像、似乎、大概、也许、或许、看来、看样子、貌似、疑似、算是、勉强、感觉、觉得、
  理论上、原则上、按理、不确定、不清楚、说不准、不好说、恐怕、视作、视同、算、姑且、想必、多少、不出意外、
  据说、听说、印象中、大约、差不离、八九不离十、可视为、视为、名义上、形式上、假装、装作、谎称、谎报、虚报、
  以为、号称、宣称、所谓、名义、看似、表面、本该、早该、本应、理应、巴不得、险些、差点、差一点、目前看、
  看起来、暂时看、现在看
  should, probably, maybe, perhaps, seems, seem, appears, i think, i guess, might, may, likely, apparently,
  supposedly, hopefully, presumably, allegedly, believe, supposed, kind of, sort of, more or less,
  could be, not sure, pretty much, doubt, doubtful, hope, soon, would, in theory, on paper
`),
  list(`
  预算、核算、计算、结算、清算、概算、决算、测算、换算、打算、合算、算力、云算、算法、人工智能
`),
)

/** Is still to come. */
export const futures = cue(
  list(`
  将、拟、预计、计划、争取、力争、确保、保证、尽快、尽早、尽量、抓紧、马上、即将、准备、打算、会、能、可、
  望、努力、推动、促进、加快、继续、届时、近期、不日、目标、承诺、倒排、限期、期限、时限、节点、最迟、最晚、
  之前、以前、准时、到时、早日、就差、只差
  will, to be, going to, expect, expected, plan to, planned, aim, aiming, intend, hope, by, we'll, it'll,
  i'll, shall, must, need to, needs to, to resolve, to solve, to fix, to complete, to finish, within, soon,
  to get, due to be, target, promise, trying to, please, want, about to, can, getting
`),
  list(`
  已将、现将、经将、已会同、会同、会议、会商、会员、开会、协会、会场、会展、会上、会后、社会、委员会、
  业委会、居委会、村委会、大会、机会、工会、商会、学会、议会、办会、会签、会谈、妇联会、常委会、协调会、
  现场会、座谈会、推进会、听证会、联席会、教委会、班会、例会、家长会、展会、会审、功能、性能、节能、智能、
  能源、能力、能耗、可能、职能、产能、太阳能、新能源、热能、电能、可回收、认可、许可、可以了、虚拟、模拟、
  申请、聘请、提请、请示、邀请、请求、供应、应急、响应、反应、应对、效应、适应、相应、应答、感应、思想、
  理想、想法、守望、看望、愿望、希望小学、推动下、推动了、促进了、规划、应用、对应、应届、希望
  will do, by hand, by phone, by us, by our, by the contractor, by the team, by the crew, trash can
`),
)

/** Somebody was told to. */
export const delegators = cue(
  list(`
  督促、责令、责成、要求、通知、安排、部署、约谈、催促、敦促、商请、委托、交由、交办、转交、移交、派、
  启动、着手、开始、进入、列入、纳入、申请、报请、上报、研究、讨论、建议、制定、明确、提交、请、让、叫、
  联系、告知、反馈、监督、抓好、压实、盯、推进、落实人、找、约、报修、开展、提醒、指示、批示、指令、提出、
  发函、致函、转办、转派、劝、动员、加大、加强、强化、牵头、成立
  asked, told, instructed, ordered, urged, requested, notified, arranged, scheduled, assigned
`),
  list(`
  申请人、请审、请销、请予、请查、请领导、请专班、邀请、派出所、联系人、节约、违约、大约、合约、公约
`),
)

/** Other people. */
export const others = list(`
  群众、市民、居民、村民、来电人、诉求人、投诉人、举报人、信访人、当事人、反映人、业主、住户、物业公司、
  物业、业委会、居委会、居委、村委会、村委、企业、商户、商家、店家、店主、施工单位、施工方、建设单位、
  产权单位、养护单位、养护公司、运营公司、运营商、街道、镇政府、镇里、区里、区局、区政府、领导、网友、
  网上、网传、媒体、记者、有人、对方、他们、他、她、家长、患者、学校、医院、供电公司、燃气公司、水务公司、
  自来水公司、电力公司、第三方、施工队、老百姓、百姓、老板、师傅、门卫、保安、邻居、房东、车主、摊主、
  经营者、负责人、开发商、房产商、代理、律师、小区、承包商、供应商、分局、新区、区、镇
  the owner, owner, owners, the resident, resident, residents, the citizen, citizen, citizens, caller,
  contractor, the company, company, property manager, property management, tenant, tenants, he, she,
  they, someone, people, the press, media, boss, leader, district, school, hospital, rumour, rumor
`)

/** What others do that makes the rest of the sentence their words. */
export const says = list(`
  说、称、表示、告知、回复、答复、反馈、承诺、询问、来问、问我、问是否、追问、认为、觉得、声称、坚称、讲、告诉、透露、汇报、
  报告称、确认、质疑、答应、回应、回话、来电、发帖、留言、口头、自述、自称
  says, say, said, claims, claim, claimed, told, reports, reported, asks, asked, thinks, confirms,
  confirmed, according
`)

/** What others do that makes their clause, and no more, a complaint. */
export const complains = list(`
  反映、投诉、诉求、举报、要求、希望、建议、提出、咨询、求助
`)

/** Sources without a verb. */
export const hearsay = cue(
  list(`
  网传、网上说、网上传、有传言、传言、谣传、听说、据说、据悉、据称、据报、据反映、据了解、疑似、说是、都说、
  自称、声称、宣称、坚称、号称
  according to, reportedly, rumour has it, it is said, we hear, i heard, we were told
`),
  ['据了解，'],
)

/** Others say so, and it takes nothing back. */
export const content = cue(
  list(`
  表示满意、表示感谢、表示认可、表示理解、表示支持、表示无异议、表示同意、表示肯定、无异议、予以认可、
  非常满意、很满意、较满意、比较满意、满意、认可、感谢、致谢、好评、锦旗、理解、点赞
  satisfied, happy, grateful, thanked, pleased
`),
)

export const notContent = cue(
  list(`
  不满意、不认可、不太满意、不理解、未认可、不感谢、不够满意、并不满意、未表示满意
`),
)

/** The one who writes. */
export const ourselves = list(`
  我局、我委、我办、我处、我科、我单位、我部门、我司、我中心、我街道、我镇、我区、我院、我站、我部、我队、
  我公司、我集团、我方、我们、本局、本委、本单位、本部门、本办、本中心、本街道、本公司、咱们、咱、我厅、
  我所、我总队、我支队、本处、俺们、我馆、我校、本镇、我署
`)

/** An earlier state that a later one replaces. */
export const formerly = cue(
  list(`
  此前、之前、前期、原先、原来、起初、最初、一度、曾、以前、过去、先前、上周、上次
`),
)
export const nowadays = cue(
  list(`
  现已、目前已、现在已、现在都、如今、最终、终于、昨天、昨日、今天、今日、今早、刚刚、现均已、目前均已
`),
)

/** Words about keeping it so. */
export const followUps = cue(
  list(`
  加强、巡查、监管、长效、巩固、防止、举一反三、常态、跟踪、回访、持续关注、强化、完善、回头看、日常管理、
  做好、加大、监督、抽查、复查、宣传、保持、杜绝、避免、持续、管控、督导、提升、检查
  monitor, patrol, keep an eye, follow-up checks, inspect regularly, continue to watch
`),
)
