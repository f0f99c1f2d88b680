// attacks.md 37: a check at one way in only. The matrix of ways in and checks is made from the tables that the server runs
// (sts/gate/ways.ts, oidc/grant-checks.ts): every cell that is not empty by a written reason has a hostile request here,
// which the running server refuses over HTTP. A way in or a check that is added without one fails.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { grantWays } from '../../src/oidc/grant-checks.ts'
import { signJws } from '../../src/secure/jws.ts'
import { waysIn } from '../../src/sts/gate/ways.ts'
import { type CheckName, checkNames } from '../../src/sts/gate.ts'
import { formBrowser } from '../support/form-browser.ts'
import { askOnPage } from '../support/pages/own-role.ts'
import { audience, type Credentials, type Form } from '../support/role-server.ts'
import { entriesOf } from '../support/trail.ts'
import { stamp } from '../support/upstreams/saml-forge.ts'
import { found, until } from '../support/waiting.ts'
import {
  accessToken,
  app,
  bearerGrant,
  deviceGrant,
  exchangeGrant,
  type Outcome,
  openWays,
  other,
  roleArn,
  samlProvider,
  type WaysStage,
} from './ways-stage.ts'

let at: WaysStage
/** Got once: the tests below spend or end them one after the other. */
const held = {
  person: '',
  idToken: '',
  session: '',
  signed: { accessKeyId: '', secretAccessKey: '', sessionToken: '' },
}
before(async () => {
  at = await openWays()
  const person = JSON.parse((await redeem(await at.code())).text) as Record<string, string>
  held.person = person['access_token'] ?? ''
  held.idToken = person['id_token'] ?? ''
  held.session = tokenIn(await outsideExchange(exchangeGrant, {}))
  held.signed = await deployed()
})
after(() => at?.server.stop())

const rows = { ...waysIn, ...grantWays } as const
type Way = keyof typeof rows

/** Sends a request that must be refused. */
type Hostile = () => Promise<Outcome>
/** Another test drives this case on a running server: its file and a title in it. */
type ShownBy = readonly [file: string, title: string]

interface Case {
  /** The honest request, which is answered. */
  readonly honest: (() => Promise<Outcome>) | ShownBy
  readonly hostile: Readonly<Partial<Record<CheckName, readonly Hostile[] | ShownBy>>>
  /** Like `hostile`, once the identity provider, then the person, was disabled. */
  readonly disabled?: Readonly<Partial<Record<'provider' | 'user', Hostile>>>
}

const tokenIn = ({ text }: Outcome): string =>
  String((JSON.parse(text) as Record<string, string>)['access_token'])
const now = () => Math.floor(Date.now() / 1000)
const long = 'x'.repeat(20_001)
const badPolicy = '{"Version":"2012-10-17","Statement":"none"}'

/** Changes of the claims of an outside token that every way in refuses, whatever else comes with it. */
const claims: Readonly<Partial<Record<CheckName, readonly Readonly<Record<string, unknown>>[]>>> = {
  type: [{ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }, { may_act: 'app' }],
  provider: [{ iss: 'https://nobody.example' }],
  holder: [{ cnf: { jkt: 'x' } }],
  times: [
    { exp: now() - 1, iat: now() - 60, nbf: now() - 60 },
    { exp: undefined },
    { iat: now() + 300, exp: now() + 600, nbf: undefined },
    { nbf: now() + 300, exp: now() + 600 },
  ],
  audience: [{ aud: 'somebody-else' }, { aud: undefined }],
  may_act: [{ may_act: { sub: 'somebody-else' } }],
  role: [{ sub: 'repo:evil/app' }],
}

type SendToken = (token: string) => Promise<Outcome>

