// Every page, with plausible and with hostile contents. A page that is missing here is not checked.
import { endedPage, errorPage, oidcErrorPage, waitPage } from '../../src/sign-in/problems.ts'
import { drawQr } from '../../src/sign-in/qr.ts'
import * as asking from '../../views/account/access-requests.ts'
import * as activity from '../../views/account/activity.ts'
import { type AppsView, appsPage } from '../../views/account/apps.ts'
import * as own from '../../views/account/forms.ts'
import * as keys from '../../views/account/keys.ts'
import { accountPage, type Overview } from '../../views/account/pages.ts'
import * as roles from '../../views/account/roles.ts'
import * as host from '../../views/host-pages.ts'
import type { Page } from '../../views/layout.ts'
import * as notice from '../../views/notice-pages.ts'
import * as address from '../../views/sign-in/address-pages.ts'
import { type ConsentQuestion, consentPage } from '../../views/sign-in/consent-page.ts'
import * as federation from '../../views/sign-in/federation-pages.ts'
import * as forgotten from '../../views/sign-in/forgotten-pages.ts'
import * as link from '../../views/sign-in/link-pages.ts'
import * as register from '../../views/sign-in/register-pages.ts'
import * as ask from '../../views/sign-in/sign-in-pages.ts'

const form = { action: '/somewhere', token: 'token' }
const uri = 'otpauth://totp/Chancery:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Chancery'
const enrolment = { name: undefined, qr: await drawQr(uri), key: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri }
const codes = ['k7wq-93mt-x2ha', 'p4dn-81rc-y6vb', 'm2xs-57ke-t9fg', 'h8bv-46jz-n3pd', 'r5cy-29wl-q7km']
const at = 1_795_450_000

