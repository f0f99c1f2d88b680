// Random search for a counter-example when the classes could not be listed: values that the policies mention, placed where
// the policies look for them. A request it finds is certain; finding none proves nothing.

import { readTemplate } from '../language/template.ts'
import type { Context, ContextValue, Principal, Request } from '../request.ts'
import type { KeyValue, KeyValues } from './key-values.ts'
import type { Part } from './part.ts'

interface Sides {
  readonly before: readonly Part[]
  readonly after: readonly Part[]
  readonly values: KeyValues
  readonly isWider: (request: Request) => boolean
}

interface Known {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly principals: readonly Principal[]
}

export function guess(
  { before, after, values, isWider }: Sides,
  known: Known,
  { most, mayGoOn }: { readonly most: number; readonly mayGoOn: () => boolean },
): Request | undefined {
  const draw = drawer()
  const keys = keysOf([...before, ...after], values)
  const allows = after.filter(({ compiled }) => compiled.allow)
  const { actions, principals } = known
  if (allows.length === 0 || actions.length === 0 || principals.length === 0) return undefined
  for (let tried = 0; tried < most && mayGoOn(); tried++) {
    const context = drawContext(keys, draw)
    const allow = allows[draw(allows.length)]!
    const covered = actions.filter((action) => allow.compiled.actions.matches(action, context))
    if (covered.length === 0) continue
    const request: Request = {
      principal: principals[draw(principals.length)]!,
      action: covered[draw(covered.length)]!,
      resource: drawResource(allow, context, known.resources, draw),
      context,
    }
    if (isWider(request)) return request
  }
  return undefined
}

type Draw = (below: number) => number

/** A deterministic generator, so that the same input gives the same result. */
function drawer(): Draw {
  let state = 0x2545f491
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

type Keys = readonly (readonly [string, readonly KeyValue[]])[]

/** The keys of conditions and variables, with candidate values. */
function keysOf(parts: readonly Part[], values: KeyValues): Keys {
  const open = new Map<string, Set<string>>()
  const at = (key: string): Set<string> => {
    const texts = open.get(key) ?? new Set<string>()
    open.set(key, texts)
    return texts
  }
  for (const { statement, compiled, version } of parts) {
    for (const pattern of compiled.resources?.patterns ?? [])
      for (const key of pattern.variables) at(key).add('x')
    for (const condition of statement.conditions)
      for (const { text } of condition.values) {
        const texts = at(condition.key.text.toLowerCase())
        const template = readTemplate(text, { version, wildcards: /Like$|^Arn/.test(condition.operator) })
        if ('fault' in template) continue
        for (const filler of ['', 'x']) {
          texts.add(
            template.pieces
              .map((piece) => (piece.kind === 'literal' ? piece.text : piece.kind === 'any' ? 'x' : filler))
              .join(''),
          )
        }
        for (const piece of template.pieces) if (piece.kind === 'variable') at(piece.key).add('x')
      }
  }
  return [...open].map(([key, texts]) => {
    const singles = [...texts, 'x', '', 'true']
    return [key, [undefined, ...(values.get(key) ?? []), ...singles, [singles[0]!]]] as const
  })
}

function drawContext(keys: Keys, draw: Draw): Context {
  const context = new Map<string, ContextValue>()
  for (const [key, values] of keys) {
    const value = values[draw(values.length)]
    if (value !== undefined) context.set(key, value)
  }
  return context
}

/** One of the computed resources, or one of the statement's own with its variables substituted. */
function drawResource(part: Part, context: Context, known: readonly string[], draw: Draw): string {
  const written = part.statement.resources ?? []
  const pick = draw(written.length + 1)
  const text = written[pick]?.text
  if (text === undefined || draw(4) === 0) return known[draw(known.length)] ?? 'x'
  const template = readTemplate(text, { version: part.version, wildcards: true })
  if ('fault' in template) return text
  const filler = ['', 'x', 'x/x'][draw(3)]!
  return template.pieces
    .map((piece) => {
      if (piece.kind === 'literal') return piece.text
      if (piece.kind === 'any') return 'x'
      if (piece.kind === 'star') return filler
      const value = context.get(piece.key)
      return typeof value === 'string' ? value : (piece.fallback ?? 'x')
    })
    .join('')
}
