// Every page, with plausible and with hostile contents. A page that is missing here is not checked.
import { endedPage, errorPage, oidcErrorPage, waitPage } from '../../src/sign-in/problems.ts'
import { drawQr } from '../../src/sign-in/qr.ts'
import * as own from '../../views/account-forms.ts'
import { accountPage, type Overview } from '../../views/account-pages.ts'
import { type ConsentQuestion, consentPage } from '../../views/consent-page.ts'
import * as federation from '../../views/federation-pages.ts'
import type { Page } from '../../views/layout.ts'
import * as notice from '../../views/notice-pages.ts'
import * as ask from '../../views/sign-in-pages.ts'

const form = { action: '/somewhere', token: 'token' }
const uri = 'otpauth://totp/Chancery:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Chancery'
const enrolment = { qr: drawQr(uri), key: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri }
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
      roles: undefined,
    },
    returnsTo: 'https://app.example',
    device: true,
    scopes: ['openid', 'profile', 'email', 'groups', 'offline_access', name],
    claims: [name],
    resources: new Map([[name, ['read', name]]]),
  }
  const overview: Overview = {
    token: 'token',
    done: 'Your password is changed.',
    person: {
      name,
      displayName: name,
      email: name,
      arn: `arn:aws:iam::123456789012:user/${name}`,
      attributes: [{ label: 'Language', value: name }],
      groups: [name],
    },
    passwordChangedAt: at,
    authenticators: [{ id: name, name, since: at }],
    recoveryCodes: 8,
    identities: [{ key: 'k', title: name, label: name, lastUsed: at }],
    connectable: [{ name: 'github', title: name }],
    applications: [{ id: name, name, scopes: ['openid', name], since: at }],
    sessions: [
      {
        id: '1',
        current: true,
        since: at,
        until: at + 86_400,
        methods: ['pwd', 'otp'],
        applications: [name],
      },
      { id: name, current: false, since: at, until: at + 86_400, methods: ['pwd'], applications: [] },
    ],
  }
  const empty: Overview = {
    ...overview,
    done: undefined,
    passwordChangedAt: undefined,
    authenticators: [],
    recoveryCodes: 0,
    identities: [],
    connectable: [],
    applications: [],
    sessions: [],
  }
  const error = { status: 400, code: 'invalid_request', message: name, requestId: 'X2hV9sQ0' }
  const wrong = 'Incorrect user name or password.'
  const rule = 'At least 12 characters.'
  const step = 'Step 1 of 3'
  const login = { ...form, username: name, application: undefined, again: false }
  const code = { ...form, user, recovery: '/x', restart: form }
  return new Map<string, Page>([
    ['password', ask.passwordPage({ ...login, username: '', application: name, cancel: form })],
    ['password-wrong', ask.passwordPage({ ...login, problem: wrong })],
    ['password-again', ask.passwordPage({ ...login, application: name, again: true })],
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
    ['code', ask.codePage(code)],
    ['code-wrong', ask.codePage({ ...code, problem: 'Incorrect code, or a code that was already used.' })],
    ['recovery-code', ask.recoveryPage({ ...form, user, back: '/x', problem: name })],
    ['new-password', ask.newPasswordPage({ ...form, user, step, rule })],
    ['enrol', ask.enrolPage({ ...form, ...enrolment, step })],
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
    ['account', accountPage(overview)],
    ['account-empty', accountPage(empty)],
    ['change-password', own.changePasswordPage({ ...form, user, rule, problem: name })],
    ['add-authenticator', own.addAuthenticatorPage({ ...form, user, ...enrolment, pending: name })],
    ['remove-authenticator', own.removeAuthenticatorPage({ ...form, user, device: name, name, last: true })],
    ['renew-codes', own.renewRecoveryCodesPage({ ...form, user, left: 8 })],
    ['own-codes', own.ownRecoveryCodesPage({ token: 't', user, codes })],
  ])
}
