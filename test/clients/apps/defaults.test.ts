// The defaults as a table of clients: signing algorithm, PKCE, client authentication, prompt and response mode, each signed in
// with by two independent libraries.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import * as oauth from 'oauth4webapi'
import * as oidc from 'openid-client'
import { formsOf, headingOf, type Seen } from '../../support/form-browser.ts'
import { signIn } from './oauth4webapi.ts'
import { openStage, type Stage, throughPages } from './stage.ts'

const back = 'https://app.example/cb'
const secret = 'a-secret-of-more-than-32-characters-in-all'
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

interface Row {
  readonly algorithm: 'RS256' | 'ES256' | 'EdDSA' | 'Ed25519'
  readonly pkce: boolean
  readonly auth:
    | 'client_secret_basic'
    | 'client_secret_post'
    | 'client_secret_jwt'
    | 'private_key_jwt'
    | 'none'
  readonly prompt: 'none' | 'login' | 'consent' | 'select_account' | undefined
  readonly mode: 'query' | 'fragment' | 'form_post' | undefined
}

// biome-ignore format: a table
const rows: readonly Row[] = ([
  ['RS256',   false, 'client_secret_basic', undefined,        undefined],
  ['RS256',   true,  'client_secret_post',  'consent',        'form_post'],
  ['RS256',   true,  'none',                'none',           'query'],
  ['RS256',   false, 'private_key_jwt',     'login',          'fragment'],
  ['ES256',   true,  'client_secret_basic', 'select_account', 'fragment'],
  ['ES256',   false, 'client_secret_jwt',   'none',           'form_post'],
  ['ES256',   true,  'private_key_jwt',     undefined,        'query'],
  ['EdDSA',   true,  'none',                undefined,        'form_post'],
  ['EdDSA',   false, 'client_secret_post',  'none',           'fragment'],
  ['Ed25519', true,  'client_secret_jwt',   'consent',        'query'],
  ['Ed25519', false, 'private_key_jwt',     'select_account', 'form_post'],
] as const).map(([algorithm, pkce, auth, prompt, mode]) => ({ algorithm, pkce, auth, prompt, mode }))

const idOf = (row: Row): string => `row-${rows.indexOf(row) + 1}`
const hasSecret = ({ auth }: Row): boolean => auth.startsWith('client_secret_')

let stage: Stage
let privateJwtKey: oauth.CryptoKey
before(
  async () => {
    privateJwtKey = await crypto.subtle.importKey(
      'pkcs8',
      privateKey.export({ format: 'der', type: 'pkcs8' }),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    )
    stage = await openStage(
      rows.map((row) => ({
        client_id: idOf(row),
        redirect_uris: [back],
        token_endpoint_auth_method: row.auth,
        id_token_signed_response_alg: row.algorithm,
        // Nobody is asked for consent by `prompt=none`.
        first_party: row.prompt === 'none',
        ...(hasSecret(row) ? { client_secret: secret } : {}),
        ...(row.auth === 'private_key_jwt'
          ? { jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'app', alg: 'ES256' }] } }
          : {}),
      })),
    )
  },
  { timeout: 60_000 },
)
after(() => stage?.close())

interface Library {
  readonly name: string
  /** @returns the subject, as the ID token and userinfo name it */
  signIn(row: Row, answer: (request: URL) => Promise<URL | Request>): Promise<string>
}

const parametersOf = (row: Row): Record<string, string> => ({
  scope: 'openid profile',
  ...(row.prompt === undefined ? {} : { prompt: row.prompt }),
  ...(row.mode === undefined ? {} : { response_mode: row.mode }),
})

const openidClient: Library = {
  name: 'openid-client',
  async signIn(row, answer) {
    const methods = {
      client_secret_basic: () => oidc.ClientSecretBasic(secret),
      client_secret_post: () => oidc.ClientSecretPost(secret),
      client_secret_jwt: () => oidc.ClientSecretJwt(secret),
      private_key_jwt: () => oidc.PrivateKeyJwt({ key: privateJwtKey, kid: 'app' }),
      none: () => oidc.None(),
    } as const
    const config = await oidc.discovery(
      new URL(stage.server.url),
      idOf(row),
      { id_token_signed_response_alg: row.algorithm },
      methods[row.auth](),
      { execute: [oidc.allowInsecureRequests] },
    )
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
    const expectedState = oidc.randomState()
    const expectedNonce = oidc.randomNonce()
    const pkce = {
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    }
    const request = oidc.buildAuthorizationUrl(config, {
      redirect_uri: back,
      state: expectedState,
      nonce: expectedNonce,
      ...parametersOf(row),
      ...(row.pkce ? pkce : {}),
    })
    const checks = { expectedState, expectedNonce, ...(row.pkce ? { pkceCodeVerifier } : {}) }
    const tokens = await oidc.authorizationCodeGrant(config, await answer(request), checks)
    const { sub } = tokens.claims() ?? { sub: '' }
    return (await oidc.fetchUserInfo(config, tokens.access_token, sub)).sub
  },
}

