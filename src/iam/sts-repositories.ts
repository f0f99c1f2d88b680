// The records behind a session of a role: the role itself, the managed policies that may narrow it, the issuers an
// account registered, tokens that were spent, policies too long for a token, floors below which sessions are over.
// Reads on the way of every AssumeRole come from memory (read-through-cache.ts). Who may become what is said by sts/.
import type { PolicySet } from '../policy/compile.ts'
import { contextKeysOf } from '../policy/context-keys.ts'
import { checkDocument } from '../policy/document.ts'
import { Problem } from '../problem.ts'
import { created, put } from '../store/conditional-writes.ts'
import type { IdentityProvider, OpenIdProvider, Revocation, Role, SamlProvider } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import type { Authorizer } from './authorization/authorize.ts'
import type { PrincipalPolicies } from './authorization/principal-policies.ts'
import { keepRevocation, liftRevocation } from './authorization/revocation-records.ts'
import { bearerArn, byName, defaultDocument, policyByArn } from './lookup.ts'
import { Fresh } from './read-through-cache.ts'

export interface RoleToAssume extends Role {
  readonly arn: string
}

export interface Assuming {
  readonly roles: {
    byArn(arn: string): Promise<RoleToAssume | undefined>
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
  readonly spentTokens: {
    spend(id: string, accountId: string, until: number): Promise<boolean>
    /** Only looks. */
    isSpent(id: string, accountId: string): Promise<boolean>
  }
  readonly longPolicies: {
    keep(hash: string, text: string, accountId: string, until: number): Promise<void>
    textOf(accountId: string, hash: string): Promise<string | undefined>
  }
  /** Of two revocations with one id the later instant counts. */
  keepRevocation(revocation: Revocation): Promise<void>
  liftRevocation(id: string, now: number): Promise<number | undefined>
  close(): void
}

const roleArn = /^arn:aws:iam::(\d{12}):role\/(?:[!-~]+\/)?([\w+=,.@-]{1,64})$/

export function openAssuming(
  store: Store,
  authorizer: Pick<Authorizer, 'policiesOf' | 'sessionSetsOf'>,
): Assuming {
  const roles = new Fresh<RoleToAssume | undefined>(store, ['role'])
  const policies = new Fresh<string | undefined>(store, ['policy'])
  const providers = new Fresh<OpenIdProvider | undefined>(store, ['identityProvider'])
  const samlProviders = new Fresh<SamlProvider | undefined>(store, ['identityProvider'])

  const loadRole = async (arn: string): Promise<RoleToAssume | undefined> => {
    const [, accountId, name] = roleArn.exec(arn) ?? []
    if (accountId === undefined || name === undefined) return undefined
    const role = await byName(store, 'role', accountId, name)
    // Names are found whatever their case; an ARN names path and case exactly.
    return role && bearerArn('role', role) === arn ? { ...role, arn } : undefined
  }

  return {
    roles: {
      byArn: (arn) => roles.get(arn, () => loadRole(arn)),
      async policyVersion({ id }) {
        const kind = id.startsWith('AIDA') ? 'user' : 'role'
        const found = await authorizer.policiesOf({ kind, id })
        if (!found) throw new Problem('denied', `the ${kind} is gone`)
        return found.version
      },
      async contextKeys({ id }, sessionPolicies) {
        const found = await authorizer.policiesOf({ kind: 'role', id })
        const own = found === undefined ? [] : keysAskedBy(found)
        if (sessionPolicies.length === 0) return new Set(own)
        const links = await authorizer.sessionSetsOf([sessionPolicies])
        return new Set([...own, ...links.flatMap(keysOfSet)])
      },
    },
    managedPolicies: {
      textOf: (arn, accountId) =>
        policies.get(`${accountId} ${arn}`, async () => {
          const policy = await policyByArn(store, accountId, arn)
          return policy && defaultDocument(policy)
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
    spentTokens: {
      spend: (id, accountId, expiresAt) =>
        created(store.create('spent', { id: `${accountId} ${id}`, accountId, expiresAt })),
      isSpent: async (id, accountId) => (await store.get('spent', `${accountId} ${id}`)) !== undefined,
    },
    longPolicies: {
      keep: (hash, text, accountId, until) => keepPolicy(store, { hash, text, accountId, until }),
      textOf: async (accountId, hash) => (await store.get('sessionPolicy', `${accountId} ${hash}`))?.document,
    },
    keepRevocation: (revocation) => keepRevocation(store, revocation),
    liftRevocation: (id, now) => liftRevocation(store, id, now),
    close() {
      for (const held of [roles, policies, providers, samlProviders]) held.close()
    },
  }
}

const asked = new WeakMap<PrincipalPolicies, readonly string[]>()

/** Worked out once for what is cached anyway. */
function keysAskedBy(policies: PrincipalPolicies): readonly string[] {
  const known = asked.get(policies)
  if (known !== undefined) return known
  const { identity, boundary } = policies.sets
  const keys = [identity, ...(boundary ? [boundary] : [])].flatMap(keysOfSet)
  asked.set(policies, keys)
  return keys
}

const keysOfSet = ({ documents }: PolicySet): readonly string[] =>
  contextKeysOf(documents.map(({ text, kind }) => checkDocument(text, kind))).map((key) => key.toLowerCase())

const openId = (provider: IdentityProvider | undefined): OpenIdProvider | undefined =>
  provider?.kind === 'openid' ? provider : undefined

interface LongPolicy {
  readonly hash: string
  readonly text: string
  readonly accountId: string
  readonly until: number
}

/** The hash says what it holds, so only its end can differ. */
async function keepPolicy(store: Store, { hash, text, accountId, until }: LongPolicy): Promise<void> {
  const id = `${accountId} ${hash}`
  const known = await store.get('sessionPolicy', id)
  if (known && known.expiresAt >= until) return
  // Kept a while longer than asked, so that a workload that sends it each time writes it now and then only.
  const expiresAt = until + 86_400
  const record = { id, accountId, document: text, expiresAt }
  await put(store, 'sessionPolicy', id, (old) =>
    old ? { ...old, expiresAt: Math.max(old.expiresAt, expiresAt) } : record,
  )
}
