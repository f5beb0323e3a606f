import { expect, test } from 'vitest'
import { textOf } from '../../sandbox/card-reading.ts'
import type { CommandName } from '../../src/commands/command.ts'
import { commands } from '../../src/commands/index.ts'
import { zhCN } from '../../src/messages/wording/zh-cn.ts'
import { upsertDirectory } from '../../src/services/directory/directory.ts'
import { work } from '../../src/services/work.ts'
import { labelsOf, type Office, personOf, testWorld, type World } from '../support/duban.ts'
import { answerTo, dispatch, guestIn } from '../support/talk.ts'
import { told } from '../support/told.ts'
import { history, truth } from '../support/truth.ts'

type Visible = Exclude<CommandName, 'form'>
type Who = 'lead' | 'contact' | 'backup' | 'leader' | 'observer' | 'stranger'

interface Case {
  /** Follows the command's name; #1 is with the agriculture department and #2 with that of commerce, both acknowledged. */
  words: string
  /** Of the answer to whom? It changes nothing, so that it can be asked in every form. */
  answers: [Who, string]
  may: Who[]
  /** For those who may, but not with what another department has. */
  othersWords?: string
  /** What is wrong with the words, and what is said of it. */
  wrong: [string, string][]
}

const departments: Who[] = ['contact', 'backup', 'leader']
const cases: Record<Visible, Case> = {
  status: {
    words: '#1',
    answers: ['lead', '办理过程'],
    may: ['lead', 'observer', ...departments],
    othersWords: '#2',
    wrong: [
      ['#99', '没有 #99 这个事项'],
      ['农业农村局', '没有找到单位“农业农村局”'],
      ['市', '“市”对应多个单位'],
    ],
  },
  list: {
    words: '办理中',
    answers: ['lead', '事项清单'],
    may: ['lead'],
    wrong: [
      ['不存在的单位', '没有找到单位'],
      ['农业农村委 商务委', '“商务委”无法识别'],
      ['农业农村委 #1', '“#1”无法识别'],
      ['办理中 2', '没有第2页，共1页'],
    ],
  },
  overdue: {
    words: '',
    answers: ['lead', '目前没有逾期事项'],
    may: ['lead'],
    wrong: [
      ['#1', '“#1”无法识别'],
      ['逾期 2', '“逾期”无法识别'],
    ],
  },
  mine: {
    words: '',
    answers: ['contact', '待办1项'],
    may: departments,
    wrong: [
      ['全部', '“全部”无法识别'],
      ['#1', '“#1”无法识别'],
      ['2', '没有第2页，共1页'],
      ['0', '没有第0页，共1页'],
    ],
  },
  dispatch: {
    words: '#1 农业农村委',
    answers: ['lead', '#1 已派单至市农业农村委员会'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['#3', '请写明单位'],
      ['#3 农业农村委 甲乙丙委', '没有找到单位“甲乙丙委”'],
      ['#3 农业农村委 2026-11-01', '已过'],
      ['#99 农业农村委', '没有 #99'],
      ['#3 #99 农业农村委', '没有 #99'],
      ['#3 农业农林委', '是否指“市农业农村委员会”'],
    ],
  },
  triage: {
    words: '#3',
    answers: ['lead', '【研判】#3'],
    may: ['lead'],
    wrong: [
      ['#99', '没有 #99'],
      ['路灯', '“路灯”无法识别'],
      ['#1', '派单至市农业农村委员会'],
    ],
  },
  merge: {
    words: '#1 #2',
    answers: ['lead', '派单至市农业农村委员会。派单前的事项方可合并'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['#3', '保留的写在最后'],
      ['#3 路灯', '“路灯”无法识别'],
      ['#3 #3', '不能并入自身'],
      ['#99 #1', '没有 #99'],
      ['#3 #99', '没有 #99'],
    ],
  },
  decline: {
    words: '#1 不属于受理范围',
    answers: ['lead', '派单前的事项方可不予受理'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['#3', '请写明理由'],
      ['#99 不属于受理范围', '没有 #99'],
    ],
  },
  ack: {
    words: '#1',
    answers: ['contact', '#1 已由孙联络于'],
    may: ['contact', 'backup'],
    othersWords: '#2',
    wrong: [
      ['十二', '“十二”无法识别'],
      ['#99', '没有 #99'],
      ['#3', '#3 尚未派单'],
      ['', '没有待签收的事项'],
    ],
  },
  feedback: {
    words: '#1 解决了吗',
    answers: ['contact', '#1 未作记录'],
    may: ['contact', 'backup'],
    othersWords: '#2 已解决，已对接',
    wrong: [
      ['', '请写明事项编号'],
      ['#1', '请写明办理情况'],
      ['已解决', '请写明事项编号'],
      ['#99 已解决，已对接', '没有 #99'],
    ],
  },
  return: {
    words: '#3 不属于本单位',
    answers: ['contact', '#3 尚未派单'],
    may: ['contact', 'backup'],
    othersWords: '#2 不属于本单位',
    wrong: [
      ['', '请写明事项编号'],
      ['#1', '请写明理由'],
      ['#1 商务委', '请写明理由'],
      ['#99 不属于本单位', '没有 #99'],
    ],
  },
  extend: {
    words: '#3 货源紧张',
    answers: ['contact', '#3 尚未派单'],
    may: ['lead', 'contact', 'backup'],
    othersWords: '#2 货源紧张',
    wrong: [
      ['', '请写明事项编号'],
      ['#1', '请写明理由'],
      ['#99 货源紧张', '没有 #99'],
    ],
  },
  suspend: {
    words: '#3 明天 待资金下达',
    answers: ['contact', '#3 尚未派单'],
    may: ['lead', 'contact', 'backup'],
    othersWords: '#2 明天 待资金下达',
    wrong: [
      ['', '请写明事项编号'],
      ['#1 待资金下达', '请写明复核日期'],
      ['#1 明天', '请写明理由'],
      ['#1 今天 待资金下达', '须晚于今天'],
      ['#99 明天 待资金下达', '没有 #99'],
    ],
  },
  review: {
    words: '#1 通过',
    answers: ['lead', '#1 没有待审核的反馈'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['#1', '请写明“通过”或“退回＋理由”'],
      ['#1 退回', '请写明理由'],
      ['#1 也许', '请写明“通过”或“退回＋理由”'],
      ['#99 通过', '没有 #99'],
    ],
  },
  nudge: {
    words: '逾期',
    answers: ['lead', '没有可催办的事项'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号、单位或“逾期”'],
      ['#99', '没有 #99'],
      ['#3', '#3 尚未派单'],
      ['不存在的单位', '没有找到单位'],
    ],
  },
  close: {
    words: '#1',
    answers: ['lead', '#1 办理中，办结后方可销号'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['所有', '“所有”无法识别'],
      ['#1 #99', '办结后方可销号'],
    ],
  },
  callback: {
    words: '#1 满意',
    answers: ['lead', '#1 办理中，办结后方可回访'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['#1', '请写明“满意”或“不满意”'],
      ['#1 不太满意', '请写明“满意”或“不满意”'],
      ['#99 满意', '没有 #99'],
      ['#3 不满意', '#3 待研判，办结后方可回访'],
    ],
  },
  publish: {
    words: '#1 https://www.shanghai.gov.cn/answer 已公开',
    answers: ['lead', '#1 办理中，办结后方可公开'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['#1', '请写明公开网址'],
      ['#1 已公开', '“已公开”不是完整网址'],
      ['#1 ftp://example.org/a', '不是完整网址'],
      ['#99 https://example.org/a', '没有 #99'],
    ],
  },
  uptake: {
    words: '#99 议题 市长办公会',
    answers: ['lead', '没有 #99'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['#1', '请写明“议题”或“政策”'],
      ['#1 会议 已列入', '请写明“议题”或“政策”'],
      ['#1 政策', '请写明说明'],
    ],
  },
  reopen: {
    words: '#1 市民反映未解决',
    answers: ['lead', '#1 办理中，办结或销号后方可重新交办'],
    may: ['lead'],
    wrong: [
      ['', '请写明事项编号'],
      ['#1', '请写明理由'],
      ['#99 未解决', '没有 #99'],
    ],
  },
  undo: {
    words: '',
    answers: ['contact', '10分钟内没有可撤销的操作'],
    may: ['lead', 'contact', 'backup'],
    wrong: [['#1', '“#1”无法识别']],
  },
  report: {
    words: 'week',
    answers: ['lead', '周报　11月16日（周一）至11月20日（周五）'],
    may: ['lead', 'observer'],
    wrong: [
      ['年', '“年”无法识别，可写：日、周、月、昨日、上周、上月'],
      ['#1', '“#1”无法识别'],
    ],
  },
  export: {
    words: '全部',
    answers: ['lead', '“全部”无法识别'],
    may: ['lead'],
    wrong: [['#1', '“#1”无法识别']],
  },
  bind: {
    words: '农业农村委',
    answers: ['lead', '本群已绑定工作专班'],
    may: ['lead'],
    wrong: [
      ['', '请写明单位'],
      ['不存在的单位', '没有找到单位'],
    ],
  },
  unbind: {
    words: '',
    answers: ['lead', '解绑确认'],
    may: ['lead'],
    wrong: [['马上', '“马上”无法识别']],
  },
  standin: {
    words: '结束',
    answers: ['contact', '您目前没有代理安排'],
    may: ['lead', ...departments],
    wrong: [
      ['', '请@代理人'],
      ['孙联络 周五', '请@代理人'],
    ],
  },
  contact: {
    words: '#1',
    answers: ['contact', '#1 没有留存诉求人联系方式'],
    may: ['lead', 'contact', 'backup'],
    othersWords: '#2',
    wrong: [
      ['', '请写明事项编号'],
      ['#1 电话', '“电话”无法识别'],
      ['#99', '没有 #99'],
    ],
  },
  person: {
    words: '联络员',
    answers: ['lead', '请@需要登记的人员'],
    may: ['lead'],
    wrong: [['孙联络 联络员', '请@需要登记的人员']],
  },
  claim: {
    words: 'claim-me',
    answers: ['lead', '专班权限已被认领'],
    may: ['lead', 'observer', 'stranger', ...departments],
    wrong: [['', '认领码不正确']],
  },
  help: {
    words: '派单',
    answers: ['lead', '用法：/派单'],
    may: ['lead', 'observer', ...departments],
    wrong: [['派弹', '是否指“/派单”']],
  },
}

