import type { Insertable, Selectable } from 'kysely'
import type { AttachmentsTable, Db } from './schema.ts'

export type Attachment = Selectable<AttachmentsTable>

export async function insertAttachment(
  db: Db,
  row: Omit<
    Insertable<AttachmentsTable>,
    'id' | 'attempts' | 'path' | 'size' | 'sha256' | 'error' | 'media_type'
  >,
): Promise<number> {
  const { id } = await db
    .insertInto('attachments')
    .values({ ...row, path: null, size: null, sha256: null, error: null, media_type: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Those whose bytes are still with the platform and may be fetched now. */
export async function unfetchedAttachments(db: Db, now: number): Promise<Attachment[]> {
  return db
    .selectFrom('attachments')
    .selectAll()
    .where('path', 'is', null)
    .where('error', 'is', null)
    .where('next_attempt_at', '<=', now)
    .orderBy('id')
    .execute()
}

/** Whatever was put off beyond that moment may be fetched now. */
export async function retryFetches(db: Db, now: number): Promise<void> {
  await db
    .updateTable('attachments')
    .set({ next_attempt_at: now })
    .where('path', 'is', null)
    .where('next_attempt_at', '>', now)
    .execute()
}

export async function recordFetched(
  db: Db,
  id: number,
  file: { path: string; fileName: string; mediaType: string; size: number; sha256: string },
): Promise<void> {
  await db
    .updateTable('attachments')
    .set({
      path: file.path,
      file_name: file.fileName,
      media_type: file.mediaType,
      size: file.size,
      sha256: file.sha256,
    })
    .where('id', '=', id)
    .execute()
}

/** Whether the same bytes are kept already, of that sender for that assignment. */
export async function isKeptAlready(
  db: Db,
  { id, assignment_id, person_id }: Attachment,
  sha256: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('attachments')
    .select('id')
    .where('assignment_id', '=', assignment_id)
    .where('person_id', '=', person_id)
    .where('sha256', '=', sha256)
    .where('id', '!=', id)
    .executeTakeFirst()
  return row !== undefined
}

export async function removeAttachment(db: Db, id: number): Promise<void> {
  await db.deleteFrom('attachments').where('id', '=', id).execute()
}

/** Tried in vain: again at `retryAt`, or never where that is null. */
export async function recordUnfetched(
  db: Db,
  id: number,
  retryAt: number | null,
  error: string,
): Promise<void> {
  await db
    .updateTable('attachments')
    .set((e) => ({
      attempts: e('attempts', '+', 1),
      ...(retryAt === null ? { error } : { next_attempt_at: retryAt }),
    }))
    .where('id', '=', id)
    .execute()
}
