// The sign-in steps over HTTP, with users, factors and interactions held in plain Maps: only the order of the steps is tested
// here. The real credentials and sessions are tested in test/attacks and test/e2e.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Context } from 'koa'
import { defaultPasswordPolicy } from '../../src/iam/password/password-policy.ts'
import type { Interaction, Interactions, SignedIn } from '../../src/oidc/edge.ts'
import { Problem } from '../../src/problem.ts'
import { openAssets } from '../../src/sign-in/assets.ts'
import type { SignInCredentials, SignInStatus } from '../../src/sign-in/credentials.ts'
import { drawQr } from '../../src/sign-in/qr.ts'
import type { SignInDependencies } from '../../src/sign-in/request.ts'
import { signInRoutes } from '../../src/sign-in/routes.ts'
import { openShow } from '../../src/sign-in/show.ts'
import { webApp } from '../../src/web/app.ts'
import { cookieJar } from '../../src/web/request/cookies.ts'
import { forgeryGuard } from '../../src/web/request/forgery.ts'
import { noBrand } from '../../views/brand.ts'

const frame = { ...openAssets(() => 'hash'), host: 'id.example', brand: noBrand }

export interface Stage {
  readonly url: string
  /** State that tests change while the server runs. */
  readonly person: { -readonly [K in keyof SignInStatus]: SignInStatus[K] } & {
    password: string
    gone: boolean
  }
  readonly interaction: { -readonly [K in keyof Interaction]: Interaction[K] }
  clock: number
  /** Arguments of `finish`. */
  finished: SignedIn | undefined
  answered: 'allowed' | 'refused' | 'kept' | undefined
  /** Names of the checks that ran, in order. */
  readonly calls: string[]
  throttled: number | undefined
  /** Makes the audit trail fail. */
  unrecorded: boolean
  /** For how long the person may trust this browser. */
  trustDays: number | undefined
  /** The person trusts this browser. */
  trusted: boolean
  /** What comes of a new passkey; undefined: passkeys are not allowed. */
  newPasskey: Awaited<ReturnType<SignInDependencies['passkeys']['addFirst']>> | undefined
  /** Every write loses to a concurrent request of the same sign-in. */
  overtaken: boolean
  close(): void
}

export const rightCode = '123456'
export const rightRecovery = 'abcd-efgh'

export async function openStage(): Promise<Stage> {
  const notes = new Map<string, string>()
  const stage: Omit<Stage, 'url' | 'close'> = {
    person: {
      userId: 'AIDA1',
      userName: 'ada',
      password: 'right',
      mustChangePassword: false,
      passwordChangedAt: 1000,
      hasTotp: true,
      hasPasskey: false,
      mustEnrolTotp: false,
      gone: false,
    },
    interaction: {
      uid: 'uid1',
      ask: 'sign-in',
      reasons: ['no_session'],
      client: undefined,
      purpose: undefined,
      userId: undefined,
      loginHint: undefined,
      acrValues: [],
      mustReauthenticate: false,
      missing: { scopes: [], claims: [], resources: new Map() },
      policies: [],
      returnsTo: 'https://app.example',
      connect: undefined,
      device: false,
      notes,
    },
    clock: 2000,
    finished: undefined,
    answered: undefined,
    calls: [],
    throttled: undefined,
    unrecorded: false,
    trustDays: undefined,
    trusted: false,
    newPasskey: undefined,
    overtaken: false,
  }
  const server: Server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const routes = signInRoutes({
    credentials: credentialsOf(stage),
    // Verified with real ones in test/iam/passkeys.test.ts and test/e2e/passkeys.test.ts.
    passkeys: {
      requestOptions: none,
      verify: none,
      isPresent: async () => true,
      areAllowed: async () => stage.newPasskey !== undefined,
      creationOptions: async () => '{}',
      addFirst: async () => stage.newPasskey ?? 'invalid',
    },
    // Verified with real ones in test/iam/mfa and test/attacks.
    trusted: { daysOf: async () => stage.trustDays },
    browserTrust: {
      use: async () => (stage.trusted ? { id: 'browser-1', factor: 'arn:phone' } : undefined),
      begin: async (_ctx, userId, factor) => void stage.calls.push(`trust ${userId} ${factor}`),
    },
    sessions: {
      endOthers: async () => void stage.calls.push('endOthers'),
      current: async () => undefined,
      endUpstream: async () => ({ ended: [], failures: [] }),
    },
    issuer: url,
    forgottenPage: () => undefined,
    registerPage: async () => undefined,
    ...elsewhere(),
    interactions: interactionsOf(stage, notes),
    drawQr,
    forms: forgeryGuard({ keys: () => [Buffer.alloc(32, 7)], origin: url, cookies: cookieJar(false) }),
    show: openShow(
      () => frame,
      () => 'en',
    ),
    now: () => stage.clock,
    onSignIn: async ({ userId, amr, trustedBrowser }) => {
      if (stage.unrecorded) throw new Problem('unavailable', 'the trail cannot be written')
      stage.calls.push(`onSignIn ${userId} ${amr.join('+')}${trustedBrowser ? ` in ${trustedBrowser}` : ''}`)
    },
  })
  const log = { error: console.error, warn() {}, info() {} }
  const app = webApp(routes, {
    issuer: url,
    trustedProxies: [],
    errorPage: (error) => error.message,
    log,
    signedIn: async () => false,
    startSignIn: async () => {},
  })
  server.on('request', app.callback())
  return Object.assign(stage, { url, close: () => server.close() })
}