/** @param name used wherever users, applications or clients choose the text */
export function gallery(name: string): ReadonlyMap<string, Page> {
  const user = name
  const question: ConsentQuestion = {
    allow: form,
    refuse: form,
    user,
    client: {
      name,
      uri: 'https://app.example',
      policyUri: name,
      tosUri: undefined,
      registered: true,
      documentHost: name,
      logo: undefined,
      roles: undefined,
    },
    returnsTo: 'https://app.example',
    device: true,
    scopes: ['openid', 'profile', 'email', 'groups', 'offline_access', name],
    claims: [name],
    resources: new Map([[name, ['read', name]]]),
    policies: [
      {
        allows: [
          {
            deed: { kind: 'verb', verb: 'read', things: 'documents', action: 'docs:GetDocument' },
            places: [
              { kind: 'under', name },
              { kind: 'of the form', name },
            ],
          },
          {
            deed: { kind: 'everything called', called: name },
            places: [{ kind: 'anywhere in', service: name }],
          },
        ],
        denies: [{ deed: { kind: 'everything in', service: name }, places: [{ kind: 'anywhere' }] }],
      },
    ],
  }
  const overview: Overview = {
    token: 'token',
    done: 'Your password is changed.',
    canConfirmAddress: true,
    canChangeAddress: true,
    console: true,
    person: {
      name,
      displayName: name,
      email: name,
      emailVerified: false,
      arn: `arn:aws:iam::123456789012:user/${name}`,
      attributes: [{ label: 'Language', value: name }],
      groups: [name],
    },
    apps: [
      { name, href: `https://app.example/?${encodeURIComponent(name)}`, logo: undefined, lastUsed: at },
      { name, href: 'https://app.example/', logo: '/account/apps/logo?app=x', lastUsed: undefined },
    ],
    more: true,
    passwordChangedAt: at,
    authenticators: [{ id: name, name, since: at }],
    passkeys: [
      { id: name, name, since: at, lastUsed: at, synced: true, copied: false },
      { id: 'k2', name: 'Security key', since: at, lastUsed: undefined, synced: false, copied: true },
    ],
    passkeysAllowed: true,
    recoveryCodes: 8,
    identities: [{ key: 'k', title: name, label: name, lastUsed: at }],
    connectable: [{ name: 'github', title: name }],
    applications: [{ id: name, name, href: 'https://app.example/', scopes: ['openid', name], since: at }],
    sessions: [
      {
        id: '1',
        current: true,
        since: at,
        until: at + 86_400,
        methods: ['pwd', 'otp'],
        device: 'Firefox, Windows',
        address: '192.0.2.7',
        place: { city: { en: 'Berlin' }, country: { en: 'Germany' }, countryCode: 'DE' },
        lastUsed: at,
        applications: [name],
      },
      {
        id: name,
        current: false,
        since: at,
        until: at + 86_400,
        methods: ['pwd'],
        device: '',
        address: name,
        place: { city: { en: name }, country: undefined, countryCode: undefined },
        lastUsed: at,
        applications: [],
      },
    ],
    trustedBrowsers: [
      { id: '1', current: true, since: at, lastUsed: at, until: at, device: 'Firefox', address: '192.0.2.7' },
      { id: name, current: false, since: at, lastUsed: undefined, until: at, device: '', address: name },
    ],
  }
  const empty: Overview = {
    ...overview,
    done: undefined,
    apps: [],
    more: false,
    passwordChangedAt: undefined,
    authenticators: [],
    passkeys: [],
    recoveryCodes: 0,
    identities: [],
    connectable: [],
    applications: [],
    sessions: [],
    trustedBrowsers: [],
  }
  const ownApps: AppsView = { token: 'token', user, search: name, apps: overview.apps, cursor: 'next' }
  const error = { status: 400, code: 'invalid_request', message: name, requestId: 'X2hV9sQ0' }
  const wrong = 'Incorrect user name or password.'
  const rule = {
    minimumLength: 12,
    requireUppercase: true,
    requireLowercase: true,
    requireNumbers: true,
    requireSymbols: true,
    reusePrevention: 3,
  }
  const step = { number: 1, count: 3 }
  const login = { ...form, username: name, application: undefined, again: false }
  const passkey = { ...form, options: JSON.stringify({ challenge: 'AAAA', rpId: name }) }
  const code = { ...form, user, recovery: '/x', restart: form }
  const arn = `arn:aws:iam::123456789012:role/${name}`
  const role = { arn, name, accountId: '123456789012', description: name, ask: 'no' } as const
  const denied = { is: 'denied', explicit: false, conditions: [] } as const
  const ownRoles: roles.RolesView = {
    ...form,
    user,
    refused: undefined,
    done: 'Your request was sent.',
    problem: undefined,
    requests: (['open', 'approved', 'refused', 'ended'] as const).map((state) => ({
      id: name,
      role: arn,
      name,
      reason: name,
      state,
      at,
      answer: state === 'open' ? undefined : name,
    })),
    withdraw: form,
    search: name,
    mayListRoles: true,
    denied: false,
    accountId: '123456789012',
    hasSecondFactor: true,
    usedSecondFactor: false,
    roles: [
      { ...role, standing: { is: 'available' } },
      { ...role, accountId: '210987654321', standing: { is: 'second-factor' } },
      { ...role, standing: { ...denied, layer: 'trust' } },
      { ...role, standing: { ...denied, layer: 'trust', conditions: ['aws:SourceIp', name] } },
      { ...role, standing: { ...denied, layer: 'identity' } },
      { ...role, standing: { ...denied, layer: 'identity' }, ask: 'may' },
      { ...role, standing: { ...denied, layer: 'identity' }, ask: 'asked' },
      { ...role, standing: { ...denied, layer: 'boundary' } },
      { ...role, standing: { ...denied, layer: 'identity', explicit: true } },
    ],
    cursor: 'next',
  }
  const entry = { at, resource: arn, sourceIp: '192.0.2.7', device: name }
  const ownActivity: activity.ActivityView = {
    token: 'token',
    user,
    entries: [
      { ...entry, action: 'signin:SignIn', outcome: 'done' },
      { ...entry, action: 'sts:AssumeRole', outcome: 'denied', device: '' },
      { ...entry, action: name, outcome: 'failed', resource: undefined },
    ],
    cursor: 'next',
  }
  const may = { list: true, create: true, update: true, remove: true }
  const ownKeys: keys.KeysView = {
    token: 'token',
    user,
    arn,
    may,
    keys: [
      { id: name, active: true, since: at, lastUsed: { at, service: name } },
      { id: 'AKIA2', active: false, since: at, lastUsed: undefined },
    ],
  }
  const roleCredentials = {
    token: 'token',
    role: name,
    arn: `arn:aws:sts::123456789012:assumed-role/${name}/ada`,
    expiration: at,
    shell: `export AWS_ACCESS_KEY_ID='${name}'`,
    powerShell: `$Env:AWS_ACCESS_KEY_ID = '${name}'`,
    profile: `[${name}]`,
    process: `[profile ${name}]`,
    json: '{}',
  }
  return new Map<string, Page>([
    ['password', ask.passwordPage({ ...login, username: '', application: name, cancel: form, passkey })],
    ['password-wrong', ask.passwordPage({ ...login, problem: wrong })],
    ['password-again', ask.passwordPage({ ...login, application: name, again: true })],
    [
      'password-for-console',
      ask.passwordPage({ ...login, application: undefined, again: true, purpose: 'console' }),
    ],
    [
      'password-for-account',
      ask.passwordPage({ ...login, application: undefined, again: true, purpose: 'account' }),
    ],
    [
      'password-ways',
      ask.passwordPage({
        ...login,
        application: name,
        cancel: form,
        byAddress: true,
        providers: [
          { title: name, href: '/x' },
          { title: 'Google', href: '/y' },
          { title: 'GitHub', href: '/z' },
        ],
      }),
    ],
    ['password-directory', ask.passwordPage({ ...login, directory: name, factor: 'at-x', back: '/x' })],
    [
      'password-connecting',
      ask.passwordPage({ ...login, connecting: { title: name, label: name }, restart: form }),
    ],
    ['onward', federation.continueToProviderPage({ title: name, to: '/x', own: '/y' })],
    ['leaving', federation.signingOutUpstreamPage({ title: name, to: '/x' })],
    ['connect', federation.connectPage({ ...form, title: name, label: name })],
    [
      'upstream-problem',
      federation.upstreamProblemPage({
        title: name,
        sentence: 'It does not answer.',
        reference: 'X2hV9sQ0',
        back: '/x',
      }),
    ],
    ['code', ask.codePage({ ...code, trustDays: 30 })],
    ['code-wrong', ask.codePage({ ...code, problem: 'Incorrect code, or a code that was already used.' })],
    ['code-or-passkey', ask.codePage({ ...code, passkey, trustDays: 1 })],
    ['passkey', ask.passkeyPage({ ...code, passkey, problem: wrong, trustDays: 30 })],
    ['recovery-code', ask.recoveryPage({ ...form, user, back: '/x', problem: name })],
    ['new-password', ask.newPasswordPage({ ...form, user, step, rule })],
    ['link', link.choosePasswordPage({ ...form, userName: name, first: true, rule, link: name })],
    [
      'link-again',
      link.choosePasswordPage({ ...form, userName: name, first: false, rule, link: name, problem: name }),
    ],
    ['link-unusable', link.unusableLinkPage({ reference: name })],
    ['link-unusable-forgotten', link.unusableLinkPage({ reference: name, forgotten: '/x' })],
    ['password-forgotten', ask.passwordPage({ ...login, forgotten: '/x' })],
    ['forgotten', forgotten.forgottenPage({ ...form, problem: wrong })],
    ['forgotten-sent', forgotten.forgottenSentPage()],
    ['password-register', ask.passwordPage({ ...login, register: '/x' })],
    ['register', register.registerPage({ ...form, problem: wrong, typed: name })],
    ['register-sent', register.registerSentPage()],
    ['confirm-address', address.confirmAddressPage({ ...form, user, address: name, link: name })],
    [
      'change-address',
      address.changeAddressPage({
        ...form,
        user,
        current: name,
        typed: name,
        problem: 'Enter an e-mail address.',
      }),
    ],
    ['address-sent', address.addressSentPage({ ...form, user, address: name })],
    ['address-taken', address.addressTakenPage({ ...form, user })],
    ['address-link-gone', address.addressLinkGonePage({ ...form, user })],
    ['enrol', ask.enrolPage({ ...form, ...enrolment, step, passkey: { ...passkey, name } })],
    ['recovery-codes', ask.recoveryCodesPage({ ...form, codes, step })],
    ['recovery-codes-gone', ask.recoveryCodesGonePage(form)],
    ['consent', consentPage(question)],
    ['landing', notice.landingPage({ signIn: '/sign-in' })],
    ['sign-out', notice.signOutPage(form)],
    ['signed-out', notice.signedOutPage({ application: name })],
    ['error', errorPage(error)],
    ['provider-error', oidcErrorPage(error)],
    ['ended', endedPage('X2hV9sQ0')],
    ['wait', waitPage(45, '/x')],
    ['device-code', notice.deviceCodePage({ action: '/d', xsrf: name, code: name, problem: name })],
    [
      'device-confirm',
      notice.deviceConfirmPage({
        action: '/d',
        xsrf: 'x',
        userCode: 'WDJB-MJHT',
        application: name,
        from: name,
      }),
    ],
    ['device-done', notice.deviceDonePage({ application: name })],
    ['logout', notice.logoutPage({ action: '/l', xsrf: 'x', application: name })],
    ['host-denied', host.hostDeniedPage({ user: name, place: name, another: name, reference: name })],
    ['host-address', host.hostAddressPage({ reference: name })],
    ['host-not-ready', host.hostNotReadyPage({ reason: name, reference: name })],
    ['host-signed-out', host.hostSignedOutPage({ again: name, reference: name })],
    ['host-sign-in-ended', host.hostSignInEndedPage({ reference: name })],
    ['host-opening', host.openingHostPage({ host: name, onward: name })],
    ['account', accountPage(overview)],
    ['account-empty', accountPage(empty)],
    ['apps', appsPage(ownApps)],
    ['apps-none', appsPage({ ...ownApps, apps: [], cursor: undefined })],
    ['change-password', own.changePasswordPage({ ...form, user, rule, problem: name })],
    [
      'add-authenticator',
      own.addAuthenticatorPage({ ...form, user, ...enrolment, pending: name, others: 1 }),
    ],
    ['rename-factor', own.renameFactorPage({ ...form, user, field: 'device', id: name, name })],
    [
      'remove-authenticator',
      own.removeFactorPage({ ...form, user, field: 'device', id: name, name, removal: 'last-authenticator' }),
    ],
    ['add-passkey', own.addPasskeyPage({ ...form, ...passkey, user, name, problem: name })],
    [
      'remove-passkey',
      own.removeFactorPage({ ...form, user, field: 'passkey', id: name, name, removal: 'passkey' }),
    ],
    ['renew-codes', own.renewRecoveryCodesPage({ ...form, user, left: 8 })],
    ['roles', roles.rolesPage(ownRoles)],
    ['roles-all', roles.rolesPage({ ...ownRoles, refused: name, denied: true, usedSecondFactor: true })],
    [
      'ask-for-access',
      asking.askForAccessPage({
        ...form,
        user,
        role: arn,
        name,
        description: name,
        reason: name,
        wished: 3600,
        problem: name,
      }),
    ],
    ['roles-none', roles.rolesPage({ ...ownRoles, roles: [], cursor: undefined, search: '' })],
    ['role-credentials', roles.roleCredentialsPage({ ...roleCredentials, user })],
    ['activity', activity.activityPage(ownActivity)],
    ['activity-none', activity.activityPage({ ...ownActivity, entries: [], cursor: undefined })],
    ['own-data', activity.dataPage({ token: 'token', user })],
    ['keys', keys.keysPage(ownKeys)],
    [
      'keys-denied',
      keys.keysPage({ ...ownKeys, may: { list: false, create: false, update: false, remove: false } }),
    ],
    [
      'keys-read',
      keys.keysPage({ ...ownKeys, may: { ...may, update: false, remove: false }, problem: 'quota' }),
    ],
    ['create-key', keys.createKeyPage({ ...form, user })],
    ['created-key', keys.createdKeyPage({ token: 'token', user, id: name, secret: name })],
    ['delete-key', keys.deleteKeyPage({ ...form, user, key: name })],
    ['own-codes', own.ownRecoveryCodesPage({ token: 't', user, codes })],
  ])
}
