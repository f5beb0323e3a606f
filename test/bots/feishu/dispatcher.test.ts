import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { renderCard } from '../../../bots/feishu/card.ts'
import { createGate } from '../../../bots/feishu/gate.ts'
import { sdkLogger } from '../../../bots/feishu/log.ts'
import { createDispatcher } from '../../../bots/feishu/receive.ts'
import { cardWords } from '../../../src/messages/limits.ts'
import { line } from '../../../src/messages/message.ts'
import type { IncomingHandler } from '../../../src/ports.ts'
import { memoryLog } from './support.ts'

const click = {
  schema: '2.0',
  header: { event_id: 'e1', event_type: 'card.action.trigger', create_time: '1763700000123456' },
  event: {
    operator: { open_id: 'ou_1' },
    action: { value: { command: 'ack', args: { item: 12 } } },
    context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
  },
}

function dispatcherOf(handle: IncomingHandler, update = async () => {}) {
  const memory = memoryLog()
  const updated: string[] = []
  const dispatcher = createDispatcher(handle, {
    gate: createGate(),
    chats: { note: () => {}, find: async () => ({ kind: 'group' }) },
    identity: { openId: async () => 'ou_bot', isKnown: () => true },
    log: memory.log,
    logger: sdkLogger(memory.log, []),
    words: cardWords['zh-CN'],
    render: (message) => renderCard(message, 'zh-CN'),
    update: async (messageId, { title }) => {
      updated.push(`${messageId} ${title}`)
      await update()
    },
    answerWithinMs: 30,
  })
  const invoke = (event: unknown) => dispatcher.invoke(event, { needCheck: false })
  return { invoke, updated, log: memory.text }
}

describe('a click whose handling takes longer than Feishu waits', () => {
  const slow: IncomingHandler = async () => {
    await wait(40)
    return { toast: { tone: 'success', text: '已签收' }, replace: line('#12 已签收') }
  }

  test('still changes the card, by a call of its own, and is in the log', async () => {
    const { invoke, updated, log } = dispatcherOf(slow)
    await invoke(click)
    expect(updated).toEqual(['om_1 #12 已签收'])
    expect(log()).toContain('handling took longer than Feishu waits')
  })

  test('is answered even if that call fails', async () => {
    const { invoke } = dispatcherOf(slow, () => Promise.reject(new Error('busy')))
    expect(await invoke(click)).toMatchObject({ toast: { type: 'success', content: '已签收' } })
  })
})

describe('an answer', () => {
  test.each([
    ['info', 'info'],
    ['success', 'success'],
    ['warning', 'warning'],
    ['danger', 'error'],
    ['muted', 'info'],
  ] as const)('of tone %s is a toast of type %s', async (tone, type) => {
    const { invoke, updated } = dispatcherOf(async () => ({ toast: { tone, text: '好' } }))
    expect(await invoke(click)).toEqual({ toast: { type, content: '好' } })
    expect(updated).toEqual([])
  })

  test('with a new card carries it whole', async () => {
    const { invoke } = dispatcherOf(async () => ({ replace: line('#12 已签收') }))
    expect(await invoke(click)).toEqual({
      card: { type: 'raw', data: renderCard(line('#12 已签收'), 'zh-CN') },
    })
  })

  test('of nothing is nothing', async () => {
    expect(await dispatcherOf(async () => ({})).invoke(click)).toEqual({})
  })
})

describe('events that are none of the bot’s business', () => {
  test.each([
    ['read receipts', { schema: '2.0', header: { event_type: 'im.message.message_read_v1' }, event: {} }],
    [
      'a malformed message',
      { schema: '2.0', header: { event_type: 'im.message.receive_v1' }, event: { message: '居民的秘密' } },
    ],
    ['nothing at all', {}],
  ])('%s reach no handler and do no harm', async (_name, event) => {
    let handled = 0
    const { invoke, log } = dispatcherOf(async () => {
      handled += 1
      return {}
    })
    await invoke(event)
    expect(handled).toBe(0)
    expect(log()).not.toContain('秘密')
  })
})
