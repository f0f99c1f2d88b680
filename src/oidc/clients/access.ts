// Who may use a client: everyone, members of groups, or whom a policy allows `oidc:SignIn` on the client's ARN.
// For a client of the configuration or the store this is part of its metadata; for one that registered itself, an administrator sets it.
import type { Store } from '../../store/store.ts'
import type { Person } from '../claims.ts'
import { isInGroupsOf } from './access-groups.ts'
import { entryOf } from './stored.ts'

/** ARN of a client, for policies. Clients belong to the server's first account. */
export const clientArn = (accountId: string, clientId: string): string =>
  `arn:aws:oidc::${accountId}:client/${clientId}`

/** Facts of a sign-in for the policy engine. */
export interface SignInRequestFacts {
  readonly sourceIp: string
  readonly userAgent: string | undefined
  readonly requestId: string
  readonly amr: readonly string[]
  /** Epoch seconds. */
  readonly authTime: number | undefined
}

/** Whether the policies of a user allow `oidc:SignIn` on a client. */
export type SignInAllowed = (userId: string, clientId: string, facts: SignInRequestFacts) => Promise<boolean>

interface AccessOfClient {
  readonly clientId: string
  readonly [name: string]: unknown
}

export type MayUseClient = (
  client: AccessOfClient,
  person: Pick<Person, 'id' | 'groups' | 'groupIds'>,
  facts: SignInRequestFacts,
) => Promise<boolean>

/** @param allowed asks the policy engine about `oidc:SignIn`; called only for clients with the access `policy` */
export const accessCheck =
  (store: Pick<Store, 'get'>, allowed: SignInAllowed): MayUseClient =>
  async (client, person, facts) => {
    const rules = await rulesOf(store, client)
    switch (rules['access']) {
      case undefined:
      case 'everyone':
        return true
      case 'groups':
        return isInGroupsOf(rules, person)
      case 'policy':
        return allowed(person.id, client.clientId, facts)
      default:
        // A later version of this server may have stored a value that this one does not know.
        return false
    }
  }

async function rulesOf(
  store: Pick<Store, 'get'>,
  client: AccessOfClient,
): Promise<Readonly<Record<string, unknown>>> {
  if (client['registered'] !== true) return client
  const record = await store.get('client', client.clientId)
  return record === undefined ? {} : entryOf(record)
}
