import { expect, test } from 'vitest'
import { readChosen } from '../../../src/domain/reply/chosen.ts'
import { readReply } from '../../../src/domain/reply.ts'
import { shanghai } from '../offices.ts'

const context = { today: '2026-11-20', office: shanghai } as const
const read = (text: string, choice?: string) => readChosen(text, choice, context).intent

test.each([
  ['正在办理', '正在办理，已联系，已解决一半', { kind: 'feedback', outcome: 'in_progress' }],
  ['正在办理', '2 个工作日内完成', { kind: 'feedback', outcome: 'in_progress' }],
  ['正在办理', '2 已解决', { kind: 'unclear', why: 'conflicting', guess: { outcome: 'in_progress' } }],
  ['正在办理', '2 组先去', { kind: 'unclear', why: 'no-outcome', guess: { outcome: 'in_progress' } }],
  ['正在办理', '正在办理，货源紧张，申请延期', { kind: 'unclear', guess: { outcome: 'in_progress' } }],
  ['已解决', '已解决，基本解决', { kind: 'unclear', guess: { outcome: 'resolved' } }],
  ['已解决', '1', { kind: 'unclear', guess: { outcome: 'resolved' } }],
  ['退回', '退回，不属于我局职责', { kind: 'return' }],
  ['退回', '3 已解决', { kind: 'unclear', guess: { kind: 'return' } }],
  ['延期', '延期，货源紧张', { kind: 'extension' }],
  ['延期', '延期', { kind: 'unclear', why: 'no-reason' }],
])('who chose %s and wrote %s is taken at it, or asked', (choice, text, intent) =>
  expect(read(text, choice)).toMatchObject(intent),
)

test.each(['已解决，已修好', '下班一起吃饭'])('without a choice words say what they say: %s', (text) =>
  expect(read(text)).toEqual(readReply(text, context).intent),
)
