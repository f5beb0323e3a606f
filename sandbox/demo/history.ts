import { arrivals } from './arrivals.ts'
import { answers, everyoneReads, handsIn, presses, quotes, type Step, says } from './steps.ts'

/** Something that happened on a working day before today, by the town's clock. */
export interface Moment {
  /** Working days before today. */
  daysAgo: number
  time: string
  /** One after the other, each when the bot has answered the one before. */
  steps: Step[]
}

const taskForce = '工作专班'
const agriculture = '市农业农村委员会'
const agricultureOnWechat = '农业农村委微信群'
const commerce = '市商务委员会'
const health = '市卫生健康委员会'
const education = '市教育委员会'
const greenery = '市绿化和市容管理局'
const civilAffairs = '市民政局'
const industry = '市经济和信息化委员会'
const transport = '市交通委员会'

const lead = (text: string) => says(taskForce, '陈组长', text)
const suspends = (code: number) =>
  presses(taskForce, '陈组长', code, { command: 'suspend', decision: 'approve' })
const accepts = (code: number, who = '陈组长') =>
  presses(taskForce, who, code, { command: 'review', decision: 'accept' })
const acknowledges = (chat: string, who: string, code: number) => presses(chat, who, code, { command: 'ack' })

/**
 * What happened before the newcomer opens the page. It leaves something of everything: solved by form and in plain
 * words, sent back and answered again, promised for a day, put off, waiting for review, late, and not seen by anybody;
 * with two departments, merged, suspended, returned, an extension to be decided; called back, made public, closed; and
 * new ones to be judged, like those and unlike.
 */
