// Parses request bodies and query parameters into typed values.
import { isUtf8 } from 'node:buffer'
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import { parseJsonObject } from '../web/request/body.ts'

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Parses a JSON object. @throws Problem('invalid_input' | 'validation') unless the body is one JSON object without
 * duplicate keys
 */
export function jsonObject(body: Buffer): Fields {
  if (!isUtf8(body)) throw new Problem('invalid_input', 'the body must be JSON in UTF-8')
  return parseJsonObject(body.toString())
}

/** @throws Problem('invalid_input') for an unknown member, so that a misspelt one is not ignored */
export function onlyKnown(fields: Fields, known: readonly string[]): void {
  for (const name of Object.keys(fields))
    if (!known.includes(name))
      throw new Problem(
        'invalid_input',
        `\`${name.slice(0, 64)}\` is not known here; known are ${known.join(', ')}`,
      )
}

/** @throws Problem('invalid_input') unless the member is a string that matches `form` */
export function textField(fields: Fields, name: string, form: RegExp, wanted: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (typeof value !== 'string' || !form.test(value))
    throw new Problem('invalid_input', `\`${name}\` must be ${wanted}`)
  return value
}

/** A query parameter that may occur at most once. @throws Problem('invalid_input') */
export function queryValue(ctx: Context, name: string): string | undefined {
  const value = ctx.query[name]
  if (Array.isArray(value)) throw new Problem('invalid_input', `\`${name}\` may be given once`)
  return value
}