const oauth4webapi: Library = {
  name: 'oauth4webapi',
  async signIn(row, answer) {
    const methods = {
      client_secret_basic: () => oauth.ClientSecretBasic(secret),
      client_secret_post: () => oauth.ClientSecretPost(secret),
      client_secret_jwt: () => oauth.ClientSecretJwt(secret),
      private_key_jwt: () => oauth.PrivateKeyJwt({ key: privateJwtKey, kid: 'app' }),
      none: () => oauth.None(),
    } as const
    const { userinfo } = await signIn({
      issuer: new URL(stage.server.url),
      client: { client_id: idOf(row), id_token_signed_response_alg: row.algorithm },
      auth: methods[row.auth](),
      redirectUri: back,
      parameters: parametersOf(row),
      pkce: row.pkce,
      async answer(request) {
        const response = await answer(request)
        return response instanceof URL ? response.searchParams : new URLSearchParams(await response.text())
      },
    })
    return userinfo.sub
  },
}

/** Answers whatever the pages ask for, and gives what the app's callback would get. */
async function answerPages(row: Row, request: URL): Promise<URL | Request> {
  const { person, server } = stage
  let page = await throughPages(person, request.href)
  if (row.prompt === 'select_account') page = await allow(await person.browser.submit(page, {}))
  if (row.prompt === 'login') {
    page = await person.browser.submit(page, { username: server.admin.name, password: server.admin.password })
    page = await allow(await person.browser.submit(page, { code: await person.code() }))
  }
  if (row.mode !== 'form_post') {
    assert.ok(page.location, `${page.status} ${headingOf(page)}`)
    // A script of the page at the callback reads the fragment.
    if (row.mode === 'fragment') return new URL(page.location.replace('#', '?'))
    assert.ok(!page.location.includes('#'))
    return new URL(page.location)
  }
  const form = formsOf(page.text).find(({ action }) => action === back)
  assert.ok(form, page.text)
  return new Request(back, { method: 'POST', body: new URLSearchParams(form.hidden) })
}

const allow = async (page: Seen): Promise<Seen> =>
  page.text.includes('/allow"') ? stage.person.browser.submit(page, {}, '/allow') : page

// The person has a code of their authenticator for one more sign-in; a third would wait for the next.
const runs = [openidClient, oauth4webapi].flatMap((library) =>
  rows
    .filter(({ prompt }) => prompt !== 'login' || library === openidClient)
    .map((row) => ({ library, row })),
)
for (const { library, row } of runs)
  test(`${library.name}: ${row.algorithm}, PKCE ${row.pkce ? 'S256' : 'no'}, ${row.auth}, prompt ${row.prompt ?? '-'}, ${row.mode ?? 'default'} mode`, {
    timeout: 60_000,
  }, async () => {
    const subject = await library.signIn(row, (request) => answerPages(row, request))
    assert.match(subject, /^AIDA/)
  })

const offline = [
  [undefined, 'openid'],
  ['consent', 'openid offline_access'],
] as const
for (const [prompt, scope] of offline)
  test(`offline_access with prompt ${prompt ?? '-'} is granted as \`${scope}\`, with a refresh token in any case`, {
    timeout: 60_000,
  }, async () => {
    const row = rows[5]
    assert.ok(row)
    const asked: string[] = []
    const { tokens } = await signIn({
      issuer: new URL(stage.server.url),
      client: { client_id: idOf(row), id_token_signed_response_alg: row.algorithm },
      auth: oauth.ClientSecretJwt(secret),
      redirectUri: back,
      parameters: { scope: 'openid offline_access', ...(prompt === undefined ? {} : { prompt }) },
      pkce: false,
      async answer(request) {
        const page = await stage.person.browser.open(request.href)
        if (page.location === undefined) asked.push(headingOf(page))
        const end = await allow(page)
        assert.ok(end.location, headingOf(end))
        return new URL(end.location).searchParams
      },
    })
    assert.deepEqual([tokens.scope, typeof tokens.refresh_token], [scope, 'string'])
    assert.equal(asked.length, prompt === undefined ? 0 : 1)
  })
