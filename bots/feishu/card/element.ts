/** A component of Card JSON 2.0. */
export interface Element {
  tag: string
  [property: string]: unknown
}

export interface Card {
  schema: '2.0'
  config: { update_multi: true; summary: { content: string } }
  header?: { title: Element; template: string }
  body: { padding: string; vertical_spacing: string; elements: Element[] }
}

/** Plain text never becomes markup, so it is the first choice wherever looks allow. */
export function plain(content: string, style: Record<string, string> = {}): Element {
  return { tag: 'plain_text', content, ...style }
}

export function paragraph(content: string, style: Record<string, string> = {}): Element {
  return { tag: 'div', text: plain(content, style) }
}

export function smallPrint(content: string): Element {
  return paragraph(content, { text_size: 'notation', text_color: 'grey' })
}

/** Columns side by side; `flow` lets them wrap on a narrow screen. */
export function columnSet(columns: Element[], flexMode: 'none' | 'flow'): Element {
  return { tag: 'column_set', flex_mode: flexMode, horizontal_spacing: '8px', columns }
}

/** A column that takes its share of the width. */
export function column(elements: Element[], properties: Record<string, unknown> = {}): Element {
  return { tag: 'column', width: 'weighted', weight: 1, vertical_spacing: '2px', ...properties, elements }
}

/** A column as wide as what stands in it. */
export function narrowColumn(elements: Element[]): Element {
  return { tag: 'column', width: 'auto', elements }
}
