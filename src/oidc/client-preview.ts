// The tokens that a client would get for a user, each claim with where it comes from. Nothing is issued or stored: for
// `chancery client preview` and the admin API. test/oidc/client-preview.test.ts holds it to what a sign-in delivers.
import { Problem } from '../problem.ts'
import { userArnClaim } from '../secure/session/person-token.ts'
import type { ClaimValues } from './claims/apply.ts'
import type { ClaimTarget } from './claims/mapping.ts'
import {
  claimsByScope,
  type FindPerson,
  type MappingClient,
  mappedClaimsOf,
  type Person,
  personClaims,
  rolesScope,
  scopes as supportedScopes,
} from './claims.ts'
import { type ClientSources, findClientMetadata } from './clients/find-metadata.ts'
import { allowedScopes, mayRequestResource } from './clients/resources.ts'
import type { ResourceSettings } from './clients/settings.ts'
import { type AuthMethod, acrOf } from './edge.ts'
import { lifetimes } from './lifetimes.ts'

/** `user`: an attribute or the groups of the user · `mapping`: the client's `claims:` · `protocol`: set by the server. */
export type ClaimOrigin = 'user' | 'mapping' | 'protocol'

export interface PreviewedClaim {
  readonly claim: string
  readonly value: unknown
  readonly origin: ClaimOrigin
  /** What a person reads: the scope that requests it, the rule of the mapping, or that a value is an example. */
  readonly detail: string
}

export interface ClientPreview {
  readonly client: string
  readonly user: string
  /** The scopes that the client may have of those that were asked for. */
  readonly scopes: readonly string[]
  /** Empty without the scope `openid`. */
  readonly idToken: readonly PreviewedClaim[]
  readonly userinfo: readonly PreviewedClaim[]
  /** `opaque`: its claims are those of the introspection response. */
  readonly accessToken: { readonly format: 'jwt' | 'opaque'; readonly claims: readonly PreviewedClaim[] }
}

/** The same by the name of the user, over a store that the caller opened. */
export interface OpenedPreview {
  preview(request: {
    readonly client: string
    /** Name of the user. */
    readonly user: string
    readonly scopes: readonly string[] | undefined
    readonly resource: string | undefined
  }): Promise<ClientPreview>
  close(): Promise<void>
}

export interface PreviewRequest {
  readonly clientId: string
  /** `AIDA…` */
  readonly userId: string
  /** Default: all that the client may have, except `offline_access` and `roles`. */
  readonly scopes?: readonly string[] | undefined
  /** The resource of the access token; without one it is opaque and for userinfo. */
  readonly resource?: string | undefined
}

export interface PreviewDependencies extends ClientSources {
  readonly issuer: string
  readonly resources: readonly ResourceSettings[]
  readonly findPerson: FindPerson
  /** Epoch seconds. */
  readonly now: () => number
}

/** An example: a sign-in with password and authenticator app. */
const amr: readonly AuthMethod[] = ['pwd', 'otp', 'mfa']

/** @throws Problem('not_found') for an unknown client, user or resource, or a user who is disabled */
export const openClientPreview =
  (dependencies: PreviewDependencies) =>
  async ({ clientId, userId, scopes: asked, resource: id }: PreviewRequest): Promise<ClientPreview> => {
    const [client, person] = await Promise.all([
      findClientMetadata(dependencies, clientId),
      dependencies.findPerson(userId),
    ])
    if (!client) throw new Problem('not_found', `there is no client \`${clientId}\``)
    if (!person) throw new Problem('not_found', 'there is no such user, or the user is disabled')
    const resource = id === undefined ? undefined : resourceOf(dependencies, { ...client, clientId }, id)
    const scopes = scopesOf(client.scope, asked, resource)
    const subject = { ...dependencies, client, clientId, person, scopes, resource }
    return {
      client: clientId,
      user: person.name,
      scopes,
      idToken: scopes.includes('openid') ? idToken(subject) : [],
      userinfo: scopes.includes('openid') && resource === undefined ? claimsFor(subject, 'userinfo') : [],
      accessToken: accessToken(subject),
    }
  }

interface PreviewSubject {
  readonly issuer: string
  readonly now: () => number
  readonly client: MappingClient
  readonly clientId: string
  readonly person: Person
  readonly scopes: readonly string[]
  readonly resource: ResourceSettings | undefined
}