test('every command: by both names, with full-width signs and digits, in a group and in private', async () => {
  const { world, offices } = await office()
  expect(Object.keys(cases).sort()).toEqual(
    commands.flatMap(({ hidden, name }) => (hidden ? [] : [name])).sort(),
  )
  const before = await truth(world)
  for (const [name, { words, answers }] of Object.entries(cases)) {
    const [who, answer] = answers
    for (const said of [name, zhCN.commands[name as Visible].name, name.toUpperCase()]) {
      for (const form of [
        `/${said} ${words}`,
        `／${said}　${wide(words)}`,
        ` /  ${said}   ${words} `.replace('/  ', '/ '),
        `/${said}：${words}`,
      ]) {
        expect(await told(world, offices[who], who, form), form).toContain(answer)
      }
    }
    // The group is what /bind and /unbind are about.
    if (name === 'bind' || name === 'unbind') continue
    expect(await told(world, offices[who], who, `/${name} ${words}`, 'private'), name).toContain(answer)
  }
  expect(await told(world, offices.lead, 'lead', '/bind 农业农村委', 'private')).toContain(
    '请在需要绑定的群内',
  )
  expect(await truth(world)).toBe(before)
  expect(errorsIn(world)).toEqual([])
})

test('a wrong argument gets what is wrong with it, and the usage where the words can’t be read', async () => {
  const { world, offices } = await office()
  const before = await truth(world)
  for (const [
    name,
    {
      wrong,
      answers: [who],
    },
  ] of Object.entries(cases)) {
    for (const [words, answer] of wrong) {
      const said = (await told(world, offices[who], who, `/${name} ${words}`)) ?? ''
      expect(said, `/${name} ${words}`).toContain(answer)
      if (/请写明|无法识别|请@/.test(said)) {
        expect(said, `/${name} ${words}`).toContain(`用法：${zhCN.commands[name as Visible].usage}`)
      }
    }
  }
  for (const [words, answer] of [
    ['/派弹 #1', '没有“/派弹”这个命令。是否指“/派单”？'],
    ['/stats', '是否指“/进度”？'],
    ['/签收1', '是否指“/签收”？'],
    ['/help nonsense', '没有“nonsense”这个命令'],
  ] as const) {
    expect(await told(world, offices.lead, 'lead', words), words).toContain(answer)
  }
  expect(await told(world, offices.lead, 'lead', '/完全不知所云的命令', 'private')).toContain(
    '发送 /帮助 查看可用命令',
  )
  expect(await truth(world)).toBe(before)
  expect(errorsIn(world)).toEqual([])
})

