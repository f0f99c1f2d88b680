// `chancery provider list`: the identity providers and what each is used for.

import { issuerOf } from '../issuer.ts'
import type { KnownProvider } from './command-context.ts'
import { type CommandResult, result, singleLine } from './command-result.ts'

export function listProviders(providers: readonly KnownProvider[], json: boolean): CommandResult {
  const rows = providers.map(({ provider, from }) => ({
    name: provider.name ?? '-',
    kind: provider.kind,
    issuer: issuerOf(provider),
    for: usesOf(provider),
    state: provider.disabled ? 'disabled' : 'on',
    from,
    arn: provider.id,
  }))
  if (json) return result(0, JSON.stringify(rows, null, 2))
  if (rows.length === 0) return result(0, 'no identity provider')
  const columns = ['name', 'kind', 'issuer', 'for', 'state', 'from'] as const
  const widths = columns.map((column) => Math.max(...rows.map((row) => singleLine(row[column]).length)))
  return result(
    0,
    rows
      .map((row) =>
        columns
          .map((column, at) => singleLine(row[column]).padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd(),
      )
      .join('\n'),
  )
}

function usesOf(provider: KnownProvider['provider']): string {
  const workloads = provider.kind === 'saml' || (provider.kind === 'openid' && provider.clientIds.length > 0)
  const uses = [...(provider.signIn ? ['people'] : []), ...(workloads ? ['roles'] : [])]
  return uses.join('+') || 'nobody'
}
