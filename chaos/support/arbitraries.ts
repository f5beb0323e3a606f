import fc from 'fast-check'
import { commands } from '../../src/commands/index.ts'
import { wordings } from '../../src/commands/words.ts'
import { places } from './quiet-city.ts'

/** Text as nobody should write it: halves of characters, what can't be seen, what turns the direction, what is markup. */
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.nat(0xffff), { maxLength: 12 }).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\ud800',
    '\u202e',
    '\u200b',
    '\ufeff',
    '@_all',
    '__proto__',
    'constructor',
    '$&',
    '{{x}}',
    '<at id=all></at>',
    "'; drop table items; --",
    '=1+1',
    '９９９９９９９９９９９９',
    '1e308',
    '-1',
    '9007199254740993',
  ),
  fc
    .tuple(fc.constantFrom(' ', '。', '#', '1', '已', '/', '(', '号'), fc.nat(3_000))
    .map(([one, n]) => one.repeat(n)),
)

const names = commands.flatMap(({ name }) =>
  name === 'form' ? ['form'] : [name, ...wordings.map((t) => t.commands[name].name)],
)

const word = fc.constantFrom(
  ...'#1 #2 #3 #12 ＃4 5 #1-5 #999 1、2 第1局 第2局 第3局 工作专班 主办 协办 特急 3个工作日 2小时 通过 退回 同意 不同意 确认 撤销'.split(
    ' ',
  ),
  ...'恢复 满意 不满意 已解决 基本解决 正在办理 暂缓 留作参考 12月4日前 明天 2026-12-10 2026-02-30 因为 不属于我单位 全部 逾期 下一页'.split(
    ' ',
  ),
  ...'resolved accept redo yes all @stranger @lead https://例.cn/1 专班 联络员 B角 观察员'.split(' '),
)
const words = fc
  .array(fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: odd }), { maxLength: 7 })
  .chain((all) => fc.constantFrom(' ', '，', '', '\n', '　').map((between) => all.join(between)))

export const place = fc.constantFrom(...places)

/** What somebody with the right to it might well do. */
const sound = fc.constantFrom(
  '/派单 #9 第1局',
  '/派单 #10 第2局 第1局',
  '/签收 #1',
  '/签收 #7',
  '/签收',
  '/退回 #2 不属于我单位职责',
  '/退回 #8 不属于我单位职责',
  '/延期 #2 2026-12-10 等待材料',
  '/挂账 #2 2026-12-10 等待政策',
  '/审核 #3 通过',
  '/审核 #3 退回 请写明数量',
  '/销号 #4',
  '/回访 #4 满意',
  '/重新交办 #4 又出现了',
  '/不予受理 #11 不属于建议',
  '/合并 #11 #12',
  '/催办 #1',
  '/绑定 第2局',
  '/解绑',
  '/撤销',
  '#1 已解决，已对接商超',
  '#7 已解决，已对接商超',
)

/** A command, or nearly one. */
const nearlySound = fc
  .tuple(
    fc.constantFrom('/', '／', '/ '),
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: odd }),
    fc.constantFrom(' ', '', '：', '\n'),
    words,
  )
  .map((parts) => parts.join(''))

export const commandText = fc.oneof({ weight: 3, arbitrary: nearlySound }, { weight: 1, arbitrary: sound })

/** An answer in words, or nearly one. */
export const plainText = fc.oneof(
  { weight: 3, arbitrary: words },
  { weight: 2, arbitrary: odd },
  { weight: 1, arbitrary: sound },
)

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -1, max: 14 }) },
  { weight: 2, arbitrary: word },
  { weight: 2, arbitrary: odd },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.double() },
)
const keys =
  'item items department co decision feedback about outcome measures promisedDate reason handler mayPublish until page code codes satisfied note url text urgency policy into person role category confirmed'

const feedback = { item: 1, outcome: 'resolved', measures: '已对接商超', mayPublish: 'yes' }
const soundPress = fc.constantFrom(
  { command: 'ack', args: { items: '1' } },
  { command: 'feedback', args: feedback },
  { command: 'review', args: { item: 3, decision: 'accept' } },
  { command: 'close', args: { items: '4' } },
)

/** What a button or a form sends, or nearly so. */
const nearlyPress: fc.Arbitrary<{ command: string; args: Record<string, unknown> }> = fc.record({
  command: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...commands.map(({ name }) => name)) },
    { weight: 1, arbitrary: odd },
  ),
  args: fc.dictionary(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keys.split(' ')) }, { weight: 1, arbitrary: odd }),
    value,
    { maxKeys: 6 },
  ),
})

export const pressed = fc.oneof({ weight: 4, arbitrary: nearlyPress }, { weight: 1, arbitrary: soundPress })

export const replyTo = fc.option(fc.nat(400), { nil: undefined })

/** Something good with a few of its parts replaced by anything, or gone. */
export function mutated(good: unknown): fc.Arbitrary<unknown> {
  const change = fc.tuple(
    fc.nat(60),
    fc.oneof(value, fc.constant(undefined), fc.constant({}), fc.constant([])),
  )
  return fc.array(change, { maxLength: 3 }).map((changes) =>
    changes.reduce((json, [at, part]) => {
      const copy: unknown = structuredClone(json)
      const slots = slotsIn(copy)
      const slot = slots[at % Math.max(1, slots.length)]
      if (slot) slot.holder[slot.key] = part
      return copy
    }, good),
  )
}

interface Slot {
  holder: Record<string, unknown>
  key: string
}

function slotsIn(json: unknown): Slot[] {
  if (typeof json !== 'object' || json === null) return []
  const holder = json as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...slotsIn(holder[key])])
}

/** Some bytes of it changed, or the end missing. */
export function damaged(good: Uint8Array): fc.Arbitrary<Buffer> {
  const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 })
  return fc.tuple(changes, fc.option(fc.nat(good.length), { nil: undefined })).map(([bytes, length]) => {
    const copy = Buffer.from(good)
    for (const [at, byte] of bytes) copy[at] = byte
    return copy.subarray(0, length)
  })
}
