// The policy files of one command: their text, and which kind of document each is.
import type { DocumentKind } from '../language/document.ts'

/** Reads a file, or standard input for `-`. @throws whatever the reader throws */
export type Read = (name: string) => string

export interface PolicyFile {
  /** The name used in messages. */
  readonly name: string
  readonly text: string
}

export const fileOf = (read: Read, name: string): PolicyFile => ({
  name: name === '-' ? '<stdin>' : name,
  text: read(name),
})

export const kinds = [
  'identity',
  'resource',
  'trust',
  'session',
  'boundary',
  'guardrail',
] as const satisfies DocumentKind[]

/**
 * Guesses the kind of a document: principals without resources make a trust policy, principals with resources a resource
 * policy, anything else an identity policy.
 */
export function kindOf(text: string): DocumentKind {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return 'identity'
  }
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return 'identity'
  const statements = [document.Statement]
    .flat()
    .filter((one) => typeof one === 'object' && one !== null) as object[]
  if (!statements.some((one) => 'Principal' in one || 'NotPrincipal' in one)) return 'identity'
  return statements.some((one) => 'Resource' in one || 'NotResource' in one) ? 'resource' : 'trust'
}