test('every command × every role: whoever may not is told so, and nothing changes', async () => {
  const { world, offices } = await office()
  const before = await truth(world)
  for (const [name, { words, may, othersWords }] of Object.entries(cases)) {
    for (const [who, where] of Object.entries(offices) as [Who, Office][]) {
      // Whom nobody knows has only a few answers a day in each chat.
      const chat = who === 'stranger' ? { ...where.chat, chat_id: `oc_of_${name}` } : where.chat
      const said = await told(world, { ...where, chat }, who, `/${name} ${words}`)
      const refused = who === 'stranger' ? '您尚未登记' : '您没有此项操作的权限'
      if (!may.includes(who)) expect(said, `/${name} by the ${who}`).toContain(refused)
      else if (who !== 'observer') expect(said, `/${name} by the ${who}`).not.toContain(refused)
      if (othersWords === undefined || !may.includes(who) || who === 'lead') continue
      const others = await told(world, where, who, `/${name} ${othersWords}`)
      const why = who === 'observer' ? '您可查看各项总数' : '不是本单位承办的事项'
      expect(others, `/${name} ${othersWords} by the ${who}`).toContain(why)
      expect(others).not.toContain('口罩脱销')
    }
  }
  // An observer reads the totals, and no item.
  expect(await told(world, offices.observer, 'observer', '/进度')).toContain('办理进度')
  expect(await told(world, offices.observer, 'observer', '/进度 #1')).not.toContain('蔬菜滞销')
  expect(await told(world, offices.observer, 'observer', '/报表')).toContain('日报')
  expect(await told(world, offices.observer, 'observer', '/进度 农业农村委')).toContain('您可查看各项总数')
  expect(await told(world, offices.contact, 'contact', '/进度 商务委')).toContain('没有此项操作的权限')
  // The help names just what the asker may use.
  for (const [who, where] of Object.entries(offices) as [Who, Office][]) {
    const help = (await told(world, where, who, '/帮助')) ?? ''
    for (const [name, { may }] of Object.entries(cases)) {
      if (who === 'stranger' || name === 'claim') continue
      const named = new RegExp(`/${zhCN.commands[name as Visible].name}(?!\\p{Script=Han})`, 'u')
      expect(named.test(help), `${name} in the help of the ${who}`).toBe(may.includes(who))
    }
  }
  expect(await truth(world)).toBe(before)
  expect(errorsIn(world)).toEqual([])
})

