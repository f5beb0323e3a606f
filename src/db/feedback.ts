import type { Feedback, FeedbackDraft } from '../domain/assignment.ts'
import { chunked } from './chunks.ts'
import type { Db } from './schema.ts'

export async function insertFeedback(
  db: Db,
  row: FeedbackDraft & { assignmentId: number; at: number; personId: number },
): Promise<number> {
  const { id } = await db
    .insertInto('feedback')
    .values({
      assignment_id: row.assignmentId,
      at: row.at,
      person_id: row.personId,
      outcome: row.outcome,
      measures: row.measures,
      reason: row.reason,
      promised_date: row.promisedDate,
      handler: row.handler,
      may_publish: row.mayPublish === null ? null : row.mayPublish ? 1 : 0,
      review: 'pending',
      reviewed_at: null,
      reviewed_by: null,
      review_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function recordReview(
  db: Db,
  id: number,
  review: { result: 'accepted' | 'redo'; at: number; personId: number; reason: string | null },
): Promise<void> {
  await db
    .updateTable('feedback')
    .set({
      review: review.result,
      reviewed_at: review.at,
      reviewed_by: review.personId,
      review_reason: review.reason,
    })
    .where('id', '=', id)
    .execute()
}

/** A newer feedback took its place before it was reviewed. */
export async function supersedeFeedback(db: Db, id: number): Promise<void> {
  await db.updateTable('feedback').set({ review: 'superseded' }).where('id', '=', id).execute()
}

/** The newest feedback of each assignment that nothing took the place of, and nobody took back. */
export async function latestFeedback(db: Db, assignmentIds: number[]): Promise<Map<number, Feedback>> {
  const all = await feedbackOf(db, assignmentIds)
  const standing = all.filter(({ feedback }) => feedback.review !== 'superseded')
  return new Map(standing.map((row) => [row.assignmentId, row.feedback]))
}

/** All feedback of these assignments, of each the oldest first. */
export async function feedbackOf(
  db: Db,
  assignmentIds: number[],
): Promise<{ assignmentId: number; feedback: Feedback }[]> {
  const rows = await chunked(assignmentIds, (some) =>
    db
      .selectFrom('feedback')
      .innerJoin('people', 'people.id', 'feedback.person_id')
      .leftJoin('people as reviewer', 'reviewer.id', 'feedback.reviewed_by')
      .selectAll('feedback')
      .select(['people.name as by', 'reviewer.name as reviewer'])
      .where('assignment_id', 'in', some)
      .orderBy('feedback.id')
      .execute(),
  )
  return rows.map((row) => ({
    assignmentId: row.assignment_id,
    feedback: {
      id: row.id,
      at: row.at,
      by: row.by,
      byId: row.person_id,
      outcome: row.outcome,
      measures: row.measures,
      reason: row.reason,
      promisedDate: row.promised_date,
      handler: row.handler,
      mayPublish: row.may_publish === null ? null : row.may_publish === 1,
      review: row.review,
      reviewedAt: row.reviewed_at,
      reviewedBy: row.reviewer,
      reviewReason: row.review_reason,
    },
  }))
}
