// Converts a row to the request it represents, so that the filter can be compared with individual decisions.
import type { Context, ContextValue, Request } from '../request.ts'
import { type FieldValue, isTexts, type Row, readField } from './predicate.ts'
import type { Field, Shape } from './shape.ts'

/**
 * The request to evaluate for a row: its ARN as resource, and its attributes in the context, where they replace values of
 * the request. Undefined for a row without a name, or with a value that does not have its declared type.
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
    if (value === null || (Array.isArray(value) && !isTexts(value))) return undefined
    const shown = value === undefined ? undefined : contextValue(field, value)
    if (shown === undefined) context.delete(key)
    else context.set(key, shown)
  }
  return { ...request, resource, context: context satisfies Context }
}

function contextValue(field: Field, value: FieldValue): ContextValue {
  if (isTexts(value)) return value
  return field.type === 'time' ? isoOf(Number(value)) : String(value)
}

/** shape.ts limits times to years that conditions can parse. */
const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString()
