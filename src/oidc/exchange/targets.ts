// What a token made by exchange may be for. `audience` names a service that verifies our sessions by itself; `resource`
// names one of the configured resources (RFC 8707). An `audience` that is the identifier of a configured resource obeys
// the rules of that resource: the client's entry must allow it, as in every other grant.
import { Problem } from '../../problem.ts'
import type { ClientTargets } from '../../sts/scopes.ts'
import { allowedScopes, mayRequestResource } from '../clients/resources.ts'
import type { ResourceSettings } from '../clients/settings.ts'

interface RequestingClient {
  readonly clientId: string
  readonly [name: string]: unknown
}

/** @throws Problem('invalid_target') by what it returns: for a `resource` that is not configured or not this client's */
export function targetChecker(
  resources: readonly ResourceSettings[],
  configuredNow: { hasResource(id: string): boolean },
) {
  const known = new Map(resources.map((one) => [one.id, scopesOf(one)]))
  return (client: RequestingClient, asked: readonly string[]): ClientTargets =>
    (audience) => {
      for (const id of asked) if (!known.has(id) || !configuredNow.hasResource(id)) throw notOffered(id)
      const found = audience.flatMap((id) => {
        const scopes = known.get(id)
        // A newer file has removed it: it is no service that anybody may name.
        if (scopes !== undefined && !configuredNow.hasResource(id)) throw notOffered(id)
        return scopes === undefined ? [] : [[id, scopes] as const]
      })
      for (const [id] of found) if (!mayRequestResource(client, id)) throw notOffered(id)
      return new Map(found.map(([id, scopes]) => [id, allowedScopes(client, id, scopes)]))
    }
}

const scopesOf = ({ scopes }: ResourceSettings): readonly string[] =>
  scopes.flatMap((text) => text.split(' '))

const notOffered = (id: string): Problem =>
  new Problem('invalid_target', `\`${id.slice(0, 256)}\` is not a resource this client may ask for`)
