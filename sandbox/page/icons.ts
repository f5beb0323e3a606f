import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit-html'

/** Line icons on a 20 × 20 grid, in the colour of the text around them. */
const shapes = {
  at: svg`<circle cx="10" cy="10" r="3.200"/><path d="M13.200 6.800v4.400c0 2.600 3.800 2.600 3.800-1.200a7 7 0 1 0-2.800 5.600"/>`,
  back: svg`<path d="M12.500 4.500 7 10l5.500 5.500"/>`,
  bolt: svg`<path d="M11 2.500 4.500 11.500H9l-.500 6 6.500-9H10.500z" fill="currentColor"/>`,
  bug: svg`<path d="M10 3.500 17.500 16.500H2.500zM10 8.500v3.500M10 14.200v.1"/>`,
  calendar: svg`<rect x="3" y="4.500" width="14" height="12" rx="2"/><path d="M3 8.500h14M7 2.800v3M13 2.800v3"/>`,
  chats: svg`<path d="M4 4h12a1.500 1.500 0 0 1 1.500 1.500v7A1.500 1.500 0 0 1 16 14H9l-4 3v-3H4a1.500 1.500 0 0 1-1.500-1.500v-7A1.500 1.500 0 0 1 4 4z"/>`,
  check: svg`<circle cx="10" cy="10" r="7.500"/><path d="m6.500 10.200 2.500 2.500 4.600-5"/>`,
  clock: svg`<circle cx="10" cy="10" r="7.500"/><path d="M10 5.500V10l3 2"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  down: svg`<path d="m5 7.500 5 5 5-5"/>`,
  download: svg`<path d="M10 3v9.500m-4-4 4 4 4-4M3.500 16.500h13"/>`,
  file: svg`<path d="M5 2.500h6.500L15.500 6.500v11H5zM11.500 2.500v4h4"/>`,
  globe: svg`<circle cx="10" cy="10" r="7.500"/><path d="M2.500 10h15M10 2.500c2.600 2.600 2.600 12.400 0 15M10 2.500c-2.600 2.600-2.600 12.400 0 15"/>`,
  image: svg`<rect x="2.500" y="3.500" width="15" height="13" rx="2"/><circle cx="7" cy="8" r="1.400"/><path d="m3 14.500 4.500-4 3 2.500 2.500-2.500 4.500 4"/>`,
  info: svg`<circle cx="10" cy="10" r="7.500"/><path d="M10 9v4.500M10 6.400v.1"/>`,
  left: svg`<path d="M12 5.500 7.500 10l4.500 4.500"/>`,
  members: svg`<circle cx="7.500" cy="7" r="3"/><path d="M2 16.500c0-3 2.400-4.800 5.500-4.800s5.500 1.800 5.500 4.800M13 4.400a3 3 0 0 1 0 5.200M15 12.300c1.900.7 3 2.200 3 4.200"/>`,
  paperclip: svg`<path d="m15.800 9.200-6 6a3.700 3.700 0 0 1-5.300-5.300l6.300-6.200a2.500 2.500 0 0 1 3.500 3.500l-6.200 6.200a1.200 1.200 0 0 1-1.800-1.700l5.700-5.700"/>`,
  reply: svg`<path d="M8 5 3.500 9.500 8 14M3.500 9.500h7c3.500 0 6 2 6 6"/>`,
  right: svg`<path d="M8 5.500 12.500 10 8 14.500"/>`,
  search: svg`<circle cx="9" cy="9" r="5.500"/><path d="m13.200 13.200 4 4"/>`,
  send: svg`<path d="M3 10 17 3.500 13 17l-3.500-5.500zM9.500 11.500 17 3.500"/>`,
  swap: svg`<path d="m5 8 5-5 5 5M5 12l5 5 5-5"/>`,
  thread: svg`<path d="M3.500 4h13v9.500H9.500L6 16.500v-3H3.500zM7 7.500h6M7 10h4"/>`,
  warning: svg`<circle cx="10" cy="10" r="7.500"/><path d="M10 5.800v5M10 13.600v.1"/>`,
} satisfies Record<string, SVGTemplateResult>

export type IconName = keyof typeof shapes

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${shapes[name]}</svg>`
}
