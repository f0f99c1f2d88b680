// `chancery policy diff BEFORE AFTER`: whether the second allows anything that the first does not.

import { type Comparison, keepsDenying, narrower } from '../compare-policies.ts'
import type { DocumentKind } from '../document.ts'
import { parseDocument } from '../document.ts'
import { whoIs } from '../report.ts'
import type { Request } from '../request.ts'
import { kindOf, type PolicyFile } from './files.ts'
import { type Outcome, placed, said, UsageError } from './outcome.ts'

export interface DiffOptions {
  readonly kind: DocumentKind | undefined
  readonly json: boolean
}

/** Fails when more is allowed, and when that cannot be said. @throws UsageError */
export function diffFiles(files: readonly PolicyFile[], options: DiffOptions): Outcome {
  const [before, after] = files
  if (before === undefined || after === undefined)
    throw new UsageError('expected two files: before and after')
  const kind = options.kind ?? kindOf(after.text)
  for (const { name, text } of files) {
    const { faults } = parseDocument(text, kind)
    if (faults.length > 0)
      throw new UsageError(faults.map((fault) => placed(name, fault, 'error', fault.message)).join('\n'))
  }
  const compared = narrower(before.text, after.text, kind)
  const kept = keepsDenying(before.text, after.text, kind)
  const code = compared.narrower === true ? 0 : 1
  if (options.json)
    return said(code, JSON.stringify({ ...asData(compared), keepsDenying: asData(kept) }, null, 2))
  const lines = [answer(compared, after.name, before.name, kind)]
  // Told only beside "no more is allowed": otherwise the first answer says the worse.
  if (compared.narrower === true && kept.narrower === false)
    lines.push(
      `note: ${before.name} denied this for good, and ${after.name} leaves it to other policies:`,
      ...shown(kept.request, kind),
    )
  return said(code, lines.join('\n'))
}

function answer(compared: Comparison, after: string, before: string, kind: DocumentKind): string {
  if (compared.narrower === true) return `${after} allows nothing that ${before} does not`
  if (compared.narrower === 'unknown')
    return `it cannot be said whether ${after} allows more than ${before}: ${compared.why}`
  return [`${after} allows what ${before} does not:`, ...shown(compared.request, kind)].join('\n')
}

function shown({ principal, action, resource, context }: Request, kind: DocumentKind): string[] {
  const who = kind === 'resource' || kind === 'trust' ? [`  by ${whoIs(principal)}`] : []
  const keys = [...context].map(([key, value]) =>
    typeof value === 'string'
      ? `  with ${key} = \`${value}\``
      : `  with ${key} = ${value.map((one) => `\`${one}\``).join(', ')} (a list)`,
  )
  return [`  ${action}${kind === 'trust' ? '' : ` on \`${resource}\``}`, ...who, ...keys]
}

function asData(compared: Comparison) {
  if (compared.narrower !== false) return compared
  const { principal, action, resource, context } = compared.request
  return { narrower: false, request: { principal, action, resource, context: Object.fromEntries(context) } }
}
