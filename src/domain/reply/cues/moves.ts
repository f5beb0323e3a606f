import { cue, list } from '../cue.ts'
import { ourselves } from './doubts.ts'

/** Words that acknowledge. */
export const acknowledgements = cue(
  list(`
  收到、签收、收悉、知悉、已阅、阅知、知道、了解、明白、清楚、遵办、照办、遵命、接收、领悉、👌、接单、
  好的、好嘞、好滴、好、嗯嗯、嗯、行、是的、没问题
  ok, okay, okk, received, acknowledged, acknowledge, got it, noted, roger, understood, copy that, copy,
  will do, on it, sure, yes, confirmed receipt, receipt confirmed, accepted, we have it, copied,
  no problem, well received
`),
  ['没问题了'],
)

/** Of these alone there is no saying whether the item was meant: 好 said to a colleague. They still are no report. */
export const plainAcknowledgements = cue(
  list(`
  收到、签收、收悉、知悉、已阅、阅知、知道、明白、遵办、照办、遵命、接收、领悉、👌、接单、好的、好嘞、好滴、
  嗯嗯、没问题
  ok, okay, okk, received, acknowledged, acknowledge, got it, noted, roger, understood, copy that, will do,
  on it, receipt confirmed, confirmed receipt, accepted, well received, sure, no problem
`),
)

/** Said along with an acknowledgement, adding nothing. */
export const aroundAcknowledgement = cue(
  list(`
  已经、已、均、都、正式、了、啦、哈、呀、哦、喔、噢、呢、哒、的、本、该、此、这个、这些、以上、工单、
  派单、任务、通知、事项、交办单、交办件、交办、单子、件、单、清单、全部、各位、领导、老师、专班、立即、
  马上、尽快、尽早、抓紧、即刻、立刻、按时、按期、按要求、及时、认真、会、将、就、去、来、安排、处理、
  办理、落实、核实、处置、办、研究、部署、跟进、对接、反馈、推进、行动、响应、查、予以、我们、我局、我委、
  我办、我单位、我科、我处、我、您、你、先、并、组织、执行、谢谢、感谢、提醒、哈哈
  right away, immediately, thanks, thank you, we, i, will, handle, it, and, this, the, item, have, with,
  at once, asap, look into, get on, deal, as soon as possible, been, has, is, are, task, by us, act on,
  start, check, arrange, we'll, i'll, now, all, team, sir, madam, for, task force, process
`),
)

const notWith = list('不属于、不属、不归、不归属、非属、不由、不是、并非、非、不在、不涉及')
const noneOf = list('与、跟、和')
const unrelated = list('无关、没关系、职责无关、不相关')
const lacks = list(`
  无此职、无此项职、无相关职、没有这项职、没有这个职、没有此项职、没有相关职、无管辖、没有管辖、无管理权、没有管理权、
  无执法权、没有执法权、不具备执法权、无权限、不负责、不承担、不管这、管不了
`)

/** Not ours: 不归我局. What may follow the first kind is told by `competence`. */
export const disclaimers = cue([
  ...notWith.flatMap((no) => ourselves.map((self) => `${no}${self}`)),
  ...noneOf.flatMap((no) => ourselves.flatMap((self) => unrelated.map((end) => `${no}${self}${end}`))),
  ...ourselves.flatMap((self) => lacks.map((end) => `${self}${end}`)),
  ...list(`
  派错、错派、派单有误、派单错误、派单不当、找错单位、发错单位、转错单位、分错、不属于职责范围
  not ours, isn't ours, not for us, not our responsibility, isn't our responsibility, not our job, not our area,
  not our department, not our remit, not in our remit, beyond our remit, out of our remit, not our jurisdiction,
  not under our, not within our, outside our, wrong department, does not belong to us, doesn't belong to us
  `),
])

