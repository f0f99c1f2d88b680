// `chancery policy check` and `lint`: each document is checked on its own.
import { type DocumentKind, parseDocument } from '../language/document.ts'
import { lint, rules } from '../lint.ts'
import { type CommandResult, formatFault, result } from './command-result.ts'
import { kindOf, type PolicyFile } from './files.ts'

export interface CheckOptions {
  readonly kind: DocumentKind | undefined
  readonly managed: boolean
  readonly json: boolean
}

/** Reports the syntax errors of each document. Exit code 1 when there are any. */
export function checkFiles(
  files: readonly PolicyFile[],
  { kind, managed, json }: CheckOptions,
): CommandResult {
  const found = files.flatMap(({ name, text }) =>
    parseDocument(text, kind ?? kindOf(text), { managed, saving: true }).faults.map((fault) => ({
      file: name,
      ...fault,
    })),
  )
  const code = found.length === 0 ? 0 : 1
  if (json) return result(code, JSON.stringify(found, null, 2))
  const lines = found.map((fault) => formatFault(fault.file, fault, 'error', fault.message))
  if (code === 0)
    lines.push(files.length === 1 ? 'the policy is fine' : `all ${files.length} policies are valid`)
  return result(code, lines.join('\n'))
}

/** Reports syntax errors and lint findings. Findings of severity `note` do not make the command fail. */
export function lintFiles(
  files: readonly PolicyFile[],
  { kind, managed, json }: CheckOptions,
): CommandResult {
  const found = files.flatMap(({ name, text }) =>
    lint(text, kind ?? kindOf(text), { managed, saving: true }).map((finding) => ({
      file: name,
      ...finding,
    })),
  )
  const count = (severity: string) => found.filter((one) => one.severity === severity).length
  const code = count('error') + count('warning') === 0 ? 0 : 1
  if (json) return result(code, JSON.stringify(found, null, 2))
  const lines = found.flatMap(({ file, rule, severity, message, fix, ...at }) => [
    formatFault(file, at, severity, `${message} [${rule}]`),
    ...(fix === '' ? [] : [`    fix: ${fix}`]),
  ])
  const counts = (['error', 'warning', 'note'] as const)
    .filter((severity) => count(severity) > 0)
    .map((severity) => `${count(severity)} ${severity}${count(severity) === 1 ? '' : 's'}`)
  return result(code, [...lines, counts.length === 0 ? 'no findings' : counts.join(', ')].join('\n'))
}

/** Lists the lint rules with their summaries. */
export function ruleList(): CommandResult {
  const width = Math.max(...[...rules.keys()].map((name) => name.length))
  return result(
    0,
    [...rules]
      .map(([name, { severity, summary }]) => `${name.padEnd(width)}  ${severity.padEnd(7)}  ${summary}`)
      .join('\n'),
  )
}
