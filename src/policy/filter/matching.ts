// Matches a written pattern against its subject: the row's ARN, one of its fields, or a text of the request.
import { and, constant, type Formula, inList, literal, no, or, type Term } from './formula.ts'
import type { Known } from './known.ts'
import { type Reading, readPattern, type WrittenPattern } from './pattern-tokens.ts'
import type { Field } from './shape.ts'
import { matchField, matchTemplate } from './template-match.ts'
import { asArn, collapsed, covers, isWild, star, type Token, textOf } from './tokens.ts'

export type Subject =
  | { readonly kind: 'row'; readonly template: readonly (string | Field)[] }
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'text'; readonly text: string }

export interface PatternInput extends WrittenPattern {
  /** Match part by part, as in arn.ts. */
  readonly arn: boolean
}

/**
 * Rows for which the pattern matches the subject; for a field, only rows that have it.
 * @throws Problem('invalid_input')
 */
export function matching(pattern: PatternInput, subject: Subject, known: Known, place: string): Formula {
  return or(
    readPattern(pattern, known, place).map((reading) =>
      and([reading.when, covering(reading, pattern.arn, subject, known, place)]),
    ),
  )
}

function covering({ items }: Reading, arn: boolean, subject: Subject, known: Known, place: string): Formula {
  if (!items.every((item) => typeof item === 'number'))
    return subject.kind === 'text'
      ? fillIn(items, arn, subject.text, known, place)
      : joined(items, arn, subject, known, place)
  const plain = collapsed(items)
  const tokens = arn ? asArn(plain) : plain
  if (tokens === undefined) return no
  switch (subject.kind) {
    case 'row':
      return matchTemplate(tokens, subject.template, place)
    case 'field':
      return matchField(tokens, subject.field, place)
    case 'text':
      return constant(covers(tokens, subject.text))
  }
}

type Items = readonly (Token | Field)[]

/**
 * A pattern that contains fields of the row: concatenated texts are compared for equality or as a prefix. Anything more
 * would require the database to treat row values as part of a pattern.
 */
function joined(items: Items, arn: boolean, subject: Subject, known: Known, place: string): Formula {
  const open = items.at(-1) === star
  const body = open ? items.slice(0, -1) : items
  if (body.some((item) => typeof item === 'number' && isWild(item)))
    throw known.untranslatable(
      place,
      'a pattern with both a resource attribute and wildcards other than one `*` at its end',
    )
  const right = terms(body)
  const left = subject.kind === 'row' ? subject.template : subject.kind === 'field' ? [subject.field] : []
  const compared = compare(left, right, open ? 'begins' : 'equals')
  if (!arn)
    return subject.kind === 'field'
      ? and([literal({ kind: 'present', field: subject.field }), compared])
      : compared
  return and([compared, arnShape(right, open, subject, known, place)])
}

/** Equal texts match part by part if they are ARNs; with a star at the end, if the five colons precede it. */
function arnShape(
  right: readonly Term[],
  open: boolean,
  subject: Subject,
  known: Known,
  place: string,
): Formula {
  const head = typeof right[0] === 'string' ? right[0].split(':').length - 1 : 0
  if (head >= 5) return constant(true)
  if (open)
    throw known.untranslatable(
      place,
      'an ARN pattern whose parts a resource attribute and a wildcard make up',
    )
  const anyArn = asArn([star])!
  return subject.kind === 'row'
    ? matchTemplate(anyArn, subject.template, place)
    : subject.kind === 'field'
      ? matchField(anyArn, subject.field, place)
      : no
}

function terms(items: Items): readonly Term[] {
  const made: Term[] = []
  let units: Token[] = []
  const flush = (): void => {
    if (units.length > 0) made.push(textOf(units))
    units = []
  }
  for (const item of items) {
    if (typeof item === 'number') units.push(item)
    else {
      flush()
      made.push(item)
    }
  }
  flush()
  return made
}

/** Compares after removing the common beginning. */
function compare(left: readonly Term[], right: readonly Term[], by: 'equals' | 'begins'): Formula {
  const [one, ...restLeft] = left
  const [two, ...restRight] = right
  if (two === undefined && by === 'begins') return constant(true)
  if (one === undefined && two === undefined) return constant(true)
  if (typeof one === 'string' && typeof two === 'string') {
    const shared = sharedStart(one, two)
    if (shared < one.length && shared < two.length) return no
    const behind = (text: string, rest: readonly Term[]) =>
      shared < text.length ? [text.slice(shared), ...rest] : rest
    return compare(behind(one, restLeft), behind(two, restRight), by)
  }
  if (
    one !== undefined &&
    two !== undefined &&
    typeof one !== 'string' &&
    typeof two !== 'string' &&
    one.id === two.id
  )
    return compare(restLeft, restRight, by)
  if ([...left, ...right].some((term) => typeof term === 'string' && !term.isWellFormed())) return no
  return literal({ kind: 'joined', left, right, by })
}

function sharedStart(one: string, two: string): number {
  const most = Math.min(one.length, two.length)
  let at = 0
  while (at < most && one.charCodeAt(at) === two.charCodeAt(at)) at++
  // Not between the halves of a surrogate pair: the rest must stay a text.
  const code = one.charCodeAt(at - 1)
  return at > 0 && code >= 0xd800 && code <= 0xdbff ? at - 1 : at
}

/** Maximum length of a text whose substrings are tried as a value of the row's variable. */
const maxFilledLength = 64
const mostFilled = 200

/** A text of the request against a pattern with one resource attribute: the attribute values that would match. */
function fillIn(items: Items, arn: boolean, text: string, known: Known, place: string): Formula {
  const at = items.findIndex((item) => typeof item !== 'number')
  const field = items[at] as Field
  const before = items.slice(0, at) as Token[]
  const after = items.slice(at + 1)
  if (!after.every((item) => typeof item === 'number'))
    throw known.untranslatable(place, 'several resource attributes in one pattern')
  const values = new Set<string>()
  const tryValue = (value: string): void => {
    const plain = collapsed([...before, ...Array.from(value, unitsOfPoint).flat(), ...after])
    const tokens = arn ? asArn(plain) : plain
    if (tokens !== undefined && covers(tokens, text)) values.add(value)
  }
  for (const value of candidates(text, before, after, known, place)) if (value.isWellFormed()) tryValue(value)
  if (values.size > mostFilled)
    throw known.untranslatable(
      place,
      `a pattern that more than ${mostFilled} values of a resource attribute complete`,
    )
  return inList(field, [...values])
}

const unitsOfPoint = (point: string): Token[] =>
  [...point].flatMap((one) => Array.from({ length: one.length }, (_, at) => one.charCodeAt(at)))

/** Pieces of the text that may stand where the attribute does: one, unless wildcards leave its ends open. */
function* candidates(
  text: string,
  before: readonly Token[],
  after: readonly Token[],
  known: Known,
  place: string,
): Generator<string> {
  const from = before.includes(star) ? undefined : before.length
  const to = after.includes(star) ? undefined : text.length - after.length
  if (from !== undefined && to !== undefined) {
    if (from <= to) yield text.slice(from, to)
    return
  }
  if (text.length > maxFilledLength)
    throw known.untranslatable(
      place,
      `a pattern with a resource attribute for a text longer than ${maxFilledLength}`,
    )
  for (let start = from ?? 0; start <= (from ?? text.length); start++)
    for (let end = Math.max(start, to ?? start); end <= (to ?? text.length); end++)
      yield text.slice(start, end)
}
