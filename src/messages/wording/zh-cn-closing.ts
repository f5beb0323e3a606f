import type { UptakeKind } from '../../domain/closing.ts'
import { stopped } from './stopped.ts'

/** Callback, publication, uptake, closing, reopening and undo. */
export const closingZhCN = {
  doneCard: {
    title: (code: number, title: string) => `【已办结】#${code} ${title}`,
    closedTitle: (code: number, title: string) => `【已销号】#${code} ${title}`,
    reopenedTitle: (code: number, title: string) => `【已重新交办】#${code} ${title}`,
    undoneTitle: (code: number, title: string) => `【办结已撤销】#${code} ${title}`,
    took: '办理用时',
    inTime: (duration: string) => `${duration}（按时）`,
    late: (duration: string) => `${duration}（逾期）`,
    left: '后续工作',
    again: (code: number) => `再次公开的，请发送“/公开 #${code} 网址”。`,
    uptake: (code: number) => `列入领导会议议题或转化为政策的，请发送“/转化 #${code} 议题｜政策 说明”。`,
    undone: '本次办结已撤销，事项恢复办理。',
  },

  fields: { callback: '回访', publication: '公开', uptake: '成果转化', closed: '销号' },
  notYet: {
    callback: '尚未回访',
    publication: '尚未公开',
    unfit: '尚未公开（承办单位意见：不宜公开）',
    closed: '尚未销号',
  },
  /** The heading of all three in an item's status. */
  afterwards: '回访、公开与转化',
  satisfied: '满意',
  unsatisfied: '不满意',
  uptakes: { agenda: '列入领导会议议题', policy: '转化为政策' } satisfies Record<
    UptakeKind,
    string
  > as Record<UptakeKind, string>,
  /** What was done, by whom, when, and what was said of it. */
  record: (what: string, by: string, moment: string) => `${what}（${by}，${moment}）`,

  form: {
    satisfied: '回访结果',
    note: '回访说明（不满意的请写明原因）',
    callback: '登记回访',
    url: '公开网址',
    text: '公开内容（可不填）',
    publish: '登记公开',
    close: '销号',
    closeWithoutCallback: '该事项尚未回访，确认销号？',
    publishUnfit: '承办单位意见为不宜公开，确认公开？',
  },

  callback: {
    satisfied: (code: number) => `已记录 #${code} 回访：满意。`,
    reopened: (code: number, department: string, due: string) =>
      `已记录 #${code} 回访：不满意。已重新交办至${department}，时限${due}。`,
    /** The reason of the new round where none was given. */
    reason: '回访不满意。',
    already: (code: number, by: string, moment: string, result: string) =>
      `#${code} 本轮已由${by}于${moment}回访：${result}。`,
    notDone: (code: number, status: string) => `#${code} ${status}，办结后方可回访。`,
    need: '请写明“满意”或“不满意”。',
  },

  publish: {
    done: (code: number) => `已记录 #${code} 公开。`,
    again: (code: number, count: number) => `已记录 #${code} 公开，现共公开${count}次。`,
    notDone: (code: number, status: string) => `#${code} ${status}，办结后方可公开。`,
    unfit: (code: number) =>
      `#${code} 承办单位意见为不宜公开，未作记录。确需公开的，请在原命令末尾加“确认”重新发送。`,
    need: '请写明公开网址。',
    badAddress: (text: string) => `“${text}”不是完整网址，请写以 http:// 或 https:// 开头的网址。`,
    already: (code: number, by: string, moment: string) => `#${code} 该网址已由${by}于${moment}登记公开。`,
  },

  uptake: {
    done: (code: number, kind: string) => `已记录 #${code} 成果转化：${kind}。`,
    notFor: (code: number, status: string) => `#${code} ${status}，不能登记成果转化。`,
    already: (code: number, by: string, moment: string) => `#${code} 该项转化已由${by}于${moment}登记。`,
    needKind: '请写明“议题”或“政策”。',
    needNote: '请写明说明，例如会议名称或政策文件名称。',
  },

  close: {
    notCalledBack: (codes: string) => `提醒：${codes} 尚未回访。`,
    already: (code: number, by: string, moment: string) => `#${code} 已由${by}于${moment}销号。`,
  },

  reopen: {
    done: (code: number, department: string, due: string) =>
      `#${code} 已重新交办至${department}，时限${due}。`,
    notDone: (code: number, status: string) => `#${code} ${status}，办结或销号后方可重新交办。`,
    already: (code: number, by: string, moment: string) => `#${code} 已由${by}于${moment}重新交办。`,
    /** On the card of the new round. */
    by: (by: string, reason: string) => `${by}重新交办：${stopped(reason, '。')}`,
  },

  undo: {
    done: (codes: string, what: string, moment: string) => `已撤销您于${moment}的操作：${codes} ${what}。`,
    nothing: '10分钟内没有可撤销的操作。',
    builtOn: (code: number, by: string, moment: string, what: string) =>
      `不能撤销：#${code} 此后已由${by}于${moment}办理“${what}”。`,
    notThis: (what: string) => `您最近一次操作是“${what}”，不能撤销。`,
    byItself: '系统',
    told: (by: string, codes: string, what: string) =>
      `${by}撤销了 ${codes} 的“${what}”操作，请以最新消息为准。`,
  },

  words: {
    satisfied: ['满意', 'satisfied'],
    unsatisfied: ['不满意', 'unsatisfied', 'dissatisfied'],
    uptakes: { agenda: ['议题', 'agenda'], policy: ['政策', 'policy'] },
    confirm: ['确认', 'confirm'],
  },
}
