// What the parsers of a document share.
import type { Faults } from './faults.ts'
import type { DocumentKind, Version } from './syntax.ts'

/** State passed to every parser below the document. */
export interface Reading {
  readonly kind: DocumentKind
  readonly version: Version
  readonly faults: Faults
  /** Whether to check what AWS checks when a policy is saved. */
  readonly saving: boolean
  /** Path of the element being parsed, for faults. */
  readonly path: string
}
