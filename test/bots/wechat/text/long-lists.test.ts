import { describe, expect, test } from 'vitest'
import { wechatAbilities } from '../../../../bots/wechat/abilities.ts'
import { renderPages } from '../../../../bots/wechat/text.ts'
import { taskListCard } from '../../../../src/messages/assignment.ts'
import { itemListMessage, mineMessage, overdueMessage } from '../../../../src/messages/lists.ts'
import type { Message } from '../../../../src/messages/message.ts'
import { nudgeMessage } from '../../../../src/messages/nudge.ts'
import { locales } from '../../../../src/messages/voice.ts'
import { anAssignment } from '../../../messages/examples.ts'
import { voices } from './messages.ts'

describe.each(locales)('a list of as many entries as one message shows (%s)', (locale) => {
  const voice = voices[locale]
  const { entriesInMessage } = wechatAbilities(locale)
  const name = '单'.repeat(100)
  const assignments = Array.from({ length: entriesInMessage }, (_, index) =>
    anAssignment({
      id: index + 1,
      part: 'co',
      provisional: true,
      department: { id: 1, name: '单'.repeat(30) },
      item: { code: 999_900 + index, title: '题'.repeat(200), urgency: 'critical', reports: 999 },
    }),
  )
  const lists: Record<string, Message> = {
    'task list': taskListCard(
      assignments.map((assignment) => ({ ...assignment, department: { id: 1, name } })),
      voice,
      { hasOwnTitle: true },
    ),
    ...Object.fromEntries(
      (Object.keys(voice.t.nudge.stages) as (keyof typeof voice.t.nudge.stages)[]).map((stage) => [
        `nudge ${stage}`,
        nudgeMessage(
          assignments.map((assignment) => ({ assignment, stage, late: true })),
          voice,
          [],
        ),
      ]),
    ),
    mine: mineMessage(name, assignments, new Set(assignments.map(({ id }) => id)), voice),
    overdue: overdueMessage(
      assignments.map((assignment) => ({ assignment, lateMs: 9e9, contacts: ['欧阳联络员', '司马联络员'] })),
      voice,
    ),
    list: itemListMessage([], assignments, assignments.length, voice),
  }

  test.each(Object.entries(lists))('shows all of them with the longest titles: %s', (_, message) => {
    const shown = renderPages(message, locale).pages.join('\n')
    for (const { item } of assignments) expect(shown).toContain(`#${item.code} ${item.title}`)
    expect(shown).not.toMatch(/未显示|未能显示|not shown|does not fit/)
  })
})
