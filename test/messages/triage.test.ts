import { expect, test } from 'vitest'
import { countElements, fits, maxElements } from '../../bots/feishu/card/fit.ts'
import { renderCard } from '../../bots/feishu/card.ts'
import { validateCard } from '../../sandbox/server/card/validate.ts'
import { masked } from '../../src/messages/masked.ts'
import { mostChoices, type TriageView, triageDoneMessage, triageMessage } from '../../src/messages/triage.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { now } from './examples.ts'

const voices = (['zh-CN', 'en'] as const).map((locale) =>
  createVoice(locale, 'Asia/Shanghai', { now: () => now }),
)

test.each([1, mostChoices, mostChoices + 1, 400])(
  'with %i departments the whole card is within the limits',
  (count) => {
    for (const voice of voices) {
      const message = triageMessage(aView(count), voice, '已将 #11 并入 #2。')
      const card = renderCard(message, voice.locale)
      expect(validateCard(card)).toEqual([])
      expect(fits(card)).toBe(true)
      expect(countElements(card)).toBeLessThanOrEqual(maxElements)
      const said = JSON.stringify(card)
      const labels = [
        voice.t.triage.skip,
        voice.t.triage.form.decline,
        voice.t.triage.merge,
        voice.t.triage.dispatchTo('单位3'),
      ]
      for (const label of labels) expect(said).toContain(label)
      expect(said, 'nothing is left out').not.toContain('未显示')
    }
  },
)

test('what takes one click stands above the forms', () => {
  for (const voice of voices) {
    const first = (view: TriageView) =>
      triageMessage(view, voice).blocks.find(({ kind }) => kind === 'actions' || kind === 'form')
    const skip = { label: voice.t.triage.skip, command: 'triage', args: { decision: 'skip' } }
    const dispatch = {
      label: voice.t.triage.dispatchTo('单位3'),
      args: { decision: 'dispatch', department: 3 },
    }
    expect(first(aView(5))).toMatchObject({ actions: [dispatch, skip] })
    expect(first({ ...aView(5), suggestion: null })).toMatchObject({ actions: [skip] })
  }
})

test('a suggestion for which few words speak says no percentage', () => {
  const view = aView(5)
  const chinese = createVoice('zh-CN', 'Asia/Shanghai', { now: () => now })
  const shown = (percent: number | null) =>
    JSON.stringify(
      triageMessage({ ...view, suggestion: view.suggestion && { ...view.suggestion, percent } }, chinese),
    )
  expect(shown(70)).toContain('建议主办：单位3　供参考（70%）')
  expect(shown(null)).toContain('"建议主办：单位3　供参考"')
})

test('the suggestion is preselected; of too many departments its name is written', () => {
  const [voice] = voices
  if (!voice) throw new Error('there is no voice')
  expect(fieldOf(aView(5), 'department')).toMatchObject({ kind: 'choice', initial: '3' })
  expect(fieldOf(aView(400), 'department')).toMatchObject({ kind: 'text', initial: '单位3' })
  expect(fieldOf({ ...aView(5), suggestion: null }, 'department')).not.toHaveProperty('initial')

  function fieldOf(view: TriageView, name: string) {
    const forms = triageMessage(view, voice as (typeof voices)[number]).blocks.flatMap((block) =>
      block.kind === 'form' ? [block.form] : [],
    )
    return forms.flatMap(({ fields }) => fields).find((field) => field.name === name)
  }
})

test('whom the department suggests that returned it goes before what was learnt', () => {
  for (const voice of voices) {
    const suggested = { id: 2, name: '单位2' }
    const returned = { department: '单位1', by: '孙联络', at: now, reason: '不属于本单位', suggested }
    const card = JSON.stringify(triageMessage({ ...aView(5), returned }, voice))
    expect(card).toContain(voice.t.triage.dispatchTo('单位2'))
    expect(card).not.toContain(voice.t.triage.dispatchTo('单位3'))
  }
})

test('a citizen’s numbers are masked, where one is asked to confirm too, and words that differ are both shown', () => {
  const [voice] = voices
  if (!voice) throw new Error('there is no voice')
  const card = JSON.stringify(masked(triageMessage(aView(3), voice)))
  expect(card).not.toContain('13800138000')
  expect(card).not.toContain('13900139000')
  expect(card).toContain('139****9000？')
  expect(card).toContain('相似度高（93%）')
  expect(card).toContain('网课（空中课堂）')
  expect(card).toContain('37人反映')
})

test('the end says that all is judged, or what was skipped', () => {
  for (const voice of voices) {
    expect(JSON.stringify(triageDoneMessage(0, voice))).toContain(voice.t.triage.allDone)
    const left = JSON.stringify(triageDoneMessage(2, voice))
    expect(left).toContain(voice.t.triage.skipped(2))
    expect(left).toContain(voice.t.triage.again)
  }
})

function aView(departments: number): TriageView {
  return {
    item: {
      code: 12,
      title: '网课老师讲得太快',
      content: `电话13800138000。${'在线上课节奏太快，没有回放。'.repeat(100)}`,
      source: 'hotline',
      category: '在线教学',
      urgency: 'urgent',
      receivedAt: now,
      reports: 37,
    },
    waiting: 5,
    similar: [1, 2, 3].map((code) => ({
      code,
      title: '空中课堂部分课程语速快，电话13900139000',
      status: code === 3 ? 'declined' : 'open',
      department: '市教育委员会',
      reports: code,
      sure: { level: 'high', percent: 93 },
      words: [
        { here: '网课', there: '空中课堂' },
        { here: '回放', there: '回放' },
      ],
    })),
    suggestion: {
      department: { id: 3, name: '单位3' },
      level: 'medium',
      percent: 70,
      words: ['网课', '回放'],
    },
    returned: null,
    departments: Array.from({ length: departments }, (_, index) => ({
      id: index + 1,
      name: `单位${index + 1}`,
    })),
    policy: { kind: 'working-days', days: 3 },
    closing: 'all',
    walk: { round: 0, skipped: Array.from({ length: 100 }, (_, index) => 100_000 + index) },
  }
}
