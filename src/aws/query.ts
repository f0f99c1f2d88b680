// Converts parameters of the AWS Query protocol (`Tags.member.1.Key=…`) to the typed input of an action, according to the service
// model. Unknown parameters are ignored, as at AWS, because newer SDKs send them. Known ones are validated before the use case runs.

import { Problem } from '../problem.ts'
import type { AwsInput } from './action.ts'
import {
  checkCount,
  checkNumber,
  checkText,
  type Fault,
  itemConstraint,
  notNull,
  pathName,
  validationProblem,
} from './constraints.ts'
import type { Form } from './form.ts'
import type { List, MapShape, Scalar, ServiceName, Shape, Structure } from './model.ts'

/** A node of the tree of dotted parameter names. */
interface Node {
  value: string | undefined
  readonly children: Map<string, Node>
}

/** Names are cut at this depth. No shape of IAM or STS is as deep. */
const maxDepth = 12

function tree(form: Form): Node {
  const root: Node = { value: undefined, children: new Map() }
  for (const [name, value] of form) {
    let node = root
    const parts = name.includes('.') ? name.split('.', maxDepth) : [name]
    for (const part of parts) {
      let child = node.children.get(part)
      if (child === undefined) {
        child = { value: undefined, children: new Map() }
        node.children.set(part, child)
      }
      node = child
    }
    node.value = value
  }
  return root
}

/**
 * The input of an action, with the model's member names and without absent members.
 * @throws Problem('malformed_input') for a value that cannot be read, else Problem('validation') with all faults, in AWS's messages
 */
export function readInput(service: ServiceName, shape: Structure | undefined, form: Form): AwsInput {
  if (shape === undefined) return {}
  const faults: Fault[] = []
  const input = readStructure(shape, tree(form), '', faults)
  if (faults.length > 0) throw validationProblem(service, faults)
  return input
}

function read(shape: Shape, node: Node, path: string, faults: Fault[]): unknown {
  switch (shape.type) {
    case 'structure':
      return readStructure(shape, node, path, faults)
    case 'list':
      return readList(shape, node, path, faults)
    case 'map':
      return readMap(shape, node, path, faults)
    default:
      return readScalar(shape, node.value, path, faults)
  }
}

function readStructure(shape: Structure, node: Node, path: string, faults: Fault[]): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const member of shape.members) {
    const child = node.children.get(member.name)
    const at = path === '' ? pathName(member.name) : `${path}.${pathName(member.name)}`
    const value = child && read(member.shape, child, at, faults)
    // Member names are those of the model, never the caller's.
    if (value !== undefined) found[member.name] = value
    else if (member.required && child === undefined) faults.push({ path: at, constraint: notNull })
  }
  return found
}

/**
 * botocore writes an empty list as `Tags=`. Members that are passed over in the numbering are members without a value, as at AWS. Any
 * other form is refused, because ignoring a session policy that is written in another form would give the session more permissions.
 */
function readList(shape: List, node: Node, path: string, faults: Fault[]): unknown[] {
  const items = withoutGaps(numbered(node, 'member', shape.item, path, faults))
  for (const constraint of checkCount(shape, items.length)) faults.push({ path, constraint })
  const ofItems: Fault[] = []
  const values = items.map((item, at) => {
    if (item === undefined && shape.item.type === 'string')
      return void ofItems.push({ path, constraint: notNull })
    for (const key of item?.children.keys() ?? [])
      if (/^\d+$/.test(key)) throw malformed('Two index elements may not occur back to back')
    return read(shape.item, item ?? empty, `${path}.${at + 1}.member`, ofItems)
  })
  if (shape.item.type !== 'string') faults.push(...ofItems)
  else if (ofItems.length > 0) faults.push({ path, constraint: itemConstraint(shape.item) })
  return values
}

const empty: Node = { value: undefined, children: new Map() }

const malformed = (message: string): Problem => new Problem('malformed_input', message)

/** AWS's sentence for a value that has parts where it must have none. */
const unexpectedParts = 'Start of list found where not expected'

