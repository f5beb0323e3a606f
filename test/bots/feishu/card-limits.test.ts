import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card } from '../../../bots/feishu/card/element.ts'
import { bytesInRequest, countElements } from '../../../bots/feishu/card/fit.ts'
import { renderCard } from '../../../bots/feishu/card.ts'
import { validateCard } from '../../../sandbox/server/card/validate.ts'
import type { Action, Block, Entry } from '../../../src/messages/message.ts'
import { tagged, within, wordsOf } from './cards.ts'

const ack: Action = { label: '签收', style: 'primary', command: 'ack', args: { item: 1 } }

function card(blocks: Block[], locale: 'zh-CN' | 'en' = 'zh-CN'): Card {
  const rendered = renderCard({ title: '任务清单', tone: 'info', blocks }, locale)
  expect(countElements(rendered)).toBeLessThanOrEqual(200)
  expect(bytesInRequest(rendered)).toBeLessThanOrEqual(30_000)
  expect(validateCard(JSON.parse(JSON.stringify(rendered)))).toEqual([])
  return rendered
}

function entries(count: number, more: Partial<Entry> = {}): Block {
  return {
    kind: 'entries',
    entries: Array.from({ length: count }, (_, index) => ({ text: `事项${index + 1}`, ...more })),
  }
}

/** The list's own lines that are shown. */
function shown(rendered: Card): number {
  return wordsOf(rendered).filter((words) => words.includes('事项')).length
}

describe('what does not fit on a card', () => {
  test('thirty entries with a button each do fit', () => {
    const rendered = card([entries(30, { note: '主办：市农业农村委员会', actions: [ack] })])
    expect(shown(rendered)).toBe(30)
    expect(wordsOf(rendered).join()).not.toContain('未显示')
  })

  test('of a long list the end is cut, and how much is said; the rest of the card stays', () => {
    const rendered = card([
      { kind: 'text', text: '共 300 项' },
      entries(300, { actions: [ack] }),
      { kind: 'actions', actions: [ack] },
    ])
    const left = 300 - shown(rendered)
    expect(shown(rendered)).toBeGreaterThanOrEqual(60)
    expect(wordsOf(rendered)).toContain(`另有${left}项未显示。`)
    expect(wordsOf(rendered)).toContain('共 300 项')
    expect(tagged(rendered, 'button').length).toBeGreaterThan(15)
  })

  test('a list gives up the buttons of its later entries before it gives up entries', () => {
    const rendered = card([entries(40, { actions: [ack, { ...ack, label: '反馈' }] })])
    const withButtons = tagged(rendered, 'button').length / 2
    expect(shown(rendered)).toBe(40)
    expect(withButtons).toBeGreaterThan(15)
    expect(wordsOf(rendered)).toContain(
      `因篇幅所限，后${40 - withButtons}项未附按钮，可直接发送“#编号 内容”办理。`,
    )
  })

  test('in English it is said in English', () => {
    const rendered = card([entries(300, { actions: [ack] })], 'en')
    expect(wordsOf(rendered)).toContain(`${300 - shown(rendered)} more not shown.`)
  })

  test('a short list beside a long one stays whole', () => {
    const rendered = card([
      {
        kind: 'fields',
        fields: Array.from({ length: 6 }, (_, index) => ({ label: `项${index}`, value: '1' })),
      },
      entries(500),
    ])
    for (let index = 0; index < 6; index += 1) expect(wordsOf(rendered)).toContain(`项${index}`)
    expect(shown(rendered)).toBeGreaterThan(100)
  })

  test('a table of a thousand rows keeps its beginning', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ name: `单位${index}`.repeat(5) }))
    const rendered = card([{ kind: 'table', columns: [{ key: 'name', label: '单位' }], rows }])
    const kept = within(tagged(rendered, 'table')[0], 'rows').length
    expect(kept).toBeGreaterThan(100)
    expect(wordsOf(rendered)).toContain(`另有${1000 - kept}项未显示。`)
  })

  test('a very long text is shortened before any list is', () => {
    const rendered = card([{ kind: 'quote', text: '诉求'.repeat(20_000) }, entries(40)])
    expect(shown(rendered)).toBe(40)
    expect(wordsOf(rendered)).toContain('内容较长，此处为节选。')
    expect(wordsOf(rendered).some((words) => words.endsWith('诉…') || words.endsWith('求…'))).toBe(true)
  })

  test('a sixth table and a sixth chart are left out, and that is said', () => {
    const table: Block = {
      kind: 'table',
      columns: [{ key: 'a', label: '甲' }],
      rows: [{ a: '1' }, { a: '2' }],
    }
    const chart: Block = {
      kind: 'chart',
      chart: { type: 'pie', title: '图', values: [{ label: '甲', value: 1 }] },
    }
    const rendered = card([...Array<Block>(6).fill(table), ...Array<Block>(6).fill(chart)])
    expect(tagged(rendered, 'table')).toHaveLength(5)
    expect(tagged(rendered, 'chart')).toHaveLength(5)
    expect(wordsOf(rendered)).toContain('另有2项未显示。')
    expect(wordsOf(rendered)).toContain('另有1项未显示。')
  })

  test('columns beyond fifty are left out', () => {
    const columns = Array.from({ length: 60 }, (_, index) => ({ key: `k${index}`, label: `列${index}` }))
    const rendered = card([{ kind: 'table', columns, rows: [{ k1: '1' }] }])
    expect(tagged(rendered, 'table')[0]?.columns).toHaveLength(50)
  })

  test('buttons beyond all measure give way at the very last', () => {
    const rendered = card([
      { kind: 'text', text: '请签收。' },
      { kind: 'actions', actions: Array<Action>(300).fill(ack) },
    ])
    expect(tagged(rendered, 'button')).toEqual([])
    expect(wordsOf(rendered)).toEqual(['任务清单', '请签收。', '部分内容因篇幅所限未能显示。'])
  })

  test('whatever a message is, its card is within the limits', () => {
    const size = fc.integer({ min: 0, max: 400 })
    const block: fc.Arbitrary<Block> = fc.oneof(
      size.map((count) => entries(count, { note: '注'.repeat(count % 40), actions: count % 3 ? [ack] : [] })),
      size.map((count): Block => ({ kind: 'text', text: '“长文😀”\n'.repeat(count * 10) })),
      size.map(
        (count): Block => ({
          kind: 'fields',
          fields: Array.from({ length: count }, () => ({ label: '标签', value: '值'.repeat(count % 30) })),
        }),
      ),
      size.map(
        (count): Block => ({
          kind: 'table',
          columns: [{ key: 'a', label: '甲' }],
          rows: Array.from({ length: count }, () => ({ a: '"值"'.repeat(count % 20) })),
        }),
      ),
      size.map((count): Block => ({ kind: 'actions', actions: Array<Action>(count % 60).fill(ack) })),
    )
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        card(blocks)
      }),
      { numRuns: 40 },
    )
  })
})
