import type { AssignmentStatus, Outcome, Part } from '../../domain/assignment.ts'
import type { EventName } from '../../domain/event.ts'
import type { ItemStatus, Source, Urgency } from '../../domain/item.ts'
import type { NudgeStage } from '../../domain/nudge-ladder.ts'
import type { Role } from '../../domain/person.ts'
import { stopped } from './stopped.ts'
import { closingZhCN } from './zh-cn-closing.ts'
import { connectionZhCN } from './zh-cn-connection.ts'
import { directoryZhCN } from './zh-cn-directory.ts'
import { elsewhereZhCN } from './zh-cn-elsewhere.ts'
import { filesZhCN } from './zh-cn-files.ts'
import { intakeZhCN } from './zh-cn-intake.ts'
import { operatorZhCN } from './zh-cn-operator.ts'
import { reportsZhCN } from './zh-cn-reports.ts'
import { requestsZhCN } from './zh-cn-requests.ts'
import { triageZhCN } from './zh-cn-triage.ts'

const weekdays = ['一', '二', '三', '四', '五', '六', '日']

export const zhCN = {
  time: {
    date: (year: number | null, month: number, day: number, weekday: number) =>
      `${year === null ? '' : `${year}年`}${month}月${day}日（周${weekdays[weekday - 1]}）`,
    moment: (date: string, time: string) => `${date}${time}`,
    duration(days: number, hours: number, minutes: number): string {
      if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`
      if (hours > 0) return `${hours}小时`
      return `${minutes}分钟`
    },
    until: (moment: string) => `${moment}前`,
  },

  list: (words: string[]) => words.join('、'),
  /** Things of different kinds, side by side on one line. */
  beside: (...words: string[]) => words.filter((word) => word !== '').join('　'),
  item: (code: number, title: string) => `#${code} ${title}`,
  codes: (codes: number[]) => codes.map((code) => `#${code}`).join('、'),
  none: '无',
  answeredInPrivate: '已私信答复。',
  unknownPerson: '未知人员',

  sources: {
    hotline: '12345热线',
    public_account: '上海发布',
    deputy: '人大代表',
    cppcc: '政协委员',
    expert: '专家',
    online: '网络舆情',
    enterprise_visit: '企业走访',
    enterprise_online: '企业云走访',
    other: '其他',
  } satisfies Record<Source, string> as Record<Source, string>,

  urgencies: { normal: '一般', urgent: '急', critical: '特急' } satisfies Record<Urgency, string> as Record<
    Urgency,
    string
  >,

  itemStatuses: {
    triage: '待研判',
    ready: '待派单',
    open: '办理中',
    done: '已办结',
    closed: '已销号',
    merged: '已合并',
    declined: '不予受理',
  } satisfies Record<ItemStatus, string> as Record<ItemStatus, string>,

  assignmentStatuses: {
    sent: '待签收',
    working: '办理中',
    review: '待审核',
    accepted: '已办结',
    suspended: '挂账',
    returned: '已退回',
    withdrawn: '已撤回',
  } satisfies Record<AssignmentStatus, string> as Record<AssignmentStatus, string>,

  parts: { lead: '主办', co: '协办' } satisfies Record<Part, string> as Record<Part, string>,

  outcomes: {
    resolved: '解决',
    mostly_resolved: '基本解决',
    in_progress: '正在解决',
    deferred: '因条件限制暂缓',
    reference: '留作参考',
  } satisfies Record<Outcome, string> as Record<Outcome, string>,

  roles: {
    lead: '专班人员',
    contact: '联络员',
    backup: 'B角',
    leader: '分管领导',
    observer: '观察员',
  } satisfies Record<Role, string> as Record<Role, string>,

  overdue: '已逾期',
  provisional: '暂定',

  assignment: {
    title: (code: number, title: string) => `【交办】#${code} ${title}`,
    titleUrgent: (urgency: string, code: number, title: string) => `【交办·${urgency}】#${code} ${title}`,
    listTitle: (count: number, department: string) => `【交办清单】${department}　共${count}项`,
    listRange: (from: number, to: number) => `（#${from}至#${to}）`,
    fields: {
      due: '办理时限',
      department: '承办单位',
      lead: '主办单位',
      co: '协办进展',
      source: '来源',
      urgency: '紧急程度',
      category: '类别',
      status: '办理状态',
    },
    dueBy: (moment: string) => `时限${moment}`,
    promisedFor: (date: string) => `承诺${date}办结`,
    due: (moment: string, policy: string) => `${moment}（${policy}）`,
    provisionalNote: '时限所涉年份的放假安排尚未公布，暂按周一至周五计算，公布后自动更正。',
    waitingList: '请逐项签收，并在时限前反馈办理结果。也可直接回复“#编号＋办理情况”。',
    acknowledged: (by: string, moment: string) => `${by} 已于${moment}签收`,
    ack: '签收',
    ackAll: '全部签收',
    feedback: '反馈',
    nudge: '催办',
    part: (department: string, part: string) => `${department}（${part}）`,
    share: (department: string, status: string) => `${department}${status}`,
    plainWords: '也可直接回复本消息，例如：已解决，已组织农超对接。',
    withdrawn: '本事项已撤回，无需办理。',
    returned: '本事项已退回专班。',
    redo: (by: string, reason: string) => `${by}审核意见：退回重办。${reason}`,
    interim: (date: string) => `阶段性反馈已审核通过，请于${date}前反馈最终结果。`,
    suspended: (date: string) => `已挂账，${date}复核。`,
  },

  form: {
    outcome: '办理结果',
    measures: '办理情况',
    measuresHint: '采取了什么措施、效果如何；暂缓或留作参考的请写明原因',
    promisedDate: '预计办结日期（正在解决的必填）',
    handler: '经办人（可不填）',
    mayPublish: '可否公开',
    yes: '可以公开',
    no: '不宜公开',
    submit: '提交反馈',
    title: (code: number, title: string) => `【反馈】#${code} ${title}`,
  },

  feedback: {
    submittedTitle: (code: number, title: string) => `【已反馈】#${code} ${title}`,
    acceptedTitle: (code: number, title: string) => `【审核通过】#${code} ${title}`,
    fields: {
      outcome: '办理结果',
      measures: '办理情况',
      reason: '原因',
      promisedDate: '预计办结',
      handler: '经办人',
      mayPublish: '是否公开',
      evidence: '佐证材料',
      by: '反馈人',
      at: '反馈时间',
    },
    evidence: (count: number) => `${count}件`,
    awaiting: '已提交专班审核。',
    accepted: (by: string, moment: string) => `${by} 已于${moment}审核通过。`,
    understood: (code: number, outcome: string) => `已记录 #${code} 反馈：${outcome}，待专班审核。`,
    correct: (code: number) => `如有不符，审核前可重新回复“#${code} 办理情况”更正。`,
    replaced: '已替换此前未审核的反馈。',
  },

  review: {
    title: (code: number, title: string) => `【待审核】#${code} ${title}`,
    acceptedTitle: (code: number, title: string) => `【审核通过】#${code} ${title}`,
    redoTitle: (code: number, title: string) => `【退回重办】#${code} ${title}`,
    supersededTitle: (code: number, title: string) => `【反馈已更新】#${code} ${title}`,
    accept: '审核通过',
    redo: '退回重办',
    redoReason: '退回理由',
    redoHint: '请写明需要补充或重办的内容',
    acceptedBy: (by: string, moment: string) => `${by} 于${moment}审核通过。`,
    redoBy: (by: string, moment: string, reason: string) => `${by} 于${moment}退回重办：${reason}`,
    late: '本次反馈已超过办理时限。',
    toDepartmentAccepted: (code: number, outcome: string) => `#${code} 反馈已审核通过：${outcome}。辛苦了。`,
    toDepartmentInterim: (code: number, date: string) =>
      `#${code} 阶段性反馈已审核通过，请于${date}前反馈最终结果。`,
    toDepartmentRedo: (code: number, reason: string, due: string) =>
      `#${code} 反馈退回重办：${stopped(reason, '。')}请于${due}前重新反馈。`,
  },

  evidence: {
    kept: (code: number, count: number) => `已收到 #${code} 佐证材料，现共${count}件。`,
    again: (code: number, count: number) => `#${code} 佐证材料与此前收到的相同，不重复计入，现共${count}件。`,
    lost: (code: number, name: string) =>
      `#${code} 的佐证材料${name === '' ? '' : `“${name}”`}未能保存，请重新发送。`,
  },

  acknowledge: {
    done: (codes: string) => `已签收 ${codes}。`,
    already: (code: number, by: string, moment: string) => `#${code} 已由${by}于${moment}签收。`,
    nothing: '没有待签收的事项。',
  },

  nudge: {
    title: {
      urgent: (count: number) => `【催办】${count}项事项请尽快办理`,
      overdue: (count: number) => `【督办】${count}项事项已逾期`,
      answered: (count: number) => (count === 1 ? '【催办】事项已回应' : `【催办】${count}项事项均已回应`),
    },
    stages: {
      unacknowledged: '派单后尚未签收，请及时签收',
      'unacknowledged-again': '派单后仍未签收，请立即签收',
      'day-before': '将于下一工作日到期，请抓紧办理',
      'due-today': '今日到期，请在时限前反馈',
      'due-soon': '即将到期，请尽快反馈',
      overdue: '已到期，尚未反馈',
      'overdue-notice': '已逾期，请今日内反馈并说明原因',
      'overdue-digest': '持续逾期，请分管领导督促办理',
      'promised-date': '今日为承诺办结日期，请反馈最终结果',
      'review-date': '挂账复核日期已到，请报告进展',
      'half-time': '时限已过半，请抓紧办理',
      'three-quarters': '时限已过四分之三，请尽快反馈',
      'time-up': '时限已到，请立即反馈',
      manual: '专班催办，请抓紧办理',
    } satisfies Record<NudgeStage | 'manual', string> as Record<NudgeStage | 'manual', string>,
    copyTitle: (count: number) => `【催办通知抄送】${count}项事项已逾期`,
    sent: (codes: string) => `已催办 ${codes}。`,
    tooSoon: (code: number, moment: string) => `#${code} 已于${moment}催办，一小时内不重复催办。`,
    nothing: '没有可催办的事项。',
    noGroup: (departments: string) => `${departments}尚未绑定群，催办无法送达。`,
    leftOut: {
      tooSoon: (codes: string) => `${codes} 一小时内已催办，本次未重复催办。`,
      noGroup: (codes: string, department: string) => `${codes} 未能催办：${department}尚未绑定群。`,
      notOpen: (codes: string) => `${codes} 目前无需催办。`,
      returned: (codes: string) => `${codes} 主办单位已退回，待重新派单，仅催办协办单位。`,
    },
  },

  dispatch: {
    done: (codes: string, department: string, due: string) => `已将 ${codes} 派至${department}，时限${due}。`,
    doneEach: (department: string, parts: string[]) => `已派至${department}：${parts.join('；')}。`,
    part: (codes: string, due: string) => `${codes} 时限${due}`,
    withCo: (lead: string, co: string) => `${lead}（主办）、${co}（协办）`,
    coAdded: (codes: string, departments: string, due: string) =>
      `${codes} 已增加协办单位：${departments}，时限${due}。`,
    noChat: (department: string) =>
      `提醒：${department}尚未绑定群，绑定后自动送达。请在其群内发送 /绑定 ${department}。`,
  },

  status: {
    title: '办理进度',
    departmentTitle: (department: string) => `${department}　办理进度`,
    asOf: (moment: string) => `截至${moment}`,
    totals: {
      collected: '收集',
      waiting: '待派单',
      merged: '已合并',
      declined: '不予受理',
      dispatched: '已派单',
      unacknowledged: '待签收',
      working: '办理中',
      review: '待审核',
      suspended: '挂账',
      in_progress: '正在解决',
      resolved: '解决',
      mostly_resolved: '基本解决',
      deferred: '暂缓',
      reference: '留作参考',
      overdue: '逾期',
      rate_3wd: '3个工作日解决率',
      rate_7d: '7日解决率',
    },
    rate: (n: number, m: number, percent: string) => `${n}/${m}（${percent}）`,
    noRate: '尚无到期事项',
    rateNote: '解决率按期满事项计算；退回、合并及未到期的不计入。',
    departments: '各单位情况（逾期多者在前）',
    columns: {
      department: '单位',
      open: '在办',
      overdue: '逾期',
      solved: '解决',
      rate: '3工作日解决率',
    },
    chart: '各单位在办与逾期',
    open: '在办未逾期',
    empty: '还没有事项。导入或接入后，这里显示进度。',
    history: '办理过程',
    to: (department: string) => `至${department}`,
    notDispatched: '尚未派单。',
    fields: { status: '状态' },
  },

  events: {
    collected: '收集',
    dispatched: '派单',
    acknowledged: '签收',
    feedback: '反馈',
    evidence: '佐证',
    accepted: '审核通过',
    redo: '退回重办',
    done: '办结',
    closed: '销号',
    nudged: '催办',
    undelivered: '未送达',
    'due-recomputed': '时限更正',
    bound: '绑定群',
    merged: '合并',
    declined: '不予受理',
    returned: '退回',
    'extension-asked': '申请延期',
    extended: '延期',
    'extension-refused': '不同意延期',
    'suspension-asked': '申请挂账',
    suspended: '挂账',
    'suspension-moved': '调整复核日期',
    'suspension-refused': '不同意挂账',
    resumed: '恢复办理',
    withdrawn: '撤回',
    'called-back': '回访',
    published: '公开',
    uptake: '成果转化',
    reopened: '重新交办',
    undone: '撤销操作',
    unbound: '解绑群',
    left: '人员离任',
    'stand-in': '代理',
    'details-shown': '查看联系方式',
    exported: '导出',
    erased: '按期清除个人信息',
    forwarded: '申请已转专班',
    person: '人员调整',
    claimed: '认领专班',
    'claim-code': '生成认领码',
    directory: '通讯录',
    calendar: '日历',
  } satisfies Record<EventName, string> as Record<EventName, string>,

  overdueList: {
    title: (count: number) => `逾期事项　共${count}项`,
    none: '目前没有逾期事项。',
    entry: (department: string, by: string, contact: string) =>
      `${department}　逾期${by}　联络员：${contact}`,
  },

  mine: {
    title: (department: string, count: number) => `${department}　待办${count}项`,
    none: (department: string) => `${department}目前没有待办事项。`,
  },

  itemList: {
    title: (count: number) => `事项清单　共${count}项`,
    none: '没有符合条件的事项。',
    entry: (department: string, status: string, due: string) => `${department}　${status}　${due}`,
    undispatched: (source: string, urgency: string, status: string) => `${source}　${urgency}　${status}`,
    more: (count: number) => `另有${count}项未列出。`,
    narrow: '可加单位或状态缩小范围。',
  },

  paging: {
    page: (page: number, of: number) => `第${page}页，共${of}页。`,
    next: (command: string) => `下一页：${command}`,
    all: (command: string) => `发送“${command}”可逐页查看。`,
  },

  close: { done: (codes: string) => `已销号 ${codes}。` },

  bind: {
    done: (department: string) => `本群已绑定：${department}。交办事项将推送至本群。`,
    already: (department: string) => `本群已绑定${department}。`,
    greeting:
      '大家好，我是督办机器人，负责推送交办事项、收集办理反馈。请专班人员在本群发送“/绑定 单位名称”完成绑定。',
  },

  person: {
    done: (name: string, department: string, role: string) => `已登记：${name}，${department}${role}。`,
    known: {
      elsewhere: (name: string) => `与已登记的${name}为同一人，两个账号均可使用。`,
      formerly: (name: string) => `与已登记的${name}为同一人，原账号已停用，由本账号替换。`,
    },
  },

  claim: {
    done: (name: string) => `${name}，您已认领专班权限。发送 /帮助 查看可用命令。`,
    taskForce: '专班',
  },

  undelivered: {
    title: '【未送达】消息未能送达',
    entry: (department: string, codes: string, reason: string) => `${department}　${codes}　${reason}`,
    reasons: {
      'bot-not-in-chat': '机器人不在群内，请将机器人重新加入该群',
      'chat-dissolved': '群已解散，请重新建群并绑定',
      'person-out-of-scope': '对方不在应用可用范围内，请联系管理员',
      'message-recalled': '原消息已撤回',
      'message-too-old': '原消息超过14天，平台不再允许更新',
      'content-too-long': '消息超出平台长度限制',
      'content-invalid': '平台不接受该消息内容',
      'not-permitted': '机器人在该群没有发言权限，允许后请在该群发送“/绑定 单位名称”补发',
      'file-gone': '文件已过期',
      'outcome-unknown': '发送时连接中断，是否送达不明，为免重复未再发送，请到群内核实',
      'wrong-login':
        '机器人登录的账号已变更：请管理员运行 duban claim-code，专班人员在该平台发送“/认领 认领码”，再到该群发送“/绑定 单位名称”',
      'no-group': '单位尚未绑定群',
      other: '平台拒绝接收',
    },
    stuck: '多次发送未成功，仍在重试',
    mayBeMissing: (codes: number[], toReview: boolean) =>
      `${codes.map((code) => `#${code}`).join('、')}${codes.length > 0 ? ' ' : ''}有一条${toReview ? '待审核' : ''}消息可能未送达，请发送“/进度${codes.length === 1 ? ` #${codes[0]}` : ''}”查看。`,
    inPrivate: {
      outOfReach: '私信未能送达。请先添加机器人为好友，再重新发送；仍收不到的，请联系管理员。',
      unknown: '私信是否送达不明。如未收到，请重新发送。',
      refused: (reason: string) => `私信未能送达：${reason}。`,
    },
    lostGroup: (department: string, chat: string, reason: string) =>
      `${department}${chat === '' ? '' : `（群：${chat}）`}无法接收消息：${reason}。`,
  },

  help: {
    title: '督办机器人　帮助',
    groups: {
      look: '查询',
      dispatch: '研判派单',
      handle: '办理',
      review: '审核催办',
      after: '办结之后',
      people: '群与人员',
      rest: '其他',
    },
    more: '发送“/帮助 命令”查看写法，例如：/帮助 派单。',
    plain: '联络员可直接回复交办消息，例如：收到；已解决，措施……；正在办理，下周三前办结。',
    hint: '发送 /帮助 查看可用命令。',
    usage: (usage: string) => `用法：${usage}`,
    also: (name: string) => `也可写作 ${name}`,
  },

  commands: {
    help: { name: '帮助', usage: '/帮助 [命令]', does: '查看可用命令' },
    status: { name: '进度', usage: '/进度 [单位｜#编号]', does: '办理进度、单位进度、事项全过程' },
    list: { name: '清单', usage: '/清单 [单位] [状态] [页码]', does: '任务清单' },
    overdue: { name: '逾期', usage: '/逾期 [页码]', does: '逾期事项、逾期时长及责任人' },
    mine: { name: '待办', usage: '/待办 [页码]', does: '本单位待办事项，按时限排列' },
    dispatch: {
      name: '派单',
      usage:
        '/派单 #编号… 主办单位 [协办单位…] [3个工作日｜5个工作日｜2小时｜日期] [一般｜急｜特急] [主办即可]',
      does: '派给主办、协办单位；多项合为一张清单；办理中的事项可增加协办单位',
    },
    ack: { name: '签收', usage: '/签收 [#编号…]', does: '签收事项；不写编号则全部签收' },
    feedback: { name: '反馈', usage: '/反馈 #编号 办理情况', does: '反馈办理结果' },
    review: { name: '审核', usage: '/审核 #编号 通过｜退回 理由', does: '审核单位反馈，通过或退回重办' },
    nudge: { name: '催办', usage: '/催办 #编号…｜单位｜逾期', does: '催促办理；同一事项一小时内限一次' },
    close: { name: '销号', usage: '/销号 #编号…', does: '办结事项销号' },
    bind: { name: '绑定', usage: '/绑定 单位', does: '将本群绑定为该单位的群' },
    person: {
      name: '人员',
      usage: '/人员 @某人 联络员｜B角｜分管领导｜观察员｜专班人员｜离任 [单位]',
      does: '登记人员，或办理离任',
    },
    triage: { name: '研判', usage: '/研判', does: '逐项研判新收和退回事项：派单、合并、不予受理或跳过' },
    merge: { name: '合并', usage: '/合并 #重复编号… #保留编号', does: '将重复事项并入另一事项' },
    decline: { name: '不予受理', usage: '/不予受理 #编号 理由', does: '作不予受理处理，写明理由' },
    return: {
      name: '退回',
      usage: '/退回 #编号 理由 [建议单位]',
      does: '非本单位职责的，1个工作日内退回专班',
    },
    extend: {
      name: '延期',
      usage: '/延期 #编号 理由｜批准 [5个工作日｜日期]｜不同意 理由',
      does: '时限前申请延期；专班批准或不同意',
    },
    suspend: {
      name: '挂账',
      usage: '/挂账 #编号 复核日期 理由｜恢复｜不同意 理由',
      does: '申请挂账；专班挂账、恢复或不同意',
    },
    callback: { name: '回访', usage: '/回访 #编号 满意｜不满意 [说明]', does: '记录回访；不满意的重新交办' },
    publish: { name: '公开', usage: '/公开 #编号 网址 [公开内容]', does: '记录公开答复' },
    uptake: { name: '转化', usage: '/转化 #编号 议题｜政策 说明', does: '记录成果转化' },
    reopen: { name: '重新交办', usage: '/重新交办 #编号 理由', does: '已办结或已销号的重新交办' },
    undo: { name: '撤销', usage: '/撤销', does: '撤销本人10分钟内的上一次操作' },
    report: { name: '报表', usage: '/报表 [日｜周｜月｜昨日｜上周｜上月]', does: '日报、周报、月报' },
    export: { name: '导出', usage: '/导出', does: '导出全部事项表格，私信发送' },
    unbind: { name: '解绑', usage: '/解绑 [确认]', does: '解除本群与单位的绑定' },
    standin: {
      name: '代理',
      usage: '/代理 @代理人 [代 @被代理人] 截止日期｜/代理 结束 [@某人]',
      does: '外出期间由他人代行职责；专班可为他人安排',
    },
    contact: { name: '联系方式', usage: '/联系方式 #编号', does: '私信查看诉求人联系方式，查看留痕' },
    claim: { name: '认领', usage: '/认领 认领码', does: '凭认领码认领专班权限' },
  },

  words: {
    accept: ['通过', '同意', '审核通过', 'accept', 'approve'],
    redo: ['退回', '退回重办', '重办', 'redo', 'reject'],
    overdue: ['逾期', 'overdue'],
    closing: { all: ['全部办结', 'all'], any: ['主办即可', 'any'] },
  },

  toasts: {
    acknowledged: '已签收',
    submitted: '反馈已提交，待专班审核',
    accepted: '已审核通过',
    redone: '已退回重办',
    formOpened: '反馈表已发在本消息的话题中',
    nudged: '已催办',
  },

  errors: {
    apology: '抱歉，系统出错，本次操作未生效。已记录问题，请稍后再试；若仍不成功，请联系管理员。',
    unsaved: '系统暂时无法保存数据，本次操作未生效，请稍后再试；若仍不成功，请联系管理员。',
    unsavedWords: '系统暂时无法保存数据，尚未处理您的消息。恢复后将自动处理；半小时后仍无答复的，请重发。',
    unknownPerson: (leads: string) => `您尚未登记，暂不能使用。请联系专班${leads}登记。`,
    unknownPersonNoLead: '您尚未登记，暂不能使用。请联系系统管理员。',
    changedMeanwhile: '该事项状态刚有变化，本次操作未生效，请查看最新情况后再试。',
    notAllowed: '您没有此项操作的权限。',
    notYours: (code: number) => `#${code} 不是本单位承办的事项，您不能操作。`,
    onlyTotals: '您可查看各项总数，不能查看单个事项或单位的情况。',
    noDepartment: '您尚未登记为任何单位的联络员，请联系专班。',
    noSuchItem: (code: number) => `没有 #${code} 这个事项，请核对编号。`,
    noSuchDepartment: (name: string, near: string | null) =>
      near === null ? `没有找到单位“${name}”。` : `没有找到单位“${name}”。是否指“${near}”？`,
    ambiguousDepartment: (name: string, candidates: string) =>
      `“${name}”对应多个单位：${candidates}。请写全称。`,
    notDispatched: (code: number) => `#${code} 尚未派单。`,
    alreadyDispatched: (code: number, department: string) => `#${code} 已派单至${department}。`,
    severalToReview: (code: number, departments: string) =>
      `#${code} 有多个单位的反馈待审核：${departments}。请直接回复对应的待审核消息。`,
    leadIsCo: (department: string) => `${department}已是主办单位，不能同时协办。`,
    alreadyReturned: (code: number, department: string) =>
      `#${code} ${department}本次已退回或撤回，不能再列为协办。`,
    cannotDispatch: (code: number, status: string) => `#${code} ${status}，不能派单。`,
    alreadySubmitted: (code: number, by: string, moment: string) =>
      `#${code} 已由${by}于${moment}反馈，正在审核。`,
    alreadyReviewed: (code: number, by: string, moment: string, result: string) =>
      `#${code} 已由${by}于${moment}审核：${result}。`,
    nothingToReview: (code: number) => `#${code} 没有待审核的反馈。`,
    feedbackChanged: (code: number) => `#${code} 的反馈已更新，请以最新的待审核消息为准。`,
    finished: (code: number, status: string) => `#${code} ${status}，不能再操作。`,
    cannotClose: (code: number, status: string) => `#${code} ${status}，办结后方可销号。`,
    usage: (wrong: string, usage: string) => `${wrong}用法：${usage}`,
    noSuchPage: (page: number, pages: number) => `没有第${page}页，共${pages}页。`,
    needCode: '请写明事项编号。',
    needDepartment: '请写明单位。',
    needText: '请写明办理情况。',
    needReason: '请写明理由。',
    needDecision: '请写明“通过”或“退回＋理由”。',
    needTarget: '请写明事项编号、单位或“逾期”。',
    badPolicy: (text: string) =>
      `时限“${text}”无法识别，可写“3个工作日”“5个工作日”“2小时”或日期（如“11月30日”“2026-11-30 12:00”）。`,
    policyPassed: (moment: string) => `时限${moment}已过，请重新指定。`,
    surplus: (text: string) => `“${text}”无法识别。`,
    unknownCommand: (text: string, near: string | null) =>
      near === null
        ? `没有“${text}”这个命令。发送 /帮助 查看可用命令。`
        : `没有“${text}”这个命令。是否指“${near}”？`,
    onlyInGroup: '请在需要绑定的群内使用此命令。',
    unknownDepartmentOfGroup: '本群尚未绑定单位，请写明单位。',
    boundElsewhere: (department: string) => `本群已绑定${department}。如需更换，请先发送 /解绑。`,
    aliasTaken: (alias: string, owner: string, wanted: string) =>
      `简称“${alias}”已属于${owner}，不能再用于${wanted}。`,
    badClaim: '认领码不正确。',
    tooManyClaims: '今日认领次数已用完，请明日再试，并请系统管理员核对认领码。',
    oldClaim: '认领码已过期。请管理员重新生成。',
    claimed: '专班权限已被认领。如需加入，请联系专班人员登记；专班人员不能登记的，请管理员生成认领码。',
    needMention: '请@需要登记的人员。',
    badCall: '操作内容有误，未作改动。请以最新消息为准，重新操作。',
    cardTooNew: '消息刚刚发出，请稍后再点一次。',
    tooMany: (max: number) => `一次最多${max}项。`,
    badValue: (field: string) => `“${field}”填写有误，请检查后重新提交。`,
    missing: (field: string) => `请填写“${field}”。`,
    tooLong: (field: string, max: number) => `“${field}”不能超过${max}字。`,
    tooMuch: (max: number) => `内容过长，一条命令不能超过${max}字。`,
    promiseNeeded: '结果为“正在解决”的，请填写预计办结日期，例如“下周三前办结”。',
    promisePassed: '预计办结日期已过，请填写今天或以后的日期。',
    promiseTooFar: '预计办结日期过远，请核对。',
  },

  ask: {
    which(items: { code: number; title: string }[]): string {
      const named = items.slice(0, 5).map(({ code, title }) => `#${code} ${title}`)
      const all = items.length > named.length ? ` 等${items.length}项` : ''
      return `请问是哪一项？本单位待办：${named.join('、')}${all}。请回复“#编号＋办理情况”。`
    },
    reviewOrRequest: (code: number) =>
      `#${code} 既有反馈待审核，又有申请待批，未作处理。请引用相应消息回复，或发送“/审核 #${code} 通过”“/延期 #${code} 批准”。`,
    whichQuoted: '未能确认您引用的是哪一条消息，未作处理。请引用完整的消息，或写明事项编号。',
    whichOfThese: (codes: string) => `您提到了${codes}，请一次反馈一项，例如“#编号 已解决，措施……”。`,
    outcome: (code: number) =>
      `#${code} 的办理结果未能确认，未作记录。请明确回复：已解决、基本解决、正在办理（注明办结日期）、暂缓（注明原因）或留作参考（注明原因）。`,
    tooLong: (code: number) => `#${code} 内容过长，未作记录。请精简至1000字以内，或以文件作为佐证材料发送。`,
    evidence: '请回复对应事项的消息，重新发送佐证材料。',
    question: (code: number) => `#${code} 未作记录。如为办理反馈，请直接写明办理结果。`,
    negated: (code: number) =>
      `#${code} 看来尚未解决，未作记录。如正在办理，请回复“正在办理”并注明预计办结日期。`,
    promise: (code: number) =>
      `#${code} 正在办理，请注明预计办结日期，例如“#${code} 正在办理，下周三前办结”。`,
    reason: (code: number, outcome: string) => `#${code} ${outcome}的，请注明原因。`,
  },

  files: filesZhCN,
  intake: intakeZhCN,
  triage: triageZhCN,
  requests: requestsZhCN,
  closing: closingZhCN,
  directory: directoryZhCN,
  elsewhere: elsewhereZhCN,
  connection: connectionZhCN,
  reports: reportsZhCN,
  operator: operatorZhCN,
}
