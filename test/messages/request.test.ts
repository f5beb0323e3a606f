import { expect, test } from 'vitest'
import type { Request } from '../../src/domain/request.ts'
import { requestCard } from '../../src/messages/request.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { moment } from '../domain/offices.ts'
import { anAssignment, now } from './examples.ts'

const voice = createVoice('zh-CN', 'Asia/Shanghai', { now: () => now })
const asked: Request = {
  id: 1,
  kind: 'suspension',
  reason: '待道路竣工',
  until: '2026-12-10',
  askedAt: now,
  askedBy: '孙联络',
  askedById: 1,
  status: 'pending',
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
  grantedUntil: null,
}

test('the review date that was asked for is shown until the very same is granted', () => {
  const granted = { ...asked, status: 'granted', decidedAt: now, decidedBy: '陈组长' } as const
  expect(labelsOf(asked)).toContain('复核日期')
  expect(labelsOf({ ...granted, grantedUntil: moment('2026-12-10 09:00') })).not.toContain('复核日期')
  expect(labelsOf({ ...granted, grantedUntil: moment('2026-12-20 09:00') })).toContain('复核日期')
})

function labelsOf(request: Request): string[] {
  const assignment = anAssignment({ status: 'suspended', reviewDate: '2026-12-10' })
  const { blocks } = requestCard({ assignment, request, usual: null }, voice)
  return blocks.flatMap((block) => (block.kind === 'fields' ? block.fields.map(({ label }) => label) : []))
}