/** As many members may be passed over at once. */
const widestGap = 10

/** @throws Problem('malformed_input') when too many members are passed over at once */
function withoutGaps(members: readonly (readonly [number, Node])[]): (Node | undefined)[] {
  const all: (Node | undefined)[] = []
  for (const [index, node] of members) {
    const skipped = index - Math.max(all.length, 1)
    if (skipped > widestGap) throw malformed(`Excessively sparse input would skip ${skipped} list elements`)
    while (all.length < index - 1) all.push(undefined)
    all.push(node)
  }
  return all
}

/**
 * The members `<path>.<word>.1`, `.2`, … in order. `01` and `1` are one. Adds a fault for every other form.
 * @throws Problem('malformed_input') for an index that AWS cannot read
 */
function numbered(
  node: Node,
  word: string,
  item: Shape,
  path: string,
  faults: Fault[],
): (readonly [number, Node])[] {
  const broken = () => faults.push({ path, constraint: `Members must be written as ${word}.N, N from 1` })
  if (node.value) broken()
  for (const key of node.children.keys()) if (key !== word) broken()
  const members = node.children.get(word)
  if (members?.value !== undefined) broken()
  const found = new Map<number, Node>()
  for (const [key, child] of members?.children ?? []) {
    if (/^0+$/.test(key)) throw malformed(`${Number(key)} is not a valid index`)
    if (/^-\d+$/.test(key)) throw malformed(`Key ${key} may not have a leading '-'`)
    if (/^\d{1,9}$/.test(key)) found.set(Number(key), together(found.get(Number(key)), child))
    else if (item.type === 'string') throw malformed(unexpectedParts)
    else broken()
  }
  return [...found].sort(([a], [b]) => a - b)
}

/** One member whose parts were written with two spellings of its index. Like a parameter, a part cannot be given twice. */
function together(one: Node | undefined, other: Node): Node {
  if (one === undefined) return other
  const repeated =
    (one.value !== undefined && other.value !== undefined) ||
    [...other.children.keys()].some((key) => one.children.has(key))
  if (repeated) throw malformed('A list element was given more than once')
  return { value: one.value ?? other.value, children: new Map([...one.children, ...other.children]) }
}

/** Keys are chosen by the caller, so the object is made from entries: `__proto__` is an ordinary key. */
function readMap(shape: MapShape, node: Node, path: string, faults: Fault[]): object {
  const entries: [string, unknown][] = []
  for (const [index, entry] of numbered(node, 'entry', shape, path, faults)) {
    const key = entry.children.get('key')?.value
    const value = entry.children.get('value')
    if (key !== undefined && value !== undefined)
      entries.push([key, read(shape.value, value, `${path}.${index}.value`, faults)])
  }
  return Object.fromEntries(entries)
}

function readScalar(shape: Scalar, text: string | undefined, path: string, faults: Fault[]): unknown {
  if (text === undefined) throw malformed(unexpectedParts)
  const broken = (constraint: string) => faults.push({ path, constraint })
  switch (shape.type) {
    case 'string':
      checkText(shape, text).forEach(broken)
      return text
    case 'integer': {
      const number = /^[+-]?\d{1,20}$/.test(text) ? Number(text) : Number.NaN
      if ((number | 0) !== number) throw malformed(`Value at '${path}' must be an integer of 32 bits`)
      checkNumber(shape, number).forEach(broken)
      return number
    }
    case 'boolean':
      // AWS takes these spellings and no other.
      if (text === 'true' || text === '1') return true
      if (text === 'false' || text === '0') return false
      throw malformed(`Value at '${path}' must be true or false`)
    case 'timestamp': {
      const at = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? new Date(text) : undefined
      if (at === undefined || Number.isNaN(at.getTime()))
        throw malformed(`Value at '${path}' must be an ISO 8601 timestamp`)
      return at
    }
    case 'blob': {
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw malformed(`Value at '${path}' must be base64`)
      return Buffer.from(text, 'base64')
    }
  }
}
