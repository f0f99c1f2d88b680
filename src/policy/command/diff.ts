// `chancery policy diff BEFORE AFTER`: whether the second policy allows anything that the first does not.

import { type CompareProgress, type Comparison, compareAllowed, compareDenied } from '../compare-policies.ts'
import { formatPrincipal } from '../engine/report.ts'
import type { DocumentKind } from '../language/document.ts'
import { parseDocument } from '../language/document.ts'
import type { Request } from '../request.ts'
import { type CommandResult, formatFault, result, UsageError } from './command-result.ts'
import { kindOf, type PolicyFile } from './files.ts'

export interface DiffOptions {
  readonly kind: DocumentKind | undefined
  readonly json: boolean
}

/** Exit code 1 when more is allowed, and when the comparison is inconclusive. @throws UsageError */
export function diffFiles(
  files: readonly PolicyFile[],
  options: DiffOptions,
  progress?: CompareProgress,
): CommandResult {
  const [before, after] = files
  if (before === undefined || after === undefined)
    throw new UsageError('expected two files: before and after')
  const kind = options.kind ?? kindOf(after.text)
  for (const { name, text } of files) {
    const { faults } = parseDocument(text, kind)
    if (faults.length > 0)
      throw new UsageError(faults.map((fault) => formatFault(name, fault, 'error', fault.message)).join('\n'))
  }
  const compared = compareAllowed(before.text, after.text, kind, { progress })
  const kept = compareDenied(before.text, after.text, kind, { progress })
  const code = compared.narrower === true ? 0 : 1
  if (options.json)
    return result(code, JSON.stringify({ ...asData(compared), keepsDenying: asData(kept) }, null, 2))
  const lines = [answer(compared, after.name, before.name, kind)]
  // Only reported beside "allows no more"; otherwise the first line already reports the greater problem.
  if (compared.narrower === true && kept.narrower === false)
    lines.push(
      `note: ${before.name} explicitly denied this, and ${after.name} leaves it to other policies:`,
      ...shown(kept.request, kind),
    )
  return result(code, lines.join('\n'))
}

function answer(compared: Comparison, after: string, before: string, kind: DocumentKind): string {
  if (compared.narrower === true) return `${after} allows nothing that ${before} does not`
  if (compared.narrower === 'unknown')
    return `it cannot be determined whether ${after} allows more than ${before}: ${compared.why}`
  return [`${after} allows what ${before} does not:`, ...shown(compared.request, kind)].join('\n')
}

function shown({ principal, action, resource, context }: Request, kind: DocumentKind): string[] {
  const who = kind === 'resource' || kind === 'trust' ? [`  by ${formatPrincipal(principal)}`] : []
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