/** Hostile tokens by the check that refuses them, for a way in that takes an outside token. */
function outsideTokens(send: SendToken): Record<string, readonly Hostile[]> {
  const sent: Record<string, readonly Hostile[]> = {}
  for (const [check, changes] of Object.entries(claims))
    sent[check] = changes.map((change) => async () => send(await at.token(change)))
  const typed = (typ: string) => async () => {
    const [key] = at.server.ci.keys
    assert.ok(key)
    const { ci } = at.server
    const said = { iss: ci.url, sub: 'repo:acme/app', aud: audience, iat: now(), exp: now() + 300, jti: typ }
    return send(await signJws(typ, { ...said, 'kubernetes.io': { namespace: 'web' } }, key))
  }
  return {
    ...sent,
    type: [...(sent['type'] ?? []), ...['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'sts+jwt'].map(typed)],
    sizes: [() => send(long), () => send('abc')],
    azp: [
      async () => send(await at.token({ azp: 'somebody-else' })),
      async () => send(await at.token({ aud: [audience, 'somebody-else'] })),
    ],
    proof: [async () => send(`${(await at.token()).slice(0, -8)}AAAAAAAA`)],
    once: [
      async () => {
        const token = await at.token()
        assert.equal((await send(token)).status, 200)
        return send(token)
      },
    ],
  }
}

const webIdentity = (WebIdentityToken: string, more: Form = {}) =>
  at.sts('AssumeRoleWithWebIdentity', {
    RoleArn: roleArn('deploy'),
    RoleSessionName: 'job',
    WebIdentityToken,
    ...more,
  })

async function deployed() {
  const { text } = await webIdentity(await at.token(), {
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    }),
  })
  const part = (name: string) => new RegExp(`<${name}>([^<]+)<`).exec(text)?.[1] ?? ''
  return {
    accessKeyId: part('AccessKeyId'),
    secretAccessKey: part('SecretAccessKey'),
    sessionToken: part('SessionToken'),
  }
}

const named = (grant: string) => (grant === exchangeGrant ? 'subject_token' : 'assertion')
const exchanged = (grant: string, token: string, form: Form) =>
  at.call({
    grant_type: grant,
    [named(grant)]: token,
    subject_token_type: grant === exchangeGrant ? accessToken : undefined,
    ...app,
    audience: 'https://docs.example',
    ...form,
  })
const deploy = { role_arn: roleArn('deploy'), role_session_name: 'job' }
const reach = { role_arn: roleArn('reach'), role_session_name: 'one' }
const outsideExchange = async (grant: string, form: Form, token?: string) =>
  exchanged(grant, token ?? (await at.token()), { ...deploy, ...form })

const noClient: readonly ((send: (form: Form) => Promise<Outcome>) => Hostile)[] = [
  (send) => () => send({ client_secret: 'wrong-secret-of-some-length' }),
  (send) => () => send({ client_id: 'secretive', client_secret: 'a-secret-of-some-length' }),
]

const outside = (grant: string): Case => ({
  honest: () => outsideExchange(grant, {}),
  hostile: {
    ...outsideTokens((token) => outsideExchange(grant, {}, token)),
    client: noClient.map((make) => make((form) => outsideExchange(grant, form))),
    session: [() => outsideExchange(grant, { policy: badPolicy })],
    width: [
      () => outsideExchange(grant, { duration_seconds: '43200' }),
      () => outsideExchange(grant, { scope: 'admin' }),
    ],
  },
  disabled: { provider: () => outsideExchange(grant, {}) },
})

