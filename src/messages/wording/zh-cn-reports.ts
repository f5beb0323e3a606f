/** Digests, reports and exports. */
export const reportsZhCN = {
  daily: (date: string) => `【每日汇总】${date}`,
  weekly: (first: string, last: string) => `【每周汇总】${first}至${last}`,
  titles: {
    day: (date: string) => `日报　${date}`,
    week: (first: string, last: string) => `周报　${first}至${last}`,
    month: (year: number, month: number) => `月报　${year}年${month}月`,
  },
  /** A period by its place: the one that runs, the one before it, and the one before that. */
  when: {
    current: { day: '今日', week: '本周', month: '本月' },
    past: { day: '昨日', week: '上周', month: '上月' },
    earlier: { day: '前日', week: '上上周', month: '上上月' },
  },
  /** What officials write for them. */
  words: {
    current: {
      day: ['日', '日报', '今日', '今天'],
      week: ['周', '周报', '本周'],
      month: ['月', '月报', '本月'],
    },
    past: { day: ['昨日', '昨天'], week: ['上周'], month: ['上月', '上个月'] },
  },
  counts: { collected: '新增', dispatched: '派单', solved: '解决', returned: '退回' },
  count: (when: string, what: string) => `${when}${what}`,
  overdueNow: '当前逾期',
  overdueList: '逾期清单',
  calendarEnds: (year: number) => `工作日历仅到${year}年，请管理员及时载入下一年度放假安排。`,
  comparison: {
    what: '指标',
    change: '增减',
    same: '持平',
    none: '—',
    rates: (name: string, parts: string[]) => `${name}：${parts.join('，')}`,
    rate: (when: string, n: number, m: number) => `${when}${n}/${m}`,
    points: (points: string) => `${points}个百分点`,
  },
  standing: '当前情况',
  departments: (when: string, isOver: boolean) =>
    isOver ? `各单位${when}情况` : `各单位${when}情况及当前在办`,
  columns: { department: '单位', open: '在办', overdue: '逾期' },
  chart: (when: string, isOver: boolean) => (isOver ? `各单位${when}解决` : `各单位${when}解决与当前在办`),
  note: '派单、解决按事项的最新一轮计，退回按次计；新增含已合并及不予受理的事项。',
  wrongPeriod: (words: string) => `“${words}”无法识别，可写：日、周、月、昨日、上周、上月。`,
  export: {
    underWay: '正在导出，完成后私信发送。',
    alreadyUnderWay: (moment: string) => `您在${moment}要求的导出正在进行，完成后私信发送。`,
    fileName: (date: string) => `督办事项-${date}.xlsx`,
    tooMany: (count: number, most: number) =>
      `共${count}项，超过表格上限（${most}项），请管理员在服务器上用 duban export 导出。`,
    tooBig: '导出的文件超出平台30MB的上限，请管理员在服务器上用 duban export 导出。',
    failed: '导出未能完成，请稍后重试；仍不成功请联系管理员。',
    mayNotUpload: '应用没有上传文件的权限（im:resource:upload），请联系管理员',
    undelivered: (name: string, reason: string) => `${name}未能发送：${reason}。请稍后重新导出。`,
  },
}
