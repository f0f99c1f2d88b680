// Reduces a condition to what remains to be tested for each row once the request is known (docs/policy-semantics.md §3;
// conditions.ts evaluates a whole request).
import type { CompiledCondition } from '../engine/conditions.ts'
import { isMissing } from '../engine/conditions.ts'
import { readWrittenDate } from '../language/date.ts'
import type { Condition, Version, Written } from '../language/document.ts'
import { type Operator, operators } from '../language/operators.ts'
import { encode } from '../language/pattern.ts'
import { readTemplate } from '../language/template.ts'
import {
  and,
  type Comparison,
  constant,
  type Formula,
  inList,
  literal,
  not,
  or,
  type Test,
} from './formula.ts'
import type { Known } from './known.ts'
import { matching, type Subject } from './matching.ts'
import { isConstant } from './pattern-tokens.ts'
import type { Field } from './shape.ts'

export interface ConditionInput {
  readonly written: Condition
  readonly compiled: CompiledCondition
  readonly version: Version
  /** The document's name, for messages. */
  readonly document: string
}

/** @throws Problem('invalid_input') with the position of a condition that cannot be expressed as a filter */
export function residualOfCondition(asked: ConditionInput, known: Known): Formula {
  const { compiled } = asked
  const field = known.fieldOf(compiled.key, placeOf(asked, asked.written.key))
  if (field !== undefined)
    return compiled.operator === 'Null' ? nullTest(asked, field, known) : ofField(asked, field, known)
  const { variables } = operators.get(compiled.operator)!
  const fixed =
    !variables ||
    asked.written.values.every((value) => isConstant(value.text, asked.version, known, placeOf(asked, value)))
  return fixed ? constant(compiled.holds(known.context)) : ofRequest(asked, known)
}

const placeOf = ({ document, compiled }: ConditionInput, { at }: Written): string =>
  `document \`${document}\`, line ${at.line}, column ${at.column}: \`${compiled.name}\` on \`${compiled.writtenKey}\``

function nullTest({ compiled, version }: ConditionInput, field: Field, known: Known): Formula {
  const operator = operators.get('Null')!
  const accepts = (text: string): boolean =>
    compiled.wanted.some((wanted) => operator.compile(wanted, version)(text, known.context))
  const there = literal({ kind: 'present', field })
  return or([and([constant(accepts('true')), not(there)]), and([constant(accepts('false')), there])])
}

/** A key of the request, compared with values that contain fields of the row. */
function ofRequest(asked: ConditionInput, known: Known): Formula {
  const { compiled } = asked
  const value = known.context.get(compiled.key)
  if (isMissing(value)) return constant(compiled.holds(known.context))
  const agrees = (text: string): Formula => {
    const anyOf = or(
      asked.written.values.map((wanted) => textTest(asked, wanted, { kind: 'text', text }, known)),
    )
    return compiled.negated ? not(anyOf) : anyOf
  }
  if (compiled.set === undefined) return typeof value === 'string' ? agrees(value) : constant(false)
  const values = (typeof value === 'string' ? [value] : value).map(agrees)
  return compiled.set === 'ForAllValues' ? and(values) : or(values)
}

function ofField(asked: ConditionInput, field: Field, known: Known): Formula {
  const { set, ifExists, negated } = asked.compiled
  const there = literal({ kind: 'present', field })
  const whenMissing = set === undefined ? ifExists || negated : set === 'ForAllValues' || ifExists
  if (field.type === 'list') return ofList(asked, field, known, whenMissing)
  const anyOf = or(asked.written.values.map((wanted) => fieldTest(asked, wanted, field, known)))
  const agrees = negated ? and([there, not(anyOf)]) : anyOf
  if (!whenMissing) return agrees
  return negated ? not(anyOf) : or([not(there), agrees])
}