function resourceOf(
  { resources }: PreviewDependencies,
  client: MappingClient & { readonly clientId: string },
  id: string,
): ResourceSettings {
  const found = resources.find((one) => one.id === id)
  if (!found || !mayRequestResource(client, id))
    throw new Problem('not_found', `the client may not ask for a resource \`${id}\``)
  return { ...found, scopes: [...allowedScopes(client, id, found.scopes)] }
}

function scopesOf(
  ofClient: string | undefined,
  asked: readonly string[] | undefined,
  resource: ResourceSettings | undefined,
): readonly string[] {
  const own = ofClient?.split(' ')
  const openid = supportedScopes.filter((scope) => own === undefined || own.includes(scope))
  const possible: readonly string[] = [...openid, ...(resource?.scopes ?? [])]
  const usual = possible.filter((scope) => scope !== 'offline_access' && scope !== rolesScope)
  return asked === undefined ? usual : possible.filter((scope) => asked.includes(scope))
}

const openIdScopes = ({ scopes }: PreviewSubject): string[] => {
  const known: readonly string[] = supportedScopes
  return scopes.filter((scope) => known.includes(scope))
}

function idToken(subject: PreviewSubject): readonly PreviewedClaim[] {
  const { issuer, clientId, now } = subject
  return [
    ...protocol({ iss: issuer, aud: clientId }),
    ...protocol({ iat: now(), exp: now() + lifetimes.IdToken, ...signIn(now()) }, 'an example'),
    ...claimsFor(subject, 'id_token'),
  ]
}

const signIn = (now: number): ClaimValues => ({ auth_time: now, acr: acrOf(amr), amr })

function accessToken(subject: PreviewSubject): ClientPreview['accessToken'] {
  const { issuer, clientId, now, person, resource, scopes } = subject
  const format = resource?.format ?? 'opaque'
  const known: readonly string[] = resource?.scopes ?? openIdScopes(subject)
  const lifetime = resource?.token_lifetime ?? lifetimes.AccessToken
  const scope = scopes.filter((one) => known.includes(one)).join(' ')
  return {
    format,
    claims: [
      ...protocol({ iss: issuer, sub: person.id, client_id: clientId }),
      ...protocol({ aud: resource?.id, scope: scope === '' ? undefined : scope }),
      ...protocol({ iat: now(), exp: now() + lifetime, ...signIn(now()) }, 'an example'),
      ...protocol(
        format === 'opaque' ? { active: true, token_type: 'Bearer' } : { [userArnClaim]: person.arn },
      ),
      ...mappedFor(subject, format === 'opaque' ? 'introspection' : 'access_token'),
    ],
  }
}

/** Standard claims of the scopes, then those of the mapping, which may replace them. */
function claimsFor(subject: PreviewSubject, target: ClaimTarget): readonly PreviewedClaim[] {
  const mappedOnes = mappedFor(subject, target)
  const replaced = new Set(mappedOnes.map(({ claim }) => claim))
  const user = personClaims(subject.person)
  const scopes = new Set(subject.scopes)
  const standard = Object.entries(claimsByScope).flatMap(([scope, claims]) =>
    scopes.has(scope) ? (claims ?? []).map((claim) => ({ claim, scope })) : [],
  )
  return [
    ...standard.flatMap(({ claim, scope }): PreviewedClaim[] =>
      user[claim] === undefined || replaced.has(claim)
        ? []
        : [{ claim, value: user[claim], origin: 'user', detail: `scope ${scope}` }],
    ),
    ...mappedOnes,
  ]
}

function mappedFor(subject: PreviewSubject, target: ClaimTarget): readonly PreviewedClaim[] {
  const { client, person } = subject
  const values = mappedClaimsOf(client, personClaims(person), target, openIdScopes(subject).join(' '))
  return Object.entries(values).map(([claim, value]) => ({
    claim,
    value,
    origin: 'mapping',
    detail: ruleText(client['claims'], claim),
  }))
}

/** `from groups`, `template …` or `constant`. */
function ruleText(mapping: unknown, claim: string): string {
  const rule = new Map<string, { from?: string; template?: string }>(Object.entries(mapping ?? {})).get(claim)
  if (rule?.from !== undefined) return `from ${rule.from}`
  return rule?.template === undefined ? 'constant' : `template ${rule.template}`
}

const protocol = (values: ClaimValues, detail = ''): PreviewedClaim[] =>
  Object.entries(values).flatMap(([claim, value]) =>
    value === undefined ? [] : [{ claim, value, origin: 'protocol', detail }],
  )
