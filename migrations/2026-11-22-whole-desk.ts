import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: a migration is frozen in time and must not follow today's schema
type Database = Kysely<any>

/** Return, extension, suspension, callback, publication, uptake, undo, stand-ins, and the words by which items resemble. */
export async function up(db: Database): Promise<void> {
  for (const column of ['returned_at', 'suspended_at'] as const) {
    await db.schema.alterTable('assignments').addColumn(column, 'integer').execute()
  }
  await db.schema.alterTable('assignments').addColumn('return_reason', 'text').execute()
  await db.schema
    .alterTable('assignments')
    .addColumn('suggested_department_id', 'integer', (c) => c.references('departments.id'))
    .execute()

  await db.schema
    .createTable('requests')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('assignment_id', 'integer', (c) => c.notNull().references('assignments.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('until_date', 'text')
    .addColumn('asked_at', 'integer', (c) => c.notNull())
    .addColumn('asked_by', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('decided_at', 'integer')
    .addColumn('decided_by', 'integer', (c) => c.references('people.id'))
    .addColumn('decision_reason', 'text')
    .addColumn('granted_until', 'integer')
    .execute()
  await db.schema.createIndex('requests_assignment').on('requests').column('assignment_id').execute()
  await db.schema.createIndex('requests_status').on('requests').column('status').execute()

  await db.schema
    .alterTable('deliveries')
    .addColumn('request_id', 'integer', (c) => c.references('requests.id'))
    .execute()
  await db.schema
    .alterTable('deliveries')
    .addColumn('item_code', 'integer', (c) => c.references('items.code'))
    .execute()
  await db.schema.createIndex('deliveries_item').on('deliveries').column('item_code').execute()

  await db.schema
    .createTable('item_words')
    .addColumn('item_code', 'integer', (c) => c.notNull().references('items.code'))
    .addColumn('word', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('item_words_primary', ['item_code', 'word'])
    .execute()
  await db.schema.createIndex('item_words_word').on('item_words').column('word').execute()

  await db.schema
    .createTable('callbacks')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('item_code', 'integer', (c) => c.notNull().references('items.code'))
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('satisfied', 'integer', (c) => c.notNull())
    .addColumn('note', 'text')
    .execute()
  await db.schema.createIndex('callbacks_item').on('callbacks').column('item_code').execute()

  await db.schema
    .createTable('publications')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('item_code', 'integer', (c) => c.notNull().references('items.code'))
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('text', 'text')
    .execute()
  await db.schema.createIndex('publications_item').on('publications').column('item_code').execute()

  await db.schema
    .createTable('uptakes')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('item_code', 'integer', (c) => c.notNull().references('items.code'))
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('uptakes_item').on('uptakes').column('item_code').execute()

  await db.schema
    .createTable('acts')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('first_event_id', 'integer', (c) => c.notNull().references('events.id'))
    .addColumn('last_event_id', 'integer', (c) => c.notNull().references('events.id'))
    .addColumn('before', 'text', (c) => c.notNull())
    .addColumn('undone_at', 'integer')
    .execute()
  await db.schema.createIndex('acts_person').on('acts').columns(['person_id', 'at']).execute()

  await db.schema
    .createTable('stand_ins')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('department_id', 'integer', (c) => c.notNull().references('departments.id'))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('stand_in_id', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('from_at', 'integer', (c) => c.notNull())
    .addColumn('until_at', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('stand_ins_department').on('stand_ins').column('department_id').execute()
}
