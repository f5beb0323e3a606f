/** The platform's inner codes and words for what may be wrong with a card. */
const kinds = {
  json: [200621, 'parse card json err, please check whether the card json is correct'],
  tag: [200861, 'cards of schema V2 no longer support this capability'],
  chart: [200550, 'chart spec is invalid'],
  rows: [200914, 'table rows is invalid'],
  rowName: [200915, 'table rows name is invalid'],
  image: [200570, 'card contains invalid image keys'],
  person: [100290, 'There is an invalid user resource(at/person) in your card'],
  elements: [11310, 'element exceeds the limit'],
  tables: [11310, 'card table number over limit'],
} as const satisfies Record<string, readonly [code: number, message: string]>

export type FaultKind = keyof typeof kinds

/** What is wrong with a card, as it stands behind `ext=` in the platform's refusal. */
export interface CardFault {
  /** `ErrCode`. */
  code: number
  /** `ErrPath`: `ROOT -> body -> elements -> [0](tag: div)`. */
  path: string
  /** `ErrMsg`. */
  message: string
  /** `ErrorValue`. */
  detail: string
}

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
  personExists(id: string): boolean
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

export function fault(place: Place, detail: string, kind: FaultKind = 'json'): void {
  const [code, message] = kinds[kind]
  place.reading.faults.push({ code, path: place.path.join(' -> '), message, detail })
}

export function within(place: Place, step: string): Place {
  return { ...place, path: [...place.path, step] }
}
