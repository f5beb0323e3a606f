import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quotedBy } from '../../src/commands/quoted.ts'
import type { IncomingText } from '../../src/ports.ts'
import { aTextCity, groupOf, type Posted, type TextCity } from '../support/text-city.ts'

const agriculture = '市农业农村委员会'

/** What stands between two characters of a quote after a platform has had it. */
const between = fc.constantFrom('', '', '', '', ' ', '\n', '\u2005', '\u200b', '\u00a0', '　')

test('whatever a platform does to spaces and widths, the quoted message is found, and no other', async () => {
  const city = await aCityOfLikeItems()
  const cards = city.posts(agriculture)
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: cards.length - 1 }),
      fc.infiniteStream(between),
      fc.boolean(),
      fc.boolean(),
      fc.string({ maxLength: 20 }),
      async (index, spaces, isWide, isCut, before) => {
        const card = cards[index] as Posted
        const all = isCut ? card.message.title : card.words
        const words = isWide ? all.replaceAll('#', '＃') : all
        // Not within a number, which would be another then.
        const padded = [...words].map((char) => (/[\d#＃]/.test(char) ? char : char + spaces.next().value))
        const quoted = await quotedBy(
          city.app,
          incoming(city, `${before.replace(/[#＃﹟]/g, '')}\n${padded.join('')}`),
        )
        expect(quoted?.delivery?.message_id).toBe(card.id)
      },
    ),
    { numRuns: 60 },
  )
})

test('words that hold none of our titles are none of ours', async () => {
  const city = await aCityOfLikeItems()
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 200, unit: 'grapheme' }), async (said) => {
      const quoted = await quotedBy(city.app, incoming(city, said))
      expect(quoted?.delivery).toBeUndefined()
      expect(quoted?.unsure).toBeUndefined()
    }),
    { numRuns: 60 },
  )
})

test('another group’s message is none of this one’s, whoever forwards its words', async () => {
  const city = await aCityOfLikeItems()
  const [card] = city.posts(agriculture)
  const elsewhere = {
    ...incoming(city, card?.words ?? ''),
    chat: { id: groupOf('市商务委员会', 'wechat'), kind: 'group' as const },
  }
  expect(await quotedBy(city.app, elsewhere)).toEqual({ codes: [1], looksLikeOurs: true })
})

/** One title within the other, one number within the other. */
async function aCityOfLikeItems(): Promise<TextCity> {
  const city = await aTextCity()
  const nine = Array.from({ length: 9 }, (_, index) => `占道${index}`)
  const titles = ['3号楼漏水', '路灯', '路灯不亮', ...nine, '号楼漏水']
  await city.items(...titles)
  for (const [index] of titles.entries()) await city.say('陈组长', `/派单 #${index + 1} 市农业农村委`)
  return city
}

function incoming(city: TextCity, quoted: string): IncomingText {
  return {
    kind: 'text',
    platform: 'wechat',
    ids: ['x'],
    messageId: 'x',
    at: city.now(),
    chat: { id: groupOf(agriculture, 'wechat'), kind: 'group' },
    sender: { account: 'x' },
    text: '收到',
    mentionsBot: false,
    mentions: [],
    replyTo: [],
    quoted,
    attachments: [],
  }
}
