// attacks.md 33: what ends when (docs/ends.md), for people who sign in through an identity provider and for what the
// configuration file disables or no longer has: every kind of credential, at our server and at services.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { AttachUserPolicyCommand, DeleteOpenIDConnectProviderCommand } from '@aws-sdk/client-iam'
import { revokedBefore } from '../../src/iam/authorization/revocation-records.ts'
import { adminBody } from '../admin/call.ts'
import { comeThrough, openUpstreams, providerEntry, type Upstream } from '../support/federated.ts'
import type { FormBrowser } from '../support/form-browser.ts'
import { headingOf } from '../support/form-browser.ts'
import { freePort } from '../support/free-port.ts'
import { audience } from '../support/role-server.ts'
import { accountId } from '../support/server.ts'
import { until } from '../support/waiting.ts'
import {
  admins,
  clientEntry,
  configWith,
  ended,
  type Kinds,
  kindsOf,
  person,
  restartWith,
  type Stays,
  server,
  settled,
  startWalk,
  usable,
  withChain,
} from './ends-stage.ts'

let corp: Upstream
let social: Upstream
const dir = mkdtempSync(join(tmpdir(), 'chancery-33-'))

/** The file with clients beside `app`, and with social enabled or not. */
const fileWith = (clients: readonly string[], social: object): string =>
  configWith({
    clients: ['app', ...clients].map(clientEntry),
    identity_providers: [providerEntry(corp, 'corp'), social],
  })

/** People sign in through social, and its workloads assume roles. */
const entryOfSocial = () => ({ ...providerEntry(social, 'social'), client_ids: [audience] })

startWalk(async () => {
  const port = await freePort()
  ;({ corp, social } = await openUpstreams(port))
  const config = fileWith(['keeper', 'leaving'], entryOfSocial())
  return { dir, config, env: { CHANCERY_PORT: String(port) } }
})
after(() => {
  corp?.close()
  social?.close()
  rmSync(dir, { recursive: true, force: true })
})

const providers = { corp: () => corp, social: () => social }
type ProviderName = keyof typeof providers

/** Signs somebody in through a provider, there in the session `sid`. */
async function signedIn(provider: ProviderName, sub: string, sid?: string): Promise<FormBrowser> {
  const up = providers[provider]()
  const known = up.accounts.find((account) => account.sub === sub)
  const who = known ?? up.person(sub, { preferred_username: sub })
  up.quirks.idToken = sid === undefined ? undefined : (claims) => ({ ...claims, sid })
  const { browser, end } = await comeThrough(server.server, up, provider, who)
  up.quirks.idToken = undefined
  assert.equal(end.status, 200, headingOf(end))
  await server.iam.send(new AttachUserPolicyCommand({ UserName: sub, PolicyArn: admins }))
  await settled()
  return browser
}

/** Every kind of credential of somebody who signs in through a provider. */
const through = async (provider: ProviderName, sub: string, sid?: string): Promise<Kinds> =>
  kindsOf(await signedIn(provider, sub, sid))

/** Every kind stays. */
const all = (kinds: Kinds, why: string): Stays =>
  Object.fromEntries(Object.keys(kinds).map((name) => [name, why]))

