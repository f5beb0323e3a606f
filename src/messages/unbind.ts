import type { Block, Message } from './message.ts'
import type { Voice } from './voice.ts'

/** What it means that the group is no longer the department's, and the button that has it so. */
export function unbindQuestion(
  department: { id: number; name: string },
  open: string,
  isTold: boolean,
  { t }: Voice,
): Message {
  const { unbind } = t.directory
  const waiting: Block[] =
    open === ''
      ? []
      : [
          { kind: 'text', text: open.trim(), strong: true },
          { kind: 'text', text: unbind.waits },
        ]
  return {
    title: unbind.title(department.name),
    tone: 'warning',
    blocks: [
      { kind: 'text', text: unbind.means(department.name) },
      ...waiting,
      ...(isTold ? [{ kind: 'text' as const, text: unbind.told }] : []),
      {
        kind: 'actions',
        actions: [
          {
            label: unbind.confirm,
            style: 'danger',
            command: 'unbind',
            args: { confirmed: true, department: department.id },
          },
        ],
      },
      { kind: 'note', text: unbind.orWrite, on: 'cards' },
    ],
  }
}