test('/bind and /person: a new department is set up by words in its group', async () => {
  const { world } = await office()
  const { sandbox, taskForce } = world
  const lead = personOf(taskForce, 'lead')
  const someone = sandbox.addPerson({ name: '冯小平' })
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [{ name: '市教育委员会', aliases: ['市教委'], chats: [], people: [] }]),
  )
  const chat = sandbox.addChat({ name: '教委群', members: [lead.open_id, someone.open_id] })
  const education: Office = { name: '市教育委员会', chat, people: { lead, someone } }
  await world.seen(education, '我是督办机器人')
  expect(textOf(await answerTo(world, education, 'someone', '/绑定 市教委'))).toContain('您尚未登记')
  world.say(education, 'lead', '/人员 @冯小平 联络员', { mentions: [someone.open_id] })
  await world.seen(education, '本群尚未绑定单位，请写明单位')
  expect(textOf(await answerTo(world, education, 'lead', '／绑定　市教委'))).toContain(
    '本群已绑定：市教育委员会',
  )
  expect(textOf(await answerTo(world, education, 'lead', '/bind 市教育委员会'))).toContain(
    '本群已绑定市教育委员会',
  )
  for (const [words, answer] of [
    ['/人员 @冯小平 局长', '请写明角色'],
    ['/人员 @冯小平 专班人员 市教委', '专班人员只能登记在专班'],
    ['/人员 @冯小平 联络员 市教委 商务委', '“商务委”无法识别'],
    ['/person @冯小平 contact', '已登记：冯小平，市教育委员会联络员'],
    ['/人员 @冯小平 联络员', '已登记：冯小平，市教育委员会联络员'],
    ['/人员 B角 @冯小平 农业农村委', '已登记：冯小平，市农业农村委员会B角'],
  ] as const) {
    world.say(education, 'lead', words, { mentions: [someone.open_id] })
    await world.seen(education, answer)
  }
  const card = await dispatch(world, '#3 市教委', education)
  expect(card.mentions.map(({ name }) => name)).toEqual(['冯小平'])
  expect((await world.press(card, someone, '签收')).toast?.content).toBe('已签收')
})

