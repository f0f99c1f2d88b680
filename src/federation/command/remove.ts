// `chancery provider remove`: deletes a provider of the store. An entry of the configuration file would come back at the next
// start, so it is ended there.
import { Problem } from '../../problem.ts'
import type { ProviderWorld } from './command-context.ts'
import { providerNamed } from './named.ts'
import { type Outcome, said } from './outcome.ts'

/** @throws Problem('not_found') when there is no such provider · Problem('conflict') when it is an entry of the file */
export async function removeProvider(world: ProviderWorld, name: string): Promise<Outcome> {
  const { provider, from } = providerNamed(world.providers, name)
  if (from === 'file' || world.remove === undefined)
    throw new Problem(
      'conflict',
      `\`${name}\` is an entry of the configuration file: take it out there and restart, which disables it`,
    )
  await world.remove(provider)
  return said(0, `removed ${provider.id}`)
}
