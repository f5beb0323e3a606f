/** Words that citizens use for the same thing: the first of each row stands for all of them. */
const sameThings: readonly (readonly string[])[] = [
  ['在线教学', '空中课堂', '网课', '线上课程', '线上教学', '在线上课', '线上学习', '网上上课'],
  ['健康码', '随申码'],
  ['快递', '包裹', '快件'],
  ['药店', '药房', '药局'],
  ['老人', '老年人', '高龄老人', '老人家'],
  ['公交', '公交车', '公共汽车', '巴士'],
  ['消毒', '消杀'],
  ['陪护', '陪床', '陪夜'],
  ['滞销', '卖不出去', '卖不掉', '积压', '销路'],
  ['货车', '卡车', '物流车辆', '运输车辆'],
  ['涨价', '价格上涨', '涨了价', '坐地起价'],
  ['居委会', '居村委', '居委', '居民委员会', '村委会', '村居委'],
  ['缓缴', '延期缴纳', '推迟缴纳', '晚交'],
  ['社保', '社会保险'],
  ['隔离点', '隔离酒店', '隔离宾馆', '隔离观察点', '集中隔离点'],
  ['排队', '大排长龙', '站队', '排长队'],
  ['蔬菜', '青菜'],
  ['原料', '原材料'],
  ['断货', '缺货', '供应紧张', '买不到', '没货'],
  ['智能手机', '智能机', '手机'],
  ['预约', '登记'],
  ['种植户', '农户', '菜农', '农民'],
  ['回看', '回放', '重播'],
]

/** What a suggestion says whatever it is about. */
const empty = [
  '希望 建议 请 请问 反映 市民 居民 群众 网友 大家 我们 你们 他们 自己 问题 情况 相关 有关 部门 政府 领导 尽快 及时 协调 解决',
  '处理 办理 影响 造成 导致 引发 目前 现在 已经 一些 部分 少数 多名 附近 本人 来电 电话 咨询 投诉 表示 认为 觉得 可以 能否 是否',
  '能不能 什么 怎么 如何 为什么 没有 不能 无法 不了 不会 不让 应该 应当 需要 进行 由于 因为 所以 但是 而且 或者 以及 如果 还是 就是',
  '这个 那个 这里 那里 这样 那样 每天 天天 今天 昨天 时候 以后 之后 之前 期间 疫情 上海 全市 本市 我市 各区 有的 没人 到处 有人 太多',
  '很多 非常 比较 特别 太少 更加 希望能 麻烦 谢谢 您好 你好 予以 加强 做好 开展 提供 要求 规定 明确 核实 整改 回应 发布 帮忙 协助',
  '太慢 太快 时间长 不一 不一样 不同 不统一 统一 管理 恢复 人员 单位 地方 方面 工作 东西 事情 时间 问了 一次 一个 一天 两个 几个 小时 半小时 分钟 星期 一周 已经',
]
  .join(' ')
  .split(' ')

const englishEmpty = [
  'the a an and or of to in on at for from by with is are was were be been it its this that these those there here',
  'i we you he she they my our your their me us them not no can could would should please hope suggest have has had',
  'do does did as if so but than then very too more most some any all when where what why how who which',
]
  .join(' ')
  .split(' ')

/** Characters that, alone, join nothing. */
const joints = new Set(
  '的了在和与及或是有就也都很太更还再又才只被把让给对向从到由以于为因而但却若即各每这那其我你他她它您们个位名次条件些点来去进出上下里外中前后内间可能要想会得着过吗呢吧啊请不没无一二两三四五六七八九十百千万半多几等说做用人电话号'.split(
    '',
  ),
)

const standIns = new Map(
  sameThings.flatMap(([first = '', ...others]) => [first, ...others].map((word) => [word, first])),
)
const stopWords = new Set([...empty, ...englishEmpty])

/** The phrases of the table, the longest first. */
const phrases = new RegExp([...standIns.keys()].toSorted((a, b) => b.length - a.length).join('|'), 'g')

/** The word that stands for all that mean the same. */
export function standInFor(word: string): string {
  return standIns.get(word) ?? word
}

/** The text in pieces: the phrases of the table, and what is between them. */
export function piecesOf(text: string): { text: string; isPhrase: boolean }[] {
  const pieces: { text: string; isPhrase: boolean }[] = []
  let from = 0
  for (const { index, 0: phrase } of text.matchAll(phrases)) {
    if (index > from) pieces.push({ text: text.slice(from, index), isPhrase: false })
    pieces.push({ text: phrase, isPhrase: true })
    from = index + phrase.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isPhrase: false })
  return pieces
}

export function isEmptyWord(word: string): boolean {
  return stopWords.has(word)
}

export function isJoint(character: string): boolean {
  return joints.has(character)
}