const moments: Moment[] = [
  {
    daysAgo: 8,
    time: '09:40',
    steps: [lead('/派单 #1 农业农村委'), lead('/派单 #2 商务委'), lead('/派单 #5 绿化市容局')],
  },
  {
    daysAgo: 8,
    time: '10:20',
    steps: [
      quotes(agricultureOnWechat, '孙联络', 1, '收到'),
      answers(commerce, '吴联络', 2, '收到，马上办理'),
      acknowledges(greenery, '杨联络', 5),
    ],
  },
  { daysAgo: 8, time: '14:10', steps: [lead('/派单 #4 卫健委 2h 特急'), lead('/派单 #3 民政局')] },
  {
    daysAgo: 8,
    time: '15:30',
    steps: [
      answers(
        health,
        '冯联络',
        4,
        '已解决，相关医院已调整陪护管理，允许核酸阴性家属轮换，并通过“上海发布”告知市民。',
      ),
      says(civilAffairs, '尤联络', '#3 收到'),
    ],
  },
  { daysAgo: 8, time: '15:45', steps: [accepts(4)] },
  {
    daysAgo: 7,
    time: '10:05',
    steps: [
      presses(
        agriculture,
        '孙联络',
        1,
        { command: 'feedback' },
        {
          outcome: 'resolved',
          measures:
            '整合涉农区合作社、企业和基地信息，对接批发采购商；组织中心城区与涉农区结对直销，滞销蔬菜已全部售出。',
          handler: '孙联络',
          mayPublish: 'yes',
        },
      ),
    ],
  },
  { daysAgo: 7, time: '11:00', steps: [accepts(1)] },
  {
    daysAgo: 6,
    time: '10:30',
    steps: [
      says(commerce, '吴联络', '#2 基本解决，已改为居村委预约登记、指定药店分时段购买，排队明显减少。'),
      answers(civilAffairs, '尤联络', 3, '已解决，有条件的街道、社区均已改为线上预约、线下购买。'),
      answers(greenery, '杨联络', 5, '因条件限制暂缓办理。原因：专用容器货源不足，到货后立即布设。'),
    ],
  },
  {
    daysAgo: 6,
    time: '13:30',
    steps: [accepts(2), accepts(3, '周组员'), accepts(5, '周组员')],
  },
  {
    daysAgo: 6,
    time: '14:30',
    steps: [
      lead('/回访 #1 满意 菜已卖完'),
      lead('/回访 #4 满意'),
      lead('/公开 #3 https://www.example.com/kouzhao 口罩改为线上预约、线下购买'),
      lead('/转化 #3 政策 口罩预约供应办法'),
      lead('/销号 #1 #4'),
    ],
  },
  {
    daysAgo: 5,
    time: '09:40',
    steps: [
      lead('/派单 #6 教委'),
      lead('/派单 #7 卫健委 3wd'),
      lead('/派单 #8 #13 民政局 3wd'),
      lead('/派单 #12 商务委'),
    ],
  },
  {
    daysAgo: 5,
    time: '09:50',
    steps: [handsIn(arrivals.parkBus), lead('/派单 #21 交通委')],
  },
  {
    daysAgo: 5,
    time: '10:20',
    steps: [
      acknowledges(education, '蒋联络', 6),
      answers(health, '冯联络', 7, '收到'),
      says(civilAffairs, '尤联络', '#8 #13 收到'),
      acknowledges(commerce, '吴联络', 12),
      says(
        transport,
        '金联络',
        (inDays) => `/挂账 #21 ${inDays(20)} 新线路须待园区北门道路竣工后开通，已先行增开晚班接驳车`,
      ),
    ],
  },
  { daysAgo: 5, time: '13:40', steps: [suspends(21)] },
  {
    daysAgo: 3,
    time: '10:30',
    steps: [
      answers(commerce, '吴联络', 12, '已解决，已通知各菜市场恢复营业。'),
      says(civilAffairs, '尤联络', '#13 已解决，小区门口已设置货架，由志愿者引导错峰取件。'),
    ],
  },
  {
    daysAgo: 3,
    time: '13:30',
    steps: [
      presses(
        taskForce,
        '陈组长',
        12,
        { command: 'review', decision: 'redo' },
        { reason: '请补充摊位恢复数量和菜价变化情况' },
      ),
      accepts(13, '周组员'),
    ],
  },
  {
    daysAgo: 2,
    time: '11:00',
    steps: [
      answers(education, '蒋联络', 6, '正在办理，已开通回看功能，教师答疑平台正在扩容，下周三前办结。'),
      lead('/派单 #11 交通委 经信委'),
      lead('/派单 #18 交通委'),
      lead('/派单 #15 经信委'),
    ],
  },
  {
    daysAgo: 2,
    time: '11:20',
    steps: [
      says(transport, '金联络', '#11 收到'),
      acknowledges(industry, '施联络', 11),
      acknowledges(industry, '施联络', 15),
    ],
  },
  { daysAgo: 2, time: '14:00', steps: [accepts(6)] },
  {
    daysAgo: 2,
    time: '16:00',
    steps: [answers(commerce, '吴联络', 12, '基本解决，摊位已恢复九成，主要蔬菜价格回落至上月水平。')],
  },
  { daysAgo: 1, time: '09:05', steps: [handsIn(arrivals.fullBins, arrivals.phoneBooking)] },
  {
    daysAgo: 1,
    time: '09:30',
    steps: [everyoneReads],
  },
  {
    daysAgo: 1,
    time: '10:00',
    steps: [lead('/派单 #14 农业农村委'), lead('/派单 #17 民政局'), lead('/合并 #23 #17')],
  },
  {
    daysAgo: 1,
    time: '10:30',
    steps: [answers(industry, '施联络', 11, '已解决，已汇总重点企业运输需求218家，并交市交通委优先办理。')],
  },
  { daysAgo: 1, time: '13:30', steps: [accepts(11, '周组员'), lead('/派单 #22 商务委')] },
  { daysAgo: 1, time: '14:20', steps: [handsIn(arrivals.lorryPermits, arrivals.parcelShelves)] },
  {
    daysAgo: 1,
    time: '15:10',
    steps: [says(commerce, '吴联络', '/退回 #22 废弃物清运不属本单位职责 绿化市容局')],
  },
  { daysAgo: 1, time: '16:00', steps: [lead('/进度')] },
]

/** In the end, just now: something to decide, and something that cannot wait. */
export const history = {
  moments,
  last: [
    says(industry, '施联络', '/延期 #15 两家企业扩产设备下周到位，需延长2个工作日'),
    handsIn(arrivals.foodPrices),
  ],
}
