/** What was done elsewhere, for groups whose messages can't change. `of` names an item and whose share of it is meant. */
export const elsewhereZhCN = {
  acknowledged: (by: string, codes: string) => `${by}已签收 ${codes}。`,
  feedback: (by: string, code: number, outcome: string) =>
    `${by}已反馈 #${code}：${outcome}，待专班审核，请勿重复反馈。`,
  returned: (by: string, code: number) => `${by}已将 #${code} 退回专班。`,
  extensionAsked: (by: string, code: number) => `${by}已为 #${code} 申请延期，批准前时限不变。`,
  suspensionAsked: (by: string, code: number) => `${by}已为 #${code} 申请挂账，同意前照常计时。`,
  withdrawn: (codes: string) => `${codes} 已撤回，无需办理。`,
  dueMoved: (code: number, due: string) => `#${code} 办理时限更正为${due}。`,

  of: (code: number, department: string) => `#${code}（${department}）`,
  accepted: (by: string, of: string) => `${by}已审核通过 ${of}。`,
  redo: (by: string, of: string) => `${by}已将 ${of}退回重办。`,
  extended: (by: string, of: string) => `${by}已批准 ${of}延期。`,
  extensionRefused: (by: string, of: string) => `${by}已答复不同意 ${of}延期。`,
  suspended: (by: string, of: string) => `${by}已将 ${of}挂账。`,
  suspensionRefused: (by: string, of: string) => `${by}已答复不同意 ${of}挂账。`,
  resumed: (by: string, of: string) => `${by}已恢复办理 ${of}。`,
  dispatched: (by: string, codes: string, departments: string) => `${by}已将 ${codes} 派至${departments}。`,
  merged: (by: string, codes: string, into: number) => `${by}已将 ${codes} 并入 #${into}。`,
  declined: (by: string, code: number) => `${by}已将 #${code} 作不予受理处理。`,
  calledBack: (by: string, code: number, satisfied: boolean) =>
    `${by}已回访 #${code}：${satisfied ? '满意' : '不满意，已重新交办'}。`,
  published: (by: string, code: number) => `${by}已公开 #${code}。`,
  closed: (by: string, codes: string) => `${by}已销号 ${codes}。`,
  reopened: (by: string, code: number) => `${by}已重新交办 #${code}。`,

  sentences: (all: string[]) => all.join(''),
  undone: (by: string, codes: string, what: string) => `${by}撤销了 ${codes} 的“${what}”操作。`,
  nowIs: (code: number, status: string) => `#${code} 现为“${status}”。`,
}
