import type { DropReason, RequestStatus } from '../../domain/request.ts'
import { stopped } from './stopped.ts'

/** Return, extension and suspension. */
export const requestsZhCN = {
  reason: '理由',
  askedBy: '申请人',
  askedAt: '申请时间',
  refuse: '不同意',
  refuseReason: '不同意的理由',
  refused: (by: string, moment: string, reason: string) =>
    `${by} 于${moment}答复不同意：${stopped(reason, '。')}`,
  dropped: {
    replaced: '已由新的申请代替',
    answered: '单位已反馈',
    returned: '单位已退回',
    withdrawn: '事项已撤回',
    suspended: '事项已挂账',
    undone: '操作已撤销',
  } satisfies Record<DropReason, string> as Record<DropReason, string>,
  droppedBecause: (why: string) => `无需审批：${why}。`,
  /** To a lead who decides on what is decided. */
  alreadyDecided: (request: string, how: string) => `${request}已处理。${how}`,
  severalPending: (code: number, departments: string) =>
    `#${code} 有多个单位的申请待审批：${departments}。请直接回复对应的申请消息。`,
  alreadyAsked: (code: number, by: string, moment: string) =>
    `#${code} 已由${by}于${moment}申请，待专班审批。`,
  formOpened: '申请表已发在本消息的话题中',
  noDateSuch: (text: string) => `没有“${text}”这一天，请核对日期。`,
  dateTooFar: '日期不能超过一年，请核对。',

  returned: {
    button: '退回',
    formTitle: (code: number, title: string) => `【退回】#${code} ${title}`,
    formNote: (moment: string) => `非本单位职责的，可于${moment}前退回专班。`,
    reasonHint: '请写明不属于本单位职责的依据',
    suggestedField: '建议承办单位（可不填）',
    submit: '提交退回',
    title: (code: number, title: string) => `【已退回】#${code} ${title}`,
    cardTitle: (code: number, title: string) => `【单位退回】#${code} ${title}`,
    redispatchedTitle: (code: number, title: string) => `【已改派】#${code} ${title}`,
    from: '退回单位',
    by: '退回人',
    at: '退回时间',
    why: '退回理由',
    suggested: '建议单位',
    dispatchTo: (department: string) => `改派${department}`,
    addTo: (department: string) => `改由${department}协办`,
    dispatchBack: '仍派原单位',
    confirmBack: (department: string) => `仍派至${department}，时限重新计算。确定吗？`,
    another: '另选单位',
    anotherCo: '另选协办单位',
    dispatch: '派单',
    nowReady: '事项已回到“待派单”。',
    othersGoOn: '其他单位照常办理，如不需另行安排协办单位，无需操作。',
    nowWith: (by: string, moment: string, department: string) => `${by} 于${moment}派至${department}。`,
    operator: '管理端',
    rate: '退回率',
    rateOf: (department: string, rate: string) => `${department}${rate}`,
    rates: (departments: string) => `退回率：${departments}。`,
    undone: '退回已撤销，原单位继续办理。',
    itemIs: (status: string) => `事项${status}。`,
    hint: (code: number) => `改派请发送“/派单 #${code} 单位”。`,
    decides: ['改派', '派给', '派至', '派单', '仍派', '转给', '转交', '改由', '同意', '不予受理'],
    done: (code: number) => `#${code} 已退回专班。`,
    correct: '如系误退，请在10分钟内发送“/撤销”，或联系专班。',
    toast: '已退回专班',
    withSuggestion: (reason: string, department: string) => `${reason}（建议单位：${department}）`,
    tooLate: (code: number, moment: string) =>
      `#${code} 退回期限为${moment}（派单后1个工作日），已过，未作退回。如确非本单位职责，请联系专班。`,
    already: (code: number, by: string, moment: string) => `#${code} 已由${by}于${moment}退回专班。`,
  },

  extension: {
    button: '申请延期',
    formTitle: (code: number, title: string) => `【申请延期】#${code} ${title}`,
    reasonHint: '请写明不能按期办结的原因',
    untilField: '申请延至（可不填）',
    submit: '提交申请',
    titles: {
      pending: (code: number, title: string) => `【延期申请】#${code} ${title}`,
      granted: (code: number, title: string) => `【已批准延期】#${code} ${title}`,
      refused: (code: number, title: string) => `【不同意延期】#${code} ${title}`,
      dropped: (code: number, title: string) => `【延期申请失效】#${code} ${title}`,
    } satisfies Record<RequestStatus, unknown> as Record<
      RequestStatus,
      (code: number, title: string) => string
    >,
    of: (code: number) => `#${code} 的延期申请`,
    until: '申请延至',
    approve: (moment: string) => `批准至${moment}`,
    usual: '自派单起共5个工作日；也可另定日期。',
    takesDate: '5个工作日的延期不再适用（已延期过，或不晚于现时限），如批准请另定日期。',
    date: '延至',
    approveDate: '按此日期批准',
    grantedBy: (by: string, moment: string, until: string) => `${by} 于${moment}批准，办理时限延至${until}。`,
    asked: (code: number) => `#${code} 的延期申请已提交专班。批准前时限不变。`,
    askedToast: '延期申请已提交，批准前时限不变',
    correct: (code: number) => `如有不符，审批前可重新回复“#${code} 申请延期，理由……”更正。`,
    waiting: (by: string, moment: string) => `${by} 已于${moment}申请延期，待专班审批；批准前时限不变。`,
    granted: (code: number, until: string) => `已批准 #${code} 延期至${until}。`,
    refusedDone: (code: number) => `已答复不同意 #${code} 延期，原时限不变。`,
    toDepartmentGranted: (code: number, until: string) => `#${code} 延期申请已批准，办理时限延至${until}。`,
    toDepartmentRefused: (code: number, reason: string, due: string) =>
      `#${code} 延期申请未获同意：${stopped(reason, '。')}请于${due}前反馈。`,
    afterDue: (code: number, moment: string) =>
      `#${code} 办理时限${moment}已过，不能再申请延期。请尽快反馈，并说明逾期原因。`,
    notLater: (moment: string) => `延期日期须晚于现时限${moment}。`,
    needDate: (code: number, due: string) =>
      `#${code} 已延期过，或自派单起5个工作日不晚于现时限${due}，请写明延至的日期，例如“/延期 #${code} 批准 12月10日”。`,
    badUntil: (text: string) => `“${text}”无法识别，可写“5个工作日”或日期。`,
    none: (code: number) => `#${code} 没有待审批的延期申请。`,
    needDecision: '请写明“批准”或“不同意＋理由”。',
  },

  suspension: {
    titles: {
      pending: (code: number, title: string) => `【挂账申请】#${code} ${title}`,
      granted: (code: number, title: string) => `【已挂账】#${code} ${title}`,
      refused: (code: number, title: string) => `【不同意挂账】#${code} ${title}`,
      dropped: (code: number, title: string) => `【挂账申请失效】#${code} ${title}`,
    } satisfies Record<RequestStatus, unknown> as Record<
      RequestStatus,
      (code: number, title: string) => string
    >,
    of: (code: number) => `#${code} 的挂账申请`,
    until: '复核日期',
    approve: (date: string) => `同意，${date}复核`,
    date: '另定复核日期',
    approveDate: '按此日期挂账',
    grantedBy: (by: string, moment: string, date: string) => `${by} 于${moment}同意挂账，${date}复核。`,
    asked: (code: number) => `#${code} 的挂账申请已提交专班。同意前照常计时。`,
    correct: (code: number) => `如有不符，审批前可重新发送“/挂账 #${code} 复核日期 理由”更正。`,
    waiting: (by: string, moment: string) => `${by} 已于${moment}申请挂账，待专班审批；同意前照常计时。`,
    done: (code: number, date: string) => `已将 #${code} 挂账，${date}复核。`,
    refusedDone: (code: number) => `已答复不同意 #${code} 挂账，照常计时。`,
    moved: (code: number, date: string) => `#${code} 挂账复核日期调整为${date}。`,
    movedNote: (date: string) => `复核日期已调整为${date}。`,
    toDepartmentSuspended: (code: number, date: string) => `#${code} 已挂账，暂停计时，${date}复核。`,
    toDepartmentRefused: (code: number, reason: string, due: string) =>
      `#${code} 挂账申请未获同意：${stopped(reason, '。')}请于${due}前反馈。`,
    toDepartmentResumed: (code: number, due: string) => `#${code} 已恢复办理，办理时限${due}。`,
    paused: (date: string) => `暂停计时，${date}复核`,
    because: (by: string, moment: string, reason: string) => `${by} 于${moment}决定挂账。理由：${reason}`,
    resume: '恢复办理',
    confirmResume: (code: number) => `#${code} 将从今天起恢复计时。确定吗？`,
    resumed: (code: number, due: string) => `#${code} 已恢复办理，办理时限${due}。`,
    over: '已恢复办理。',
    none: (code: number) => `#${code} 没有待审批的挂账申请。`,
    notSuspended: (code: number) => `#${code} 没有挂账。`,
    alreadyResumed: (code: number, by: string, moment: string) => `#${code} 已由${by}于${moment}恢复办理。`,
    already: (code: number, by: string, moment: string, date: string) =>
      `#${code} 已由${by}于${moment}挂账，${date}复核。`,
    several: (code: number, departments: string) =>
      `#${code} 有多个单位挂账：${departments}。请写明单位，例如“/挂账 #${code} 恢复 单位”。`,
    noFeedback: (code: number, date: string) =>
      `#${code} 挂账中，${date}复核，暂不接收反馈。如已具备办理条件，请联系专班恢复办理。`,
    needDate: '请写明复核日期，例如“12月10日”。',
    datePassed: '复核日期须晚于今天。',
  },

  words: {
    approve: ['批准', '同意', '通过', 'approve', 'grant', 'accept'],
    refuse: ['不同意', '不批准', '不予批准', '驳回', '拒绝', 'reject', 'refuse'],
    resume: ['恢复', '恢复办理', 'resume'],
  },
}
