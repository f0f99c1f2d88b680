// Whether the identity providers answer, each step as a sign-in takes it.
import type { ProviderCommandContext } from '../../federation/command/command-context.ts'
import { type Finding, ok, warn } from './finding.ts'

/** Providers checked at a time. */
const atOnce = 8

export async function checkReachable({
  providers,
  check,
}: Pick<ProviderCommandContext, 'providers' | 'check'>): Promise<readonly Finding[]> {
  const enabled = providers.filter(({ provider }) => !provider.disabled)
  const findings: Finding[] = []
  for (let at = 0; at < enabled.length; at += atOnce) {
    const checked = enabled.slice(at, at + atOnce).map(async ({ provider }): Promise<Finding> => {
      const name = provider.name ?? provider.id
      const steps = await Array.fromAsync(check(provider))
      const failed = steps.find((step) => !step.ok)
      return failed === undefined
        ? ok('provider', `${name} answers`)
        : warn(
            'provider',
            `${name}: ${failed.step} failed${failed.said === undefined ? '' : `: ${failed.said}`}`,
            'see `chancery provider check`; people and workloads from there cannot sign in meanwhile',
          )
    })
    findings.push(...(await Promise.all(checked)))
  }
  return findings
}
