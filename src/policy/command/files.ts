// The policy files of one run: what they hold, and which kind of document each is.
import type { DocumentKind } from '../document.ts'

/** Reads a file, or standard input for `-`. @throws whatever the reader throws */
export type Read = (name: string) => string

export interface PolicyFile {
  /** As messages name it. */
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

/** What a document seems to be: with principals and no resources a trust policy, with both a resource policy, else identity. */
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
