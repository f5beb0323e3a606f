/** As wide as a phone's screen has pixels, so that nothing is blurred. */
export const pageWidth = 1080
export const margin = 48

/** A part of the page, from its own top: they are put one below the other. */
export interface Drawn {
  svg: string
  height: number
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
