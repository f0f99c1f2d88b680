// A pattern against a name that is put together from columns. The pattern is cut in every way that the template allows:
// `ann/*` against `${owner}/${id}` is `owner = 'ann'`, or the owner begins with `ann/`. Nothing is assumed about what
// columns hold, so a slash within a column is found too; a star may reach over any number of columns.
import { Problem } from '../../problem.ts'
import { and, type Formula, inList, literal, no, or, yes } from './formula.ts'
import type { Field } from './shape.ts'
import { isStar, isWild, star, type Token, textOf, unitsOf } from './tokens.ts'

/** Bounds the work on one pattern, long before it would be felt. */
const mostSteps = 1_000_000

/** Rows whose name the pattern covers. The columns of a template are taken to be there (residual.ts asks for that). */
export function matchTemplate(
  tokens: readonly Token[],
  template: readonly (string | Field)[],
  place: string,
): Formula {
  const known = new Map<string, Formula>()
  let steps = 0
  const spend = (count: number): void => {
    steps += count
    if (steps > mostSteps)
      throw new Problem(
        'invalid_input',
        `${place}: cannot filter by a pattern that can be cut in so many ways`,
      )
  }
  const from = (at: number, part: number): Formula => {
    const name = `${at} ${part}`
    const before = known.get(name)
    if (before !== undefined) return before
    const made = match(at, part)
    known.set(name, made)
    return made
  }
  const match = (at: number, part: number): Formula => {
    if (tokens.length === at + 1 && tokens[at] === star) return yes
    const next = template[part]
    if (next === undefined) return tokens.slice(at).every(isStar) ? yes : no
    if (typeof next === 'string')
      return or(consumed(tokens, at, next, spend).map((end) => from(end, part + 1)))
    return or(
      shares(tokens, at).map(({ end, rest }) => {
        spend(end - at)
        const left = from(rest, part + 1)
        return left === no ? no : and([matchField(tokens.slice(at, end), next, place), left])
      }),
    )
  }
  return from(0, 0)
}

/** Where in the pattern one may stand after it has covered the text from `at`. */
function consumed(
  tokens: readonly Token[],
  at: number,
  text: string,
  spend: (count: number) => void,
): readonly number[] {
  let places = new Set(open(tokens, [at]))
  for (const unit of unitsOf(text)) {
    spend(places.size)
    const next: number[] = []
    for (const place of places) {
      const token = tokens[place]
      if (token === undefined || !takes(token, unit)) continue
      next.push(isStar(token) ? place : place + 1)
    }
    places = new Set(open(tokens, next))
  }
  // A position right after a star is left out where the star itself is a position: all that follows is reached from the star.
  return [...places].filter((place) => !(isStar(tokens[place - 1]) && places.has(place - 1)))
}

/** With the places that stars at these places let one pass to. */
function open(tokens: readonly Token[], places: readonly number[]): number[] {
  const all: number[] = []
  for (let place of places) {
    all.push(place)
    while (isStar(tokens[place])) all.push(++place)
  }
  return all
}

function takes(token: Token, unit: number): boolean {
  if (token >= 0) return token === unit
  return token === star || token === -2 || unit !== 58
}

/** Every share of the pattern that one column can take: tokens up to `end`, the next part going on at `rest`. */
function shares(tokens: readonly Token[], at: number): readonly { end: number; rest: number }[] {
  const all: { end: number; rest: number }[] = []
  for (let end = at; end <= tokens.length; end++) {
    // Ending before a star is a case of ending behind it, since the star may cover nothing and is shared.
    if (isStar(tokens[end])) continue
    all.push({ end, rest: end > at && isStar(tokens[end - 1]) ? end - 1 : end })
  }
  return all
}

/** Rows whose field is there and covered by the pattern. */
export function matchField(tokens: readonly Token[], field: Field, place: string): Formula {
  if (!tokens.some(isWild)) {
    const text = textOf(tokens)
    // Databases hold no lone surrogates, so nothing can equal such a text.
    return text.isWellFormed() ? inList(field, [text]) : no
  }
  if (tokens.length === 1 && tokens[0] === star) return literal({ kind: 'present', field })
  return literal({ kind: 'test', field, test: { is: 'glob', tokens, place } })
}
