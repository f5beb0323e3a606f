import type { Place } from './place.ts'
import {
  horizontalAlign,
  list,
  oneOf,
  padding,
  type Rule,
  type Shape,
  spacing,
  verticalAlign,
} from './rules.ts'
import type { JsonObject } from './walk.ts'

/** A component of Card JSON 2.0, as its page of the reference lists it; what the reference calls historical is left out. */
export interface Component extends Shape {
  /** Answers people: inside a form it must have a name. */
  interactive?: boolean
  /** Counts as a level of nesting. */
  container?: boolean
  /** May stand only right under the body. */
  rootOnly?: boolean
  /** May not stand in a form. */
  notInForm?: boolean
  /** What the fields alone cannot tell. */
  check?(element: JsonObject, place: Place): void
}

/** The components inside another, or inside the body, in order. */
export const elements: Rule = list((value, place) => place.reading.component(value, place))

/** How a container, or the body, arranges what is in it. */
export const layout = {
  direction: oneOf('vertical', 'horizontal'),
  padding,
  horizontal_spacing: spacing,
  horizontal_align: horizontalAlign,
  vertical_spacing: spacing,
  vertical_align: verticalAlign,
}