const person = (grant: string): Case => {
  const send = (form: Form, token = held.person) => exchanged(grant, token, { ...reach, ...form })
  return {
    honest: () => send({}),
    hostile: {
      sizes: [() => send({ role_session_name: 'a/b' }), () => send({ audience: long.slice(0, 3000) })],
      type: [() => send({}, held.idToken)],
      client: noClient.map((make) => make((form) => send(form))),
      provider: ['test/attacks/11-disabled-provider.test.ts', 'subject tokens are dead'],
      holder: ['test/sts/operation/exchange.test.ts', 'a session bound to a DPoP key stays with that key'],
      times: ['test/oidc/expired.test.ts', 'is refused once it has ended'],
      audience: [() => send(other)],
      azp: [() => send(other)],
      proof: [() => send({}, 'x'.repeat(43)), () => send({}, `${held.person}A`)],
      session: [() => send({ policy: badPolicy })],
      mfa: [() => send({ role_arn: roleArn('strict') })],
      role: [() => send({ role_arn: roleArn('closed') }), () => send({ role_arn: roleArn('none') })],
      width: [() => send({ scope: 'admin' }), () => send({ duration_seconds: '43200' })],
    },
    disabled: { user: () => send({}) },
  }
}

const session = (grant: string): Case => {
  const send = (form: Form, token = held.session) => exchanged(grant, token, form)
  return {
    honest: () => send({}),
    hostile: {
      sizes: [() => send({ role_session_name: 'a/b' }), () => send({ audience: long.slice(0, 3000) })],
      type: [() => send({}, held.signed.sessionToken)],
      client: noClient.map((make) => make((form) => send(form))),
      holder: ['test/sts/operation/exchange.test.ts', 'a session bound to a DPoP key stays with that key'],
      times: ['test/sts/operation/exchange.test.ts', 'an expired session, a forged one'],
      audience: [() => send(other)],
      azp: [() => send(other)],
      proof: [() => send({}, `${held.session.slice(0, -8)}AAAAAAAA`)],
      user: ['test/attacks/11-subject-tokens.test.ts', 'a revoked session is exchanged for nothing'],
      session: [() => send({ policy: badPolicy })],
      mfa: [() => send({ role_arn: roleArn('strict'), role_session_name: 'one' })],
      role: [() => send({ role_arn: roleArn('none'), role_session_name: 'one' })],
      width: [
        () => send({ audience: 'https://else.example' }),
        () => send({ scope: 'admin' }),
        () => send({ duration_seconds: '43200' }),
        () => send({ role_session_name: 'another' }),
      ],
    },
    disabled: { provider: () => send({}) },
  }
}

const asClient = (client_assertion: string) =>
  at.call({
    grant_type: 'client_credentials',
    client_id: 'deployer',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion,
    resource: 'https://files.example',
    scope: 'read',
  })

const saml = (change?: (xml: string) => string, more: Form = {}) =>
  at.sts('AssumeRoleWithSAML', {
    RoleArn: roleArn('staff'),
    PrincipalArn: samlProvider,
    SAMLAssertion: at.assertion(change),
    ...more,
  })
const to = (find: string | RegExp, put: string) => (xml: string) => {
  const changed = xml.replace(find, put)
  assert.notEqual(changed, xml)
  return changed
}

/** As `at.signed`, for the operations of STS that name no role. */
const signedAs =
  (Action: string, credentials?: () => Credentials) =>
  (form: Form, how: Parameters<WaysStage['signed']>[1] = {}) =>
    at.signed(
      { Action, RoleArn: undefined, RoleSessionName: undefined, ...form },
      { ...(credentials ? { credentials: credentials() } : {}), ...how },
    )
const sessionToken = signedAs('GetSessionToken')
const federation = (form: Form, how: Parameters<WaysStage['signed']>[1] = {}) =>
  signedAs('GetFederationToken')({ Name: 'visitor', ...form }, how)
const scoped = signedAs('GetScopedCredentials', () => held.signed)

const redeem = (form: Form, client: Form = app) =>
  at.call({ grant_type: 'authorization_code', ...client, ...form })
const refreshToken = async (): Promise<string> =>
  (JSON.parse((await redeem(await at.code())).text) as Record<string, string>)['refresh_token'] ?? ''
const refresh = (refresh_token: string, form: Form = {}) =>
  at.call({ grant_type: 'refresh_token', ...app, refresh_token, ...form })
const device = (device_code: string, form: Form = {}) =>
  at.call({ grant_type: deviceGrant, ...app, device_code, ...form })
