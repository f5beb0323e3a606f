import { setTimeout as pause } from 'node:timers/promises'
import type { SandboxMessage } from '../../sandbox/api.ts'
import { buttonsOf } from '../../sandbox/card-reading.ts'
import type { Board } from './board.ts'
import { type Case, type Click, stages, type Told } from './cases.ts'
import type { City, Office } from './city.ts'
import { until } from './until.ts'

/** The people: they do what a case needs, look at what the bot shows them, and try again where nothing came of it. */
export interface Desk {
  /** Carries a case as far as it is to come. @throws {InVain} where the bot leaves somebody waiting */
  carry(one: Case): Promise<void>
  /** What the bot refused to people who did nothing wrong, and how often. */
  refusals: Map<string, number>
}

export interface DeskOptions {
  /** How long somebody waits for what must come. */
  patienceMs: number
}

/** Before somebody tries again. */
const secondThoughtMs = 400

export function openDesk({ sandbox, taskForce }: City, board: Board, { patienceMs }: DeskOptions): Desk {
  const refusals: Desk['refusals'] = new Map()

  async function carry(one: Case): Promise<void> {
    const { code, department } = one
    const { chat } = department
    say(one, taskForce, `/派单 #${code} ${department.name}`)
    const card = () => board.about(chat, code).find(({ msg_type }) => msg_type === 'interactive')
    await until(card, `the card of #${code}`, patienceMs)
    if (!reaches(one, 'working')) return
    await press(one, 'acknowledged', card, department, '签收')
    if (!reaches(one, 'review')) return
    if (one.by === 'form') await press(one, 'feedback', card, department, '提交反馈')
    else await answer(one, card())
    const review = () =>
      board.about(taskForce.chat, code).findLast((message) => hasButton(message, '审核通过'))
    await until(review, `the review of #${code}`, patienceMs)
    if (reaches(one, 'accepted')) await press(one, 'accepted', review, taskForce, '审核通过')
  }

  function say(one: Case, { chat, person }: Office, text: string, replyTo?: string): string {
    const { message_id } = sandbox.sendText(chat, person, text, replyTo ? { reply_to: replyTo } : {})
    one.said.push(message_id)
    return message_id
  }

  /** The feedback in words, below the card. */
  async function answer(one: Case, card: SandboxMessage | undefined): Promise<void> {
    const words = wordsOf(one)
    const said = say(one, one.department, `${spoken[one.outcome]}，已组织农超对接${words}`, card?.message_id)
    // The platform brings what is said again until the bot has it.
    one.feedback.push({ words, told: 'taken' })
    await until(() => board.answersTo(said)[0], `the answer to the feedback on #${one.code}`, patienceMs)
  }

  /** Presses until somebody is told that it was done, or the button is no longer there. */
  async function press(
    one: Case,
    act: Click['act'],
    find: () => SandboxMessage | undefined,
    { person }: Office,
    label: string,
  ): Promise<void> {
    const pressed = async () => {
      const message = find()
      const button = message && buttonsOf(message).find((each) => each.label === label)
      if (!message || !button) return true
      const words = act === 'feedback' ? wordsOf(one) : undefined
      const { told, gone } = await click(message, {
        operator: person,
        value: button.value,
        name: button.name,
        ...(words !== undefined && { form_value: formOf(one, words) }),
      })
      // What the card no longer offers was not even tried.
      if (gone) return false
      one.clicks.push({ act, told })
      if (words !== undefined) one.feedback.push({ words, told })
      if (told === 'taken') return true
      await pause(secondThoughtMs)
      return false
    }
    await until(pressed, `${act} of #${one.code}`, patienceMs)
  }

  async function click(
    { message_id }: SandboxMessage,
    request: Parameters<typeof sandbox.act>[1],
  ): Promise<{ told: Told; gone?: true }> {
    // The card may have changed since it was looked at.
    if (!buttonsOf(sandbox.message(message_id)).some(({ name }) => name === request.name)) {
      return { told: 'nothing', gone: true }
    }
    const { toast, error } = await sandbox.act(message_id, request)
    if (error !== undefined || toast === undefined) return { told: 'nothing' }
    if (toast.type === 'success') return { told: 'taken' }
    refusals.set(toast.content, (refusals.get(toast.content) ?? 0) + 1)
    return { told: 'refused' }
  }

  return { carry, refusals }
}

/** Carries many cases, so many at once and only as fast as they are let in. @returns a line for each that got stuck */
export async function carryAll(
  desk: Desk,
  cases: Case[],
  { atOnce, admitted = async () => {} }: { atOnce: number; admitted?: (index: number) => Promise<void> },
): Promise<string[]> {
  const stuck: string[] = []
  const waiting = cases.entries()
  const work = async () => {
    for (const [index, one] of waiting) {
      await admitted(index)
      await desk.carry(one).catch((error: unknown) => {
        stuck.push(`#${one.code}: ${error instanceof Error ? error.message : String(error)}`)
      })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return stuck
}

export function hasButton(message: SandboxMessage, label: string): boolean {
  return buttonsOf(message).some((button) => button.label === label)
}

function reaches(one: Case, stage: Case['until']): boolean {
  return stages.indexOf(one.until) >= stages.indexOf(stage)
}

const spoken = { resolved: '已解决', mostly_resolved: '基本解决', in_progress: '正在办理，12月4日前办结' }

function formOf({ outcome }: Case, words: string): Record<string, unknown> {
  const promised = outcome === 'in_progress' ? { promisedDate: '2026-12-04 +0800' } : {}
  return { outcome, measures: `已组织农超对接${words}`, mayPublish: 'yes', ...promised }
}

/** Words that no other feedback has, and in which nobody sees a number or a date. */
function wordsOf({ code, feedback }: Case): string {
  const digits = String(code * 100 + feedback.length)
  return `方案${[...digits].map((digit) => '天地玄黄宇宙洪荒云雨'[Number(digit)]).join('')}完`
}