test('an entry of a list opens its form in the thread, once; the form answered there changes the list too', async () => {
  const { world } = await office()
  const { agriculture, sandbox } = world
  const contact = personOf(agriculture, 'contact')
  const [four, five] = await world.items({ title: '活禽交易' }, { title: '种子断供' })
  const list = await dispatch(world, `#${four} #${five} 农业农村委`, agriculture)
  const forms = () => world.posts(agriculture).filter((post) => textOf(post).includes('【反馈】'))
  for (let presses = 0; presses < 3; presses += 1) {
    expect((await world.press(list, contact, '反馈')).toast?.content).toBe('反馈表已发在本消息的话题中')
  }
  await Promise.all([
    world.press(list, contact, '反馈'),
    world.press(list, personOf(agriculture, 'backup'), '反馈'),
  ])
  await world.settled()
  const [form, second] = forms()
  expect(second).toBeUndefined()
  if (!form) throw new Error('there is no form')
  expect(textOf(form)).toContain(`#${four} 活禽交易`)
  expect(form.thread_id).toBeDefined()
  expect(form.parent_id).toBe(list.message_id)
  const answer = { outcome: 'resolved', measures: '已对接', mayPublish: 'yes' }
  expect((await world.press(form, contact, '提交反馈', answer)).toast?.type).toBe('success')
  await world.settled()
  expect(labelsOf(sandbox.message(form.message_id))).toEqual([])
  expect(textOf(sandbox.message(list.message_id))).toContain('待审核')
  expect(labelsOf(sandbox.message(list.message_id))).toEqual(['签收', '反馈'])
  await world.press(sandbox.message(list.message_id), contact, '反馈')
  await world.settled()
  expect(forms().map((post) => textOf(post).includes('种子断供'))).toEqual([true])
  expect(await history(world, four)).toEqual(['collected', 'dispatched', 'feedback'])
})

/** A world in which #1 is with agriculture and #2 with commerce, acknowledged both, and #3 with nobody; all roles. */
async function office(): Promise<{ world: World; offices: Record<Who, Office> }> {
  const world = await testWorld({ ticking: true, unlimited: true })
  const { agriculture, commerce, sandbox, stranger, taskForce } = world
  await world.items({ title: '蔬菜滞销' }, { title: '口罩脱销' }, { title: '网课卡顿' })
  const observer = sandbox.addPerson({ name: '何观察' })
  await work(world.duban.app, (current) =>
    upsertDirectory(current, [
      {
        name: '市督查室',
        aliases: [],
        chats: [],
        people: [{ name: '何观察', platform: 'feishu', account: observer.open_id, role: 'observer' }],
      },
    ]),
  )
  for (const [words, to] of [
    ['#1 农业农村委', agriculture],
    ['#2 商务委', commerce],
  ] as const) {
    const card = await dispatch(world, words, to)
    await world.press(card, personOf(to, 'contact'), '签收')
  }
  await world.settled()
  // By now nobody can undo what has been done.
  world.clock.advance(11 * 60_000)
  const watching = guestIn(world, taskForce, observer.open_id)
  const passing = guestIn(world, agriculture, stranger.open_id)
  return {
    world,
    offices: {
      lead: taskForce,
      contact: agriculture,
      backup: agriculture,
      leader: agriculture,
      observer: { ...watching, people: { observer } },
      stranger: { ...passing, people: { stranger } },
    },
  }
}

function wide(words: string): string {
  return words
    .replace(/[#0-9]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
    .replaceAll(' ', '　')
}

function errorsIn(world: World): string[] {
  return world.log.filter((line) => line.includes('"level":"error"'))
}
