// For each condition key, a sufficient list of values to try: one for each combination in which the conditions of both
// sides can hold or fail. A key whose conditions depend on other keys, or mix value types, is "open": it has no list.
import type { CompiledCondition } from '../engine/conditions.ts'
import { readDate } from '../language/date.ts'
import type { Condition } from '../language/document.ts'
import { type Network, readNetwork } from '../language/ip.ts'
import type { ContextValue } from '../request.ts'
import { representatives } from './automaton.ts'
import type { Part } from './part.ts'
import { tokensOf } from './tokens.ts'
import type { Work } from './work.ts'

/** A value of a key; undefined when the request lacks the key. */
export type KeyValue = ContextValue | undefined

/** By lower-case key; undefined for an open key. */
export type KeyValues = ReadonlyMap<string, readonly KeyValue[] | undefined>

/** A key with more candidate values than this is treated as open. */
const maxValues = 400
const maxStates = 5000

interface Use {
  readonly condition: Condition
  readonly part: Part
}

/** @param work when it is spent, keys are open */
export function keyValues(parts: readonly Part[], work: Work): KeyValues {
  const uses = new Map<string, Use[]>()
  for (const part of parts)
    for (const condition of part.statement.conditions) {
      const key = condition.key.text.toLowerCase()
      uses.set(key, [...(uses.get(key) ?? []), { condition, part }])
    }
  return new Map([...uses].map(([key, of]) => [key, valuesOf(of, work)]))
}

/** The compiled form of the condition, to evaluate it. */
export const compiledOf = ({ statement, compiled }: Part, condition: Condition): CompiledCondition =>
  compiled.conditions[statement.conditions.indexOf(condition)]!

type Family = 'text' | 'folded' | 'number' | 'date' | 'bool' | 'binary' | 'address'

const familyOf = (operator: string): Family | undefined => {
  if (operator === 'Null') return undefined
  if (operator.endsWith('IgnoreCase')) return 'folded'
  if (/^(String|Arn)/.test(operator)) return 'text'
  if (operator.startsWith('Numeric')) return 'number'
  if (operator.startsWith('Date')) return 'date'
  if (operator === 'Bool') return 'bool'
  return operator === 'BinaryEquals' ? 'binary' : 'address'
}

function valuesOf(uses: readonly Use[], work: Work): readonly KeyValue[] | undefined {
  const families = new Set(uses.flatMap(({ condition }) => familyOf(condition.operator) ?? []))
  if (families.size > 1) return undefined
  const [family] = families
  const singles = family === undefined ? ['x'] : singlesOf(family, uses, work)
  if (singles === undefined) return undefined
  const sets = uses.filter(({ condition }) => condition.set !== undefined).length
  const lists = listsOf(singles, sets)
  if (lists === undefined) return undefined
  return [undefined, ...singles, ...lists]
}

/**
 * Lists to try. Whether a set operator holds depends on which values are in the list, and each operator needs at most one
 * particular value to hold or to fail, so lists with as many entries as there are set operators are enough. Without set
 * operators, any list behaves the same.
 */
function listsOf(singles: readonly string[], sets: number): readonly (readonly string[])[] | undefined {
  if (sets === 0) return [singles.slice(0, 1)]
  let lists: readonly (readonly string[])[] = [[]]
  for (const value of singles) {
    const longer = lists.filter((list) => list.length < sets).map((list) => [...list, value])
    lists = [...lists, ...longer]
    if (lists.length > maxValues) return undefined
  }
  return lists.filter((list) => list.length > 0)
}

function singlesOf(family: Family, uses: readonly Use[], work: Work): readonly string[] | undefined {
  const written = uses.flatMap(({ condition }) =>
    condition.operator === 'Null' ? [] : condition.values.map(({ text }) => text),
  )
  switch (family) {
    case 'text':
    case 'folded':
      return textsOf(uses, work)
    case 'bool':
      return ['true', 'false', 'x']
    case 'binary':
      return [...new Set(written), 'AAAA', 'AAAB', '!'].slice(0, maxValues)
    case 'number':
      return around(written.map(Number), Number, String)
    case 'date':
      return around(
        written.map((text) => readDate(text) ?? 0),
        readDate,
        (millis) => String(millis / 1000),
      )
    case 'address':
      return addressesOf(written)
  }
}

function textsOf(uses: readonly Use[], work: Work): readonly string[] | undefined {
  const patterns: (readonly number[])[] = []
  for (const { condition, part } of uses) {
    if (condition.operator === 'Null') continue
    const arn = condition.operator.startsWith('Arn') ? 'always' : 'never'
    const wildcards = arn === 'always' || condition.operator.endsWith('Like')
    const ignoreCase = condition.operator.endsWith('IgnoreCase')
    for (const { text } of condition.values) {
      const { tokens, variables } = tokensOf(text, { version: part.version, wildcards, arn, ignoreCase })
      if (variables.length > 0) return undefined
      if (tokens !== undefined) patterns.push(tokens)
    }
  }
  const { texts, complete } = representatives(patterns, maxStates, work)
  return complete && texts.length <= maxValues ? texts : undefined
}

/** Each bound, a value between each two bounds, one beyond each end, and one that is not a number. */
function around(
  bounds: readonly number[],
  read: (text: string) => number | undefined,
  write: (value: number) => string,
): readonly string[] | undefined {
  const sorted = [...new Set(bounds)].sort((a, b) => a - b)
  const values: number[] = []
  for (const [at, bound] of sorted.entries()) {
    const next = sorted[at + 1]
    if (next !== undefined && (bound + next) / 2 !== bound && (bound + next) / 2 !== next)
      values.push(bound, (bound + next) / 2)
    else values.push(bound)
  }
  const [first = 0] = sorted
  const last = sorted.at(-1) ?? 0
  const beyond = [first - Math.max(1, Math.abs(first)), last + Math.max(1, Math.abs(last))]
  const all = [...values, ...beyond]
  // Exponents, rounding and bare years would be read as a different value; such keys stay open.
  if (all.some((value) => !/^-?\d{1,15}(\.\d{1,9})?$/.test(write(value)) || read(write(value)) !== value))
    return undefined
  return all.length < maxValues ? [...all.map(write), 'x'] : undefined
}

/** Networks are nested or disjoint, so the first address of each and the first address after each are enough. */
function addressesOf(written: readonly string[]): readonly string[] | undefined {
  const networks = written.flatMap((text) => readNetwork(text) ?? [])
  const starts = networks.flatMap((network) => [firstOf(network), behind(network) ?? []].flat())
  const all = [...new Set(['0.0.0.0', addressText(0n, 16), ...starts, 'x'])]
  return all.length <= maxValues ? all : undefined
}

const bitsIn = (bytes: Uint8Array): number => bytes.length * 8

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

function firstNumber({ bytes, bits }: Network): bigint {
  const rest = BigInt(bitsIn(bytes) - bits)
  return (numberOf(bytes) >> rest) << rest
}

const firstOf = (network: Network): string => addressText(firstNumber(network), network.bytes.length)

function behind(network: Network): string | undefined {
  const size = bitsIn(network.bytes)
  const next = firstNumber(network) + (1n << BigInt(size - network.bits))
  return next >> BigInt(size) === 0n ? addressText(next, network.bytes.length) : undefined
}

function addressText(value: bigint, bytes: number): string {
  const hex = value.toString(16).padStart(bytes * 2, '0')
  const pairs = hex.match(bytes === 4 ? /../g : /..../g) ?? []
  return bytes === 4 ? pairs.map((pair) => Number.parseInt(pair, 16)).join('.') : pairs.join(':')
}
