import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import {
  type Attachment,
  insertAttachment,
  isKeptAlready,
  recordFetched,
  recordUnfetched,
  removeAttachment,
  unfetchedAttachments,
} from '../../db/attachments.ts'
import { addEvents } from '../../db/audit.ts'
import { mentionsOf } from '../../db/people.ts'
import type { Assignment } from '../../domain/assignment.ts'
import { line } from '../../messages/message.ts'
import { type IncomingAttachment, type Platform, Refused, Unwritable } from '../../ports.ts'
import type { Actor } from '../actor.ts'
import { requireOwn } from '../actor.ts'
import type { App } from '../app.ts'
import { refreshCards } from '../delivery/cards.ts'
import { postToDepartment } from '../delivery/outbox.ts'
import { type Work, work } from '../work.ts'
import { assignmentById } from './assignments.ts'
import { requireUnfinished } from './unfinished.ts'

const longestName = 80
const attemptsAtMost = 8

/** Photos and files that answer an assignment's message. @returns how many there are now. @throws {UserError} */
export async function addEvidence(
  current: Work,
  actor: Actor,
  assignment: Assignment,
  platform: Platform,
  attachments: IncomingAttachment[],
): Promise<number> {
  requireOwn(actor, assignment)
  requireUnfinished(assignment)
  const { db, now, schedule } = current
  for (const attachment of attachments) {
    await insertAttachment(db, {
      assignment_id: assignment.id,
      person_id: actor.id,
      at: now,
      platform,
      message_id: attachment.messageId,
      platform_key: attachment.key,
      type: attachment.type,
      file_name: safeName(attachment.fileName ?? ''),
      next_attempt_at: now,
    })
  }
  await addEvents(db, [
    {
      at: now,
      what: 'evidence',
      item: assignment.item.code,
      assignment: assignment.id,
      person: actor.id,
      detail: { count: attachments.length },
    },
  ])
  schedule('fetch', 'all', now)
  await refreshCards(current, [assignment.id])
  return (await assignmentById(db, assignment.id)).evidence
}

/** Brings the bytes of all evidence that is still with the platform into DATA_DIR. */
export async function fetchEvidence(app: App): Promise<void> {
  for (const attachment of await unfetchedAttachments(app.db.read, app.clock.now())) {
    await fetchOne(app, attachment)
  }
}

async function fetchOne(app: App, attachment: Attachment): Promise<void> {
  const messenger = app.messengers.get(attachment.platform)
  if (!messenger) return
  try {
    const file = await messenger.download({
      messageId: attachment.message_id,
      key: attachment.platform_key,
      type: attachment.type,
      // The platform names what the sender gave no name.
      fileName: attachment.file_name || undefined,
    })
    const sha256 = createHash('sha256').update(file.data).digest('hex')
    if (await work(app, (current) => droppedAsCopy(current, attachment, sha256))) return
    const fileName = safeName(file.fileName) || 'file'
    // The id is ours, so whatever name the sender chose can neither leave the folder nor meet another file.
    const relative = path.join('attachments', `${attachment.id}${safeExtension(fileName)}`)
    await store(path.join(app.dataDir, relative), file.data).catch((error: unknown) => {
      throw app.storage.explained(error)
    })
    await work(app, ({ db }) =>
      recordFetched(db, attachment.id, {
        path: relative,
        fileName,
        mediaType: file.mediaType,
        size: file.data.length,
        sha256,
      }),
    )
  } catch (error) {
    // No fault of the platform's, which has it still: the next sweep tries again.
    if (error instanceof Unwritable) throw error
    const final = error instanceof Refused || attachment.attempts + 1 >= attemptsAtMost
    const retryAt = final ? null : app.clock.now() + 2 ** attachment.attempts * 5_000
    app.log.warn({ attachment: attachment.id, err: error, retryAt }, 'an attachment could not be fetched')
    await work(app, async (current) => {
      const reason = error instanceof Error ? error.message : 'unknown'
      await recordUnfetched(current.db, attachment.id, retryAt, reason)
      if (retryAt === null) await askAgain(current, attachment)
      else current.schedule('fetch', 'all', retryAt)
    })
  }
}

/** Some platforms bring a photo again under another id: it is told, and counts, as the one that it is. */
async function droppedAsCopy(current: Work, attachment: Attachment, sha256: string): Promise<boolean> {
  if (!(await isKeptAlready(current.db, attachment, sha256))) return false
  await removeAttachment(current.db, attachment.id)
  const { item, department, evidence } = await assignmentById(current.db, attachment.assignment_id)
  await postToDepartment(current, department.id, async () => ({
    kind: 'feedback',
    message: line(current.app.voice.t.evidence.again(item.code, evidence)),
    assignments: [attachment.assignment_id],
  }))
  await refreshCards(current, [attachment.assignment_id])
  return true
}

/** What can't be had any more is not left to look as if it were kept. */
async function askAgain(current: Work, attachment: Attachment): Promise<void> {
  const { item, department } = await assignmentById(current.db, attachment.assignment_id)
  const { t } = current.app.voice
  await postToDepartment(current, department.id, async (platform) => ({
    kind: 'feedback',
    message: line(
      t.evidence.lost(item.code, attachment.file_name),
      'warning',
      await mentionsOf(current.db, platform, department.id, ['contact'], current.now),
    ),
    assignments: [attachment.assignment_id],
  }))
  await refreshCards(current, [attachment.assignment_id])
}

async function store(file: string, data: Buffer): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.part`, data, { mode: 0o600 })
  await rename(`${file}.part`, file)
}

/** A name fit to be shown and exported: no folders, nothing that is not seen, not too long; empty where nothing is left. */
function safeName(name: string): string {
  const seen = name.replaceAll('\\', '/').replace(/\p{C}/gu, '')
  const base = path
    .basename(seen)
    .replace(/^[\s.]+/, '')
    .trim()
  return [...base].slice(-longestName).join('')
}

function safeExtension(name: string): string {
  const extension = path.extname(name).toLowerCase()
  return /^\.[a-z0-9]{1,8}$/.test(extension) ? extension : ''
}
