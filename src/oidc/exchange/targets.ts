// The targets of an exchanged token. `audience` names a service that verifies sessions itself; `resource` names a configured
// resource (RFC 8707). An `audience` that is the id of a configured resource obeys the rules of that resource.
import { Problem } from '../../problem.ts'
import type { ClientTargets } from '../../sts/session/scopes.ts'
import { allowedScopes, mayRequestResource } from '../clients/resources.ts'
import type { ResourceSettings } from '../clients/settings.ts'

interface RequestingClient {
  readonly clientId: string
  readonly [name: string]: unknown
}

/** The returned function throws Problem('invalid_target') for a resource that is not configured or not allowed for the client. */
export function targetChecker(
  resources: readonly ResourceSettings[],
  configuredNow: { hasResource(id: string): boolean },
) {
  const known = new Map(resources.map((one) => [one.id, scopesOf(one)]))
  return (client: RequestingClient, requested: readonly string[]): ClientTargets =>
    (audience) => {
      for (const id of requested) if (!known.has(id) || !configuredNow.hasResource(id)) throw notAllowed(id)
      const found = audience.flatMap((id) => {
        const scopes = known.get(id)
        // A newer configuration has removed the resource, so it is not accepted as the name of a service either.
        if (scopes !== undefined && !configuredNow.hasResource(id)) throw notAllowed(id)
        return scopes === undefined ? [] : [[id, scopes] as const]
      })
      for (const [id] of found) if (!mayRequestResource(client, id)) throw notAllowed(id)
      return new Map(found.map(([id, scopes]) => [id, allowedScopes(client, id, scopes)]))
    }
}

const scopesOf = ({ scopes }: ResourceSettings): readonly string[] =>
  scopes.flatMap((text) => text.split(' '))

const notAllowed = (id: string): Problem =>
  new Problem('invalid_target', `\`${id.slice(0, 256)}\` is not a resource this client may request`)
