// The result of parsing a document: defined here, produced by document.ts, read by the rest of the folder.

/**
 * - `identity`: attached to a user, group or role
 * - `resource`: attached to what it protects; has a Principal
 * - `trust`: a role's, says who may assume it; has a Principal and no Resource
 * - `session`: narrows one session
 * - `boundary`: the most a user or role may have
 * - `guardrail`: the most an account may have (AWS: service control policy)
 */
export type DocumentKind = 'identity' | 'resource' | 'trust' | 'session' | 'boundary' | 'guardrail'

/** One-based; the column counts UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A text of the document with the position of its opening quote. */
export interface Written {
  readonly text: string
  readonly at: Position
}

export type Version = '2012-10-17' | '2008-10-17'

export interface Document {
  readonly kind: DocumentKind
  /** `2008-10-17` when the document has no Version; `${…}` is literal then. */
  readonly version: Version
  readonly id: string | undefined
  readonly statements: readonly Statement[]
}

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'

/**
 * `name.text` is `*`, 12 digits, an ARN, a unique id (`AIDA…`, `AROA…`), or the name of a service or provider.
 * `"Principal": "*"` is parsed as `AWS` `*`.
 */
export interface PrincipalName {
  readonly type: PrincipalType
  readonly name: Written
}

/** One key under one operator: `{"StringLike": {"aws:userid": ["A", "B"]}}`. */
export interface Condition {
  /** The canonical operator name, without set operator and IfExists: `StringLike`. */
  readonly operator: string
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined
  readonly ifExists: boolean
  /** The key as written; compare it in lower case. */
  readonly key: Written
  /** At least one; numbers and booleans as written. */
  readonly values: readonly Written[]
  /** Position of the operator. */
  readonly at: Position
}

/**
 * Of each pair (`actions`/`notActions`, …) exactly one is set; a trust policy has no resources, an identity policy no
 * principals.
 */
export interface Statement {
  /** Zero-based index in the document. */
  readonly index: number
  readonly sid: string | undefined
  readonly effect: 'Allow' | 'Deny'
  readonly principals: readonly PrincipalName[] | undefined
  readonly notPrincipals: readonly PrincipalName[] | undefined
  readonly actions: readonly Written[] | undefined
  readonly notActions: readonly Written[] | undefined
  readonly resources: readonly Written[] | undefined
  readonly notResources: readonly Written[] | undefined
  readonly conditions: readonly Condition[]
  /** The opening brace. */
  readonly start: Position
  /** Just after the closing brace. */
  readonly end: Position
}

/** The name of each kind in messages. */
export const kindLabels: ReadonlyMap<DocumentKind, string> = new Map([
  ['identity', 'an identity policy'],
  ['resource', 'a resource policy'],
  ['trust', 'a trust policy'],
  ['session', 'a session policy'],
  ['boundary', 'a permissions boundary'],
  ['guardrail', 'a guardrail'],
])
