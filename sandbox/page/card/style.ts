import type { StyleInfo } from 'lit-html/directives/style-map.js'

/** The platform's names for colours, spaces and sizes, in this page's style. Whatever is unknown is left out. */

const hues = new Set([
  'blue',
  'wathet',
  'turquoise',
  'green',
  'lime',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
])

/** `red-600`, `bg-red`, `neutral` and the like as one of the style sheet's hues. */
export function hueOf(color: unknown): string | undefined {
  if (typeof color !== 'string') return undefined
  const name = color
    .replace(/^bg-/, '')
    .replace(/-\d+$/, '')
    .replace(/^(neutral|gray)$/, 'grey')
  return hues.has(name) ? name : undefined
}

/** The class that colours a background, where the card names a colour. */
export function backgroundClass(color: unknown): string {
  const hue = hueOf(color)
  return hue ? `card-bg hue-name-${hue}` : ''
}

const spaces: Record<string, string> = { small: '4px', medium: '8px', large: '12px', extra_large: '16px' }

/** A single space: `medium` or `10px`. */
export function space(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  return spaces[value] ?? (/^\d{1,2}px$/.test(value) ? value : undefined)
}

/** One to four lengths, as in `4px 12px`. */
export function edges(value: unknown): string | undefined {
  return typeof value === 'string' && /^(-?\d{1,2}(px)?)( -?\d{1,2}(px)?){0,3}$/.test(value)
    ? value
    : undefined
}

/** Drops what is not set, so that the style sheet decides. */
export function styles(values: Record<string, string | undefined>): StyleInfo {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as StyleInfo
}

const alignments: Record<string, string> = {
  left: 'flex-start',
  top: 'flex-start',
  center: 'center',
  right: 'flex-end',
  bottom: 'flex-end',
}

export function alignment(value: unknown): string | undefined {
  return typeof value === 'string' ? alignments[value] : undefined
}

const textSizes: Record<string, string> = {
  'heading-0': '30px',
  'heading-1': '24px',
  'heading-2': '20px',
  'heading-3': '18px',
  'heading-4': '16px',
  heading: '16px',
  normal: '14px',
  notation: '12px',
  'xxxx-large': '30px',
  'xxx-large': '24px',
  'xx-large': '20px',
  'x-large': '18px',
  large: '16px',
  medium: '14px',
  small: '12px',
  'x-small': '10px',
}

export function textStyle({ text_size, text_align }: Record<string, unknown>): StyleInfo {
  const aligned = text_align === 'center' || text_align === 'right' ? text_align : undefined
  const size = typeof text_size === 'string' ? textSizes[text_size] : undefined
  const heavy = typeof text_size === 'string' && text_size.startsWith('heading') ? '600' : undefined
  return styles({ 'font-size': size, 'font-weight': heavy, 'text-align': aligned })
}
