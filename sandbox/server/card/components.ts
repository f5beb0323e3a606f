import type { Component } from './component.ts'
import { containerComponents } from './container-components.ts'
import { contentComponents } from './content-components.ts'
import { interactiveComponents } from './interactive-components.ts'
import { fault, type Place } from './place.ts'
import { elementId, margin, type Rule, readFields, text } from './rules.ts'
import { isObject, type JsonObject } from './walk.ts'

const components: Record<string, Component> = {
  ...contentComponents,
  ...containerComponents,
  ...interactiveComponents,
}

const deepest = 5

/** Any component, by its tag. */
export const component: Rule = (value, place) => {
  if (!isObject(value)) return fault(place, 'must be an object')
  place.reading.elements += 1
  const tag = typeof value.tag === 'string' ? value.tag : ''
  const known = Object.hasOwn(components, tag) ? components[tag] : undefined
  if (!known) return fault(place, `unsupported tag ${tag}`, 'tag')
  checkPlace(tag, known, value, place)
  const inner: Place = {
    ...place,
    atRoot: false,
    depth: place.depth + (known.container ? 1 : 0),
    inForm: place.inForm || tag === 'form',
  }
  const fields = { ...known.fields, tag: text, element_id: elementId, margin }
  readFields(value, { fields, required: known.required }, inner)
  known.check?.(value, place)
}

function checkPlace(tag: string, known: Component, element: JsonObject, place: Place): void {
  const misplaced = (known.rootOnly && !place.atRoot) || (known.notInForm && place.inForm)
  if (misplaced) fault(place, `unsupported tag ${tag} at this place`, 'tag')
  if (known.container && place.depth >= deepest) fault(place, `containers are nested deeper than ${deepest}`)
  if (known.interactive && place.inForm && element.name === undefined) {
    fault(place, 'a component inside a form must have a name')
  }
}
