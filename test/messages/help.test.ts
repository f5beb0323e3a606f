import { expect, test } from 'vitest'
import { helpMessage } from '../../src/messages/help.ts'
import { createVoice } from '../../src/messages/voice.ts'
import { now } from './examples.ts'

const voice = createVoice('zh-CN', 'Asia/Shanghai', { now: () => now })
type Name = keyof typeof voice.t.commands
const all = Object.keys(voice.t.commands) as Name[]

test('few commands are told with their arguments, below what they are for', () => {
  const { blocks } = helpMessage(['help', 'feedback', 'ack', 'mine'], voice)
  expect(blocks.map((block) => ('text' in block ? block.text : block.kind))).toEqual([
    '查询',
    'entries',
    '办理',
    'entries',
    '其他',
    'entries',
    voice.t.help.plain,
  ])
  const said = JSON.stringify(blocks)
  for (const name of ['help', 'feedback', 'ack', 'mine'] as const) {
    expect(said).toContain(voice.t.commands[name].usage)
    expect(said).toContain(voice.t.commands[name].does)
  }
})

test('many are told by their names, each once, and how to ask for more', () => {
  const { blocks } = helpMessage(all, voice)
  const lines = blocks.flatMap((block) => (block.kind === 'entries' ? block.entries : []))
  expect(lines.map(({ text }) => text.split('　')[0]).toSorted()).toEqual(
    all.map((name) => `/${voice.t.commands[name].name}`).toSorted(),
  )
  expect(lines.filter(({ note }) => note !== undefined)).toEqual([])
  expect(blocks.at(-1)).toEqual({ kind: 'note', text: voice.t.help.more })
})
