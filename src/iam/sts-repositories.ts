// The records that sts/ reads and writes: roles, managed policies used as session policies, registered identity providers, tokens
// already used, session policies too long for a token, and revocations. Reads on the path of every AssumeRole are cached
// (record/read-through-cache.ts). Whether a role may be assumed is decided in sts/.

import type { Compiled, PolicySet } from '../policy/engine/compile.ts'
import { contextKeysOf } from '../policy/language/context-keys.ts'
import { checkDocument } from '../policy/language/document.ts'
import { Problem } from '../problem.ts'
import { createIfAbsent, upsert } from '../store/conditional-writes.ts'
import type {
  IdentityProvider,
  LdapProvider,
  OpenIdProvider,
  Revocation,
  Role,
  SamlProvider,
} from '../store/records.ts'
import type { Page, RecordPage, Store } from '../store/store.ts'
import { isAccountOpen } from './account/open-account.ts'
import type { Authorizer } from './authorization/authorize.ts'
import type { PrincipalPolicies } from './authorization/principal-policies.ts'
import { liftRevocation, saveRevocation } from './authorization/revocation-records.ts'
import { byName, defaultVersionDocument, entityArn, policyByArn } from './lookup.ts'
import { ReadThroughCache } from './record/read-through-cache.ts'

export interface RoleToAssume extends Role {
  readonly arn: string
}

export interface StsRepositories {
  readonly roles: {
    byArn(arn: string): Promise<RoleToAssume | undefined>
    /** Roles of an account by path and name; not cached. @param prefix of both; names are in lower case */
    page(accountId: string, prefix: string, page: Page): Promise<RecordPage<RoleToAssume>>
    policyVersion(role: { readonly id: string }): Promise<string>
    contextKeys(
      role: { readonly id: string; readonly accountId: string },
      sessionPolicies: readonly string[],
    ): Promise<ReadonlySet<string>>
  }
  readonly managedPolicies: { textOf(arn: string, accountId: string): Promise<string | undefined> }
  readonly providers: {
    byIssuer(accountId: string, issuer: string): Promise<OpenIdProvider | undefined>
    byArn(arn: string): Promise<OpenIdProvider | undefined>
  }
  readonly samlProviders: { byArn(arn: string): Promise<SamlProvider | undefined> }
  readonly ldapProviders: { byArn(arn: string): Promise<LdapProvider | undefined> }
  readonly spentTokens: {
    spend(id: string, accountId: string, until: number): Promise<boolean>
    /** Does not change anything. */
    isSpent(id: string, accountId: string): Promise<boolean>
  }
  readonly longPolicies: {
    keep(hash: string, text: string, accountId: string, until: number): Promise<void>
    textOf(accountId: string, hash: string): Promise<string | undefined>
  }
  /** Of two revocations with the same id, the later `before` counts. */
  saveRevocation(revocation: Revocation): Promise<void>
  liftRevocation(id: string, now: number): Promise<number | undefined>
  close(): void
}

const roleArn = /^arn:aws:iam::(\d{12}):role\/(?:[!-~]+\/)?([\w+=,.@-]{1,64})$/

