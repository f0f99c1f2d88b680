// `chancery provider check`: whether providers answer, step by step as a sign-in would go, and what is doubtful about them.

import { issuerOf } from '../issuer.ts'
import type { CheckStep, Risk } from '../kind.ts'
import type { KnownProvider, ProviderWorld } from './command-context.ts'
import { type Outcome, said, shown } from './outcome.ts'

/** Providers asked at once. */
const atOnce = 8

interface Checked extends KnownProvider {
  readonly steps: readonly CheckStep[]
  readonly risks: readonly Risk[]
}

type Asked = Pick<ProviderWorld, 'check' | 'risks'>

/** Risks that are low alone are no reason to fail. */
export async function checkProviders(
  world: Asked,
  providers: readonly KnownProvider[],
  json: boolean,
): Promise<Outcome> {
  const all: Checked[] = []
  for (let at = 0; at < providers.length; at += atOnce)
    all.push(...(await Promise.all(providers.slice(at, at + atOnce).map((one) => checked(world, one)))))
  const code = all.every(isFine) ? 0 : 1
  if (json) return said(code, JSON.stringify(all.map(asData), null, 2))
  return said(code, all.length === 0 ? 'no identity provider' : [...all.map(asText), total(all)].join('\n\n'))
}

async function checked(world: Asked, known: KnownProvider): Promise<Checked> {
  const [steps, risks] = await Promise.all([
    Array.fromAsync(world.check(known.provider)),
    world.risks(known.provider),
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
    shown(title),
    ...steps.map(({ step, ok, said: answer }) =>
      shown(`  ${ok ? 'ok    ' : 'FAIL  '}  ${step}${answer === undefined ? '' : `: ${answer}`}`),
    ),
    ...risks.flatMap(({ level, what, fix }) => [
      shown(`  ${level.padEnd(6)}  ${what}`),
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
  const doubts = levels.length === 0 ? 'no risk seen' : `risks: ${levels.join(', ')}`
  return `${all.length - failed} of ${all.length} answer as they should; ${doubts}`
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
