import { ask, reasonOf } from '../actions.ts'
import { postAction } from '../api.ts'
import { t } from '../i18n.ts'
import { asRecord } from '../plain.ts'
import { change, state } from '../store.ts'
import { toast } from '../toast.ts'
import { buttonKey, callbackValue, isFormButton, linkOf } from './behaviors.ts'
import { collect, fieldsIn, focusFirstError, validate } from './form-values.ts'
import { type CardContext, type CardElement, contentOf } from './schema.ts'

/**
 * A press of a card's button: checks the form, asks where the card wants to be asked, sends the action and shows what
 * came back. Until then no button of this card can be pressed again here.
 */
export async function pressButton(element: CardElement, context: CardContext): Promise<void> {
  const { session, message } = context
  if (session.busy !== undefined || element.disabled === true) return
  if (isFormButton(element, 'reset')) return reset(context)
  const submits = isFormButton(element, 'submit')
  if (submits && !validate(context)) {
    change()
    return focusFirstError(context)
  }
  const confirm = asRecord(element.confirm)
  if (element.confirm && !(await ask(contentOf(confirm.title), contentOf(confirm.text)))) return
  const link = linkOf(element)
  if (link) window.open(link, '_blank', 'noopener')
  if (!submits && callbackValue(element) === undefined) return

  session.busy = buttonKey(element)
  change()
  try {
    const answer = await postAction(message.message_id, {
      operator: state.me,
      value: callbackValue(element) ?? {},
      ...(element.name ? { name: String(element.name) } : {}),
      ...(submits ? { form_value: collect(context, state.clock.timezone) } : {}),
    })
    if (answer.toast) toast(answer.toast.type, answer.toast.content)
    else if (answer.error) toast('error', t('actionError', { code: answer.error }))
    // What was taken is done with; what was refused stays to be corrected.
    if (submits && !answer.error && answer.toast?.type !== 'error') forget(context)
  } catch (error) {
    toast('error', t('actionFailed', { reason: reasonOf(error) }))
  }
  session.busy = undefined
  change()
}

function reset(context: CardContext): void {
  forget(context)
  change()
}

function forget({ session, form }: CardContext): void {
  for (const { name } of fieldsIn(form)) {
    session.values.delete(name)
    session.errors.delete(name)
  }
}
