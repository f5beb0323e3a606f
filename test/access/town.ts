import { randomUUID } from 'node:crypto'
import { commands } from '../../src/commands/index.ts'
import { createRouter } from '../../src/commands/router.ts'
import { waitingDeliveries } from '../../src/db/deliveries.ts'
import { upsertPerson } from '../../src/db/people.ts'
import type { DeliveryKind } from '../../src/db/schema.ts'
import { urgentItemsMessage } from '../../src/messages/intake.ts'
import { triageDoneMessage, triageOverMessage } from '../../src/messages/triage.ts'
import type { IncomingText } from '../../src/ports.ts'
import { leaseMs } from '../../src/services/delivery/courier.ts'
import { deliver } from '../../src/services/delivery/deliver.ts'
import { setClaimCode } from '../../src/services/directory/claim.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { collect } from '../../src/services/intake/collect.ts'
import { announceDue } from '../../src/services/intake/intake-announce.ts'
import { work } from '../../src/services/work.ts'
import { aCity, type City } from '../model/city.ts'
import { type Button, buttonsIn, buttonsOn, click, text } from './incoming.ts'

export const taskForce = '工作专班'
export const agriculture = '市农业农村委员会'
export const commerce = '市商务委员会'
export const departments = [agriculture, commerce] as const
export type Department = (typeof departments)[number]

/** Who tries each row, as the table calls them; all but the task force's are of the agriculture department, or nobody's. */
export const accounts = {
  lead: 'lead',
  contact: 'contact',
  backup: 'backup',
  leader: 'leader',
  observer: 'observer',
  none: 'registered',
  stranger: 'stranger',
  'stand-in': 'standin',
} as const
export type Who = keyof typeof accounts

/** Words that stand in everything that is of one department's items, and nowhere else. */
export const marks = {
  [agriculture]: '甲记号',
  [commerce]: '乙记号',
  new: '丙记号',
  /** Of what both departments have, or had. */
  both: '戊记号',
}
/** A citizen's, of every item. */
export const personal = ['丁诉求', '13987654321', '崇明区丁路88号', '310101199003071234']
export const claimCode = 'a-claim-code'

/** Items of each department in every state in which something can be done about them. */
const states = [
  'late',
  'sent',
  'listed',
  'working',
  'extension',
  'suspension',
  'suspended',
  'returned',
  'co',
] as const
const later = ['review', 'done', 'secret', 'closed'] as const
/** Acknowledged at the very end, so that it can be taken back. */
const newest = ['first', 'second', 'third'] as const
const all = [...states, ...later, ...newest] as const
export type State =
  | (typeof states)[number]
  | (typeof later)[number]
  | (typeof newest)[number]
  | 'new'
  | 'other'

export interface Town {
  city: City
  code(state: State, department: Department): number
  /** Every button and form on what stands with somebody. */
  buttons: Button[]
  /** The newest message of that kind about that item. */
  messages(kind: DeliveryKind, code: number): string
}

