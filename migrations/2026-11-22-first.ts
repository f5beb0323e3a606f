import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: a migration is frozen in time and must not follow today's schema
type Database = Kysely<any>

export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('departments')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('department_names')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('department_id', 'integer', (c) =>
      c.notNull().references('departments.id').onDelete('cascade'),
    )
    .execute()

  await db.schema
    .createTable('department_chats')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('chat_id', 'text', (c) => c.notNull())
    .addColumn('department_id', 'integer', (c) =>
      c.notNull().references('departments.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('department_chats_primary', ['platform', 'chat_id'])
    .addUniqueConstraint('department_chats_one_each', ['department_id', 'platform'])
    .execute()

  await db.schema
    .createTable('people')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('person_accounts')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('person_accounts_primary', ['platform', 'account'])
    .execute()
  await db.schema.createIndex('person_accounts_person').on('person_accounts').column('person_id').execute()

  await db.schema
    .createTable('memberships')
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addColumn('department_id', 'integer', (c) =>
      c.notNull().references('departments.id').onDelete('cascade'),
    )
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('memberships_primary', ['person_id', 'department_id', 'role'])
    .execute()
  await db.schema.createIndex('memberships_department').on('memberships').column('department_id').execute()

  await db.schema
    .createTable('items')
    .addColumn('code', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('external_id', 'text')
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('category', 'text')
    .addColumn('urgency', 'text', (c) => c.notNull())
    .addColumn('petitioner', 'text')
    .addColumn('phone', 'text')
    .addColumn('address', 'text')
    .addColumn('received_at', 'integer', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('policy', 'text')
    .addColumn('closing', 'text', (c) => c.notNull().defaultTo('all'))
    .addColumn('merged_into', 'integer', (c) => c.references('items.code'))
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addUniqueConstraint('items_external', ['source', 'external_id'])
    .execute()
  await db.schema.createIndex('items_status').on('items').column('status').execute()
  await db.schema.createIndex('items_merged_into').on('items').column('merged_into').execute()

  await db.schema
    .createTable('assignments')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('item_code', 'integer', (c) => c.notNull().references('items.code'))
    .addColumn('department_id', 'integer', (c) => c.notNull().references('departments.id'))
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('policy', 'text', (c) => c.notNull())
    .addColumn('due_from', 'integer', (c) => c.notNull())
    .addColumn('dispatched_at', 'integer', (c) => c.notNull())
    .addColumn('dispatched_by', 'integer', (c) => c.references('people.id'))
    .addColumn('acknowledged_at', 'integer')
    .addColumn('acknowledged_by', 'integer', (c) => c.references('people.id'))
    .addColumn('due_at', 'integer', (c) => c.notNull())
    .addColumn('due_set_at', 'integer', (c) => c.notNull())
    .addColumn('provisional', 'integer', (c) => c.notNull())
    .addColumn('promised_date', 'text')
    .addColumn('promised_set_at', 'integer')
    .addColumn('review_date', 'text')
    .addColumn('outcome', 'text')
    .addColumn('solved_at', 'integer')
    .addColumn('accepted_at', 'integer')
    .addColumn('next_nudge_at', 'integer')
    .addUniqueConstraint('assignments_once', ['item_code', 'department_id', 'round'])
    .execute()
  await db.schema
    .createIndex('assignments_department')
    .on('assignments')
    .columns(['department_id', 'status'])
    .execute()
  await db.schema.createIndex('assignments_status').on('assignments').column('status').execute()
  await db.schema.createIndex('assignments_nudge').on('assignments').column('next_nudge_at').execute()

  await db.schema
    .createTable('feedback')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('assignment_id', 'integer', (c) => c.notNull().references('assignments.id'))
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('measures', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('promised_date', 'text')
    .addColumn('handler', 'text')
    .addColumn('may_publish', 'integer')
    .addColumn('review', 'text', (c) => c.notNull())
    .addColumn('reviewed_at', 'integer')
    .addColumn('reviewed_by', 'integer', (c) => c.references('people.id'))
    .addColumn('review_reason', 'text')
    .execute()
  await db.schema.createIndex('feedback_assignment').on('feedback').column('assignment_id').execute()

  await db.schema
    .createTable('attachments')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('assignment_id', 'integer', (c) => c.notNull().references('assignments.id'))
    .addColumn('person_id', 'integer', (c) => c.notNull().references('people.id'))
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('platform_key', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('media_type', 'text')
    .addColumn('path', 'text')
    .addColumn('size', 'integer')
    .addColumn('sha256', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('next_attempt_at', 'integer', (c) => c.notNull())
    .addColumn('error', 'text')
    .execute()
  await db.schema.createIndex('attachments_assignment').on('attachments').column('assignment_id').execute()
  await db.schema.createIndex('attachments_path').on('attachments').column('path').execute()

  await db.schema
    .createTable('events')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('item_code', 'integer', (c) => c.references('items.code'))
    .addColumn('assignment_id', 'integer', (c) => c.references('assignments.id'))
    .addColumn('person_id', 'integer', (c) => c.references('people.id'))
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('events_item').on('events').column('item_code').execute()

  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('op', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('chat_id', 'text')
    .addColumn('account', 'text')
    .addColumn('department_id', 'integer', (c) => c.references('departments.id'))
    .addColumn('target_id', 'integer', (c) => c.references('deliveries.id'))
    .addColumn('target_message_id', 'text')
    .addColumn('feedback_id', 'integer', (c) => c.references('feedback.id'))
    .addColumn('in_thread', 'integer', (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_attempt_at', 'integer', (c) => c.notNull())
    .addColumn('claimed_at', 'integer')
    .addColumn('sent_at', 'integer')
    .addColumn('message_id', 'text')
    .addColumn('error', 'text')
    .addColumn('dedupe_key', 'text', (c) => c.unique())
    .execute()
  await db.schema
    .createIndex('deliveries_status')
    .on('deliveries')
    .columns(['status', 'next_attempt_at'])
    .execute()
  await db.schema.createIndex('deliveries_message').on('deliveries').column('message_id').execute()
  await db.schema.createIndex('deliveries_target').on('deliveries').column('target_id').execute()

  await db.schema
    .createTable('delivery_assignments')
    .addColumn('delivery_id', 'integer', (c) => c.notNull().references('deliveries.id'))
    .addColumn('assignment_id', 'integer', (c) => c.notNull().references('assignments.id'))
    .addPrimaryKeyConstraint('delivery_assignments_primary', ['delivery_id', 'assignment_id'])
    .execute()
  await db.schema
    .createIndex('delivery_assignments_assignment')
    .on('delivery_assignments')
    .column('assignment_id')
    .execute()

  await db.schema
    .createTable('nudges')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('assignment_id', 'integer', (c) => c.notNull().references('assignments.id'))
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('nominal_at', 'integer', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addColumn('person_id', 'integer', (c) => c.references('people.id'))
    .addUniqueConstraint('nudges_once', ['assignment_id', 'stage', 'nominal_at'])
    .execute()

  await db.schema
    .createTable('nudge_deliveries')
    .addColumn('nudge_id', 'integer', (c) => c.notNull().references('nudges.id'))
    .addColumn('delivery_id', 'integer', (c) => c.notNull().references('deliveries.id'))
    .addPrimaryKeyConstraint('nudge_deliveries_primary', ['nudge_id', 'delivery_id'])
    .execute()
  await db.schema
    .createIndex('nudge_deliveries_delivery')
    .on('nudge_deliveries')
    .column('delivery_id')
    .execute()

  await db.schema
    .createTable('incoming')
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('incoming_primary', ['platform', 'id'])
    .execute()
  await db.schema.createIndex('incoming_at').on('incoming').column('at').execute()

  await db.schema
    .createTable('calendar_days')
    .addColumn('date', 'text', (c) => c.primaryKey().notNull())
    .addColumn('year', 'integer', (c) => c.notNull())
    .addColumn('workday', 'integer', (c) => c.notNull())
    .addColumn('name', 'text')
    .execute()

  await db.schema
    .createTable('settings')
    .addColumn('key', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}
