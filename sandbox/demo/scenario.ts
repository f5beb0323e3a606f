import { addWorkdays } from '../../src/domain/office-hours.ts'
import { instantAt, localDate } from '../../src/domain/time.ts'
import type { Duban } from '../../src/main.ts'
import type { SandboxMessage } from '../api.ts'
import { buttonsOf, type CardButton, textOf } from '../card-reading.ts'
import type { Sandbox } from '../server/index.ts'
import type { MovableClock } from './clock.ts'
import { outboxEmpty, travelTo } from './time-travel.ts'

/** What happened before the newcomer opens the page: the last working days, lived through by the bot itself. */
type Step = (play: Play) => unknown

interface Moment {
  /** Working days before today. */
  daysAgo: number
  time: string
  steps: Step[]
}

interface Play {
  sandbox: Sandbox
}

const says =
  (chat: string, who: string, text: string): Step =>
  ({ sandbox }) =>
    sandbox.sendText(chatOf(sandbox, chat), personOf(sandbox, who), text)

/** Answers the newest card there that names the item. */
const answers =
  (chat: string, who: string, code: number, text: string): Step =>
  ({ sandbox }) =>
    sandbox.sendText(chatOf(sandbox, chat), personOf(sandbox, who), text, {
      reply_to: cardOf(sandbox, chat, code).message_id,
    })

const presses =
  (chat: string, who: string, code: number, command: string, form?: Record<string, string>): Step =>
  ({ sandbox }) => {
    const card = cardOf(sandbox, chat, code)
    const button = buttonOf(card, command)
    return sandbox.act(card.message_id, {
      operator: personOf(sandbox, who),
      name: button.name,
      value: button.value,
      form_value: form,
    })
  }

const lead = (text: string) => says('工作专班', '陈组长', text)

const history: Moment[] = [
  {
    daysAgo: 5,
    time: '09:40',
    steps: [
      lead('/派单 #1 农业农村委'),
      lead('/派单 #2 #12 商务委'),
      lead('/派单 #6 教委'),
      lead('/派单 #7 卫健委'),
      lead('/派单 #5 绿化市容局'),
    ],
  },
  {
    daysAgo: 5,
    time: '10:20',
    steps: [
      presses('市农业农村委员会', '孙联络', 1, 'ack'),
      answers('市商务委员会', '吴联络', 2, '收到，马上办理'),
      presses('市教育委员会', '蒋联络', 6, 'ack'),
      presses('市绿化和市容管理局', '杨联络', 5, 'ack'),
    ],
  },
  { daysAgo: 5, time: '14:10', steps: [lead('/派单 #4 卫健委 2h 特急'), lead('/派单 #3 #8 民政局')] },
  {
    daysAgo: 5,
    time: '15:30',
    steps: [
      answers(
        '市卫生健康委员会',
        '冯联络',
        4,
        '已解决，相关医院已调整陪护管理，允许核酸阴性家属轮换，并通过“上海发布”告知市民。',
      ),
      says('市民政局', '尤联络', '#3 #8 收到'),
    ],
  },
  { daysAgo: 5, time: '15:45', steps: [presses('工作专班', '陈组长', 4, 'review')] },
  {
    daysAgo: 4,
    time: '10:05',
    steps: [
      presses('市农业农村委员会', '孙联络', 1, 'feedback', {
        outcome: 'resolved',
        measures:
          '整合涉农区合作社、企业和基地信息，对接批发采购商；组织一个中心城区与一个涉农区结对直销，滞销蔬菜已全部售出。',
        handler: '孙联络',
        mayPublish: 'yes',
      }),
      lead('/派单 #9 经信委'),
      lead('/派单 #10 人社局 5wd'),
    ],
  },
  {
    daysAgo: 4,
    time: '11:00',
    steps: [
      presses('工作专班', '陈组长', 1, 'review'),
      presses('市经济和信息化委员会', '施联络', 9, 'ack'),
      presses('市人力资源和社会保障局', '曹联络', 10, 'ack'),
    ],
  },
  {
    daysAgo: 3,
    time: '10:30',
    steps: [
      says('市商务委员会', '吴联络', '#2 基本解决，已改为居村委预约登记、指定药店分时段购买，排队明显减少。'),
      answers('市民政局', '尤联络', 3, '#3 已解决，有条件的街道、社区均已改为线上预约、线下购买。'),
      answers(
        '市绿化和市容管理局',
        '杨联络',
        5,
        '因条件限制暂缓办理。原因：专用容器货源不足，到货后立即布设。',
      ),
    ],
  },
  {
    daysAgo: 3,
    time: '13:30',
    steps: [
      presses('工作专班', '陈组长', 2, 'review'),
      presses('工作专班', '周组员', 3, 'review'),
      presses('工作专班', '周组员', 5, 'review'),
      lead('/销号 #1 #4'),
    ],
  },
  {
    daysAgo: 2,
    time: '11:00',
    steps: [
      answers('市教育委员会', '蒋联络', 6, '正在办理，已开通回看功能，教师答疑平台正在扩容，下周三前办结。'),
      lead('/派单 #11 #18 交通委'),
      lead('/派单 #15 经信委'),
    ],
  },
  { daysAgo: 2, time: '14:00', steps: [presses('工作专班', '陈组长', 6, 'review')] },
  {
    daysAgo: 1,
    time: '10:00',
    steps: [
      says('市交通委员会', '金联络', '#11 收到'),
      answers(
        '市经济和信息化委员会',
        '施联络',
        9,
        '#9 已解决，已优化数据比对频次，隔离期满次日零点自动转码，积压问题全部处理完毕。',
      ),
      lead('/派单 #14 农业农村委'),
      lead('/派单 #17 #13 民政局'),
    ],
  },
  { daysAgo: 1, time: '16:00', steps: [lead('/进度')] },
]