/** A multi-valued key needs a set operator; without one only its absence can satisfy the condition. */
function ofList(asked: ConditionInput, field: Field, known: Known, whenMissing: boolean): Formula {
  const { set, negated } = asked.compiled
  const missing = and([constant(whenMissing), not(literal({ kind: 'present', field }))])
  if (set === undefined) return missing
  const tests = entryTests(asked, field, known)
  // No tests: none of the listed values can match.
  const some = (inverted: boolean): Formula =>
    tests.length === 0
      ? inverted
        ? literal({ kind: 'present', field })
        : constant(false)
      : literal({ kind: 'any', field, tests, negated: inverted })
  return set === 'ForAnyValue' ? or([some(negated), missing]) : not(some(!negated))
}

/**
 * The wanted values as tests of one list entry. Entries are tested within the database's list, without access to the row's
 * other fields.
 */
function entryTests(asked: ConditionInput, list: Field, known: Known): readonly Test[] {
  const entry: Field = { ...list, type: 'text', nullable: true }
  const values = new Set<string>()
  const tests: Test[] = []
  for (const wanted of asked.written.values) {
    const formula = fieldTest(asked, wanted, entry, known)
    for (const part of formula.kind === 'or' ? formula.parts : [formula]) {
      if (part.kind === 'false') continue
      const { atom, negated } = part.kind === 'literal' ? part : { atom: undefined, negated: false }
      if (atom?.kind === 'present' && !negated) tests.push({ is: 'glob', tokens: [-1], place: '' })
      else if (atom?.kind !== 'test' || negated)
        throw known.untranslatable(
          placeOf(asked, wanted),
          'a list compared with another attribute of the resource',
        )
      else if (atom.test.is === 'in') for (const value of atom.test.values) values.add(value)
      else tests.push(atom.test)
    }
  }
  return values.size > 0 ? [{ is: 'in', values: [...values].sort() }, ...tests] : tests
}

/** Rows that have the field with one of the wanted values. */
function fieldTest(asked: ConditionInput, wanted: Written, field: Field, known: Known): Formula {
  const { operator } = asked.compiled
  const refuse = (what: string) => known.untranslatable(placeOf(asked, wanted), what)
  if (field.type === 'boolean') return boolTest(asked, wanted, field, known)
  const family = familyOf(operator)
  switch (family) {
    case 'text':
      if (field.type !== 'text' && field.type !== 'integer' && field.type !== 'list')
        throw refuse(`\`${operator}\` on an attribute of type \`${field.type}\`, expected \`text\``)
      return textTest(asked, wanted, { kind: 'field', field }, known)
    case 'numeric':
      if (field.type !== 'number' && field.type !== 'integer')
        throw refuse(
          `\`${operator}\` on an attribute of type \`${field.type}\`, expected \`number\` or \`integer\``,
        )
      return numberTest(field, operator, Number(wanted.text))
    case 'date':
      if (field.type !== 'time')
        throw refuse(`\`${operator}\` on an attribute of type \`${field.type}\`, expected \`time\``)
      return timeTest(field, operator, readWrittenDate(wanted.text)!)
    case 'bool':
    case 'binary':
      if (field.type !== 'text') throw refuse(`\`${operator}\` on an attribute of type \`${field.type}\``)
      return family === 'bool'
        ? boolText(asked, wanted, field, known)
        : binaryTest(asked, wanted, field, known)
    default:
      throw refuse(`\`${operator}\` on a resource attribute`)
  }
}

function familyOf(operator: string): 'text' | 'numeric' | 'date' | 'bool' | 'binary' | 'address' {
  if (/^(String|Arn)/.test(operator)) return 'text'
  if (operator.startsWith('Numeric')) return 'numeric'
  if (operator.startsWith('Date')) return 'date'
  if (operator === 'Bool') return 'bool'
  return operator === 'BinaryEquals' ? 'binary' : 'address'
}

function textTest(asked: ConditionInput, wanted: Written, subject: Subject, known: Known): Formula {
  const { operator } = asked.compiled
  const { version } = asked
  const place = placeOf(asked, wanted)
  const arn = operator.startsWith('Arn')
  const wildcards = arn || operator.endsWith('Like')
  if (!operator.endsWith('IgnoreCase'))
    return matching({ text: wanted.text, version, wildcards, arn }, subject, known, place)
  return ignoringCase(asked, wanted, subject, known, place)
}

