// The parts of a review of a policy document that take the server's time: its warnings, and who gains and who loses against what
// is in force.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { FindingView } from '../../../views/console/access/document-review.ts'
import type { ComparedView } from '../../../views/console/access/policy-editor.ts'
import { known, t, type Words } from '../../../views/console/message.ts'
import { html } from '../../../views/html.ts'
import { type Comparison, compareAllowed, compareDenied, Work } from '../../policy/compare-policies.ts'
import { formatPrincipal } from '../../policy/engine/report.ts'
import { type DocumentKind, parseDocument } from '../../policy/language/document.ts'
import { lint } from '../../policy/lint.ts'
import type { Request } from '../../policy/request.ts'

/** Documents that are longer are neither compared nor linted: the longest that is accepted has 6,144 characters. */
const longestDocument = 10_240
/** A small part of the effort of `chancery policy diff`, so that a page does not keep others waiting. */
const effort = { states: 400, classes: 1000, guesses: 50 }
/** Units of work of one comparison. */
const mostWork = 100_000
/** Of one comparison. */
const bounds = () => ({ effort, work: new Work(mostWork) })

/** By kind and text: lists show the same documents again and again. */
const linted = new LRUCache<string, readonly FindingView[]>({ max: 500 })

export function findingsOf(text: string, kind: DocumentKind): readonly FindingView[] {
  if (text.length > longestDocument)
    return [{ severity: 'error', line: 1, message: 'the document is too long', fix: '' }]
  const key = `${kind} ${text}`
  const known = linted.get(key)
  if (known !== undefined) return known
  const found = lint(text, kind).map(({ severity, message, line, fix }) => ({ severity, message, line, fix }))
  linted.set(key, found)
  return found
}

/** The findings of many documents, giving way to other requests after each. */
export async function findingsOfEach(
  texts: readonly string[],
  kind: DocumentKind,
): Promise<readonly (readonly FindingView[])[]> {
  const all: (readonly FindingView[])[] = []
  for (const text of texts) {
    all.push(findingsOf(text, kind))
    await nextTurn()
  }
  return all
}

/** Who gains and who loses when `after` takes the place of `before`; empty when one of them is no valid document. */
export async function comparedOf(
  before: string,
  after: string,
  kind: DocumentKind,
): Promise<readonly ComparedView[]> {
  const valid = [before, after].every(
    (text) => text.length <= longestDocument && parseDocument(text, kind).document !== undefined,
  )
  return valid ? comparedSets([before], [after], kind) : []
}

/** Characters of all documents of one side together. */
const longestSet = 100_000

/** The same for all policies of somebody, before and after one is attached or detached. */
export async function comparedAttachment(
  before: readonly string[],
  after: readonly string[],
): Promise<readonly ComparedView[]> {
  const lengths = [before, after].map((texts) => texts.reduce((sum, { length }) => sum + length, 0))
  if (Math.max(...lengths) > longestSet)
    return [
      {
        title: t('Gains or loses'),
        tone: 'care',
        verdict: t('This cannot be determined here: all policies together are too long.'),
        example: [],
      },
    ]
  const allowed = await comparedSets(before, after, 'identity')
  await nextTurn()
  // A Deny takes away what other policies allow too, such as those of a member of a group.
  const denied = compareDenied(after, before, 'identity', bounds())
  await nextTurn()
  const freed = compareDenied(before, after, 'identity', bounds())
  return [
    ...allowed,
    ...(denied.narrower === true
      ? []
      : [
          view(
            t('Denies'),
            'care',
            denied,
            'identity',
            html``,
            t('This would be denied, whatever else allows it:'),
          ),
        ]),
    ...(freed.narrower === true
      ? []
      : [
          view(
            t('Denies no more'),
            'bad',
            freed,
            'identity',
            html``,
            t('This was denied, whatever else allows it:'),
          ),
        ]),
  ]
}

async function comparedSets(
  before: readonly string[],
  after: readonly string[],
  kind: DocumentKind,
): Promise<readonly ComparedView[]> {
  const gains = compareAllowed(before, after, kind, bounds())
  await nextTurn()
  const losses = compareAllowed(after, before, kind, bounds())
  return [
    view(
      t('Gains'),
      'bad',
      gains,
      kind,
      t('Nothing: no more is allowed than before.'),
      t('This would be allowed, and was not:'),
    ),
    view(
      t('Loses'),
      'care',
      losses,
      kind,
      t('Nothing: everything that was allowed still is.'),
      t('This was allowed, and would not be:'),
    ),
  ]
}

/** Whether somebody gains or loses, or that cannot be determined. */
export const changesAccess = (compared: readonly ComparedView[]): boolean =>
  compared.some(({ tone }) => tone !== 'good')

function view(
  title: Words,
  tone: 'bad' | 'care',
  compared: Comparison,
  kind: DocumentKind,
  none: Words,
  some: Words,
): ComparedView {
  if (compared.narrower === true) return { title, tone: 'good', verdict: none, example: [] }
  if (compared.narrower === 'unknown')
    return {
      title,
      tone: 'care',
      verdict: t('This cannot be determined: {why}.', { why: known(compared.why) }),
      example: [],
    }
  return { title, tone, verdict: some, example: exampleOf(compared.request, kind) }
}

function exampleOf({ principal, action, resource, context }: Request, kind: DocumentKind): string[] {
  const named = kind === 'trust' || kind === 'resource'
  return [
    `\`${action}\`${kind === 'trust' ? '' : ` on \`${resource}\``}${named ? ` by \`${formatPrincipal(principal)}\`` : ''}`,
    ...[...context].map(
      ([key, value]) =>
        `with \`${key}\` = ${[value]
          .flat()
          .map((one) => `\`${one}\``)
          .join(', ')}`,
    ),
  ]
}
