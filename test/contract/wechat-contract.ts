import { stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import type { QuoteFormat } from '../../sandbox/wechat/text.ts'
import type { Role } from '../../src/domain/person.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { type Office, personOf, type World } from '../support/duban.ts'
import { guestIn } from '../support/talk.ts'
import { deliveriesOf, history, look, truth, until } from '../support/truth.ts'
import { bugsOf, linesOf, openContract, type Subject } from './world.ts'

const formats: QuoteFormat[] = ['wechat4u', 'padlocal', 'wecom', 'xp']

/** What officials rely on where there are no cards, and a person is logged in as the bot. */
export function describeWechat(name: string, subject: Subject): void {
  const open = async ({ wechat, ...more }: NonNullable<Subject['options']> = {}) => {
    const options = { ...more, wechat: { ...subject.options?.wechat, ...wechat } }
    const contract = await openContract(subject, options)
    onTestFinished(() => expect(bugsOf(contract.world)).toEqual([]))
    return contract
  }

  describe(name, () => {
    test.each(formats)('answers that quote as %s does are about what they quote', async (quoteFormat) => {
      const contract = await open({ wechat: { quoteFormat } })
      const { world, agriculture, taskForce } = contract
      const [one, two] = await world.items({ title: '蔬菜滞销 A&B' }, { title: '口罩脱销' })
      const first = await contract.push([one])
      const second = await contract.push([two])
      await contract.ask(agriculture, 'contact', '收到', { quoting: first, told: [`已签收 #${one}`] })
      expect(await contract.statuses()).toEqual(['working', 'sent'])

      // The menu of the message that is quoted is what the number is read from.
      await contract.ask(agriculture, 'contact', '2 已联系农户 11月27日前', {
        quoting: second,
        told: [`已记录 #${two} 反馈：正在解决`, '已联系农户', '11月27日'],
      })
      const review = await contract.told(taskForce, '待审核', `#${two}`)
      contract.say(taskForce, 'lead', '1', { quoting: review })
      await contract.told(agriculture, `#${two} 阶段性反馈已审核通过`)
      await world.settled()
      expect(await contract.statuses()).toEqual(['working', 'working'])

      // Only WeCom quotes with a quote what that one quoted.
      const remark = contract.say(agriculture, 'leader', '请抓紧', { quoting: first })
      const answer = () => contract.say(agriculture, 'contact', '已解决，已对接两家超市', { quoting: remark })
      if (quoteFormat === 'wecom') {
        answer()
        await contract.told(agriculture, `已记录 #${one} 反馈：解决`, '已对接两家超市')
        await world.settled()
        expect(await contract.statuses()).toEqual(['review', 'working'])
      } else {
        await contract.quietly(agriculture, answer)
        expect(await contract.statuses()).toEqual(['working', 'working'])
      }
    })

    test('the menu’s numbers, with an item’s number and below a review', async () => {
      const contract = await open()
      const { world, agriculture, taskForce } = contract
      const codes = await world.items({ title: '一' }, { title: '二' }, { title: '三' }, { title: '四' })
      const [one, two, three, four] = codes
      for (const code of codes) await contract.push([code])
      await contract.ask(agriculture, 'contact', `#${three} 3`, {
        told: [`#${three} 退回的，请注明原因`],
      })
      for (const [words, told] of [
        [`#${one} 2 已联系农户 11月27日`, [`已记录 #${one} 反馈：正在解决`, '11月27日']],
        [`＃${two} １ 已对接两家超市`, [`已记录 #${two} 反馈：解决`, '已对接两家超市']],
        [`#${three} 3 不属于我单位职责`, [`#${three}`, '退回']],
        [`#${four} 4 货源紧张`, [`#${four}`, '延期']],
      ] as const) {
        await contract.ask(agriculture, 'contact', words, { told: [...told] })
      }
      expect(await contract.statuses()).toEqual(['review', 'review', 'returned', 'sent'])
      const review = await contract.told(taskForce, '待审核', `#${two}`)
      expect(linesOf(review)).toContain('2 退回重办＋原因')
      contract.say(taskForce, 'lead', '2 请补充照片', { quoting: review })
      await contract.told(agriculture, `#${two} 反馈退回重办`, '请补充照片')
      await world.settled()
      expect(await contract.statuses()).toEqual(['review', 'working', 'returned', 'sent'])
    })

    test('a bare answer counts where one thing is open, and only then', async () => {
      const contract = await open()
      const { world, agriculture, taskForce } = contract
      const [one, two] = await world.items({ title: '一' }, { title: '二' })
      await contract.push([one])
      await contract.quietly(agriculture, () => contract.say(agriculture, 'leader', '收到'))
      await contract.ask(agriculture, 'contact', '收到', { told: [`已签收 #${one}`] })
      await contract.quietly(taskForce, () => contract.say(taskForce, 'lead', '收到'))
      await contract.push([two])
      const before = await truth(world)
      await contract.quietly(agriculture, () => {
        contract.say(agriculture, 'contact', '收到')
        contract.say(agriculture, 'backup', '已解决，已对接')
      })
      expect(await truth(world)).toBe(before)
      await contract.ask(agriculture, 'contact', `#${one} 已解决，已对接`, { told: ['已记录'] })
      // Of one thing that is open, words are an answer; a number alone is what people count, or vote for.
      await contract.quietly(agriculture, () => contract.say(agriculture, 'backup', '1 已到货'))
      await contract.ask(agriculture, 'backup', '已解决，已到货', {
        told: [`已记录 #${two} 反馈：解决`, '已到货'],
      })
      expect(await contract.statuses()).toEqual(['review', 'review'])
    })

    test('where a card holds a chart a picture comes', async () => {
      const contract = await open()
      const { world, taskForce } = contract
      const [code] = await world.items({ title: '蔬菜滞销' })
      await contract.push([code])
      await contract.ask(taskForce, 'lead', '/进度', { told: ['进度'] })
      const [picture, another] = world.posts(taskForce).filter(({ msg_type }) => msg_type !== 'text')
      expect(picture?.msg_type).toBe('image')
      expect(another).toBeUndefined()
    })

    test('thrown out and logged in again: it shows, what waited arrives once, what is said counts', async () => {
      const contract = await open()
      const { world, agriculture } = contract
      const [code] = await world.items({ title: '蔬菜滞销' })
      await contract.push([code])
      await world.wechat.puppet.thrownOut()
      await until(async () => (await contract.ready()).status === 503, 'the logout to show')
      expect((await contract.ready()).body).toContain('logged out')
      await world.moveTo(world.clock.now() + 4 * 60 * 60_000)
      await until(async () => (await deliveriesOf(world, 'nudge')).length > 0, 'the nudge to wait')
      await world.wechat.scan()
      await contract.usable()
      await world.settledLater()
      expect(contract.said(agriculture).filter((text) => text.includes('催办'))).toHaveLength(1)
      await contract.ask(agriculture, 'contact', '收到', { told: [`已签收 #${code}`] })
    })

    test('what only the login needs is for nobody else to read', async () => {
      const { world } = await open()
      const folder = path.join(world.env.DATA_DIR ?? '', 'wechat')
      const session = path.join(folder, `${world.env.WECHATY_PUPPET}.memory-card.json`)
      for (const file of [session, path.join(folder, 'account.json')]) {
        await until(() => stat(file).then(Boolean, () => false), file)
        expect((await stat(file)).mode & 0o777, file).toBe(0o600)
      }
      expect((await stat(folder)).mode & 0o777).toBe(0o700)
    })

    test('the main path in English', async () => {
      const contract = await open({ locale: 'en' })
      const { world, agriculture, taskForce } = contract
      const [code] = await world.items({ title: 'Unsold cabbage' })
      const push = await contract.push([code])
      expect(linesOf(push)).toContain('1 resolved + measures')
      await contract.ask(agriculture, 'contact', 'received', { quoting: push, told: [`#${code}`] })
      await contract.ask(agriculture, 'contact', '1 two markets will take it', {
        quoting: push,
        told: [`Recorded for #${code}: resolved`, 'two markets will take it'],
      })
      const review = await contract.told(taskForce, 'two markets will take it')
      contract.say(taskForce, 'lead', '2 photos, please', { quoting: review })
      const redo = await contract.told(agriculture, 'photos, please')
      await contract.ask(agriculture, 'contact', '1 photos are there', {
        quoting: redo,
        told: ['Recorded', 'photos are there'],
      })
      const again = await contract.told(taskForce, 'photos are there')
      contract.say(taskForce, 'lead', '1', { quoting: again })
      await until(async () => (await contract.statuses())[0] === 'accepted', 'the acceptance')
      await contract.ask(taskForce, 'lead', '/status', { told: ['Collected', 'Resolved'] })
      expect((await history(world, code)).slice(-2)).toEqual(['accepted', 'done'])
    })

    test('logged in as another account nothing goes to the wrong place; bound again, what was missing comes', async () => {
      const contract = await open()
      const { world, agriculture, taskForce } = contract
      const { puppet } = world.wechat
      const [code] = await world.items({ title: '蔬菜滞销' })
      await contract.push([code])
      await puppet.thrownOut()
      await until(async () => (await contract.ready()).status === 503, 'the logout to show')
      await world.wechat.scan('another')
      await contract.usable()
      await world.moveTo(world.clock.now() + 4 * 60 * 60_000)
      await until(async () => (await refusals(world)).length > 0, 'the task force to be told')
      // Nobody has a group under this login, the task force neither: what it must know is kept for it.
      expect([await refusals(world), await deliveriesOf(world, 'nudge')]).toEqual([['no-group'], []])
      expect(contract.said(agriculture)).toHaveLength(1)
      // To the new account everybody is a stranger.
      await contract.ask(taskForce, 'lead', '/绑定 工作专班', { told: ['尚未登记'] })

      await registerAnew(world)
      await contract.ask(taskForce, 'lead', '/绑定 工作专班', { told: ['工作专班'] })
      contract.say(
        guestIn(world, agriculture, personOf(taskForce, 'lead').open_id),
        'guest',
        `/绑定 ${agriculture.name}`,
      )
      const push = await world.sandbox.waitFor(
        () =>
          world
            .posts(agriculture)
            .slice(1)
            .find((post) => textOf(post).includes('【交办】')),
        'the push',
      )
      await world.settledLater()
      await contract.ask(agriculture, 'contact', '收到', { quoting: push, told: [`已签收 #${code}`] })
      expect(await contract.statuses()).toEqual(['working'])
    })
  })
}

async function refusals(world: World): Promise<(string | null)[]> {
  const rows = await look(world, (db) =>
    db.selectFrom('deliveries').select('error').distinct().where('status', '=', 'refused').execute(),
  )
  return rows.map(({ error }) => error)
}

/** The directory once more, as the new account knows the people. */
async function registerAnew(world: World): Promise<void> {
  const people = (office: Office, roles: Record<string, Role>) =>
    Object.entries(roles).map(([who, role]) => {
      const { name, open_id } = personOf(office, who)
      return { name, platform: 'wechat' as const, account: world.wechat.addressOf('contact', open_id), role }
    })
  const { taskForce, agriculture } = world
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [
      { name: taskForce.name, aliases: [], chats: [], people: people(taskForce, { lead: 'lead' }) },
      { name: agriculture.name, aliases: [], chats: [], people: people(agriculture, { contact: 'contact' }) },
    ]),
  )
}