const machine = (form: Form) => at.call({ grant_type: 'client_credentials', ...app, ...form })
const twice =
  (send: () => Promise<Outcome>): Hostile =>
  async () => {
    assert.equal((await send()).status, 200)
    return send()
  }

const upstream: ShownBy = [
  'test/attacks/11-disabled-provider.test.ts',
  'refresh tokens, userinfo and subject tokens are dead',
]
const stepUp: ShownBy = ['test/oidc/flows.test.ts', 'acr']
const dpop: ShownBy = ['test/attacks/04-bound-codes.test.ts', 'bound to a DPoP key']
const expiry: ShownBy = ['test/oidc/expired.test.ts', 'is refused once it has ended']

const ldap = (title: string): ShownBy => ['test/sts/operation/ldap.test.ts', title]

/** On the account page of the administrator; a redirect to the sign-in page is a refusal. */
const onPage = async (
  role: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
  browser = at.browser,
): Promise<Outcome> => {
  const { status, text, location } = await askOnPage(browser, role, fields, headers)
  return { status: location?.startsWith('/sign-in') ? 401 : status, text }
}
/** The same with another value of each cookie that holds more than the token of the forms. */
const withCookie = (change: (value: string) => string) => async (): Promise<Outcome> => {
  const browser = formBrowser(at.server.server.url)
  for (const [key, kept] of at.browser.cookies)
    browser.cookies.set(key, { ...kept, value: /session/.test(key) ? change(kept.value) : kept.value })
  return onPage(roleArn('reach'), {}, {}, browser)
}

