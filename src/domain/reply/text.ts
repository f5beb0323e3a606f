/**
 * One spelling for what officials type in many: full-width and half-width letters, digits and punctuation, stray
 * spaces, emoji, the 己 that was meant as 已. A text with Chinese in it gets Chinese punctuation, another ASCII's.
 */
export function canonical(text: string): string {
  const folded = fold(text)
  if (!han.test(folded)) return folded
  return meantAsYi(joinSpaced(chinesePunctuation(folded)))
}

const han = /\p{Script=Han}/u

/** Emoji and the messengers' [抱拳] carry no report; the OK hand does. */
const okSign = /👌|🆗|🫡|\[OK\]/giu
const decoration =
  /\[(?:抱拳|握手|强|赞|玫瑰|微笑|合十|鼓掌|加油|胜利|爱心|呲牙|愉快|咖啡|图片|文件|表情)\]|(?![❌✖👌])[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}]|\uFE0F|\u20E3/gu

const variants: Record<string, string> = {
  '｡': '。',
  '､': '、',
  '﹐': ',',
  '﹑': '、',
  '﹒': '.',
  '﹔': ';',
  '﹕': ':',
  '︰': ':',
  '﹖': '?',
  '﹗': '!',
  '﹟': '#',
  '﹙': '(',
  '﹚': ')',
  '‘': "'",
  '’': "'",
  '✖': '❌',
}
const variant = new RegExp(`[${Object.keys(variants).join('')}]`, 'gu')

function fold(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(variant, (char) => variants[char] ?? char)
    .replace(okSign, '👌')
    .replace(decoration, ' ')
    .replace(invisible, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim()
}

const widened: Record<string, string> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
}

/** Not inside 17:30, 1,000 or a web address; a full stop only behind a Chinese character. */
function chinesePunctuation(text: string): string {
  return text
    .replace(/(?<!\d)[,:]|[,:](?!\d)|[;?!()]/g, (char, at: number) =>
      char === ':' && text.startsWith('//', at + 1) ? char : (widened[char] ?? char),
    )
    .replace(/(?<=[\p{Script=Han}）”])\.+/gu, '。')
}

/**
 * Spaces around Chinese: 已 解 决 is one word, 收到 马上办 two clauses; beside digits and punctuation they mean nothing.
 * A single character never stands alone, so that 未 办结 keeps its 未.
 */
function joinSpaced(text: string): string {
  return text
    .replace(/(?<=[，。；：？！、（）【】]) | (?=[，。；：？！、（）【】])/g, '')
    .replace(/(?<=\p{Script=Han}) (?=\d)|(?<=\d) (?=\p{Script=Han})/gu, '')
    .replace(/(?<=(?<!\p{Script=Han})\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han}(?!\p{Script=Han}))/gu, '')
    .replace(/(?<=[\p{Script=Han}👌]) (?=[\p{Script=Han}👌])/gu, '，')
}

function meantAsYi(text: string): string {
  return text.replace(/(?<![自知利克异律舍损])[己巳](?=\p{Script=Han})/gu, '已')
}
