import type { PrivateDetails } from '../domain/private-details.ts'
import type { Block, Field, Message } from './message.ts'
import type { Voice } from './voice.ts'

/** How to reach the citizen: for one reader, never for a group. */
export function privateDetailsMessage(
  code: number,
  details: readonly PrivateDetails[],
  { t }: Voice,
): Message {
  const { contact } = t.directory
  const [only] = details.length === 1 ? details.filter((one) => one.code === code) : []
  const blocks = details.flatMap((one, index): Block[] => {
    const fields: Field[] = (['petitioner', 'phone', 'address'] as const).flatMap((key) =>
      one[key] === null ? [] : [{ label: contact.fields[key], value: one[key] }],
    )
    return [
      ...(index > 0 ? [{ kind: 'divider' as const }] : []),
      ...(one === only ? [] : [{ kind: 'text' as const, text: t.item(one.code, one.title), strong: true }]),
      { kind: 'fields', fields },
    ]
  })
  return {
    title: contact.title(only ? t.item(code, only.title) : t.codes([code])),
    tone: 'info',
    blocks: [...blocks, { kind: 'note', text: contact.note }],
  }
}
