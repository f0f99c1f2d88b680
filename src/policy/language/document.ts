// Parses a policy document. syntax.ts defines the result; statement.ts parses statements, and principals.ts, patterns.ts
// and condition-block.ts their values. engine/ evaluates it. All of policy/ is pure: no I/O and no clock.
// text ── json.ts ──> nodes with positions ── document.ts, statement.ts ──> Document, or a list of all faults
import { Problem } from '../../problem.ts'
import { type Fault, Faults } from './faults.ts'
import { type JsonMember, type JsonNode, readJson } from './json.ts'
import type { Reading } from './parse-context.ts'
import { readStatement } from './statement.ts'
import type { Document, DocumentKind, Statement, Version } from './syntax.ts'

export type { Fault } from './faults.ts'
export type * from './syntax.ts'

export interface ParseOptions {
  /** For a managed policy: its Version must be 2012-10-17. */
  readonly managed?: boolean
  /** The document is about to be saved: of identity and trust policies, refuse what AWS refuses then (aws-checks.ts). */
  readonly saving?: boolean
}

export type Parsed =
  | { readonly document: Document; readonly faults: readonly [] }
  | { readonly document: undefined; readonly faults: readonly Fault[] }

/** Parses a document and reports all its faults (at most 100), in time linear in the text. Never throws. */
export function parseDocument(text: string, kind: DocumentKind, options: ParseOptions = {}): Parsed {
  const faults = new Faults(text)
  const root = readJson(text, (message, offset) => faults.add(message, offset, ''))
  const document = root && readDocument(root, kind, options, faults)
  const found = faults.all()
  if (document === undefined || found.length > 0) return { document: undefined, faults: found }
  return { document, faults: [] }
}

/**
 * Parses a document like parseDocument. @throws Problem('malformed_policy') whose message lists the faults with line and
 * column
 */
export function checkDocument(text: string, kind: DocumentKind, options: ParseOptions = {}): Document {
  const { document, faults } = parseDocument(text, kind, options)
  if (document !== undefined) return document
  const lines = faults.slice(0, 10).map((f) => `line ${f.line}, column ${f.column}: ${f.message}`)
  const more = faults.length > lines.length ? `; and ${faults.length - lines.length} more` : ''
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`
  throw new Problem('malformed_policy', `policy document has ${count}: ${lines.join('; ')}${more}`)
}

const elements = ['Version', 'Id', 'Statement'] as const

function readDocument(
  root: JsonNode,
  kind: DocumentKind,
  options: ParseOptions,
  faults: Faults,
): Document | undefined {
  if (root.type !== 'object') {
    faults.wrongType(root, 'a policy object', '')
    return undefined
  }
  const members = new Map<string, JsonMember>()
  for (const member of root.members) {
    if (!(elements as readonly string[]).includes(member.key)) faults.unknownElement(member, elements, '')
    else if (!members.has(member.key)) members.set(member.key, member)
  }
  const version = readVersion(root, members.get('Version'), options, faults)
  const id = readId(members.get('Id'), faults)
  const body = members.get('Statement')
  if (body === undefined) {
    faults.add('`Statement` is missing, expected at least one statement', root.start, '')
    return undefined
  }
  const saving = options.saving === true && (kind === 'identity' || kind === 'trust')
  const reading = { kind, version, faults, saving, path: 'Statement' }
  return { kind, version, id, statements: readStatements(body.value, reading) }
}

function readVersion(
  root: JsonNode,
  member: JsonMember | undefined,
  options: ParseOptions,
  faults: Faults,
): Version {
  const path = 'Version'
  if (member === undefined) {
    if (options.managed) faults.add('`Version` is missing, expected `2012-10-17`', root.start, path)
    return '2008-10-17'
  }
  const node = member.value
  const value = node.type === 'string' ? node.value : undefined
  if (value === '2012-10-17') return value
  if (value === '2008-10-17' && !options.managed) return value
  const expected = options.managed ? '`2012-10-17`' : '`2012-10-17` or `2008-10-17`'
  if (value === undefined) faults.wrongType(node, expected, path)
  else faults.unexpected(value, 'version', expected, node.start, path)
  return '2012-10-17'
}

/** AWS documents it for resource policies and accepts it in every document; it has no effect. */
function readId(member: JsonMember | undefined, faults: Faults): string | undefined {
  if (member === undefined) return undefined
  if (member.value.type === 'string') return member.value.value
  faults.wrongType(member.value, 'a string', 'Id')
  return undefined
}

function readStatements(node: JsonNode, reading: Reading): readonly Statement[] {
  const { faults } = reading
  if (node.type !== 'array') {
    const one = readStatement(node, 0, reading)
    return one ? [one] : []
  }
  if (node.items.length === 0)
    faults.add('`Statement` is empty, expected at least one statement', node.start, 'Statement')
  const statements: Statement[] = []
  const sids = new Set<string>()
  for (const [index, item] of node.items.entries()) {
    const path = `Statement[${index}]`
    const statement = readStatement(item, index, { ...reading, path })
    if (statement === undefined) continue
    if (statement.sid && sids.has(statement.sid))
      faults.add(
        `\`Sid\` \`${statement.sid.slice(0, 80)}\` repeats, expected each \`Sid\` once`,
        item.start,
        `${path}.Sid`,
      )
    if (statement.sid) sids.add(statement.sid)
    statements.push(statement)
  }
  return statements
}

/**
 * Number of characters without white space outside strings, which is what the size limits count (docs/policy-semantics.md
 * §2). Works on any text.
 */
export function policySize(text: string): number {
  let size = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!quoted && (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d)) continue
    size++
    if (code === 0x22) quoted = !quoted
    else if (quoted && code === 0x5c) {
      at++
      if (at < text.length) size++
    }
  }
  return size
}
