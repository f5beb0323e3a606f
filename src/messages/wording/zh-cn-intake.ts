/** New items: announcements and the API. */
export const intakeZhCN = {
  urgentTitle: (urgency: string, item: string) => `【新收${urgency}件】${item}`,
  urgentListTitle: (count: number) => `【新收急件】${count}项事项待研判`,
  listTitle: (count: number) => `【新收事项】${count}项待研判`,
  received: (moment: string) => `${moment}受理`,
  triage: '研判',
  named: (departments: string) => `报送时建议：${departments}`,
  readBy: (token: string) => `接口令牌“${token}”读取`,

  unauthorized: '令牌缺失或不正确。',
  tooManyRequests: (seconds: number) => `请求过于频繁，请${seconds}秒后再试。`,
  tooManyItems: (max: number) => `一次最多${max}项。`,
  notJson: '请求内容不是 UTF-8 编码的有效 JSON。',
  notAnObject: '应为对象',
  faults: (count: number) => `共${count}处有误，未作任何改动。`,
  badQuery: (names: string) => `参数无法识别或填写有误：${names}。`,
  noPrivate: '该令牌无权读取诉求人信息。',
  noSuchItem: '没有这个事项。',

  /** Of nudges that are not all of overdue items. */
  copyTitle: (count: number, late: number) =>
    `【催办抄送】${count}项事项${late === 0 ? '' : `，其中${late}项已逾期`}`,
}
