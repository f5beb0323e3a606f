import type { Migration } from 'kysely/migration'
import * as first from './2026-11-22-first.ts'
import * as wholeDesk from './2026-11-22-whole-desk.ts'
import * as messagesOfAChat from './2026-11-23-messages-of-a-chat.ts'
import * as formerAccounts from './2026-11-24-former-accounts.ts'
import * as logins from './2026-11-25-logins.ts'
import * as nudgeOccasions from './2026-11-26-nudge-occasions.ts'
import * as rates from './2026-11-27-rates.ts'

/** Every migration by its file's name; the date puts them in order. A migration that went out is never changed. */
export const migrations: Record<string, Migration> = {
  '2026-11-22-first': first,
  '2026-11-22-whole-desk': wholeDesk,
  '2026-11-23-messages-of-a-chat': messagesOfAChat,
  '2026-11-24-former-accounts': formerAccounts,
  '2026-11-25-logins': logins,
  '2026-11-26-nudge-occasions': nudgeOccasions,
  '2026-11-27-rates': rates,
}