const cases: Readonly<Record<Way, Case>> = {
  'AssumeRole:sign-in': {
    honest: () => onPage(roleArn('reach')),
    hostile: {
      sizes: [() => onPage('role'), () => onPage(`${roleArn('reach')}${long}`)],
      type: [withCookie(() => held.person), withCookie(() => held.idToken)],
      provider: [
        'test/attacks/33-ends-providers.test.ts',
        'what its people have ends, and what those of others have stays',
      ],
      times: ['test/account/roles.test.ts', 'a browser session past its end'],
      audience: [
        () => onPage(roleArn('reach'), { csrf: '' }),
        () => onPage(roleArn('reach'), {}, { origin: 'https://evil.example' }),
      ],
      proof: [withCookie((value) => `${value.slice(0, -4)}AAAA`), withCookie(() => 'x'.repeat(43))],
      mfa: [() => onPage(roleArn('strict'))],
      role: [() => onPage(roleArn('closed')), () => onPage(roleArn('none'))],
      width: ['test/account/roles.test.ts', 'end after an hour, whatever the form says'],
    },
    disabled: { user: () => onPage(roleArn('reach')) },
  },
  AssumeRole: {
    honest: () => at.signed({}),
    hostile: {
      sizes: [() => at.signed({ RoleSessionName: 'a/b' })],
      type: [() => at.signed({}, { credentials: { ...held.signed, sessionToken: held.session } })],
      holder: [() => at.signed({}, { credentials: { ...at.alice, sessionToken: held.signed.sessionToken } })],
      times: [() => at.signed({}, { age: 3600 }), () => at.signed({}, { age: -3600 })],
      audience: [() => at.signed({}, { service: 'iam' })],
      proof: [() => at.signed({}, { credentials: { ...at.alice, secretAccessKey: 'x'.repeat(40) } })],
      user: [() => at.signed({}, { credentials: at.gone })],
      session: [
        () => at.signed({ Policy: badPolicy }),
        () => at.signed({ 'Tags.member.1.Key': 'aws:x', 'Tags.member.1.Value': 'y' }),
      ],
      mfa: [
        () => at.signed({ SerialNumber: 'arn:aws:iam::123456789012:mfa/alice', TokenCode: '000000' }),
        () => at.signed({ TokenCode: '000000' }),
      ],
      role: [() => at.signed({ RoleArn: roleArn('closed') }), () => at.signed({ RoleArn: roleArn('none') })],
      width: [() => at.signed({ DurationSeconds: '43200' })],
    },
    disabled: { provider: () => at.signed({ RoleArn: roleArn('reach') }, { credentials: held.signed }) },
  },
  GetSessionToken: {
    honest: () => sessionToken({}),
    hostile: {
      sizes: [
        () => sessionToken({ DurationSeconds: '899' }),
        () => sessionToken({ DurationSeconds: '129601' }),
      ],
      type: [() => sessionToken({}, { credentials: held.signed })],
      holder: [
        () => sessionToken({}, { credentials: { ...at.alice, sessionToken: held.signed.sessionToken } }),
      ],
      times: [() => sessionToken({}, { age: 3600 }), () => sessionToken({}, { age: -3600 })],
      audience: [() => sessionToken({}, { service: 'iam' })],
      proof: [() => sessionToken({}, { credentials: { ...at.alice, secretAccessKey: 'x'.repeat(40) } })],
      user: [() => sessionToken({}, { credentials: at.gone })],
      mfa: [
        () => sessionToken({ SerialNumber: 'arn:aws:iam::123456789012:mfa/alice', TokenCode: '000000' }),
        () => sessionToken({ TokenCode: '000000' }),
      ],
      width: [() => sessionToken({ DurationSeconds: '129601' })],
    },
  },
  GetFederationToken: {
    honest: () => federation({}),
    hostile: {
      sizes: [
        () => federation({ Name: 'a/b' }),
        () => federation({ DurationSeconds: '899' }),
        () => federation({ DurationSeconds: '129601' }),
      ],
      type: [() => federation({}, { credentials: held.signed })],
      holder: [
        () => federation({}, { credentials: { ...at.alice, sessionToken: held.signed.sessionToken } }),
      ],
      times: [() => federation({}, { age: 3600 }), () => federation({}, { age: -3600 })],
      audience: [() => federation({}, { service: 'iam' })],
      proof: [() => federation({}, { credentials: { ...at.alice, secretAccessKey: 'x'.repeat(40) } })],
      user: [() => federation({}, { credentials: at.gone })],
      session: [
        () => federation({ Policy: badPolicy }),
        () => federation({ 'Tags.member.1.Key': 'aws:x', 'Tags.member.1.Value': 'y' }),
      ],
      role: [() => federation({ Name: 'somebody-else' })],
      width: [() => federation({ DurationSeconds: '129601' })],
    },
  },
  GetScopedCredentials: {
    honest: () => scoped({ DurationSeconds: '60' }),
    hostile: {
      sizes: [() => scoped({}), () => scoped({ DurationSeconds: '0' })],
      type: [() => scoped({ DurationSeconds: '60' }, { credentials: at.alice })],
      holder: [
        () =>
          scoped(
            { DurationSeconds: '60' },
            { credentials: { ...at.alice, sessionToken: held.signed.sessionToken } },
          ),
      ],
      times: [() => scoped({ DurationSeconds: '60' }, { age: 3600 })],
      audience: [() => scoped({ DurationSeconds: '60' }, { service: 'iam' })],
      proof: [
        () =>
          scoped(
            { DurationSeconds: '60' },
            { credentials: { ...held.signed, secretAccessKey: 'x'.repeat(40) } },
          ),
      ],
      user: ['test/sts/operation/own-session.test.ts', 'ends with the access key, the user and the device'],
      session: [() => scoped({ Policy: badPolicy })],
      role: ['test/sts/operation/own-session.test.ts', 'an explicit Deny'],
      width: [() => scoped({ DurationSeconds: '129600' })],
    },
    disabled: { provider: () => scoped({ DurationSeconds: '60' }) },
  },
  AssumeRoleWithWebIdentity: {
    honest: async () => webIdentity(await at.token()),
    hostile: {
      ...outsideTokens(webIdentity),
      user: ['test/attacks/33-ends.test.ts', ': every credential of the person ends'],
      may_act: [
        async () => webIdentity(await at.token({ may_act: { sub: 'app' } })),
        async () => webIdentity(await at.token({ may_act: {} })),
      ],
      session: [async () => webIdentity(await at.token(), { Policy: badPolicy })],
      width: [async () => webIdentity(await at.token(), { DurationSeconds: '43200' })],
    },
    disabled: { provider: async () => webIdentity(await at.token()) },
  },
  AssumeRoleWithLDAPIdentity: {
    // Needs a directory.
    honest: ldap('has the permissions of the role'),
    hostile: {
      sizes: ldap('are refused before the directory is asked'),
      provider: ldap('of another account or without a name'),
      proof: ldap('a wrong password and an unknown name'),
      user: ldap('a wrong password and an unknown name'),
      session: ldap('session name, provider and session policy'),
      role: ldap('a role that does not trust the directory'),
      width: ldap('longer than the role allows'),
    },
  },
  AssumeRoleWithSAML: {
    honest: () => saml(),
    hostile: {
      sizes: [() => saml(undefined, { SAMLAssertion: 'abc' })],
      type: [() => saml(to(/<(\/?)samlp:Response/g, '<$1samlp:LogoutResponse'))],
      provider: [
        () => saml(undefined, { PrincipalArn: `${samlProvider}x` }),
        () => saml(undefined, { PrincipalArn: samlProvider.replace('123456789012', '999999999999') }),
      ],
      holder: [() => saml(to('cm:bearer', 'cm:holder-of-key'))],
      times: [
        () => saml(to(/NotOnOrAfter="[^"]+" Recipient/, `NotOnOrAfter="${stamp(now() - 100)}" Recipient`)),
      ],
      audience: [
        () => saml(to(/Recipient="[^"]+"/, 'Recipient="https://else.example/saml"')),
        () => saml(to(/<saml:Audience>[^<]+/, '<saml:Audience>https://else.example')),
      ],
      proof: [() => saml(undefined, { SAMLAssertion: at.unsigned() })],
      session: [
        () => saml(undefined, { Policy: badPolicy }),
        () => saml(to('>blue<', '>blue</saml:AttributeValue><saml:AttributeValue>red<')),
      ],
      role: [() => saml(to('role/staff', 'role/else'))],
      width: [() => saml(undefined, { DurationSeconds: '43200' })],
      once: [
        () => {
          const SAMLAssertion = at.assertion()
          return twice(() => saml(undefined, { SAMLAssertion }))()
        },
      ],
    },
  },
  'token-exchange:outside': outside(exchangeGrant),
  'jwt-bearer:outside': outside(bearerGrant),
  'token-exchange:person': person(exchangeGrant),
  'jwt-bearer:person': person(bearerGrant),
  'token-exchange:session': session(exchangeGrant),
  'jwt-bearer:session': session(bearerGrant),
  'client-assertion:workload': {
    honest: async () => asClient(await at.token()),
    hostile: {
      ...outsideTokens(asClient),
      client: [
        async () =>
          at.call({
            grant_type: 'client_credentials',
            client_id: 'app',
            client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
            client_assertion: await at.token(),
          }),
      ],
    },
    disabled: { provider: async () => asClient(await at.token()) },
  },
  authorization_code: {
    honest: async () => redeem(await at.code()),
    hostile: {
      sizes: [() => redeem({ code: long })],
      type: [() => redeem({ code: held.person, redirect_uri: 'https://app.example/cb' })],
      client: [async () => redeem(await at.code(), { ...app, client_secret: 'wrong-secret-of-some-length' })],
      provider: upstream,
      holder: dpop,
      times: expiry,
      audience: [async () => redeem(await at.code(), other)],
      proof: [
        async () => redeem({ ...(await at.code()), code_verifier: 'x'.repeat(43) }),
        async () => redeem({ ...(await at.code()), redirect_uri: 'https://else.example/cb' }),
      ],
      mfa: stepUp,
      width: [async () => redeem({ ...(await at.code()), resource: 'https://files.example' })],
      once: [
        async () => {
          const code = await at.code()
          return twice(() => redeem({ ...code }))()
        },
      ],
    },
    disabled: { user: () => redeem(late.code) },
  },
  refresh_token: {
    honest: async () => refresh(await refreshToken()),
    hostile: {
      sizes: [() => refresh(long)],
      type: [() => refresh(held.person), () => refresh(held.idToken)],
      client: [async () => refresh(await refreshToken(), { client_secret: 'wrong-secret-of-some-length' })],
      provider: upstream,
      holder: dpop,
      times: expiry,
      audience: [async () => refresh(await refreshToken(), other)],
      proof: [async () => refresh(`${await refreshToken()}A`)],
      mfa: stepUp,
      width: [async () => refresh(await refreshToken(), { scope: 'openid email' })],
      once: ['test/attacks/06-refresh-reuse.test.ts', 'reuse'],
    },
    disabled: { user: () => refresh(late.refresh) },
  },
  [deviceGrant]: {
    honest: async () => device(await at.deviceCode()),
    hostile: {
      sizes: [() => device(long)],
      type: [() => device(held.person)],
      client: [async () => device(await at.deviceCode(), { client_secret: 'wrong-secret-of-some-length' })],
      provider: upstream,
      holder: dpop,
      times: expiry,
      audience: [async () => device(await at.deviceCode(), other)],
      proof: [() => device('x'.repeat(43))],
      mfa: stepUp,
      width: [async () => device(await at.deviceCode(), { resource: 'https://files.example' })],
      once: [
        async () => {
          const code = await at.deviceCode()
          return twice(() => device(code))()
        },
      ],
    },
    disabled: { user: () => device(late.device) },
  },
  client_credentials: {
    honest: () => machine({}),
    hostile: {
      sizes: [() => machine({ scope: long.slice(0, 3000) })],
      type: ['test/attacks/12-one-decision.test.ts', 'a signed session token is no subject token'],
      client: [() => machine({ client_id: 'nobody' })],
      holder: ['test/attacks/04-bound-codes.test.ts', 'of twenty requests with the same DPoP proof'],
      times: ['test/attacks/09-bounded-records.test.ts', 'an assertion that would have to be remembered'],
      audience: ['test/attacks/09-bounded-records.test.ts', 'a client assertion counts once'],
      proof: [() => machine({ client_secret: 'wrong-secret-of-some-length' })],
      width: [() => machine({ resource: 'https://else.example' })],
      once: ['test/attacks/09-bounded-records.test.ts', 'a client assertion counts once'],
    },
  },
}

/** Got while the person was enabled. */
const late = { code: {} as Form, refresh: '', device: '' }

async function userinfo(): Promise<Outcome> {
  const headers = { authorization: `Bearer ${held.person}` }
  const response = await fetch(`${at.server.server.url}/userinfo`, { headers })
  return { status: response.status, text: await response.text() }
}

/** Refused in the words of its surface, and nothing that could be used came out. */
function assertRefused({ status, text }: Outcome): void {
  assert.ok(status >= 400 && status < 500, `${status} ${text.slice(0, 500)}`)
  assert.doesNotMatch(text, /"access_token"|<SessionToken>|AWS_SESSION_TOKEN/)
}

const isShown = (hostile: readonly Hostile[] | ShownBy): hostile is ShownBy => typeof hostile[0] === 'string'
const disabledCheck = (check: CheckName): check is 'provider' | 'user' =>
  check === 'provider' || check === 'user'

test('37: a refusal has a log line and a small audit entry, and the response shows less', {
  timeout: 60_000,
}, async () => {
  const role_session_name = 'logged'
  const token = await at.token({ may_act: { sub: 'somebody-else' } })
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: `arn:aws:s3:::${'x'.repeat(1000)}` }],
  })
  const answer = await outsideExchange(exchangeGrant, { role_session_name, policy }, token)
  assertRefused(answer)
  assert.doesNotMatch(answer.text, /somebody-else/)
  const logged = () =>
    at.server.server
      .output()
      .split('\n')
      .find((one) => one.includes('a request for credentials was refused') && one.includes('somebody-else'))
  // What the server wrote arrives through a pipe.
  const line = await found('the line of the log', logged)
  assert.match(line, /"check":"may_act"/)
  assert.match(line, /"clientId":"app"/)
  assert.match(line, /"sourceIp":"127\.0\.0\.1"/)
  const entries = await entriesOf(at.server.server)
  const entry = entries.find(({ details }) => details?.['roleSessionName'] === role_session_name)
  assert.equal(entry?.details?.['check'], 'may_act')
  assert.ok(String(entry?.details?.['policy']).length <= 128)
})