function ignoringCase(
  { version }: ConditionInput,
  wanted: Written,
  subject: Subject,
  known: Known,
  place: string,
): Formula {
  if (!isConstant(wanted.text, version, known, place))
    throw known.untranslatable(place, 'a resource attribute compared ignoring case')
  // Uses the engine's own substitution and lowering, so that both give the same text.
  const template = readTemplate(wanted.text, { version, wildcards: false })
  const value = 'fault' in template ? undefined : encode(template.pieces, known.context, true)
  return value === undefined ? constant(false) : foldedTest(value, subject, place)
}

function foldedTest(value: string, subject: Subject, place: string): Formula {
  if (subject.kind === 'text') return constant(subject.text.toLowerCase() === value)
  if (subject.kind !== 'field' || !value.isWellFormed()) return constant(false)
  const { field } = subject
  if (field.type === 'integer' || value.toUpperCase() === value.toLowerCase()) return inList(field, [value])
  return literal({ kind: 'test', field, test: { is: 'folded', value, place } })
}

function operatorTest(
  { compiled, version }: ConditionInput,
  wanted: Written,
  known: Known,
): (text: string) => boolean {
  const operator: Operator = operators.get(compiled.operator)!
  const test = operator.compile(wanted.text, version)
  return (text) => test(text, known.context)
}

/** A boolean is `true` or `false`, whatever the operator. */
function boolTest(asked: ConditionInput, wanted: Written, field: Field, known: Known): Formula {
  if (!isConstant(wanted.text, asked.version, known, placeOf(asked, wanted)))
    throw known.untranslatable(placeOf(asked, wanted), 'two resource attributes, one of them a boolean')
  const agrees = operatorTest(asked, wanted, known)
  const when = (value: boolean): Formula =>
    and([constant(agrees(String(value))), literal({ kind: 'test', field, test: { is: 'bool', value } })])
  return or([when(true), when(false)])
}

function boolText(asked: ConditionInput, wanted: Written, field: Field, known: Known): Formula {
  const agrees = operatorTest(asked, wanted, known)
  const place = placeOf(asked, wanted)
  return or(
    ['true', 'false'].map((value) =>
      and([constant(agrees(value)), literal({ kind: 'test', field, test: { is: 'folded', value, place } })]),
    ),
  )
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bits that base64 padding leaves over may be anything: up to 16 spellings of the same bytes. */
function binaryTest(asked: ConditionInput, wanted: Written, field: Field, known: Known): Formula {
  const agrees = operatorTest(asked, wanted, known)
  const [, body = '', padding = ''] = /^(.*?)(=*)$/.exec(wanted.text) ?? []
  const spellings = padding === '' ? [] : [...base64].map((last) => body.slice(0, -1) + last + padding)
  return inList(field, [wanted.text, ...spellings].filter(agrees))
}

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['Equals', '='],
  ['NotEquals', '='],
  ['LessThan', '<'],
  ['LessThanEquals', '<='],
  ['GreaterThan', '>'],
  ['GreaterThanEquals', '>='],
])

const compareTest = (field: Field, by: Comparison, value: number): Formula =>
  literal({ kind: 'test', field, test: { is: 'compare', by, value } })

const numberTest = (field: Field, operator: string, value: number): Formula =>
  compareTest(field, comparisons.get(operator.slice('Numeric'.length))!, value)

/**
 * The field has whole seconds, the bound milliseconds: the bound is converted to whole seconds, so that the column needs no
 * expression.
 */
function timeTest(field: Field, operator: string, millis: number): Formula {
  const by = comparisons.get(operator.slice('Date'.length))!
  const below = Math.floor(millis / 1000)
  const exact = below * 1000 === millis
  if (by === '=') return exact ? compareTest(field, '=', below) : constant(false)
  if (exact) return compareTest(field, by, below)
  return by === '<' || by === '<=' ? compareTest(field, '<=', below) : compareTest(field, '>', below)
}
