// Converts parameters of the AWS Query protocol (`Tags.member.1.Key=…`) to the typed input of an action, according to the service
// model. Unknown parameters are ignored, as at AWS, because newer SDKs send them. Known ones are validated before the use case runs.
import type { AwsInput } from './action.ts'
import {
  checkCount,
  checkNumber,
  checkText,
  type Fault,
  itemConstraint,
  pathName,
  validationProblem,
} from './constraints.ts'
import type { Form } from './form.ts'
import type { List, MapShape, Scalar, Shape, Structure } from './model.ts'

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
 * @throws Problem('validation') with all faults, in AWS's messages
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
    // Member names are those of the model, never the caller's.
    if (value !== undefined) found[member.name] = value
    else if (member.required && child === undefined)
      faults.push({ path: at, value: null, constraint: 'Member must not be null' })
  }
  return found
}

/**
 * botocore writes an empty list as `Tags=`; gaps between indexes are ignored, as at AWS. Any other form is refused, because ignoring
 * a session policy that is written in another form would give the session more permissions.
 */
function readList(shape: List, node: Node, path: string, faults: Fault[]): unknown[] {
  const items = numbered(node, 'member', path, faults)
  for (const constraint of checkCount(shape, items.length))
    faults.push({ path, value: `[${items.length} members]`, constraint })
  const ofItems: Fault[] = []
  const values = items.map(([index, item]) => read(shape.item, item, `${path}.${index}.member`, ofItems))
  if (shape.item.type !== 'string') faults.push(...ofItems)
  else if (ofItems.length > 0) faults.push({ path, value: undefined, constraint: itemConstraint(shape.item) })
  return values
}

/** The members `<path>.<word>.1`, `.2`, … in order. Adds a fault for every other form. */
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

/** Keys are chosen by the caller, so the object is made from entries: `__proto__` is an ordinary key. */
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
