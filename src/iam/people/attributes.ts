// The attributes of a person as input: which there are, and which values they take.
import { attributeNames, oneLine, type PersonAttributes, personAttributes } from '../../store/person.ts'

export { attributeNames, oneLine }

/** Label of an attribute, and whether a value is valid. */
export const attributeRules = personAttributes

/** Attributes by name; null removes one. */
export type AttributeChanges = Readonly<Record<string, string | null | undefined>>

/** @param changes of valid values: names and values have been checked by `attributeRules` */
export function withAttributes(old: PersonAttributes, changes: AttributeChanges = {}): PersonAttributes {
  return Object.fromEntries(
    attributeNames.flatMap((name) => {
      const value = changes[name] === undefined ? old[name] : changes[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}
