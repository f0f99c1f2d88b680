// `chancery provider remove`: deletes a provider from the store. Providers of the configuration file are refused, because the
// next start would create them again.
import { Problem } from '../../problem.ts'
import type { ProviderCommandContext } from './command-context.ts'
import { type CommandResult, result } from './command-result.ts'
import { providerNamed } from './named.ts'

/** @throws Problem('not_found') when there is no such provider · Problem('conflict') when it is an entry of the file */
export async function removeProvider(context: ProviderCommandContext, name: string): Promise<CommandResult> {
  const { provider, from } = providerNamed(context.providers, name)
  if (from === 'file' || context.remove === undefined)
    throw new Problem(
      'conflict',
      `\`${name}\` is an entry of the configuration file: remove it there and restart, which disables it`,
    )
  await context.remove(provider)
  return result(0, `removed ${provider.id}`)
}
