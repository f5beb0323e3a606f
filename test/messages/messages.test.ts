import { describe, expect, test } from 'vitest'
import { renderCard } from '../../bots/feishu/card.ts'
import { renderPages } from '../../bots/wechat/text.ts'
import { outcomes } from '../../src/domain/assignment.ts'
import { nudgeStages } from '../../src/domain/nudge-ladder.ts'
import { assignmentCard, feedbackFormCard, taskListCard } from '../../src/messages/assignment.ts'
import { digestMessage } from '../../src/messages/digest.ts'
import { helpMessage } from '../../src/messages/help.ts'
import {
  durationWords,
  itemListMessage,
  listLength,
  mineMessage,
  overdueMessage,
} from '../../src/messages/lists.ts'
import type { Action, Block, Message } from '../../src/messages/message.ts'
import { nudgeCopy, nudgeMessage } from '../../src/messages/nudge.ts'
import { reportMessage } from '../../src/messages/report.ts'
import { reviewCard } from '../../src/messages/review.ts'
import { departmentStatusMessage, statusMessage } from '../../src/messages/status.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { moment } from '../domain/offices.ts'
import { aFeedback, anAssignment, aReport, departmentRow, now, someTotals } from './examples.ts'

const clock = { now: () => now }
const zh = createVoice('zh-CN', 'Asia/Shanghai', clock)
const en = createVoice('en', 'Asia/Shanghai', clock)

describe('the voice', () => {
  test('says moments as people of the zone read them', () => {
    expect(zh.moment(moment('2026-11-25 17:30'))).toBe('11月25日（周三）17:30')
    expect(en.moment(moment('2026-11-25 17:30'))).toBe('Wed 25 Nov 17:30')
  })

  test('names the year where it is not this one', () => {
    expect(zh.moment(moment('2027-01-04 17:30'))).toBe('2027年1月4日（周一）17:30')
    expect(zh.moment(moment('2026-12-31 17:30'))).toBe('12月31日（周四）17:30')
    expect(en.date('2126-11-01')).toBe('Fri 1 Nov 2126')
  })

  test.each([
    [30_000, '1分钟'],
    [59 * 60_000, '59分钟'],
    [3 * 3_600_000, '3小时'],
    [27 * 3_600_000, '1天3小时'],
    [48 * 3_600_000, '2天'],
  ])('says %d ms as %s', (ms, words) => {
    expect(durationWords(ms, zh)).toBe(words)
  })
})

describe('the card of an assignment', () => {
  test('says at a glance what, until when, and what to press', () => {
    const card = assignmentCard(anAssignment({ item: { urgency: 'critical' } }), zh)
    expect(card.title).toBe('【交办·特急】#12 蔬菜滞销')
    expect(card.tone).toBe('danger')
    expect(fieldsOf(card)[0]).toEqual({ label: '办理时限', value: '11月25日（周三）17:30' })
    expect(commandsOf(card)).toEqual(['ack', 'feedback', 'form', 'form'])
  })

  test('keeps the citizen’s number to itself', () => {
    expect(JSON.stringify(assignmentCard(anAssignment(), zh))).not.toContain('13800138000')
  })

  test('once acknowledged says by whom, and asks no more', () => {
    const acknowledged = anAssignment({
      status: 'working',
      acknowledgedAt: moment('2026-11-20 10:30'),
      acknowledgedBy: '孙联络',
    })
    const card = assignmentCard(acknowledged, zh)
    expect(JSON.stringify(card)).toContain('孙联络 已于11月20日（周五）10:30签收')
    expect(commandsOf(card)).toEqual(['feedback', 'form', 'form'])
  })

  test('sent back it gives the reason and the form again', () => {
    const feedback = aFeedback({ review: 'redo', reviewedBy: '陈组长', reviewReason: '请补充数量' })
    const card = assignmentCard(anAssignment({ status: 'working', feedback }), zh)
    expect(JSON.stringify(card)).toContain('陈组长审核意见：退回重办。请补充数量')
    expect(commandsOf(card)).toEqual(['feedback', 'form', 'form'])
  })

  test.each(['review', 'accepted', 'withdrawn', 'returned'] as const)(
    'with nothing left to do (%s) it is read only',
    (status) => {
      const assignment = anAssignment({ status, feedback: aFeedback() })
      expect(commandsOf(assignmentCard(assignment, zh))).toEqual([])
      expect(commandsOf(feedbackFormCard(assignment, zh))).toEqual([])
    },
  )

  test('a provisional due time is said to be one', () => {
    const card = assignmentCard(anAssignment({ provisional: true }), zh)
    expect(JSON.stringify(card)).toContain('（暂定）')
    expect(JSON.stringify(card)).toContain('尚未公布')
  })

  test('the form offers every outcome', () => {
    const form = blocksOf(feedbackFormCard(anAssignment(), zh), 'form')[0]?.form
    const choice = form?.fields.find((field) => field.kind === 'choice' && field.name === 'outcome')
    expect(choice?.kind === 'choice' && choice.options.map(({ value }) => value)).toEqual([...outcomes])
  })
})

