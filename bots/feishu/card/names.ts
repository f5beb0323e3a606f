/** Names of a card's interactive elements: they must be unique within the whole card. */
export interface Names {
  take(wanted: string): string
}

export function createNames(): Names {
  const taken = new Set<string>()
  return {
    take(wanted) {
      let name = wanted
      for (let copy = 2; taken.has(name); copy += 1) name = `${wanted}${copySeparator}${copy}`
      taken.add(name)
      return name
    },
  }
}

const copySeparator = '__'

/** The field's own name, as the form that was rendered calls it: a second form's `measures__2` is `measures`. */
export function ownName(name: string): string {
  return name.replace(/__\d+$/, '')
}
