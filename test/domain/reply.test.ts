import { describe, expect, it } from 'vitest'
import { readReply } from '../../src/domain/reply.ts'
import type { Labelled } from '../corpus/replies.labels.ts'
import { changesSomething, score, tableOf } from '../corpus/replies.score.ts'
import { after, before } from '../corpus/replies.ts'
import { shanghai } from './offices.ts'

const scoredOf = (labels: readonly Labelled[]) =>
  labels.map((label) => score(label, readReply(label.text, { today: label.today, office: shanghai })))
const shown = ({ label, read, wanted }: ReturnType<typeof score>) => `${label.text}: ${read}, not ${wanted}`

describe('the corpus', () => {
  it('is large, mostly Chinese, and hard', () => {
    const all = [...before, ...after]
    const chinese = all.filter(({ text }) => /\p{Script=Han}/u.test(text))
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
    expect(chinese.length).toBeGreaterThanOrEqual(220)
    expect(all.length - chinese.length).toBeGreaterThanOrEqual(30)
    expect(all.filter(({ want }) => want.kind === 'unclear').length).toBeGreaterThanOrEqual(60)
    expect(after.length / all.length).toBeGreaterThanOrEqual(0.25)
  })
})

describe('reading the corpus', () => {
  const scored = scoredOf([...before, ...after])
  const said = scored.filter(({ wanted }) => changesSomething(wanted))

  it('prints how well', () => {
    const text = [
      tableOf('Written before the reader', scoredOf(before)),
      tableOf('Written after it', scoredOf(after)),
      tableOf('All', scored),
    ].join('\n')
    process.stdout.write(`${text}\n`)
    expect(text).toContain('precision')
  })

  it('changes nothing that the reply does not say', () => {
    expect(scored.filter(({ wrong }) => wrong).map(shown)).toEqual([])
  })

  it('takes no date for promised that is not', () => {
    const dated = said.filter(({ reading: { intent }, label: { want } }) => {
      if (intent.kind === 'feedback' && want.kind === 'feedback')
        return intent.promisedDate !== null && intent.promisedDate !== want.date
      if (intent.kind === 'extension' && want.kind === 'extension')
        return intent.until !== null && intent.until !== want.until
      return false
    })
    expect(dated.map(shown)).toEqual([])
  })

  it('understands nine of ten without asking', () => {
    const understood = said.filter(({ exact }) => exact)
    expect(understood.length / said.length).toBeGreaterThanOrEqual(0.9)
  })

  it('names why it asks as a reader would', () => {
    const asked = scored.filter(({ wanted, read }) => wanted === 'unclear' && read === 'unclear')
    expect(asked.filter(({ exact }) => exact).length / asked.length).toBeGreaterThanOrEqual(0.9)
  })

  it('stays silent on what people say to each other', () => {
    expect(scored.filter(({ wanted, read }) => wanted === 'none' && read !== 'none').map(shown)).toEqual([])
  })
})

describe('the day that is promised', () => {
  const measures = (text: string) => {
    const { intent } = readReply(text, { today: '2026-11-20', office: shanghai })
    return intent.kind === 'feedback' ? [intent.measures, intent.promisedDate] : intent
  }

  it.each([
    ['正在办理，已联系三家超市，11月30日', '已联系三家超市'],
    ['正在办理，已联系三家超市，11月30日前办结。', '已联系三家超市'],
    ['正在办理，已联系三家超市（11月30日前完成），谢谢', '已联系三家超市'],
    ['正在办理，11月25日进场，11月30日前完成', '11月25日进场'],
    ['11月30日前办结。已联系三家超市', '已联系三家超市'],
    ['in progress, called the contractor, by 30 November', 'called the contractor'],
  ])('is no part of the measures at their end: %s', (text, said) => {
    expect(measures(text)).toEqual([said, '2026-11-30'])
  })

  it.each([
    ['正在办理，已联系三家超市，11月30日，逐户送达', '已联系三家超市，11月30日，逐户送达'],
    ['正在办理，11月30日前，已联系三家超市', '11月30日前，已联系三家超市'],
    ['计划11月30日前，完成三家超市签约，正在办理', '计划11月30日前，完成三家超市签约'],
    ['正在办理，拟于11月30日前全部修复', '拟于11月30日前全部修复'],
    ['正在办理，已联系超市11月30日前送货', '已联系超市11月30日前送货'],
    ['正在办理，11月30日前办结', '11月30日前办结'],
  ])('stays where it is part of what is said, or all of it: %s', (text, said) => {
    expect(measures(text)).toEqual([said, '2026-11-30'])
  })
})