for (const [way, { checks }] of Object.entries(rows) as [Way, (typeof rows)[Way]][]) {
  test(`37: ${way}`, { timeout: 120_000 }, async (t) => {
    await assertAnswered(cases[way].honest)
    for (const check of checkNames) {
      const cell = checks[check]
      const hostile = cases[way].hostile[check]
      const disabled = disabledCheck(check) ? cases[way].disabled?.[check] : undefined
      if (typeof cell === 'object' && 'notApplicable' in cell) {
        assert.ok(cell.notApplicable.length > 20, `${check} has no reason`)
        assert.equal(hostile, undefined, `${check} is said not to apply, and has a hostile request`)
        continue
      }
      assert.ok(hostile ?? disabled, `nothing hostile is sent to the check ${check}`)
      await t.test(check, async () => {
        if (hostile === undefined) return
        if (isShown(hostile)) return assertShown(hostile)
        for (const send of hostile) assertRefused(await send())
      })
    }
    await assertAnswered(cases[way].honest)
  })
}

async function assertAnswered(honest: Case['honest']): Promise<void> {
  if (typeof honest !== 'function') return assertShown(honest)
  const { status, text } = await honest()
  assert.equal(status, 200, text)
}

function assertShown([file, title]: ShownBy): void {
  assert.ok(
    readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8').includes(title),
    `${file}: ${title}`,
  )
}