const none = async () => undefined

/** No identity providers: federated sign-in is tested with real ones (test/federation, test/e2e). */
function elsewhere(): Pick<
  SignInDependencies,
  | 'providers'
  | 'identities'
  | 'upstreams'
  | 'states'
  | 'chargeForm'
  | 'onRefusal'
  | 'onSignOut'
  | 'onUpstreamSignOut'
> {
  const never = async (): Promise<never> => {
    throw new Error('nobody signs in elsewhere here')
  }
  return {
    providers: {
      byName: none,
      offered: async () => [],
      ofAddress: none,
      isLive: async () => false,
      keepForm: never,
      takeForm: none,
      spend: never,
      tryPassword: never,
    },
    identities: { signIn: never, connect: never },
    upstreams: { of: never },
    states: { seal: () => '', open: () => undefined, same: () => false },
    chargeForm: () => undefined,
    onRefusal: never,
    onSignOut: never,
    onUpstreamSignOut: never,
  }
}

function credentialsOf(stage: Omit<Stage, 'url' | 'close'>): SignInCredentials {
  const { person, calls } = stage
  const called = (name: string) => {
    calls.push(name)
    if (stage.throttled !== undefined)
      throw new Problem('throttled', 'too many tries', { retryAfter: stage.throttled })
  }
  return {
    async checkPassword(username, password) {
      called('checkPassword')
      const right = username === person.userName && password === person.password
      const { userId, passwordChangedAt = 0 } = person
      return right ? { userId, passwordChangedAt } : undefined
    },
    signInStatus: async () => (person.gone ? undefined : { ...person }),
    async spendTotp(_user, code) {
      called('checkTotp')
      return code === rightCode ? 'arn:aws:iam::123456789012:mfa/phone' : undefined
    },
    async spendRecoveryCode(_user, code) {
      called('checkRecoveryCode')
      return code === rightRecovery ? 'arn:aws:iam::123456789012:mfa/recovery-codes' : undefined
    },
    async replaceGivenPassword(_user, password) {
      called('replaceGivenPassword')
      if (!person.mustChangePassword) throw new Problem('conflict', 'changed already')
      if (password.length < 8) throw new Problem('password_policy_violation', 'password is too short')
      Object.assign(person, { password, mustChangePassword: false, passwordChangedAt: stage.clock })
      return stage.clock
    },
    passwordRule: async () => defaultPasswordPolicy,
    beginTotp: async (_user, device) => ({
      device: device ?? 'device1',
      key: 'ABCD',
      uri: 'otpauth://totp/x',
    }),
    async finishFirstTotp(_user, { device, code }) {
      called('finishFirstTotp')
      if (device !== 'device1' || code !== rightCode) return false
      Object.assign(person, { hasTotp: true, mustEnrolTotp: false })
      return true
    },
    async newRecoveryCodes() {
      called('newRecoveryCodes')
      return ['code-one', 'code-two']
    },
  }
}

/** The uid's cookie is `ix`. */
function interactionsOf(stage: Omit<Stage, 'url' | 'close'>, notes: Map<string, string>): Interactions {
  const mine = (ctx: Context) => {
    if (ctx.cookies.get('ix') !== stage.interaction.uid) throw new Problem('not_found', 'ended')
  }
  const end = (ctx: Context) => {
    mine(ctx)
    ctx.redirect('/done')
    ctx.status = 303
  }
  return {
    async details(ctx) {
      mine(ctx)
      return stage.interaction
    },
    async note(_seen, name, value) {
      if (stage.overtaken) throw new Problem('concurrent_modification', 'another was first')
      if (value === undefined) notes.delete(name)
      else notes.set(name, value)
    },
    noteOf: async (uid, name) => (uid === stage.interaction.uid ? notes.get(name) : undefined),
    async finish(ctx, result) {
      stage.finished = result
      end(ctx)
    },
    async keepAccount(ctx) {
      stage.answered = 'kept'
      end(ctx)
    },
    async consent(ctx) {
      stage.answered = 'allowed'
      end(ctx)
    },
    async refuse(ctx) {
      stage.answered = 'refused'
      end(ctx)
    },
  }
}