describe('a list of assignments', () => {
  const two = [anAssignment(), anAssignment({ id: 2, item: { code: 13, title: '口罩' }, status: 'working' })]

  test('has a line for each, with what can be done', () => {
    const [entries] = blocksOf(taskListCard(two, zh), 'entries')
    expect(entries?.entries.map(({ text }) => text)).toEqual(['#12 蔬菜滞销', '#13 口罩'])
    expect(entries?.entries.map(({ actions = [] }) => actions.map(({ command }) => command))).toEqual([
      ['ack', 'form'],
      ['form'],
    ])
  })

  test('offers to acknowledge all only where several wait', () => {
    expect(JSON.stringify(taskListCard(two, zh))).not.toContain('全部签收')
    const waiting = [anAssignment(), anAssignment({ id: 2, item: { code: 13 } })]
    expect(blocksOf(taskListCard(waiting, zh), 'actions')[0]?.actions[0]?.args).toEqual({ all: true })
  })
})

describe('the review card', () => {
  const pending = { assignment: anAssignment({ status: 'review' }), feedback: aFeedback(), late: false }

  test('offers both decisions on this very feedback', () => {
    const decisions = actionsOf(reviewCard(pending, zh))
    expect(decisions.map(({ command, args }) => [command, args])).toEqual([
      ['review', { item: 12, feedback: 7, decision: 'accept' }],
      ['review', { item: 12, feedback: 7, decision: 'redo' }],
    ])
  })

  test.each(['accepted', 'redo', 'superseded'] as const)('once decided (%s) offers none', (review) => {
    const decided = aFeedback({ review, reviewedBy: '陈组长', reviewedAt: now, reviewReason: '请补充' })
    expect(actionsOf(reviewCard({ ...pending, feedback: decided }, zh))).toEqual([])
  })

  test('says when the feedback was late', () => {
    expect(JSON.stringify(reviewCard({ ...pending, late: true }, zh))).toContain('已超过办理时限')
    expect(JSON.stringify(reviewCard(pending, zh))).not.toContain('已超过办理时限')
  })
})

describe('nudges', () => {
  test.each([...nudgeStages.map(({ id }) => id), 'manual' as const])('have words for %s', (stage) => {
    const assignment = anAssignment({ status: stage === 'review-date' ? 'suspended' : 'sent' })
    for (const voice of [zh, en]) {
      const message = nudgeMessage([{ assignment, stage, late: false }], voice, [])
      expect(blocksOf(message, 'entries')[0]?.entries[0]?.note).toContain(voice.t.nudge.stages[stage])
      expect(voice.t.nudge.stages[stage]).toBeTruthy()
    }
  })

  test.each([
    ['unacknowledged', anAssignment({ status: 'working' })],
    ['due-today', anAssignment({ status: 'review', feedback: aFeedback() })],
    ['overdue', anAssignment({ status: 'accepted', outcome: 'resolved', feedback: aFeedback() })],
  ] as const)('no longer ask for what was done since (%s)', (stage, assignment) => {
    const message = nudgeMessage([{ assignment, stage, late: false }], zh, [])
    expect(message).toMatchObject({ title: '【催办】事项已回应', tone: 'muted' })
    expect(JSON.stringify(message)).not.toContain(zh.t.nudge.stages[stage])
  })

  test('count what was answered where that is several', () => {
    const line = { assignment: anAssignment({ status: 'accepted' }), stage: 'overdue', late: false } as const
    expect(nudgeMessage([line, line], zh, []).title).toBe('【催办】2项事项均已回应')
  })

  test('of one slot are one message, whose title counts what is late', () => {
    const lines = [
      { assignment: anAssignment(), stage: 'overdue', late: true },
      { assignment: anAssignment({ id: 2, item: { code: 13 } }), stage: 'due-today', late: false },
    ] as const
    const message = nudgeMessage([...lines], zh, [])
    expect(message.title).toBe('【督办】1项事项已逾期')
    expect(message.tone).toBe('danger')
    expect(blocksOf(message, 'entries')[0]?.entries).toHaveLength(2)
    expect(nudgeCopy([...lines].slice(0, 1), zh).title).toBe('【催办通知抄送】1项事项已逾期')
  })
})

