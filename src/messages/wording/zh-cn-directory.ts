/** Groups, people, stand-ins, and the citizen’s details. */
export const directoryZhCN = {
  open: (count: number, codes: string, more: boolean) => `未办结${count}项：${codes}${more ? '等' : ''}。`,
  cameBack: (department: string) => `${department}的群已恢复接收消息，未送达的事项已补发。`,

  unbind: {
    title: (department: string) => `解绑确认　${department}`,
    means: (department: string) => `解绑后，${department}的交办、催办不再推送至本群。`,
    waits: '未办结事项待绑定新群后一并补发，办理时限不变。',
    told: '专班将收到通知。',
    confirm: '确认解绑',
    orWrite: '也可发送“/解绑 确认”。',
    done: (department: string) => `本群已解绑：${department}。`,
  },
  unbound: {
    told: (by: string, department: string, open: string) =>
      `${by}已解除${department}与群的绑定，绑定新群前消息无法送达。${open}`,
  },

  person: {
    left: (name: string, roles: string) => `已离任：${name}（${roles}）。办理记录保留。`,
    roleOf: (department: string, roles: string) => `${department}${roles}`,
    noContact: (department: string, open: string) => `提醒：${department}现无联络员，请及时登记。${open}`,
    hasNoRole: (name: string, department: string | null) =>
      department === null ? `${name}未登记任何角色。` : `${name}未在${department}登记。`,
    lastLead: (name: string) => `${name}是唯一的专班人员，请先登记其他专班人员再离任。`,
    leadElsewhere: (department: string, taskForces: string) =>
      `专班人员只能登记在专班（${taskForces}），不能登记在${department}。`,
    needRole: '请写明角色（联络员、B角、分管领导、观察员、专班人员）或“离任”。',
    either: '登记角色与“离任”请分开操作。',
  },

  standIn: {
    begins: (name: string, insteadOf: string, until: string) =>
      `${insteadOf}自即日起至${until}由${name}代理履职。`,
    ends: (name: string, insteadOf: string) => `${name}代理${insteadOf}已结束，${insteadOf}恢复履职。`,
    needMention: '请@代理人。',
    needInstead: '@了两人的，请写“/代理 @代理人 代 @被代理人 截止日期”。',
    needUntil: '请写明截止日期，例如“周五”“11月30日”。',
    oneDate: '请只写截止日期，代理自即日起生效。',
    badDate: (text: string) => `“${text}”不是有效日期。`,
    passed: '截止日期已过，请写今天或以后的日期。',
    tooFar: (days: number) => `代理期最长${days}天；长期调整请用 /人员 登记。`,
    oneself: '不能由本人代理本人。',
    onlyLead: '为他人安排代理，请联系专班。',
    noPlace: (name: string) => `${name}没有可代理的职责（联络员、B角或分管领导）。`,
    isAway: (name: string, by: string) => `${name}本人正由${by}代理，请另选他人。`,
    standsIn: (name: string, insteadOf: string) =>
      `${name}正在代理${insteadOf}，代理结束前不能再由他人代理。`,
    nothing: (name: string | null) =>
      name === null
        ? '您目前没有代理安排。结束他人的代理，请由专班发送“/代理 结束 @某人”。'
        : `${name}目前没有代理安排。`,
  },

  contact: {
    title: (item: string) => `【联系方式】${item}`,
    fields: { petitioner: '诉求人', phone: '联系电话', address: '地址' },
    note: '仅限办理本事项使用，请勿转发。本次查看已留痕。',
    none: (code: number) => `#${code} 没有留存诉求人联系方式。`,
    button: '联系方式',
    sent: '已私信答复',
  },

  /** What the audit trail says beside an event’s name. */
  event: {
    into: (code: number) => `并入 #${code}`,
    from: (code: number) => `#${code} 并入`,
    suggested: (department: string) => `建议由${department}承办`,
    askedUntil: (date: string) => `申请至${date}`,
    reviewOn: (date: string) => `${date}复核`,
    standIn: (by: string, away: string, date: string) => `${by}代理${away}，至${date}`,
    standInEnded: (by: string, away: string) => `${by}代理${away}，已结束`,
    departments: (count: number) => `${count}个单位`,
    people: (count: number) => `${count}人`,
    items: (count: number) => `${count}件事项`,
    year: (year: number) => `${year}年`,
  },

  audit: {
    done: (file: string, count: number) => `已导出 ${count} 条操作记录到 ${file}。`,
    tooMany: (count: number, max: number) => `共 ${count} 条操作记录，xlsx 最多导出 ${max} 条，请改用 csv。`,
    columns: {
      at: '时间',
      by: '操作人',
      what: '操作',
      item: '事项编号',
      department: '单位',
      detail: '详情',
    },
    itself: '系统',
  },

  errors: {
    notBound: '本群尚未绑定单位，无需解绑。',
    onlyInGroup: '请在需要解绑的群内使用此命令。',
    boundOtherwise: (department: string) => `本群现已绑定${department}，未作改动。请重新发送 /解绑。`,
  },

  words: {
    leave: ['离任', '离职', '调离', 'leave', 'left'],
    confirm: ['确认', '确认解绑', 'confirm', 'yes'],
    end: ['结束', '终止', '取消', 'end', 'stop'],
    instead: ['代', '代理', '替', 'for'],
    until: ['至', '到', '截至', '截止', 'until', 'till', 'to', 'by'],
    upTo: ['前', '止', '为止', '结束', '下班'],
  },
}
