import { describe, expect, onTestFinished, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import type { Platform } from '../../src/ports.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { allTotals } from '../../src/services/reports/status.ts'
import { work } from '../../src/services/work.ts'
import { type Office, personOf, type World } from '../support/duban.ts'
import { photo } from '../support/photo.ts'
import { goTo } from '../support/time.ts'
import { deliveriesOf, history, look, truth, until } from '../support/truth.ts'
import { bugsOf, type ContractWorld, fieldsOf, openContract, type Subject } from './world.ts'

/** What officials rely on, whichever platform their bot lives on. */
export function describeContract(name: string, subject: Subject): void {
  const open = async (more?: Subject['options']) => {
    const contract = await openContract(subject, more)
    onTestFinished(() => expect(bugsOf(contract.world)).toEqual([]))
    return contract
  }

  describe(name, () => {
    test('push, acknowledge, feedback, redo, again, accept: each is read and done', async () => {
      const contract = await open()
      const { world, agriculture, taskForce } = contract
      const [code] = await world.items({ title: '蔬菜滞销', content: '来电反映大白菜卖不出去' })
      const push = await contract.push([code])
      for (const words of [`#${code}`, '蔬菜滞销', '11月25日', '17:30']) expect(textOf(push)).toContain(words)
      expect(push.mentions.map(({ name }) => name)).toEqual(['孙联络', '钱副手'])

      await contract.ask(agriculture, 'contact', '收到', { quoting: push, told: [`已签收 #${code}`] })
      expect(await contract.statuses()).toEqual(['working'])
      await contract.ask(agriculture, 'contact', '已解决，已对接两家超市', {
        quoting: push,
        told: [`已记录 #${code} 反馈：解决`, '已对接两家超市'],
      })
      const review = await contract.told(taskForce, '待审核', `#${code}`, '已对接两家超市')
      expect(await contract.statuses()).toEqual(['review'])

      contract.say(taskForce, 'lead', '退回重办 请补充照片', { quoting: review })
      const redo = await contract.told(agriculture, `#${code} 反馈退回重办`, '请补充照片')
      await world.settled()
      expect(await contract.statuses()).toEqual(['working'])
      await contract.ask(agriculture, 'backup', '已解决，照片已补', {
        quoting: redo,
        told: [`已记录 #${code} 反馈：解决`],
      })
      const second = await contract.told(taskForce, '待审核', '照片已补')
      contract.say(taskForce, 'second', '通过', { quoting: second })
      await contract.told(agriculture, `#${code} 反馈已审核通过`)
      await world.settled()
      expect(await contract.statuses()).toEqual(['accepted'])
      expect(await history(world, code)).toEqual([
        'collected',
        'dispatched',
        'acknowledged',
        'feedback',
        'redo',
        'feedback',
        'accepted',
        'done',
      ])
    })

    test('the bot does not listen to itself, even where somebody has registered it', async () => {
      const contract = await open()
      const { world, agriculture } = contract
      const [code] = await world.items({ title: '蔬菜滞销' })
      await registerBot(world, subject.platforms[0])
      // The push says 收到 and how to report, the answer what was reported: all of that would count.
      const push = await contract.push([code])
      await contract.quietly(agriculture, () => {})
      expect(await contract.statuses()).toEqual(['sent'])
      await contract.ask(agriculture, 'contact', '收到', { quoting: push, told: [`已签收 #${code}`] })
      await contract.quietly(agriculture, () => {})
      expect(await history(world, code)).toEqual(['collected', 'dispatched', 'acknowledged'])
    })

    test('/status is the truth, /help what one may do, and people who talk to each other hear nothing', async () => {
      const contract = await open()
      const { world, agriculture, commerce, taskForce } = contract
      const [one, two, three] = await world.items({ title: '一' }, { title: '二' }, { title: '三' })
      const push = await contract.push([one, two])
      await contract.push([three], commerce)
      await contract.ask(agriculture, 'contact', `/签收 #${one}`, { told: [`已签收 #${one}`] })

      const status = await contract.ask(taskForce, 'lead', '／进度', { told: ['进度'] })
      const { totals } = await allTotals(world.duban.app, world.clock.now())
      expect(totals).toMatchObject({ collected: 3, unacknowledged: 2, working: 1 })
      expect(fieldsOf(status)).toMatchObject({
        收集: '3',
        已派单: '3',
        待签收: '2',
        办理中: '1',
        逾期: '0',
      })
      for (const name of [agriculture.name, commerce.name]) expect(textOf(status)).toContain(name)
      const help = await contract.ask(agriculture, 'contact', '/帮助', { told: ['帮助'] })
      expect(textOf(help)).toContain('/签收')
      expect(textOf(help)).not.toContain('/派单')
      await contract.ask(agriculture, 'contact', `/派单 #${one} 商务委`, { told: ['没有此项操作的权限'] })

      const before = await truth(world)
      await contract.quietly(agriculture, () => {
        contract.say(agriculture, 'contact', '今天中午吃什么')
        contract.say(agriculture, 'leader', '大家抓紧办')
        contract.say(agriculture, 'backup', '这个菜什么价格', { quoting: push })
        contract.say(agriculture, 'contact', '晚上聚餐')
      })
      expect(await truth(world)).toBe(before)
    })

    test('what comes twice acts once, and is answered once', async () => {
      const contract = await open()
      const { world, agriculture, taskForce } = contract
      const [code] = await world.items({ title: '蔬菜滞销' })
      contract.bringTwice()
      const push = await contract.push([code])
      await contract.ask(agriculture, 'contact', '收到', { quoting: push, told: [`已签收 #${code}`] })
      await contract.ask(agriculture, 'contact', '已解决，已对接', { quoting: push, told: ['已记录'] })
      await contract.quietly(agriculture, () => {})
      await contract.quietly(taskForce, () => {})
      expect(await history(world, code)).toEqual(['collected', 'dispatched', 'acknowledged', 'feedback'])
      for (const [office, words] of [
        [agriculture, `已签收 #${code}`],
        [agriculture, '已记录'],
        [taskForce, '待审核'],
      ] as const) {
        expect(
          contract.said(office).filter((text) => text.includes(words)),
          words,
        ).toHaveLength(1)
      }
    })

    test('what comes in another order than it was said is all there, once', async () => {
      const contract = await open({ wechat: { ...subject.options?.wechat, gatherMs: 200 } })
      const { world, agriculture } = contract
      const [one, two] = await world.items({ title: '一' }, { title: '二' })
      const first = await contract.push([one])
      const second = await contract.push([two])
      // The report speaks for itself; who acknowledges it afterwards is told that it is late.
      contract.outOfOrder(
        () => contract.say(agriculture, 'contact', '收到', { quoting: first }),
        () => contract.say(agriculture, 'contact', '已解决，已对接', { quoting: first }),
      )
      await until(async () => (await incoming(world)) >= 4, 'both to come in')
      await contract.read(agriculture)
      expect(await contract.statuses()).toEqual(['review', 'sent'])
      // Two reports: the last one stands, and the department reads that it took the other's place.
      contract.outOfOrder(
        () => contract.say(agriculture, 'contact', '正在办理，11月27日前办结', { quoting: second }),
        () => contract.say(agriculture, 'contact', '基本解决，还差一车', { quoting: second }),
      )
      await contract.told(agriculture, '已替换此前未审核的反馈')
      await world.settled()
      expect(await contract.statuses()).toEqual(['review', 'review'])
      const kept = await look(world, (db) =>
        db.selectFrom('feedback').select(['outcome', 'review']).orderBy('id').execute(),
      )
      const [early, late] = ['in_progress', 'mostly_resolved']
      const [before, last] = subject.putsInOrder ? [early, late] : [late, early]
      expect(kept).toEqual([
        { outcome: 'resolved', review: 'pending' },
        { outcome: before, review: 'superseded' },
        { outcome: last, review: 'pending' },
      ])
    })

    test('a nudge comes when it is due, once, whatever starts anew; whoever answers is not nudged', async () => {
      const contract = await open()
      const { world, agriculture } = contract
      const [one, two] = await world.items({ title: '蔬菜滞销' }, { title: '口罩脱销' })
      const push = await contract.push([one])
      await contract.push([two])
      await contract.ask(agriculture, 'contact', '收到', { quoting: push, told: [`已签收 #${one}`] })
      const nudges = () => contract.said(agriculture).filter((text) => text.includes('催办'))
      await goTo(world, '2026-11-20 13:31')
      expect(nudges()).toHaveLength(1)
      expect(nudges().join()).toContain('口罩脱销')
      expect(nudges().join()).not.toContain('蔬菜滞销')
      await world.restart()
      await contract.usable()
      await goTo(world, '2026-11-20 13:32')
      expect(nudges()).toHaveLength(1)
      await contract.read(agriculture)
    })

    test.each(['arrived', 'not-arrived'] as const)(
      'cut off in mid-send, the message %s: nobody reads it twice, and nobody believes what is not so',
      async (outcome) => {
        const contract = await open()
        const { world, agriculture, taskForce } = contract
        const [code] = await world.items({ title: '蔬菜滞销' })
        await world.settled()
        contract.cutNextSend(agriculture, outcome)
        contract.say(taskForce, 'lead', `/派单 #${code} 农业农村委`)
        await until(async () => (await deliveriesOf(world, 'dispatch')).length > 0, 'the dispatch')
        const pushes = () => contract.said(agriculture).filter((text) => text.includes('蔬菜滞销'))
        if (subject.sendsOnce) {
          await world.settledLater()
          expect(await deliveriesOf(world, 'dispatch')).toEqual(['sent'])
          expect(pushes()).toHaveLength(1)
          return
        }
        await until(async () => (await deliveriesOf(world, 'dispatch'))[0] === 'refused', 'the refusal')
        expect((await contract.ready()).status).toBe(503)
        await contract.mend()
        await contract.usable()
        await world.settledLater()
        await contract.told(taskForce, agriculture.name, `#${code}`, '是否送达不明')
        expect(await deliveriesOf(world, 'dispatch')).toEqual(['refused'])
        expect(pushes()).toHaveLength(outcome === 'arrived' ? 1 : 0)
        // Whoever looks and finds nothing nudges; that is a message of its own.
        await contract.ask(taskForce, 'lead', `/催办 #${code}`, { told: ['已催办'] })
        await contract.told(agriculture, '催办', '蔬菜滞销')
      },
    )

    test('a lost connection shows, comes back by itself, and what waited arrives once', async () => {
      const contract = await open()
      const { world, agriculture } = contract
      const [code] = await world.items({ title: '蔬菜滞销' })
      await contract.push([code])
      await contract.loseConnection()
      await until(async () => (await contract.ready()).status === 503, 'the loss to show')
      expect((await contract.ready()).body).toContain(subject.platforms[0])
      await world.moveTo(world.clock.now() + 4 * 60 * 60_000)
      await until(async () => (await deliveriesOf(world, 'nudge')).length > 0, 'the nudge to wait')
      const nudges = () => contract.said(agriculture).filter((text) => text.includes('催办'))
      expect(nudges()).toEqual([])

      await contract.restoreConnection()
      await contract.usable()
      await world.settledLater()
      expect(nudges()).toHaveLength(1)
      expect(new Set(await deliveriesOf(world, 'nudge'))).toEqual(new Set(['sent']))
      await contract.ask(agriculture, 'contact', `/签收 #${code}`, { told: [`已签收 #${code}`] })
      expect(await contract.statuses()).toEqual(['working'])
    })

    test('an answer that is recalled stays what it was; photos are evidence; a replay does nothing', async () => {
      const contract = await open()
      const { world, agriculture } = contract
      const { sandbox } = world
      const [code] = await world.items({ title: '蔬菜滞销' })
      const push = await contract.push([code])
      const answer = contract.say(agriculture, 'contact', '收到', { quoting: push })
      await contract.told(agriculture, `已签收 #${code}`)
      await world.settled()
      await contract.quietly(agriculture, () => sandbox.recall(answer.message_id))
      expect(await contract.statuses()).toEqual(['working'])

      await contract.ask(agriculture, 'contact', '已解决，已对接', { quoting: push, told: ['已记录'] })
      world.clock.advance(1_000)
      sendPhoto(contract, agriculture, subject.inWords ? undefined : push.message_id)
      await contract.told(agriculture, `已收到 #${code} 佐证材料，现共1件`)
      await until(async () => (await evidence(world)) === 1, 'the photo to be kept')
      await world.settled()

      const before = await truth(world)
      await world.restart()
      await contract.usable()
      await contract.quietly(agriculture, () => contract.replay())
      expect(await truth(world)).toBe(before)
    })
  })
}

function sendPhoto({ world, agriculture }: ContractWorld, office: Office, below: string | undefined): void {
  const { open_id } = personOf(agriculture, 'contact')
  world.sandbox.sendFile(office.chat.chat_id, open_id, photo, below === undefined ? {} : { reply_to: below })
}

/** As a contact of the department, by its own account. */
async function registerBot(world: World, platform: Platform): Promise<void> {
  const { open_id, name } = world.sandbox.state().bot
  const account = platform === 'wechat' ? world.wechat.addressOf('contact', open_id) : open_id
  const people = [{ name, platform, account, role: 'contact' as const }]
  const entry = { name: world.agriculture.name, aliases: [], chats: [], people }
  await work(world.duban.app, (current) => upsertDirectory(current, [entry]))
}

function evidence(world: World): Promise<number> {
  return look(world, async (db) => {
    const rows = await db.selectFrom('attachments').select('path').where('path', 'is not', null).execute()
    return rows.length
  })
}

/** How many things that people said have acted. */
function incoming(world: World): Promise<number> {
  return look(world, async (db) => {
    const rows = await db.selectFrom('incoming').select('at').where('id', 'not like', 'content:%').execute()
    return rows.length
  })
}