describe('/status', () => {
  test('says the seed’s numbers as the seed does', () => {
    const message = statusMessage(someTotals(), [], zh, now)
    const values = Object.fromEntries(fieldsOf(message).map(({ label, value }) => [label, value]))
    expect(values).toMatchObject({
      收集: '720',
      解决: '600',
      基本解决: '58',
      正在解决: '62',
      逾期: '0',
      '3个工作日解决率': '540/720（75%）',
      '7日解决率': '612/720（85%）',
    })
  })

  test('never gives a percentage of nothing', () => {
    const message = statusMessage(someTotals({ rate_3wd: { n: 0, m: 0 } }), [], zh, now)
    expect(JSON.stringify(message)).toContain('尚无到期事项')
  })

  test('marks what is late, and puts it in a chart', () => {
    const message = statusMessage(
      someTotals({ overdue: 2 }),
      [departmentRow('甲局', { overdue: 2, working: 3 }), departmentRow('乙局', { in_progress: 0 })],
      zh,
      now,
    )
    expect(message.tone).toBe('warning')
    expect(blocksOf(message, 'chart')[0]?.chart.values).toEqual([
      { label: '甲局', value: 2, group: '已逾期' },
      { label: '甲局', value: 63, group: '在办未逾期' },
    ])
  })

  test('says that there is nothing yet', () => {
    const nothing = someTotals({ collected: 0, dispatched: 0 })
    expect(statusMessage(nothing, [], zh, now).blocks).toEqual([{ kind: 'text', text: zh.t.status.empty }])
  })

  test('of a department leaves out what only the task force has', () => {
    const labels = fieldsOf(departmentStatusMessage(departmentRow('甲局', { collected: 0 }), zh, now)).map(
      ({ label }) => label,
    )
    expect(labels).not.toContain('收集')
    expect(labels).toContain('已派单')
  })
})

const linesBelow = (message: Message) => blocksOf(message, 'note').map(({ text }) => text)

test('a list that no message can show whole says where to see the rest', () => {
  const list = taskListCard(
    Array.from({ length: 300 }, (_, index) => anAssignment({ id: index, item: { code: index + 1 } })),
    zh,
  )
  const ways = [JSON.stringify(renderCard(list, 'zh-CN')), renderPages(list, 'zh-CN').pages.join()]
  for (const shown of ways) expect(shown).toMatch(/另有\d+项未显示。发送“\/待办”可逐页查看。/)
})

