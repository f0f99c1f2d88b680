// `chancery policy check` and `lint`: each document by itself.
import { type DocumentKind, parseDocument } from '../document.ts'
import { lint, rules } from '../lint.ts'
import { kindOf, type PolicyFile } from './files.ts'
import { type Outcome, placed, said } from './outcome.ts'

export interface CheckOptions {
  readonly kind: DocumentKind | undefined
  readonly managed: boolean
  readonly json: boolean
}

/** Whether documents can be read. */
export function checkFiles(files: readonly PolicyFile[], { kind, managed, json }: CheckOptions): Outcome {
  const found = files.flatMap(({ name, text }) =>
    parseDocument(text, kind ?? kindOf(text), { managed }).faults.map((fault) => ({ file: name, ...fault })),
  )
  const code = found.length === 0 ? 0 : 1
  if (json) return said(code, JSON.stringify(found, null, 2))
  const lines = found.map((fault) => placed(fault.file, fault, 'error', fault.message))
  if (code === 0)
    lines.push(files.length === 1 ? 'the policy is fine' : `all ${files.length} policies are fine`)
  return said(code, lines.join('\n'))
}

/** Also what is doubtful. Notes alone are no reason to fail. */
export function lintFiles(files: readonly PolicyFile[], { kind, managed, json }: CheckOptions): Outcome {
  const found = files.flatMap(({ name, text }) =>
    lint(text, kind ?? kindOf(text), { managed }).map((finding) => ({ file: name, ...finding })),
  )
  const count = (severity: string) => found.filter((one) => one.severity === severity).length
  const code = count('error') + count('warning') === 0 ? 0 : 1
  if (json) return said(code, JSON.stringify(found, null, 2))
  const lines = found.flatMap(({ file, rule, severity, message, fix, ...at }) => [
    placed(file, at, severity, `${message} [${rule}]`),
    ...(fix === '' ? [] : [`    fix: ${fix}`]),
  ])
  const told = (['error', 'warning', 'note'] as const)
    .filter((severity) => count(severity) > 0)
    .map((severity) => `${count(severity)} ${severity}${count(severity) === 1 ? '' : 's'}`)
  return said(code, [...lines, told.length === 0 ? 'nothing to say' : told.join(', ')].join('\n'))
}

/** The rules there are. */
export function ruleList(): Outcome {
  const width = Math.max(...[...rules.keys()].map((name) => name.length))
  return said(
    0,
    [...rules]
      .map(([name, { severity, summary }]) => `${name.padEnd(width)}  ${severity.padEnd(7)}  ${summary}`)
      .join('\n'),
  )
}