/** Plays the last working days, nudges and digests included, up to now. */
export async function playHistory(duban: Duban, sandbox: Sandbox, clock: MovableClock): Promise<void> {
  const now = Date.now()
  const first = history[0]
  const office = duban.app.office()
  const { timezone } = office.hours
  const today = localDate(now, timezone)
  if (first) clock.moveTo(instantAt(addWorkdays(today, -first.daysAgo, office), first.time, timezone))
  for (const { daysAgo, time, steps } of history) {
    await travelTo(duban, clock, instantAt(addWorkdays(today, -daysAgo, office), time, timezone))
    await Promise.all(steps.map((step) => step({ sandbox })))
    await sandbox.waitFor(() => sandbox.pendingEvents() === 0, 'the bot to take in what was said')
    await outboxEmpty(duban)
  }
  await travelTo(duban, clock, now)
  for (const person of sandbox.people()) {
    for (const chat of sandbox.chats())
      if (chat.members.includes(person.open_id)) sandbox.read(chat.chat_id, person.open_id)
  }
}

function chatOf(sandbox: Sandbox, name: string): string {
  return found(
    sandbox.chats().find((chat) => chat.name === name),
    name,
  ).chat_id
}

function personOf(sandbox: Sandbox, name: string): string {
  return found(
    sandbox.people().find((person) => person.name === name),
    name,
  ).open_id
}

/** The newest card of the bot's in that chat that names the item and can still be acted on, else that names it. */
function cardOf(sandbox: Sandbox, chat: string, code: number): SandboxMessage {
  const cards = sandbox
    .messages(chatOf(sandbox, chat))
    .filter((message) => message.msg_type === 'interactive' && textOf(message).includes(`#${code} `))
  const live = cards.filter((message) => buttonsOf(message).length > 0)
  return found(live.at(-1) ?? cards.at(-1), `a card of #${code} in ${chat}`)
}

function buttonOf(card: SandboxMessage, command: string): CardButton {
  return found(
    buttonsOf(card).find(({ value }) => (value as { command?: unknown }).command === command),
    `a button ${command}`,
  )
}

function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`the demo does not find ${what}`)
  return thing
}
