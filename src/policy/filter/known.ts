// What is known before any row: the context, and which keys the rows provide.
import { Problem } from '../../problem.ts'
import type { Context } from '../request.ts'
import type { Field, Shape } from './shape.ts'

export class Known {
  readonly context: Context
  readonly shape: Shape
  readonly #service: string

  constructor(context: Context, shape: Shape, action: string) {
    this.context = context
    this.shape = shape
    this.#service = action.slice(0, action.indexOf(':') + 1).toLowerCase()
  }

  /**
   * The field that provides a key (in lower case), or undefined when only the request provides it.
   * @throws Problem('invalid_input') for a key that may belong to the row and is not in the shape: treating it as missing
   * could bypass a Deny that names a tag which the shape omits
   */
  fieldOf(key: string, place: string): Field | undefined {
    const field = this.shape.attributes.get(key)
    if (field !== undefined) return field
    if (!this.#maybeOfRow(key) || this.context.has(key) || this.shape.absent.has(key)) return undefined
    throw this.untranslatable(
      place,
      `the key \`${key.slice(0, 200)}\`, which is neither in \`shape.attributes\` nor in the context, nor in \`shape.absent\``,
    )
  }

  #maybeOfRow(key: string): boolean {
    return /^[^:]+:resourcetag\//.test(key) || (this.#service !== '' && key.startsWith(this.#service))
  }

  untranslatable(place: string, what: string): Problem {
    return new Problem('invalid_input', `${place}: cannot filter by ${what}`)
  }
}
