// STS over a real SQLite store, the real authorisation and the real policy engine; the clock and the outside issuer's
// key are given. The audit port keeps what it was told, and can be made to fail.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { SignJWT } from 'jose'
import type { AuditEvent } from '../../src/audit/event.ts'
import { IssuerKeys } from '../../src/federation/workload/issuer-keys.ts'
import { openAuthorizer } from '../../src/iam/authorization/authorize.ts'
import type { Caller, Circumstances } from '../../src/iam/caller.ts'
import { openStsRepositories } from '../../src/iam/sts-repositories.ts'
import { Problem } from '../../src/problem.ts'
import type { RevocationScope } from '../../src/secure/session/session-dependencies.ts'
import { type SessionTokenType, verifySessionToken } from '../../src/secure/session/session-token.ts'
import type { OpenIdProvider, Role, User } from '../../src/store/records.ts'
import type { AssumeRoleRequest, WebIdentityRequest } from '../../src/sts/input.ts'
import { assumeRole } from '../../src/sts/operation/assume-role.ts'
import { type ExchangeRequest, exchange } from '../../src/sts/operation/exchange.ts'
import { type RevokeRequest, sessionRevocation } from '../../src/sts/operation/revoke.ts'
import { assumeRoleWithWebIdentity } from '../../src/sts/operation/web-identity.ts'
import { sessionCaller } from '../../src/sts/session/session-caller.ts'
import { giveBack, takeStore } from '../support/store-pool.ts'

export const account = '111122223333'
export const otherAccount = '444455556666'
export const outsideIssuer = 'https://ci.example'
export const audience = 'sts.chancery.example'
export const ourIssuer = 'https://chancery.example'
export const startOfTime = 1_800_000_000
export const mfaSerial = `arn:aws:iam::${account}:mfa/alice`

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const jwks = JSON.stringify({ keys: [{ ...rsa.publicKey.export({ format: 'jwk' }), kid: 'k1' }] })

export const json = (value: unknown): string => JSON.stringify(value)
export const policy = (...statements: object[]): string =>
  json({ Version: '2012-10-17', Statement: statements })
export const allow = (action: string | string[], more: object = { Resource: '*' }) => ({
  Effect: 'Allow',
  Action: action,
  ...more,
})
export const deny = (action: string | string[], more: object = { Resource: '*' }) => ({
  Effect: 'Deny',
  Action: action,
  ...more,
})

const letters = (name: string): string =>
  name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .padEnd(16, '0')
    .slice(0, 16)
export const userId = (name: string): string => `AIDA${letters(name)}`
export const roleId = (name: string): string => `AROA${letters(name)}`
/** A trust policy that lets `principal` do these actions. */
export const trusting = (
  principal: object,
  actions: string[] = ['sts:AssumeRole'],
  more: object = {},
): string => policy({ Effect: 'Allow', Principal: principal, Action: actions, ...more })

export type Stage = Awaited<ReturnType<typeof openStage>>

