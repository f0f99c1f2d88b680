// A row as the request it stands for, so that the check and the filter can be held against each other.
import type { Context, ContextValue, Request } from '../request.ts'
import { type Row, readField } from './predicate.ts'
import type { Field, Shape } from './shape.ts'

/**
 * What to ask `decide` about a row: its ARN, and its attributes in the context, where they take the place of what the
 * request says itself. Undefined for a row without a name, or with a value that is not of its declared type.
 */
export function requestFor(row: Row, request: Omit<Request, 'resource'>, shape: Shape): Request | undefined {
  let resource = ''
  for (const part of shape.resource) {
    const value = typeof part === 'string' ? part : readField(part, row)
    if (value === undefined || value === null) return undefined
    resource += String(value)
  }
  const context = new Map<string, ContextValue>(request.context)
  for (const [key, field] of shape.attributes) {
    const value = readField(field, row)
    if (value === null) return undefined
    const shown = value === undefined ? undefined : contextValue(field, value)
    if (shown === undefined) context.delete(key)
    else context.set(key, shown)
  }
  return { ...request, resource, context: context satisfies Context }
}

function contextValue(
  field: Field,
  value: Exclude<ReturnType<typeof readField>, null | undefined>,
): ContextValue {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return value
  return field.type === 'time' ? isoOf(Number(value)) : String(value)
}

/** Years 0 to 9999 as the conditions read them; other seconds are no date. */
function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
