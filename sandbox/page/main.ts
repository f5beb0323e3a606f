/**
 * The sandbox's page. For tests and links, `?as=<open_id>&chat=<chat_id>&thread=<message_id>&lang=en` selects what is
 * shown, and these attributes stay:
 *
 *   who I am    [data-testid=me][data-person] opens [data-testid=people]; [data-testid=person][data-person][data-name]
 *   chats       [data-testid=chat][data-chat-id][data-name], in it [data-testid=unread][data-count][data-mentioned]
 *               and [data-testid=mention-mark]; platform[data-platform] there and above the open chat, unless all are on
 *               Feishu
 *   open chat   [data-testid=conversation][data-chat-id], conversation-title, members-open, back (on a phone),
 *               unread-line, empty, dissolved
 *   thread      [data-testid=thread][data-root], thread-close; a message stands in it as in the conversation
 *   message     [data-testid=message][data-message-id][data-sender][data-kind]; in it text, quote[data-quoted], file,
 *               urgent[data-urged], reply, reply-in-thread, thread-link
 *   composer    composer-input, send, composer-mention, mention-picker, mention-option[data-person][data-name],
 *               attach-image, attach-file, attachments, replying-to[data-replying-to]
 *   card        [data-testid=card]; in it card-title, card-element[data-tag],
 *               card-button[data-name][data-label][data-busy],
 *               card-form[data-name], card-field[data-name] (the control itself: input, textarea, select or the date's
 *               text), field-error[data-name], field-count, date-open[data-name], date-day[data-date],
 *               card-table with table-previous and table-next, card-chart[data-state], card-unknown[data-tag]
 *   overlays    toast[data-type], confirm with confirm-ok and confirm-cancel, preview
 *   top bar     clock[data-now] (epoch milliseconds, to the minute), clock-control[data-control], language,
 *               bot-status[data-online], faults-open[data-active], faults, fault[data-name], faults-apply, faults-clear
 */
import { render } from 'lit-html'
import { followAddress, markRead, reasonOf, showMessage, takeLanguage } from './actions.ts'
import { readAddress } from './address.ts'
import { openStream } from './api.ts'
import { app } from './app.ts'
import { t } from './i18n.ts'
import { department, nameOf, person, unreadOf } from './select.ts'
import { change, onChange, state } from './store.ts'
import { applyEvent, catchUp, loadState, onUrged } from './sync.ts'
import { toast } from './toast.ts'

const root = document.querySelector<HTMLElement>('#app') as HTMLElement

onChange(() => {
  render(app(start), root)
  const unread = state.me ? unreadOf(state.me).count : 0
  document.title = [
    unread > 0 ? `(${unread}) ` : '',
    t('appTitle'),
    state.me ? ` · ${nameOf(state.me)}` : '',
  ].join('')
})

onUrged((message) => {
  toast('warning', t('urgedYou', { name: nameOf(message.sender) }), {
    label: t('show'),
    run: () => showMessage(message.chat_id, message.message_id),
  })
})

const asked = readAddress()
let listening = false
takeLanguage(asked.lang ?? (localStorage.getItem('lang') === 'en' ? 'en' : 'zh'))
void start()

/** The stream first, so that nothing that happens while the state is read gets lost. */
async function start(): Promise<void> {
  change({ phase: 'loading' })
  try {
    if (!listening) await listen()
    listening = true
    await loadState()
  } catch (error) {
    change({ phase: 'failed', failure: reasonOf(error) })
    return
  }
  change({ phase: 'ready' })
  followAddress({ ...asked, as: somebody() })
  addEventListener('popstate', () => followAddress(readAddress()))
  document.addEventListener('visibilitychange', () => void markRead())
  // The clock goes on, and with it what is "today".
  setInterval(() => change(), 5_000)
}

/** Whoever the URL names, else who was taken last, else the first. */
function somebody(): string | undefined {
  const known = (id: unknown) => typeof id === 'string' && state.people.some((one) => one.open_id === id)
  const stored = storedRecent().filter(known)
  change({ recent: stored.length > 0 ? stored : oneOfEachDepartment() })
  return [asked.as, ...stored].find(known) ?? state.people[0]?.open_id
}

/** After the server began anew, I may be nobody there. */
function stillSomebody(): void {
  if (!person(state.me)) followAddress({ ...asked, as: somebody() })
}

function oneOfEachDepartment(): string[] {
  return [...new Map(state.people.toReversed().map((one) => [department(one), one.open_id])).values()]
    .reverse()
    .slice(0, 6)
}

function storedRecent(): string[] {
  try {
    const stored = JSON.parse(localStorage.getItem('recent') ?? '[]')
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

/** Resolves once events come; from then on a lost stream is taken up again, and what was missed is read. */
function listen(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = openStream({
      event: (event) => {
        applyEvent(event)
        void markRead()
      },
      open: () => {
        resolve()
        if (!state.connected) void catchUp().then(stillSomebody, () => {})
        change({ connected: true })
      },
      lost: () => {
        if (state.phase !== 'ready') {
          opening.close()
          reject(new Error(t('noAnswer')))
          return
        }
        change({ connected: false })
        if (opening.readyState === EventSource.CLOSED) setTimeout(() => void listen(), 2_000)
      },
    })
  })
}
