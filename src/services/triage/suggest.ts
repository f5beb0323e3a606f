import type { Department } from '../../db/departments.ts'
import { leadsOfWords } from '../../db/item-words.ts'
import type { Db } from '../../db/schema.ts'
import { departmentsById } from '../../db/waiting-items.ts'
import { suggestedBy } from '../../domain/similarity-votes.ts'
import type { ItemWords } from './similar.ts'

/** Whom earlier items of the same words went to. */
export interface DepartmentSuggestion {
  department: Department
  level: 'high' | 'medium'
  /** Null where too few words speak for it to say how sure it is. */
  percent: number | null
  /** Why: the words that speak for it. */
  words: string[]
}

const shownWords = 5
const lookedUpWords = 20
const ofEachWord = 300
/** To find the newest items with a word takes longer the more there are. */
const commonWord = 5_000

/** The department that is likely to lead the item, learnt from how earlier ones were dispatched; null where unsure. */
export async function suggestDepartment(
  db: Db,
  { fingerprint, rarity, rarest }: ItemWords,
  except: ReadonlySet<number>,
): Promise<DepartmentSuggestion | null> {
  const telling = rarest.filter((word) => (rarity.frequencies.get(word) ?? 0) <= commonWord)
  const votes = await leadsOfWords(db, telling.slice(0, lookedUpWords), ofEachWord)
  const suggested = suggestedBy(
    votes.filter(({ department }) => !except.has(department)),
    fingerprint,
    rarity,
  )
  if (!suggested) return null
  const department = (await departmentsById(db, [suggested.department])).get(suggested.department)
  if (!department) return null
  const { level, percent, words } = suggested
  return { department, level, percent, words: words.slice(0, shownWords) }
}
