// Which attributes an answer has: `attributes` and `excludedAttributes` (RFC 7644 §3.9).
import { type AttributePath, parsePath } from './filter.ts'
import { ScimProblem } from './problem.ts'
import { isObject, type Resource } from './resource.ts'

export interface Projection {
  readonly only: readonly AttributePath[] | undefined
  readonly without: readonly AttributePath[]
}

/** @throws ScimProblem('invalidPath' | 'invalidSyntax') */
export function projectionOf(
  attributes: string | undefined,
  excludedAttributes: string | undefined,
): Projection {
  if (attributes !== undefined && excludedAttributes !== undefined)
    throw new ScimProblem('invalidSyntax', 'give `attributes` or `excludedAttributes`, not both')
  return {
    only: attributes === undefined ? undefined : pathsOf(attributes),
    without: excludedAttributes === undefined ? [] : pathsOf(excludedAttributes),
  }
}

const pathsOf = (list: string): readonly AttributePath[] =>
  list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => parsePath(one))

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Whether an answer has any of the attribute. */
export const shows = ({ only, without }: Projection, attribute: string): boolean =>
  only === undefined
    ? !without.some(({ name, sub }) => sub === undefined && same(name, attribute))
    : only.some(({ name }) => same(name, attribute))

/** `schemas` and `id` are always returned (RFC 7643 §7, `returned: always`). */
export function project(projection: Projection, resource: Resource): Resource {
  const { only, without } = projection
  return Object.fromEntries(
    Object.entries(resource).flatMap(([key, value]) => {
      if (key === 'schemas' || key === 'id') return [[key, value]]
      if (!shows(projection, key)) return []
      const subs = (only ?? without).filter(({ name }) => same(name, key)).map(({ sub }) => sub)
      if (subs.length === 0 || subs.includes(undefined)) return [[key, value]]
      const keep = (part: string): boolean =>
        subs.some((sub) => sub !== undefined && same(sub, part)) === (only !== undefined)
      return [[key, Array.isArray(value) ? value.map((one) => partsOf(one, keep)) : partsOf(value, keep)]]
    }),
  )
}

const partsOf = (value: unknown, keep: (part: string) => boolean): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([part]) => keep(part))) : value
