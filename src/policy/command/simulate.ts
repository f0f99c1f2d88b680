// `chancery policy simulate` and `explain`: evaluate requests against the policies in files.

import { compile, emptySet, type PolicySet, policySet } from '../engine/compile.ts'
import { type Explanation, explain, formatDecision, type Layers } from '../engine/decide.ts'
import { principalForms, principalKeys, principalOfArn } from '../engine/principal-of-arn.ts'
import { explanationText } from '../engine/report.ts'
import { accountOf } from '../language/arn.ts'
import { type DocumentKind, parseDocument } from '../language/document.ts'
import { type Context, type ContextValue, contextOf, type Request } from '../request.ts'
import { type CommandResult, formatFault, result, UsageError } from './command-result.ts'
import { kindOf, type PolicyFile } from './files.ts'

export interface SimulationInput {
  /** Identity policies; a file that is a resource or trust policy is used as one. */
  readonly files: readonly PolicyFile[]
  readonly boundary: readonly PolicyFile[]
  /** Session policies, one per link of a role chain. */
  readonly session: readonly PolicyFile[]
  readonly resourcePolicy: readonly PolicyFile[]
  readonly trust: readonly PolicyFile[]
  readonly guardrail: readonly PolicyFile[]
  readonly principal: string | undefined
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly resourceAccount: string | undefined
  /** `key=value`; a key given more than once is multi-valued. */
  readonly context: readonly string[]
  /** Epoch seconds, the value of aws:CurrentTime. */
  readonly now: number
  readonly json: boolean
}

/** The principal used when `--as` is not given. */
const defaultPrincipal = 'arn:aws:iam::111122223333:user/someone'

/** Prints one decision per action and resource. @throws UsageError */
export function simulateFiles(question: SimulationInput): CommandResult {
  const results = answers(question)
  const code = results.every(({ explanation }) => explanation.effect === 'allow') ? 0 : 1
  if (question.json) return result(code, JSON.stringify(results.map(asData), null, 2))
  const lines = results.map(
    ({ request, explanation }) => `${request.action} on ${request.resource}: ${formatDecision(explanation)}`,
  )
  return result(code, lines.join('\n'))
}

/** Prints each decision with its full explanation. @throws UsageError */
export function explainFiles(question: SimulationInput): CommandResult {
  const results = answers(question)
  const code = results.every(({ explanation }) => explanation.effect === 'allow') ? 0 : 1
  if (question.json) return result(code, JSON.stringify(results.map(asData), null, 2))
  return result(
    code,
    results.map(({ request, explanation }) => explanationText(request, explanation)).join('\n\n'),
  )
}

interface Answered {
  readonly request: Request
  readonly explanation: Explanation
}

const asData = ({ request: { action, resource }, explanation }: Answered) => ({
  action,
  resource,
  effect: explanation.effect,
  reason: explanation.reason,
  layer: explanation.layer,
  statements: explanation.statements,
  layers: explanation.layers,
  conditions: explanation.conditions,
  missing: explanation.missing,
  nearest: explanation.nearest,
})

function answers(question: SimulationInput): readonly Answered[] {
  if (question.actions.length === 0)
    throw new UsageError('name at least one action: --action docs:GetDocument')
  const layers = layersOf(question)
  return question.actions.flatMap((action) =>
    question.resources.map((resource) => {
      const request = requestOf(question, layers, action, resource)
      return { request, explanation: explain(request, layers) }
    }),
  )
}

export function layersOf(question: SimulationInput): Layers {
  const mine = question.files.map((file) => ({ ...file, kind: kindOf(file.text) }))
  const of = (kind: DocumentKind, more: readonly PolicyFile[]) => [
    ...mine.filter((file) => file.kind === kind),
    ...more,
  ]
  const one = (kind: DocumentKind, files: readonly PolicyFile[]): PolicySet | undefined =>
    files.length === 0 ? undefined : policySet(files.map((file) => compiled(file, kind)))
  const each = (kind: DocumentKind, files: readonly PolicyFile[]) =>
    files.length === 0 ? undefined : files.map((file) => policySet([compiled(file, kind)]))
  return {
    identity: one('identity', of('identity', [])) ?? emptySet,
    boundary: one('boundary', question.boundary),
    session: each('session', question.session),
    resource: one('resource', of('resource', question.resourcePolicy)),
    trust: one('trust', of('trust', question.trust)),
    guardrail: each('guardrail', question.guardrail),
  }
}

function compiled({ name, text }: PolicyFile, kind: DocumentKind) {
  const { faults } = parseDocument(text, kind)
  if (faults.length > 0)
    throw new UsageError(faults.map((fault) => formatFault(name, fault, 'error', fault.message)).join('\n'))
  return compile(text, kind, name)
}

export function requestOf(
  question: SimulationInput,
  layers: Layers,
  action: string,
  resource: string,
): Request {
  if (!/^[^\s:*?]+:[^\s*?]+$/.test(action))
    throw new UsageError(`\`${action}\` is not an action: expected \`service:Action\``)
  if (question.principal === undefined && (layers.trust !== undefined || layers.resource !== undefined))
    throw new UsageError(`a trust or resource policy needs a caller: --principal with ${principalForms}`)
  const principal = principalOfArn(question.principal ?? defaultPrincipal)
  if (principal === undefined)
    throw new UsageError(`\`${question.principal}\` is not a principal: expected ${principalForms}`)
  return {
    principal,
    action,
    resource,
    resourceAccount: question.resourceAccount ?? ownerOf(resource),
    context: new Map([
      ...contextOf([
        ['aws:CurrentTime', new Date(question.now * 1000).toISOString().replace('.000Z', 'Z')],
        ['aws:EpochTime', String(question.now)],
      ]),
      ...principalKeys(principal),
      ...given(question.context),
    ]),
  }
}

function ownerOf(resource: string): string | undefined {
  const account = accountOf(resource)
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined
}

function given(entries: readonly string[]): Context {
  const values = new Map<string, ContextValue>()
  for (const entry of entries) {
    const at = entry.indexOf('=')
    if (at < 1)
      throw new UsageError(`\`${entry}\` is not a context entry: expected --context aws:SourceIp=192.0.2.7`)
    const key = entry.slice(0, at).toLowerCase()
    const value = entry.slice(at + 1)
    const before = values.get(key)
    values.set(key, before === undefined ? value : [before, value].flat())
  }
  return values
}
