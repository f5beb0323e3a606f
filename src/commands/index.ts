import { ack } from './ack.ts'
import { bind } from './bind.ts'
import { callback } from './callback.ts'
import { claim } from './claim.ts'
import { close } from './close.ts'
import type { Command } from './command.ts'
import { contact } from './contact.ts'
import { decline } from './decline.ts'
import { dispatch } from './dispatch.ts'
import { exportTable } from './export.ts'
import { extend } from './extend.ts'
import { feedback } from './feedback.ts'
import { form } from './form.ts'
import { help } from './help.ts'
import { list } from './list.ts'
import { merge } from './merge.ts'
import { mine } from './mine.ts'
import { nudge } from './nudge.ts'
import { overdue } from './overdue.ts'
import { person } from './person.ts'
import { publish } from './publish.ts'
import { reopen } from './reopen.ts'
import { report } from './report.ts'
import { handBack } from './return.ts'
import { review } from './review.ts'
import { standin } from './standin.ts'
import { status } from './status.ts'
import { suspend } from './suspend.ts'
import { triage } from './triage.ts'
import { unbind } from './unbind.ts'
import { undo } from './undo.ts'
import { uptake } from './uptake.ts'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  status,
  list,
  overdue,
  mine,
  triage,
  dispatch,
  merge,
  decline,
  ack,
  feedback,
  handBack,
  extend,
  suspend,
  contact,
  review,
  nudge,
  callback,
  publish,
  uptake,
  close,
  reopen,
  undo,
  report,
  exportTable,
  bind,
  unbind,
  person,
  standin,
  claim,
  form,
  help,
]
