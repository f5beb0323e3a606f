import type { Locale } from './voice.ts'

/** What a bot itself has to say: where a message does not fit, where a form waits, where an answer fails. */
export interface CardWords {
  /** Below a list that was cut. */
  more(count: number): string
  /** Below a list whose last so many entries have lost their buttons. */
  withoutButtons(count: number): string
  /** Below a text that was cut. */
  shortened: string
  /** In place of whatever else did not fit. */
  omitted: string
  choose: string
  chooseDate: string
  fillIn: string
  /** To someone who pressed a button that the bot no longer understands. */
  staleButton: string
  /** To someone whose click ran into a fault of ours. */
  failed: string
}

const zhCN: CardWords = {
  more: (count) => `另有${count}项未显示。`,
  withoutButtons: (count) => `因篇幅所限，后${count}项未附按钮，可直接发送“#编号 内容”办理。`,
  shortened: '内容较长，此处为节选。',
  omitted: '部分内容因篇幅所限未能显示。',
  choose: '请选择',
  chooseDate: '请选择日期',
  fillIn: '请填写',
  staleButton: '此按钮已失效，请以最新消息为准。',
  failed: '操作未成功，请稍后再试。',
}

const en: CardWords = {
  more: (count) => `${count} more not shown.`,
  withoutButtons: (count) => `No room for the buttons of the last ${count}: send “#number text” instead.`,
  shortened: 'Shortened: the full text does not fit here.',
  omitted: 'Some of this message does not fit here.',
  choose: 'Choose',
  chooseDate: 'Choose a date',
  fillIn: 'Fill in',
  staleButton: 'This button is out of date; please use the latest message.',
  failed: 'That did not work. Please try again in a moment.',
}

export const cardWords = { 'zh-CN': zhCN, en } satisfies Record<Locale, CardWords>