export async function openStage(t: TestContext) {
  const state = { now: startOfTime, auditDown: false, network: 0, mfaTries: 0 }
  const now = () => state.now
  const pooled = await takeStore(now)
  const { store } = pooled
  const authorizer = openAuthorizer(store)
  const assuming = openStsRepositories(store, authorizer)
  t.after(async () => {
    assuming.close()
    authorizer.close()
    await giveBack(pooled)
  })

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const tokenKey = { kid: 'tk1', alg: 'ES256', ...ec }
  const findKey = (kid: string) => (kid === tokenKey.kid ? tokenKey : undefined)
  const signers = { token: tokenKey, secret: { kid: 'sk1', secret: randomBytes(32) } }
  const events: AuditEvent[] = []
  const spentCodes = new Set<string>()
  const issuerKeys = new IssuerKeys({
    now,
    fetch: () => {
      state.network++
      return Promise.reject(new Problem('idp_communication_error', 'no network in this test'))
    },
  })
  const parts = {
    ...assuming,
    issuer: ourIssuer,
    now,
    signers: () => signers,
    callers: authorizer,
    async userOf(id: string) {
      const user = await authorizer.policiesOf({ kind: 'user', id })
      return user && { ...user, passwordChangedAt: undefined, factors: [], providers: [] }
    },
    resourceAccount: account,
    issuerKeys,
    findKey,
    longPolicyReader: assuming.longPolicies,
    mfa: {
      async verify(user: { userId: string }, serial: string, code: string) {
        state.mfaTries++
        if (serial !== mfaSerial || code !== '123456' || spentCodes.has(code)) return false
        spentCodes.add(code)
        return user.userId === userId('alice')
      },
    },
    audit: {
      async record(event: AuditEvent) {
        if (state.auditDown) throw new Problem('unavailable', 'the trail cannot be written')
        events.push(event)
      },
    },
  }
  const circumstances = (): Circumstances => ({
    sourceIp: '198.51.100.7',
    secure: true,
    userAgent: 'test',
    region: 'us-east-1',
    now: state.now,
    requestId: 'r-1',
  })

  const bearer = (name: string, accountId: string) => ({
    accountId,
    name,
    path: '/',
    createdAt: 0,
    inline: [],
    attached: [],
    tags: [],
    boundary: undefined,
  })
  const run = {
    assumeRole: assumeRole(parts),
    web: assumeRoleWithWebIdentity(parts),
    exchange: exchange(parts),
    sessionRevocation: sessionRevocation({
      keep: (revocation) => assuming.saveRevocation(revocation),
      lift: (id, now) => assuming.liftRevocation(id, now),
      authorize: (call, action, resource) => authorizer.authorize(call, action, resource),
      audit: parts.audit,
    }),
  }

  return {
    state,
    store,
    parts,
    events,
    circumstances,
    async user(name: string, identity?: string, more: Partial<User> = {}): Promise<User> {
      const user: User = {
        ...bearer(name, account),
        id: userId(name),
        inline: identity === undefined ? [] : [{ name: 'own', document: identity }],
        groups: [],
        login: undefined,
        passwordLastUsed: undefined,
        email: undefined,
        emailVerified: false,
        displayName: undefined,
        disabled: false,
        recoveryCodes: [],
        ...more,
      }
      await store.create('user', user)
      return user
    },
    async role(name: string, trust: string, more: Partial<Role> = {}): Promise<string> {
      const role: Role = {
        ...bearer(name, account),
        id: roleId(name),
        description: undefined,
        trust,
        maxSessionDuration: 7200,
        lastUsed: undefined,
        ...more,
      }
      await store.create('role', role)
      return `arn:aws:iam::${role.accountId}:role${role.path}${role.name}`
    },
    async managed(name: string, document: string, accountId = account): Promise<string> {
      const arn = `arn:aws:iam::${accountId}:policy/${name}`
      await store.create('policy', {
        id: `ANPA${accountId}${name}`,
        accountId,
        name,
        path: '/',
        arn,
        description: undefined,
        createdAt: 0,
        updatedAt: 0,
        versions: [{ id: 'v1', document, createdAt: 0 }],
        defaultVersion: 'v1',
        nextVersion: 2,
        tags: [],
      })
      return arn
    },
    async provider(more: Partial<OpenIdProvider> = {}): Promise<string> {
      const accountId = more.accountId ?? account
      const url = more.url ?? outsideIssuer
      const provider: OpenIdProvider = {
        kind: 'openid',
        id: `arn:aws:iam::${accountId}:oidc-provider/${url.replace(/^https?:\/\//, '')}`,
        accountId,
        url,
        clientIds: [audience],
        thumbprints: [],
        keys: { from: 'upload', jwks },
        once: false,
        disabled: false,
        createdAt: 0,
        tags: [],
        name: undefined,
        signIn: undefined,
        client: undefined,
        secret: undefined,
        ...more,
      }
      await store.create('identityProvider', provider)
      return provider.id
    },
    callerOf: (user: User, more: object = {}): Extract<Caller, { kind: 'user' }> => ({
      kind: 'user',
      accountId: user.accountId,
      arn: `arn:aws:iam::${user.accountId}:user${user.path}${user.name}`,
      userId: user.id,
      userName: user.name,
      accessKeyId: 'AKIATEST',
      mfaAge: undefined,
      temporary: false,
      issuedAt: undefined,
      ...more,
    }),
    outsideToken: (claims: Record<string, unknown> = {}): Promise<string> =>
      new SignJWT({
        iss: outsideIssuer,
        sub: 'repo:acme/app',
        aud: audience,
        iat: state.now,
        exp: state.now + 300,
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .sign(rsa.privateKey),
    assume: (caller: Caller, request: Partial<AssumeRoleRequest> & { roleArn: string }) =>
      run.assumeRole({ roleSessionName: 'session', ...request }, caller, circumstances()),
    web: (request: Partial<WebIdentityRequest> & { roleArn: string; webIdentityToken: string }) =>
      run.web({ roleSessionName: 'session', ...request }, circumstances()),
    exchange: (request: Partial<ExchangeRequest> & { subjectToken: string }) =>
      run.exchange(
        {
          grant: 'token-exchange',
          clientId: 'app',
          audience: ['https://docs.example'],
          targets: () => new Map(),
          signedIn: async () => undefined,
          ...request,
        },
        circumstances(),
      ),
    revoke: (
      scope: RevocationScope,
      value: string,
      caller: Caller,
      more: Pick<RevokeRequest, 'before' | 'offline'> = {},
    ) => run.sessionRevocation.revoke({ scope, value, ...more }, caller, circumstances()),
    lift: (scope: RevocationScope, value: string, caller: Caller) =>
      run.sessionRevocation.lift({ scope, value }, caller, circumstances()),
    read: (token: string, type: SessionTokenType = 'sts+jwt') =>
      verifySessionToken(token, { type, issuer: ourIssuer, now: state.now, findKey }),
    /** The caller that credentials make. */
    async become(credentials: { readonly sessionToken: string; readonly accessKeyId: string }) {
      const claims = await verifySessionToken(credentials.sessionToken, {
        type: 'sts+jwt',
        issuer: ourIssuer,
        now: state.now,
        findKey,
      })
      return sessionCaller(claims, assuming.longPolicies, credentials.accessKeyId)
    },
    tokenKey,
  }
}

/** Checks that work is refused with this code and message. */
export const refusedWith =
  (code: Problem['code'], message: RegExp | string = /./) =>
  (error: unknown): true => {
    if (!(error instanceof Problem)) throw error
    const fits = typeof message === 'string' ? error.message === message : message.test(error.message)
    if (error.code !== code || !fits)
      throw new Error(`refused with ${error.code}: ${error.message} (${error.detail})`)
    return true
  }