export async function aTown(): Promise<Town> {
  const city = await aCity(0)
  const { app } = city
  const codes = new Map<string, number>()
  const code = (state: State, department: Department) => {
    const found = codes.get(state === 'new' || state === 'other' ? state : `${state} ${department}`)
    if (found === undefined) throw new Error(`there is no ${state} of ${department}`)
    return found
  }

  await work(app, async (current) => {
    await setClaimCode(current, claimCode)
    await upsertPerson(
      current.db,
      { platform: 'feishu', account: accounts.none, name: '登记人' },
      current.now,
    )
    await upsertDirectory(current, [
      {
        name: commerce,
        aliases: [],
        chats: [],
        people: [{ name: '商务领导', platform: 'feishu', account: 'trade-leader', role: 'leader' }],
      },
    ])
    const wanted = departments.flatMap((department) =>
      all.map((state) => ({
        key: `${state} ${department}`,
        mark: marks[state === 'co' ? 'both' : department],
      })),
    )
    wanted.push({ key: 'new', mark: marks.new }, { key: 'other', mark: marks.new })
    const taken = await collect(
      current,
      wanted.map(({ key, mark }, index) => ({
        external_id: key,
        source: 'hotline',
        // Nothing of one is like anything of another.
        title: `${mark}${String.fromCodePoint(0x4e00 + index * 37)}`,
        content: `${mark}内容，联系${personal[1]}，证件${personal[3]}`,
        category: null,
        urgency: index >= wanted.length - 2 ? 'critical' : 'normal',
        petitioner: personal[0] ?? null,
        phone: personal[1] ?? null,
        address: personal[2] ?? null,
        received_at: null,
        policy: null,
      })),
    )
    for (const [index, { code: made }] of taken.entries()) codes.set(wanted[index]?.key ?? '', made)
  })

  const handle = createRouter(app, commands)
  const settle = async () => {
    for (let round = 0; round < 20; round += 1) {
      const due = (await waitingDeliveries(app.db.read, () => leaseMs)).filter(
        ({ at }) => at <= app.clock.now(),
      )
      if (due.length === 0) return
      for (const { id } of due) await deliver(app, id)
    }
  }
  const take = async (incoming: Parameters<typeof handle>[0]) => {
    await handle(incoming)
    await settle()
  }
  const at = () => ({ at: app.clock.now(), id: `setup-${randomUUID()}` })
  const say = (account: string, chat: string, words: string, more: Partial<IncomingText> = {}) =>
    take({ ...text({ account, chat, words, ...at() }), ...more })
  const press = (account: string, command: string, item: number, form: object) => {
    const button = buttonsOn(city.board).find(
      ({ action }) => action.command === command && action.args.item === item,
    )
    if (!button) throw new Error(`there is no ${command} of #${item}`)
    return take(click({ account, button, chat: button.chat, form, ...at() }))
  }

  const lead = (text: string) => city.say('lead', text)
  for (const department of departments) await lead(`/派单 #${code('late', department)} ${department} 2h`)
  await city.pass(2.5 * 3_600_000)
  await announceDue(app)
  for (const department of departments) {
    const of = (state: State) => `#${code(state, department)}`
    const contact = department === agriculture ? 'contact' : 'trade'
    const mark = marks[department]
    const another = department === agriculture ? commerce : agriculture
    const single = all.filter((state) => !['late', 'listed', 'co'].includes(state))
    for (const state of single) await lead(`/派单 ${of(state)} ${department}`)
    await lead(`/派单 ${of('listed')} ${of('co')} ${department}`)
    await lead(`/派单 ${of('co')} ${department} ${another}`)
    for (const state of single.filter((other) => !['sent', ...newest].includes(other)))
      await city.say(contact, `/签收 ${of(state)}`)
    await city.say(contact, `/延期 ${of('extension')} ${mark}需会商`)
    await city.say(contact, `/挂账 ${of('suspension')} 2026-12-10 ${mark}等待政策`)
    await city.say(contact, `/挂账 ${of('suspended')} 2026-12-10 ${mark}等待政策`)
    await lead(`/挂账 ${of('suspended')} 批准`)
    await city.say(contact, `/退回 ${of('returned')} ${mark}不属于我单位职责`)
    for (const state of ['review', 'done', 'closed'] as const) {
      await city.say(contact, `${of(state)} 已解决，${mark}已对接商超`)
      if (state !== 'review') await lead(`/审核 ${of(state)} 通过`)
    }
    await press(contact, 'feedback', code('secret', department), {
      outcome: 'resolved',
      measures: `${mark}已核`,
      mayPublish: 'no',
    })
    await lead(`/审核 ${of('secret')} 通过`)
    await lead(`/销号 ${of('closed')}`)
    for (const about of ['return', 'extension'])
      await press(contact, 'form', code('working', department), { about })
    await say('lead', `oc_${department}`, '/解绑')
    await city.say(contact, '/待办')
  }
  // The other department is asked, too, and gives its share back.
  await city.say('trade', `/退回 #${code('co', agriculture)} 不属于我单位职责 市卫生健康委员会`)
  await city.say('contact', `/退回 #${code('co', commerce)} 不属于我单位职责 市卫生健康委员会`)
  await lead('/逾期')
  await lead('/研判')
  await say('contact', `oc_${agriculture}`, '/代理 @代理人 截止2026-11-27', {
    mentions: [{ account: accounts['stand-in'], name: '代理人' }],
  })
  // Everybody who may take something back has just done something.
  const last = { contact: 'first', backup: 'second', [accounts['stand-in']]: 'third' } as const
  for (const [account, state] of Object.entries(last))
    await say(account, `oc_${agriculture}`, `/签收 #${code(state, agriculture)}`)

  const sent = await app.db.read
    .selectFrom('deliveries')
    .innerJoin('delivery_assignments', 'delivery_assignments.delivery_id', 'deliveries.id')
    .innerJoin('assignments', 'assignments.id', 'delivery_assignments.assignment_id')
    .select(['deliveries.kind', 'deliveries.message_id', 'assignments.item_code'])
    .where('message_id', 'is not', null)
    .orderBy('deliveries.id')
    .execute()

  return {
    city,
    code,
    buttons: [...buttonsOn(city.board), ...rareButtons(city, code('new', agriculture))],
    messages(kind, item) {
      const found = sent.findLast((row) => row.kind === kind && row.item_code === item)
      if (!found?.message_id) throw new Error(`there is no ${kind} about #${item}`)
      return found.message_id
    },
  }
}

/** Those of messages that come seldom: they act as they would on the newest card of the task force. */
function rareButtons({ app, board }: City, code: number): Button[] {
  const { voice, clock } = app
  const [message = ''] = [...board].findLast(([, { chat }]) => chat === `oc_${taskForce}`) ?? []
  const item = { code, title: marks.new, content: '', source: 'hotline', urgency: 'critical' } as const
  return [
    urgentItemsMessage([{ ...item, received_at: clock.now() }], voice),
    triageDoneMessage(1, voice),
    triageOverMessage(item, '', voice),
  ]
    .flatMap(buttonsIn)
    .map((button) => ({ message, chat: `oc_${taskForce}`, ...button }))
}
