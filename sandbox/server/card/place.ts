/** What is wrong with a card, in the platform's words. */
export interface CardFault {
  /** The inner code that stands in `ext=ErrCode: …`. */
  code: number
  message: string
  /** `ROOT -> body -> elements -> [0](tag: div)`. */
  path: string
}

/** The inner codes: what of a card they speak about. */
export const codes = {
  json: 200621,
  tag: 200861,
  chart: 200550,
  table: 200914,
  tableColumns: 200915,
  image: 200570,
  tooMany: 11310,
} as const

/** What is gathered about the whole card while it is read. */
export interface Reading {
  faults: CardFault[]
  /** Every object with a tag. */
  elements: number
  tables: number
  names: Set<string>
  elementIds: Set<string>
  /** Declared in `config.style`. */
  textSizes: Set<string>
  colors: Set<string>
  imageExists(key: string): boolean
  /** Reads a component at its place; here so that a container need not know what it may hold. */
  component(value: unknown, place: Place): void
}

/** Where in the card the reading is. */
export interface Place {
  reading: Reading
  path: string[]
  /** How many containers are around. */
  depth: number
  atRoot: boolean
  inForm: boolean
}

export function fault(place: Place, message: string, code: number = codes.json): void {
  place.reading.faults.push({ code, message, path: place.path.join(' -> ') })
}

export function within(place: Place, step: string): Place {
  return { ...place, path: [...place.path, step] }
}
