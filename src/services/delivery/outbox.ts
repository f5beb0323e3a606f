import { type Delivery, insertDelivery } from '../../db/deliveries.ts'
import { chatsOf } from '../../db/departments.ts'
import type { DeliveryKind } from '../../db/schema.ts'
import type { Message } from '../../messages/message.ts'
import type { Platform } from '../../ports.ts'
import type { Work } from '../work.ts'
import { changesMessages, scheduleDeliveries } from './courier.ts'
import type { StoredFile } from './stored-file.ts'

/** A message for a chat or a person, on its way as soon as the work is committed. */
export interface Outgoing {
  kind: DeliveryKind
  platform: Platform
  /** `no-group`: kept until its department has one. */
  to: { chat: string } | { account: string } | 'no-group'
  message: Message
  /** The department that it is meant for: named to the task force if it can't be delivered. */
  department?: number
  assignments?: number[]
  feedback?: number
  /** The request that a decision card is about. */
  request?: number
  /** The item that it is about, where no department has it. */
  item?: number
  /** The message that it answers: one of ours, or the platform's id of any. */
  replyTo?: { delivery: number } | { messageId: string }
  inThread?: boolean
  /** Two with one key are one. */
  dedupeKey?: string
  /** Sent in place of the message's words. */
  file?: StoredFile
}

/** What a delivery of `send` has for its payload. */
export type Payload = Message & { file?: StoredFile; askedIn?: Asked }

/** Where the question was that is answered in private. */
interface Asked {
  chat: string
  messageId?: string
}

/** @returns the delivery's id, or null where one with that dedupe key exists already. */
export async function post(work: Work, outgoing: Outgoing): Promise<number | null> {
  const { replyTo, to } = outgoing
  return enqueue(
    work,
    {
      op: 'send',
      kind: outgoing.kind,
      platform: outgoing.platform,
      chat_id: to !== 'no-group' && 'chat' in to ? to.chat : null,
      account: to !== 'no-group' && 'account' in to ? to.account : null,
      department_id: outgoing.department ?? null,
      target_id: replyTo && 'delivery' in replyTo ? replyTo.delivery : null,
      target_message_id: replyTo && 'messageId' in replyTo ? replyTo.messageId : null,
      feedback_id: outgoing.feedback ?? null,
      request_id: outgoing.request ?? null,
      item_code: outgoing.item ?? null,
      in_thread: outgoing.inThread ? 1 : 0,
      payload: JSON.stringify({
        ...outgoing.message,
        file: outgoing.file,
        askedIn: askedIn(work, outgoing),
      } satisfies Payload),
      dedupe_key: outgoing.dedupeKey ?? null,
    },
    outgoing.assignments ?? [],
    to === 'no-group',
  )
}

function askedIn({ here }: Work, { kind, to }: Outgoing): Asked | undefined {
  if (kind !== 'reply' || !here || to === 'no-group' || !('account' in to)) return undefined
  return here.chatId === to.account ? undefined : { chat: here.chatId, messageId: here.messageId }
}

/** The same message to each of a department's groups. @returns the deliveries, none where it has no group. */
export async function postToDepartment(
  work: Work,
  departmentId: number,
  outgoing: (platform: Platform) => Promise<Omit<Outgoing, 'platform' | 'to' | 'department'>>,
): Promise<number[]> {
  const ids: number[] = []
  for (const chat of await chatsOf(work.db, departmentId)) {
    const id = await post(work, {
      ...(await outgoing(chat.platform)),
      platform: chat.platform,
      to: { chat: chat.chatId },
      department: departmentId,
    })
    if (id !== null) ids.push(id)
  }
  return ids
}

/** New content for a message of ours, once that is out; nothing where no message can be changed. */
export async function postUpdate(work: Work, target: Delivery, message: Message): Promise<void> {
  if (!changesMessages(work.app, target.platform)) return
  await enqueue(work, { ...followUp(target), op: 'update', payload: JSON.stringify(message) }, [])
}

/** The platform's urgent mark (加急) on a message of ours, for these accounts, once that is out. */
export async function postUrge(work: Work, target: Delivery, accounts: string[]): Promise<void> {
  if (accounts.length === 0 || !changesMessages(work.app, target.platform)) return
  await enqueue(work, { ...followUp(target), op: 'urge', payload: JSON.stringify(accounts) }, [])
}

function followUp(target: Delivery) {
  return {
    kind: target.kind,
    platform: target.platform,
    chat_id: target.chat_id,
    account: target.account,
    department_id: target.department_id,
    target_id: target.id,
    target_message_id: null,
    feedback_id: target.feedback_id,
    request_id: target.request_id,
    item_code: target.item_code,
    in_thread: 0,
    dedupe_key: null,
  }
}

type Row = Parameters<typeof insertDelivery>[1]

async function enqueue(
  { app, db, now, schedule }: Work,
  row: Omit<
    Row,
    | 'created_at'
    | 'status'
    | 'attempts'
    | 'next_attempt_at'
    | 'claimed_at'
    | 'sent_at'
    | 'message_id'
    | 'error'
  >,
  assignments: number[],
  isKept = false,
): Promise<number | null> {
  const id = await insertDelivery(
    db,
    {
      ...row,
      created_at: now,
      status: isKept ? 'refused' : 'pending',
      attempts: 0,
      next_attempt_at: now,
      claimed_at: null,
      sent_at: null,
      message_id: null,
      error: isKept ? 'no-group' : null,
    },
    assignments,
  )
  if (id !== null && !isKept) scheduleDeliveries({ app, schedule }, [{ id, platform: row.platform }], now)
  return id
}