export function openStsRepositories(
  store: Store,
  authorizer: Pick<Authorizer, 'policiesOf' | 'sessionSetsOf'>,
): StsRepositories {
  const roles = new ReadThroughCache<RoleToAssume | undefined>(store, ['role', 'account'])
  const policies = new ReadThroughCache<string | undefined>(store, ['policy'])
  const providers = new ReadThroughCache<OpenIdProvider | undefined>(store, ['identityProvider'])
  const ldapProviders = new ReadThroughCache<LdapProvider | undefined>(store, ['identityProvider'])
  const samlProviders = new ReadThroughCache<SamlProvider | undefined>(store, ['identityProvider'])

  const loadRole = async (arn: string): Promise<RoleToAssume | undefined> => {
    const [, accountId, name] = roleArn.exec(arn) ?? []
    if (accountId === undefined || name === undefined) return undefined
    const role = await byName(store, 'role', accountId, name)
    // A role of a closed account is refused like one that does not exist.
    if (role === undefined || !(await isAccountOpen(store, accountId))) return undefined
    // Lookups by name ignore case; an ARN must match path and case exactly.
    return entityArn('role', role) === arn ? { ...role, arn } : undefined
  }

  return {
    roles: {
      byArn: (arn) => roles.get(arn, () => loadRole(arn)),
      async page(accountId, prefix, page) {
        const { records, next } = await store.find('role', { by: 'account', value: accountId, prefix }, page)
        return { records: records.map((role) => ({ ...role, arn: entityArn('role', role) })), next }
      },
      async policyVersion({ id }) {
        const kind = id.startsWith('AIDA') ? 'user' : 'role'
        const found = await authorizer.policiesOf({ kind, id })
        if (!found) throw new Problem('denied', `the ${kind} was deleted`)
        return found.version
      },
      async contextKeys({ id }, sessionPolicies) {
        const found = await authorizer.policiesOf({ kind: 'role', id })
        const own = found === undefined ? [] : contextKeysOfPolicies(found)
        if (sessionPolicies.length === 0) return new Set(own)
        const links = await authorizer.sessionSetsOf([sessionPolicies])
        return new Set([...own, ...links.flatMap(keysOfSet)])
      },
    },
    managedPolicies: {
      textOf: (arn, accountId) =>
        policies.get(`${accountId} ${arn}`, async () => {
          const policy = await policyByArn(store, accountId, arn)
          return policy && defaultVersionDocument(policy)
        }),
    },
    providers: {
      byIssuer: (accountId, issuer) =>
        providers.get(`${accountId} ${issuer}`, async () =>
          openId(await store.getBy('identityProvider', 'url', `${accountId} ${issuer}`)),
        ),
      byArn: (arn) => providers.get(arn, async () => openId(await store.get('identityProvider', arn))),
    },
    samlProviders: {
      byArn: (arn) =>
        samlProviders.get(arn, async () => {
          const provider = await store.get('identityProvider', arn)
          return provider?.kind === 'saml' ? provider : undefined
        }),
    },
    ldapProviders: {
      byArn: (arn) =>
        ldapProviders.get(arn, async () => {
          const provider = await store.get('identityProvider', arn)
          return provider?.kind === 'ldap' ? provider : undefined
        }),
    },
    spentTokens: {
      spend: (id, accountId, expiresAt) =>
        createIfAbsent(store.create('spent', { id: `${accountId} ${id}`, accountId, expiresAt })),
      isSpent: async (id, accountId) => (await store.get('spent', `${accountId} ${id}`)) !== undefined,
    },
    longPolicies: {
      keep: (hash, text, accountId, until) => keepPolicy(store, { hash, text, accountId, until }),
      textOf: async (accountId, hash) => (await store.get('sessionPolicy', `${accountId} ${hash}`))?.document,
    },
    saveRevocation: (revocation) => saveRevocation(store, revocation),
    liftRevocation: (id, now) => liftRevocation(store, id, now),
    close() {
      for (const held of [roles, policies, providers, samlProviders, ldapProviders]) held.close()
    },
  }
}

const contextKeysOfPolicies = ({ sets: { identity, boundary } }: PrincipalPolicies): readonly string[] =>
  [identity, ...(boundary ? [boundary] : [])].flatMap(keysOfSet)

const keysOfSet = ({ documents }: PolicySet): readonly string[] => documents.flatMap(keysOfDocument)

const requestedKeys = new WeakMap<Compiled, readonly string[]>()

/**
 * In lower case. Read once per compiled document: a workload sends the same session policy with every request, and parsing one of
 * 1 kB again took 8 % of the main thread's time of AssumeRoleWithWebIdentity.
 */
function keysOfDocument(document: Compiled): readonly string[] {
  const known = requestedKeys.get(document)
  if (known !== undefined) return known
  const keys = contextKeysOf([checkDocument(document.text, document.kind)]).map((key) => key.toLowerCase())
  requestedKeys.set(document, keys)
  return keys
}

const openId = (provider: IdentityProvider | undefined): OpenIdProvider | undefined =>
  provider?.kind === 'openid' ? provider : undefined

interface LongPolicy {
  readonly hash: string
  readonly text: string
  readonly accountId: string
  readonly until: number
}

/** The id contains the hash of the text, so only the expiry can differ between two writes. */
async function keepPolicy(store: Store, { hash, text, accountId, until }: LongPolicy): Promise<void> {
  const id = `${accountId} ${hash}`
  const known = await store.get('sessionPolicy', id)
  if (known && known.expiresAt >= until) return
  // Kept a day longer than needed, so that a workload that sends the same policy each time rarely causes a write.
  const expiresAt = until + 86_400
  const record = { id, accountId, document: text, expiresAt }
  await upsert(store, 'sessionPolicy', id, (old) =>
    old ? { ...old, expiresAt: Math.max(old.expiresAt, expiresAt) } : record,
  )
}
