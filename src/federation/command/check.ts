// `chancery provider check`: tests each provider step by step like a sign-in, and lists security findings about its settings.

import { issuerOf } from '../issuer.ts'
import type { CheckStep, Risk } from '../kind.ts'
import type { KnownProvider, ProviderCommandContext } from './command-context.ts'
import { type CommandResult, result, singleLine } from './command-result.ts'

/** Providers checked concurrently. */
const atOnce = 8

interface Checked extends KnownProvider {
  readonly steps: readonly CheckStep[]
  readonly risks: readonly Risk[]
}

type CheckContext = Pick<ProviderCommandContext, 'check' | 'risks'>

/** Exit code 1 when a step failed or a risk is medium or high. */
export async function checkProviders(
  context: CheckContext,
  providers: readonly KnownProvider[],
  json: boolean,
): Promise<CommandResult> {
  const all: Checked[] = []
  for (let at = 0; at < providers.length; at += atOnce)
    all.push(...(await Promise.all(providers.slice(at, at + atOnce).map((one) => checked(context, one)))))
  const code = all.every(isFine) ? 0 : 1
  if (json) return result(code, JSON.stringify(all.map(asData), null, 2))
  return result(
    code,
    all.length === 0 ? 'no identity provider' : [...all.map(asText), total(all)].join('\n\n'),
  )
}

async function checked(context: CheckContext, known: KnownProvider): Promise<Checked> {
  const [steps, risks] = await Promise.all([
    Array.fromAsync(context.check(known.provider)),
    context.risks(known.provider),
  ])
  const order = ['high', 'medium', 'low']
  const sorted = [...risks].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
  return { ...known, steps, risks: sorted }
}

const isFine = ({ steps, risks }: Checked): boolean =>
  steps.every(({ ok }) => ok) && risks.every(({ level }) => level === 'low')

function asText({ provider, steps, risks }: Checked): string {
  const { name, kind, disabled } = provider
  const title = `${name ?? provider.id} (${kind}, ${issuerOf(provider)})${disabled ? ', disabled' : ''}`
  return [
    singleLine(title),
    ...steps.map(({ step, ok, said: answer }) =>
      singleLine(`  ${ok ? 'ok    ' : 'FAIL  '}  ${step}${answer === undefined ? '' : `: ${answer}`}`),
    ),
    ...risks.flatMap(({ level, what, fix }) => [
      singleLine(`  ${level.padEnd(6)}  ${what}`),
      `          fix: ${fix}`,
    ]),
  ].join('\n')
}

function total(all: readonly Checked[]): string {
  const failed = all.filter(({ steps }) => steps.some(({ ok }) => !ok)).length
  const risks = all.flatMap(({ risks: own }) => own)
  const levels = (['high', 'medium', 'low'] as const).flatMap((level) => {
    const count = risks.filter((risk) => risk.level === level).length
    return count === 0 ? [] : [`${count} ${level}`]
  })
  const summary = levels.length === 0 ? 'no risks found' : `risks: ${levels.join(', ')}`
  return `${all.length - failed} of ${all.length} passed; ${summary}`
}

const asData = ({ provider, from, steps, risks }: Checked) => ({
  name: provider.name,
  arn: provider.id,
  kind: provider.kind,
  issuer: issuerOf(provider),
  disabled: provider.disabled,
  from,
  steps,
  risks,
})
