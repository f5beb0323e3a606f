import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'
import { goTo, shanghai } from '../support/time.ts'
import { until } from '../support/truth.ts'

test('LOCALE=en: the whole loop in English, and no Chinese in it but the names of people and departments', async () => {
  const world = await testWorld({
    ticking: true,
    unlimited: true,
    locale: 'en',
    now: shanghai('2026-11-20 09:00'),
  })
  const { agriculture, commerce, sandbox, stranger, taskForce } = world
  const contact = personOf(agriculture, 'contact')
  const lead = personOf(taskForce, 'lead')
  const toasts: string[] = []
  const press = async (...args: Parameters<World['press']>) => {
    const { toast } = await world.press(...args)
    toasts.push(toast?.content ?? 'nothing')
    return toast?.content
  }
  const codes = await world.items(
    {
      title: 'Unsold vegetables',
      content: 'Nobody may drive into the village.',
      urgency: 'urgent',
      category: 'Food',
    },
    { title: 'Live poultry' },
    { title: 'No masks', urgency: 'critical' },
    { title: 'Online classes' },
  )
  const [vegetables, poultry, masks, classes] = codes

  world.say(taskForce, 'lead', `/dispatch #${vegetables} 农业农村委`)
  await world.seen(taskForce, `Dispatched #${vegetables} to 市农业农村委员会, due Wed 25 Nov 17:30.`)
  const card = await world.seen(agriculture, '[Urgent assignment]', 'Unsold vegetables')
  await world.settled()
  expect(await press(card, contact, 'Acknowledge')).toBe('Acknowledged')
  expect(await press(sandbox.message(card.message_id), contact, 'Submit feedback', solved)).toBe(
    'Feedback submitted for review',
  )
  const review = await world.seen(taskForce, '[To review]', 'growers met buyers')
  await press(review, lead, 'Send back', { reason: 'How much was bought?' })
  await world.seen(agriculture, 'feedback sent back: How much was bought?')
  await world.settled()
  await answerTo(world, agriculture, 'contact', 'resolved, 12 tonnes were bought', card)
  const again = await world.seen(taskForce, '[To review]', '12 tonnes')
  await world.settled()
  expect(await press(again, lead, 'Accept')).toBe('Accepted')
  expect(await press(review, lead, 'Accept').catch(() => 'no such button')).toBe('no such button')
  await world.seen(agriculture, `#${vegetables}: feedback accepted, resolved.`)
  expect(textOf(await answerTo(world, taskForce, 'lead', `/close #${vegetables}`))).toContain('Closed')

  const list = await dispatch(world, `#${poultry} #${classes} 农业农村委`, agriculture)
  expect(textOf(list)).toContain('[Task list]')
  expect(await press(list, contact, 'Feedback')).toBe('The feedback form is in this message’s thread')
  await world.seen(agriculture, `[Feedback] #${poultry}`)
  await dispatch(world, `#${masks} 商务委 2h`, commerce)
  await answerTo(world, commerce, 'contact', `#${masks} in progress, done by next Wednesday`)
  await answerTo(
    world,
    agriculture,
    'contact',
    `#${poultry} requesting an extension until 30 November, buyers are away`,
  )
  await goTo(world, '2026-11-20 11:30')
  await world.seen(agriculture, 'not acknowledged yet')
  await goTo(world, '2026-11-20 18:00')
  await until(
    () => world.posts(taskForce).some((post) => textOf(post).includes('[Daily digest]')),
    'the digest',
  )
  await goTo(world, '2026-11-26 09:00')
  await world.seen(agriculture, '[Escalation]', 'overdue: please give feedback today')
  await world.seen(taskForce, '[Copy of overdue notice]')

  const guest = guestIn(world, agriculture, stranger.open_id)
  for (const [where, who, words, answer] of [
    [taskForce, 'lead', '/status', 'Collected'],
    [taskForce, 'lead', '/进度 农业农村委', 'Status of 市农业农村委员会'],
    [taskForce, 'lead', `/status #${vegetables}`, 'History'],
    [taskForce, 'lead', '/list', 'Task list'],
    [taskForce, 'lead', '/list Under review', 'No masks'],
    [taskForce, 'lead', '/list 农业农村委 in hand', 'No items match'],
    [taskForce, 'lead', '/overdue', 'late by'],
    [taskForce, 'lead', '/nudge 农业农村委', 'Nudged'],
    [taskForce, 'lead', `/nudge #${poultry}`, 'at most once an hour'],
    [taskForce, 'lead', '/help', 'Triage and dispatch'],
    [taskForce, 'lead', '/help 派单', 'Usage: /dispatch'],
    [taskForce, 'lead', '/dispach #9', 'Did you mean “/dispatch”?'],
    [taskForce, 'lead', '/dispatch', 'Please name the item’s number.'],
    [taskForce, 'lead', `/review #${classes} accept`, 'has no feedback to review'],
    [taskForce, 'lead', '/bind 农业农村委', 'This group is 工作专班’s.'],
    [agriculture, 'contact', '/mine', 'open item'],
    [agriculture, 'leader', '/ack', 'You may not do this.'],
    [agriculture, 'contact', `/ack #${masks}`, 'is not your department’s'],
    [agriculture, 'contact', `#${classes} is it resolved?`, 'Nothing was recorded'],
    [guest, 'guest', '/status', 'You are not registered yet. Please ask 陈组长, 周组员'],
  ] as const) {
    expect(textOf(await answerTo(world, where, who, words)), words).toContain(answer)
  }

  const school = await schoolWithoutGroup(world)
  const [late] = await world.items({ title: 'School reopening' })
  await answerTo(world, taskForce, 'lead', `/dispatch #${late} 市教育委员会`)
  await world.seen(taskForce, '[Undelivered]', 'the department has no group yet')
  await answerTo(world, school, 'lead', '/bind 市教育委员会')
  await world.seen(school, 'Hello, I am the Duban bot')
  await world.seen(school, 'School reopening')
  sandbox.removeBot(commerce.chat.chat_id)
  await world.seen(taskForce, '市商务委员会', 'can’t be reached')
  await world.settled()

  const names = [...sandbox.people(), ...sandbox.chats()].map(({ name }) => name)
  const said = [taskForce, agriculture, commerce, school].flatMap((office) => world.posts(office).map(textOf))
  expect(said.length).toBeGreaterThan(40)
  for (const text of [...said, ...toasts]) {
    expect(without(text, [...names, '市教育委员会', '督办机器人'])).not.toMatch(chinese)
  }
}, 60_000)

const solved = { outcome: 'resolved', measures: 'growers met buyers', mayPublish: 'yes' }

/** Han characters, and the punctuation and wide forms that go with them. */
const chinese = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/u

function without(text: string, names: string[]): string {
  return names.reduce((kept, name) => kept.replaceAll(name, ''), text)
}

async function schoolWithoutGroup({ duban, sandbox, taskForce }: World): Promise<Office> {
  const lead = personOf(taskForce, 'lead')
  await work(duban.app, (current) =>
    upsertDirectory(current, [{ name: '市教育委员会', aliases: [], chats: [], people: [] }]),
  )
  return {
    name: '市教育委员会',
    chat: sandbox.addChat({ name: '市教育委员会', members: [lead.open_id] }),
    people: { lead },
  }
}