describe('lists', () => {
  const many = Array.from({ length: listLength + 3 }, (_, index) =>
    anAssignment({ id: index, item: { code: index + 1 } }),
  )

  test('say which page they are and how to see the next, whatever was asked for', () => {
    const page = { number: 2, length: 5, words: '甲局 办理中' }
    const rows = many.map((assignment, index) => ({ assignment, lateMs: index, contacts: [] }))
    const first = mineMessage('甲局', many, new Set(), zh)
    expect(first.title).toBe('甲局　待办23项')
    expect(linesBelow(first)).toEqual(['第1页，共2页。', '下一页：/待办 2'])
    expect(linesBelow(overdueMessage(rows, zh, { ...page, words: '' }))).toEqual([
      '第2页，共5页。',
      '下一页：/逾期 3',
    ])
    expect(linesBelow(itemListMessage([], many.slice(5, 10), 23, zh, page))).toEqual([
      '第2页，共5页。可加单位或状态缩小范围。',
      '下一页：/清单 甲局 办理中 3',
    ])
    expect(linesBelow(itemListMessage([], many.slice(5, 10), 23, en, page))).toEqual([
      'Page 2 of 5. Add a department or a status to narrow it down.',
      'Next page: /list 甲局 办理中 3',
    ])
  })

  test('show on each page what stands there, and on the last no next one', () => {
    const shown = (number: number) => {
      const message = mineMessage('甲局', many, new Set(), zh, { page: { number, length: 10, words: '' } })
      expect(message.title).toBe('甲局　待办23项')
      return blocksOf(message, 'entries')[0]?.entries.map(({ text }) => Number(/#(\d+)/.exec(text)?.[1]))
    }
    expect([1, 2, 3].flatMap((number) => shown(number) ?? [])).toEqual(many.map(({ item }) => item.code))
    const last = mineMessage('甲局', many, new Set(), zh, { page: { number: 3, length: 10, words: '' } })
    expect(linesBelow(last)).toEqual(['第3页，共3页。'])
    expect(linesBelow(mineMessage('甲局', many.slice(0, 20), new Set(), zh))).toEqual([])
  })

  test('are one line where there is nothing', () => {
    expect(mineMessage('甲局', [], new Set(), zh)).toMatchObject({
      title: '甲局目前没有待办事项。',
      blocks: [],
    })
    expect(overdueMessage([], zh).blocks).toEqual([])
    expect(itemListMessage([], [], 0, zh).blocks).toEqual([])
  })

  test('of what is late say by how long and who answers', () => {
    const message = overdueMessage(
      [{ assignment: anAssignment(), lateMs: 27 * 3_600_000, contacts: ['孙联络'] }],
      zh,
    )
    expect(blocksOf(message, 'entries')[0]?.entries[0]).toMatchObject({
      text: '#12 蔬菜滞销',
      note: '市农业农村委员会　逾期1天3小时　联络员：孙联络',
      actions: [{ label: '催办', command: 'nudge', args: { item: 12 } }],
    })
  })

  test('name a co-department as such: the totals count the lead department alone', () => {
    const rows = [{ assignment: anAssignment({ part: 'co' }), lateMs: 3_600_000, contacts: [] }]
    const [entry] = blocksOf(overdueMessage(rows, zh), 'entries')[0]?.entries ?? []
    expect(entry?.note).toContain('市农业农村委员会（协办）　逾期')
  })
})

describe('in English', () => {
  const own =
    /市农业农村委员会|蔬菜滞销|收购车辆进不了村，电话138\*\*\*\*8000。|孙联络|陈组长|已组织农超对接|甲局/g
  const messages: [string, Message][] = [
    ['card', assignmentCard(anAssignment({ provisional: true }), en)],
    ['form', feedbackFormCard(anAssignment(), en)],
    ['summary', assignmentCard(anAssignment({ status: 'review', feedback: aFeedback() }), en)],
    ['review', reviewCard({ assignment: anAssignment(), feedback: aFeedback(), late: true }, en)],
    ['status', statusMessage(someTotals({ overdue: 1 }), [departmentRow('甲局')], en, now)],
    ['mine', mineMessage('甲局', [anAssignment()], new Set([1]), en)],
    ['overdue', overdueMessage([{ assignment: anAssignment(), lateMs: 1, contacts: [] }], en)],
    ['help', helpMessage(Object.keys(en.t.commands) as (keyof typeof en.t.commands)[], en)],
    ['digest', digestMessage(aReport('day'), en, 2026)],
    ['weekly digest', digestMessage(aReport('week'), en)],
    ['report of a month that is over', reportMessage({ ...aReport('month'), standing: undefined }, en)],
  ]

  test.each(messages)('%s has no Chinese of ours', (_, message) => {
    expect(JSON.stringify(message).replace(own, '')).not.toMatch(/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/)
  })
})

function blocksOf<K extends Block['kind']>(message: Message, kind: K): Extract<Block, { kind: K }>[] {
  return message.blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind)
}

function fieldsOf(message: Message) {
  return blocksOf(message, 'fields').flatMap(({ fields }) => fields)
}

function actionsOf(message: Message): Action[] {
  return message.blocks.flatMap((block) => {
    if (block.kind === 'actions') return block.actions
    if (block.kind === 'form') return [block.form.submit]
    if (block.kind === 'entries') return block.entries.flatMap(({ actions = [] }) => actions)
    return []
  })
}

function commandsOf(message: Message): string[] {
  return actionsOf(message).map(({ command }) => command)
}
