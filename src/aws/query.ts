// Input of the AWS Query protocol: `Tags.member.1.Key=…` to the typed input of an action, by the service model. Unknown parameters are
// ignored, as at AWS; SDKs newer than the service rely on that. Known ones are validated before a use case gets them.
import type { AwsInput } from './action.ts'
import { checkCount, checkNumber, checkText, type Fault, pathName, validationProblem } from './constraints.ts'
import type { Form } from './form.ts'
import type { List, MapShape, Scalar, Shape, Structure } from './model.ts'

/** A dotted name as a tree; most parameters are leaves of the root. */
interface Node {
  value: string | undefined
  readonly children: Map<string, Node>
}

/** Deeper than any shape of IAM or STS: what is cut off there was none of them. */
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
 * The input of an action, with the model's member names; absent optional members are not there.
 * @throws Problem('validation') naming every fault in AWS's words
 */
export function readInput(shape: Structure | undefined, form: Form): AwsInput {
  if (shape === undefined) return {}
  const faults: Fault[] = []
  const input = readStructure(shape, tree(form), '', faults)
  if (faults.length > 0) throw validationProblem(faults)
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
    // Member names come from the model, never from the caller.
    if (value !== undefined) found[member.name] = value
    else if (member.required && child === undefined)
      faults.push({ path: at, value: null, constraint: 'Member must not be null' })
  }
  return found
}

/**
 * `Tags=` is how botocore writes an empty list; gaps between indexes close, as they do at AWS. Anything else below the
 * name of a list is refused: a session policy that was named in another way would be passed over, and the session wider.
 */
function readList(shape: List, node: Node, path: string, faults: Fault[]): unknown[] {
  const items = numbered(node, 'member', path, faults)
  for (const constraint of checkCount(shape, items.length))
    faults.push({ path, value: `[${items.length} members]`, constraint })
  return items.map(([index, item]) => read(shape.item, item, `${path}.${index}.member`, faults))
}

/** `<path>.<word>.1`, `.2`, … in their order. Adds a fault for every other way to write one. */
function numbered(node: Node, word: string, path: string, faults: Fault[]): (readonly [number, Node])[] {
  const broken = (name: string) =>
    faults.push({ path, value: name, constraint: `Members must be written as ${word}.N, N from 1` })
  if (node.value) broken(node.value)
  for (const key of node.children.keys()) if (key !== word) broken(key)
  const members = node.children.get(word)
  if (members?.value !== undefined) broken(word)
  const found: [number, Node][] = []
  for (const [key, child] of members?.children ?? []) {
    if (/^[1-9]\d{0,8}$/.test(key)) found.push([Number(key), child])
    else broken(`${word}.${key}`)
  }
  return found.sort(([a], [b]) => a - b)
}

/** Keys are the caller's own, so they are set by definition, not by assignment. */
function readMap(shape: MapShape, node: Node, path: string, faults: Fault[]): object {
  const entries: [string, unknown][] = []
  for (const [index, entry] of numbered(node, 'entry', path, faults)) {
    const key = entry.children.get('key')?.value
    const value = entry.children.get('value')
    if (key !== undefined && value !== undefined)
      entries.push([key, read(shape.value, value, `${path}.${index}.value`, faults)])
  }
  return Object.fromEntries(entries)
}

function readScalar(shape: Scalar, text: string | undefined, path: string, faults: Fault[]): unknown {
  if (text === undefined) {
    faults.push({ path, value: undefined, constraint: `Member must be a single ${shape.type}` })
    return undefined
  }
  const shown = shape.sensitive ? undefined : text
  const broken = (constraint: string) => faults.push({ path, value: shown, constraint })
  switch (shape.type) {
    case 'string':
      checkText(shape, text).forEach(broken)
      return text
    case 'integer': {
      if (!/^[+-]?\d{1,10}$/.test(text)) return void broken('Member must be an integer')
      checkNumber(shape, Number(text)).forEach(broken)
      return Number(text)
    }
    case 'boolean':
      if (!/^(?:true|false)$/i.test(text)) return void broken('Member must be true or false')
      return text.toLowerCase() === 'true'
    case 'timestamp': {
      const at = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? new Date(text) : undefined
      if (at === undefined || Number.isNaN(at.getTime()))
        return void broken('Member must be an ISO 8601 timestamp')
      return at
    }
    case 'blob': {
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return void broken('Member must be base64')
      return Buffer.from(text, 'base64')
    }
  }
}