/** A session of a role for a token of social, and one made from it. */
async function sessionOfSocial(name: string): Promise<Kinds> {
  const Federated = arnOf(social)
  const trust = { Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity' }
  const RoleArn = await server.role(name, trust, { Effect: 'Allow', Action: '*', Resource: '*' })
  await settled()
  const iat = Math.floor(Date.now() / 1000)
  const token = social.sign({ iss: social.issuer, sub: 'job', aud: audience, iat, exp: iat + 300 })
  return withChain(await server.web(token, { RoleArn }))
}

const arnOf = ({ issuer }: Upstream): string =>
  `arn:aws:iam::${accountId}:oidc-provider/${issuer.replace('http://', '')}`

let made = 0
/** OpenID Connect Back-Channel Logout 1.0 §2.5, from corp. */
async function upstreamSignOut(named: { readonly sub?: string; readonly sid?: string }): Promise<void> {
  const iat = Math.floor(Date.now() / 1000)
  const token = corp.sign(
    {
      iss: corp.issuer,
      aud: corp.client.id,
      iat,
      exp: iat + 120,
      jti: `jti-${made++}`,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...named,
    },
    { typ: 'logout+jwt' },
  )
  const body = new URLSearchParams({ logout_token: token })
  const response = await fetch(`${server.server.url}/federation/corp/backchannel-logout`, {
    method: 'POST',
    body,
  })
  assert.equal(response.status, 200, await response.text())
}

const unnamed = 'an ID token of ours does not say in which browser session it was made'
const ofIdTokens = ['', ' sigv4', ' sigv4a', ' chained sigv4', ' chained sigv4a']
const outlives = {
  // OpenID Connect Back-Channel Logout 1.0 §2.7.
  offline: 'offline_access outlives a sign-out',
  ...Object.fromEntries(ofIdTokens.map((kind) => [`id token${kind}`, unnamed])),
}

test('33: sign-out at the identity provider, by session: what was made in that session ends and nothing else', {
  timeout: 60_000,
}, async () => {
  const here = await through('corp', 'by-session', 'sid-here')
  const elsewhere = await through('corp', 'by-session', 'sid-elsewhere')
  await usable(here)
  await usable(elsewhere)
  await upstreamSignOut({ sid: 'sid-here' })
  await ended(here, outlives)
  await ended(elsewhere, all(elsewhere, 'another session at the provider'))
})

test('33: sign-out at the identity provider, by person: what was made in every session ends', {
  timeout: 60_000,
}, async () => {
  const kinds = await through('corp', 'by-person', 'sid-by-person')
  await usable(kinds)
  await upstreamSignOut({ sub: 'by-person' })
  await ended(kinds, outlives)
})

test('33: sessions of an identity provider ended, as after the theft of a key: what began with it ends, and it goes on', {
  timeout: 120_000,
}, async () => {
  const theirs = { ...(await through('social', 'ended-once')), ...(await sessionOfSocial('of-stolen')) }
  const others = await through('corp', 'bystander-of-corp')
  for (const kinds of [theirs, others]) await usable(kinds)
  const path = '/identity-providers/social/end-sessions'
  const end = (body: object) => adminBody(server.server.url, { method: 'POST', path, body })
  assert.equal((await end({ dryRun: true })).ends.browserSessions >= 1, true)
  await usable(theirs)
  assert.equal((await end({})).dryRun, false)
  await ended(theirs)
  await ended(others, all(others, 'of another provider'))
  const before = revokedBefore(Math.floor(Date.now() / 1000))
  await until('what was revoked is over', async () => Date.now() >= before * 1000)
  await usable(await through('social', 'ended-once'))
})

test('33: identity provider deleted: what its people have ends, and what those of others have stays', {
  timeout: 60_000,
}, async () => {
  const theirs = await through('corp', 'deleted')
  const others = await through('social', 'bystander')
  await usable(theirs)
  await usable(others)
  await server.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arnOf(corp) }))
  await ended(theirs)
  await ended(others, all(others, 'of another provider'))
})

test('33: started with a file that disables a provider and lacks two clients: what was theirs ends', {
  timeout: 60_000,
}, async (t) => {
  const ofProvider = { ...(await through('social', 'disabled')), ...(await sessionOfSocial('of-social')) }
  const ofClient = (await person('leaving')).kinds
  const others = (await person()).kinds
  for (const kinds of [ofProvider, ofClient, others]) await usable(kinds)
  await restartWith(fileWith([], { ...entryOfSocial(), disabled: true }))
  await t.test('identity provider disabled by the file', () => ended(ofProvider))
  await restartWith(fileWith([], entryOfSocial()))
  await t.test('identity provider enabled again by the file', () => ended(ofProvider))
  await t.test('client removed from the file', () =>
    ended(ofClient, {
      cookie: 'the browser session does not depend on an application',
      'page sigv4': 'no application took part',
      'page sigv4a': 'no application took part',
    }),
  )
  await t.test('another client of a person who signs in here', () => {
    // `offline` is of the client `keeper`, which the file has no more.
    const { offline: _, ...stays } = all(others, 'of another client')
    return ended(others, stays)
  })
})