test('37: a disabled identity provider is dead at every way in that rests on it', {
  timeout: 60_000,
}, async (t) => {
  for (const [way, { disabled }] of Object.entries(cases)) {
    const before = await disabled?.provider?.()
    if (before) assert.equal(before.status, 200, `${way}: ${before.text}`)
  }
  await at.change('identityProvider', at.server.provider, { disabled: true })
  await whenRefused(async () => webIdentity(await at.token()))
  for (const [way, { disabled }] of Object.entries(cases)) {
    const send = disabled?.provider
    if (send) await t.test(way, async () => assertRefused(await send()))
  }
  await at.change('identityProvider', at.server.provider, { disabled: false })
})

test('37: a disabled person is dead at every way in that rests on them', { timeout: 60_000 }, async (t) => {
  // Codes that were used twice ended what was held.
  held.person = tokenIn(await redeem(await at.code()))
  late.code = { ...(await at.code()) }
  late.refresh = await refreshToken()
  late.device = await at.deviceCode()
  assert.equal((await userinfo()).status, 200)
  await at.change('user', at.personId(held.idToken), { disabled: true })
  await whenRefused(userinfo)
  await whenRefused(() => exchanged(exchangeGrant, held.person, reach))
  for (const [way, { disabled }] of Object.entries(cases)) {
    const send = disabled?.user
    if (send) await t.test(way, async () => assertRefused(await send()))
  }
})

/** A change beside the server is seen within a second or so. */
const whenRefused = (send: () => Promise<Outcome>): Promise<void> =>
  until('it is refused', async () => (await send()).status >= 400)