/** Sent back in so many words; what follows tells an item from money. */
export const sendsBack = cue(
  list(`
  申请退回、请退回、建议退回、予以退回、现退回、特此退回、退回专班、退回重派、退回改派、申请退单、退单、
  请求退回、作退回处理、退回处理、退回、请改派、请予改派、建议改派、申请改派、请重新派单、建议重新派单、
  请转派、建议转派、请另派、建议另行派单、改派、请重新交办
  return to sender, please reassign, please forward, please redirect, should go to, please send it to,
  please transfer, returning it, we return it, please return, belongs to the, should be handled by
`),
  ['已退回', '被退回'],
)

/** Before the name of the department that should get it. */
export const sendsOn = list(`
  应由、应转、应交由、建议转派至、建议转派给、建议转派、建议转交给、建议转交、建议转至、建议转给、建议转、
  建议由、建议交由、建议改派至、建议改派给、建议改派、建议退回并转、请转派至、请转派给、请转派、请转交、
  请转至、请转给、请转、请改派至、请改派给、请改派、请交由、请派、请派给、改派至、改派给、改派、转派至、
  应该由、可转、建议请、该由、宜由、应该找、应找、该找
`)

/** Before the name of the department whose it is. */
export const belongsTo = list(`
  应属、应属于、职责属于、职责在、属于、应该是、应是、归口、应归、归、属、是、主管部门为、主管部门是、
  责任单位为、责任单位是、权属单位为、权属单位是、管理单位为、管理单位是、由、要找、得找、联系、请找、找、
  转
`)

export const englishDirections = list(`
  forward it to, forward to, redirect to, redirect it to, reassign to, reassign it to, send it to,
  transfer to, transfer it to, should go to, belongs to, should be handled by, is the responsibility of,
  pass it to, ask
`)

/** How the names of departments end. */
export const departmentEnds = list(`
  委员会、办公室、总队、支队、大队、管理局、监管局、街道办事处、街道办、街道、镇政府、区政府、人民政府、
  新区、管委会、政府、集团、公司、中心、公安局、部门、局、委、办、镇、乡、厅、署、院、所、站、部
`)

/** Names none: 有关部门. */
export const noDepartment = cue(
  list(`
  相关、有关、其他、责任单位、贵、别的、对应、权属、属地、主管部门、上级、哪、什么、隔壁、邻近、别
`),
)

/** Asks for more time. */
export const extensionWords = cue(
  list(`
  延期、延长、宽限、顺延、延后、展期、延到、延至、再给、多给、再宽、推迟、缓几天、缓两天、晚几天
  extension, extend, more time, more days, extra days, another week, postpone the deadline, longer
`),
  list(`
  延期交、延期开、延期缴、延期还、延期付、延期发、延期退、延期复、延期毕、延期上、延期举、延期施、
  延期问题、延期的问题、延期纠纷、延期证、延期换、延长营业、延长开放、延长运营、延长服务、延长线、延长路、
  延长绿灯、延长时间段、延长供、推迟开、推迟上、推迟供、推迟发、推迟交、延长保、延长质、延期竣、延长灯
  extension line, extension cord, extension lead
`),
)

/** Makes it a request of ours. */
export const asks = cue(
  list(`
  申请、请求、恳请、请、需、望、拟、特申、商请、烦请、要、麻烦、盼、想、希望、能、求、建议
  request, requesting, need, needs, ask for, asking for, apply, applying, please, would like, want, needed,
  required
`),
  list(`
  需求、重要、主要、申请人、要求其、能源、要闻
`),
)

/** Was asked or settled before, or is another's. */
export const notAsking = cue(
  list(`
  已延期、已申请、已同意、同意延期、批准、已批、已获、延期后、延期期间、延期结束、延期到期、已经延期、已延、
  企业申请、市民申请、居民申请、群众要求、业主要求、业主申请、公司申请、商户申请、当事人申请、开发商、
  其申请、合同延期、工期延期、施工延期、项目延期、交房延期、证件延期、执照延期、许可延期、签证延期、
  已提交延期
  has been extended, was extended, already extended, extension was, extension has been, extension granted,
  not needed, no longer needed, not required
`),
)

/** Asks for the clock to stop, which a command does. */
export const suspends = cue(
  list(`
  申请挂账、请予挂账、建议挂账、挂账
`),
)
