// What the readers of a document hand on to each other.
import type { Faults } from './faults.ts'
import type { DocumentKind, Version } from './syntax.ts'

/** What every reader below the document needs to know. */
export interface Reading {
  readonly kind: DocumentKind
  readonly version: Version
  readonly faults: Faults
  /** Of the element being read, for faults. */
  readonly path: string
}
