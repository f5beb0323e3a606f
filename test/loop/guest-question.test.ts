import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import { type Office, personOf, testWorld } from '../support/duban.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'

test('asked in another department’s group which of their items they mean, people read the list in private', async () => {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, sandbox } = world
  const codes = await world.items({ title: '蔬菜滞销' }, { title: '活禽交易' })
  const list = await dispatch(world, `${codes.map((code) => `#${code}`).join(' ')} 农业农村委`, agriculture)
  const contact = personOf(agriculture, 'contact')
  const guests = guestIn(world, commerce, contact.open_id)
  const own = sandbox.openP2p(contact.open_id)
  const asked = async (where: Office, who: string) => {
    const before = world.posts(where).length
    world.say(where, who, '@督办机器人 已解决', { mentions: [sandbox.state().bot.open_id] })
    const answer = await sandbox.waitFor(() => world.posts(where)[before], 'an answer')
    await world.settled()
    return textOf(answer)
  }

  expect(await asked(guests, 'guest')).toContain('已私信答复')
  const [question, ...more] = sandbox.messages(own.chat_id).map(textOf)
  expect(more).toEqual([])
  expect(question).toContain('请问是哪一项？')
  expect(question).toContain('蔬菜滞销')
  expect(world.posts(commerce).map(textOf).join()).not.toContain('蔬菜滞销')

  // At home it is asked before everybody, as below the list itself.
  expect(await asked(agriculture, 'contact')).toContain('请问是哪一项？')
  expect(textOf(await answerTo(world, agriculture, 'contact', '已解决', list))).toContain('请问是哪一项？')
})
