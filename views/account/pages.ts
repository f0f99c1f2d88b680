// The account overview: profile, sign-in methods, applications and sessions.

import { buttonForm, hidden } from '../form.ts'
import type { Translate } from '../html.ts'
import { type Html, html } from '../html.ts'
import type { Message } from '../languages/message.ts'
import { ownPage as own, type Page } from '../layout.ts'
import { monogram } from '../marks.ts'
import { addressIn, type PlaceView } from '../place.ts'
import { type AppTile, appsSection } from './apps.ts'
import { row, smallLink } from './parts.ts'

export interface Person {
  /** User name. */
  readonly name: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly attributes: readonly { readonly label: string; readonly value: string }[]
  readonly arn: string
  readonly groups: readonly string[]
}

export interface Overview {
  readonly token: string
  /** Message about the change just made. */
  readonly done: string | undefined
  readonly person: Person
  /** A message with a link can be sent to the address. */
  readonly canConfirmAddress: boolean
  /** The person may have another address. */
  readonly canChangeAddress: boolean
  /** The console has something to show to them. */
  readonly console: boolean
  /** The first apps that they may open, and whether there are more. */
  readonly apps: readonly AppTile[]
  readonly more: boolean
  /** Epoch seconds. */
  readonly passwordChangedAt: number | undefined
  readonly authenticators: readonly { readonly id: string; readonly name: string; readonly since: number }[]
  readonly passkeys: readonly {
    readonly id: string
    readonly name: string
    readonly since: number
    readonly lastUsed: number | undefined
    readonly synced: boolean
    readonly copied: boolean
  }[]
  /** Whether more can be added. */
  readonly passkeysAllowed: boolean
  readonly recoveryCodes: number
  /** Connected identities at identity providers. */
  readonly identities: readonly {
    /** Identifies it in forms. */
    readonly key: string
    readonly title: string
    readonly label: string
    readonly lastUsed: number
  }[]
  /** Providers that can still be connected. */
  readonly connectable: readonly { readonly name: string; readonly title: string }[]
  readonly applications: readonly {
    readonly id: string
    readonly name: string
    /** Its website; undefined when the client has none. */
    readonly href: string | undefined
    readonly scopes: readonly string[]
    readonly since: number
  }[]
  readonly sessions: readonly {
    readonly id: string
    readonly current: boolean
    readonly since: number
    readonly until: number
    readonly methods: readonly string[]
    /** Browser and system; empty when unknown. */
    readonly device: string
    readonly address: string | undefined
    /** Of the address. */
    readonly place?: PlaceView | undefined
    readonly lastUsed: number
    readonly applications: readonly string[]
  }[]
  /** Browsers in which the person needs no second factor. */
  readonly trustedBrowsers: readonly {
    readonly id: string
    readonly current: boolean
    readonly since: number
    /** Undefined until its first use. */
    readonly lastUsed: number | undefined
    readonly until: number
    readonly device: string
    readonly address: string | undefined
    /** Of the address. */
    readonly place?: PlaceView | undefined
  }[]
}

/** Display names of authentication methods (RFC 8176). */
const methodNames: ReadonlyMap<string, Message> = new Map([
  ['pwd', 'password'],
  ['otp', 'authenticator code'],
  ['kba', 'recovery code'],
  ['hwk', 'passkey'],
  ['fed', 'identity provider'],
])

const methods = (t: Translate, amr: readonly string[]): Html => {
  const names = amr.flatMap((name) => methodNames.get(name) ?? [])
  return html`${names.map((name, at) => html`${at > 0 && ' + '}${t(name)}`)}`
}

/** Pages of their own. */
const ownLinks: readonly (readonly [href: string, title: Message])[] = [
  ['/account/roles', 'Roles'],
  ['/account/keys', 'Access keys'],
  ['/account/activity', 'Activity'],
  ['/account/data', 'Download my data'],
]

const section = (id: string, title: Html, body: Html, lead?: Html): Html =>
  html`<section aria-labelledby="${id}"><div class="section-head"><h2 id="${id}">${title}</h2>${lead !== undefined && html`<p class="note">${lead}</p>`}</div><ul class="rows">${body}</ul></section>`

/** `/account`. */
export const accountPage = (p: Overview): Page =>
  own(
    { token: p.token, user: p.person.name },
    (t) => t('Your account'),
    (
      t,
    ) => html`<div class="me">${monogram(p.person.displayName ?? p.person.name)}<div><h1>${p.person.displayName ?? p.person.name}</h1>${secondLine(p.person) !== undefined && html`<p class="lead">${secondLine(p.person)}</p>`}</div>${p.console && html`<a class="button quiet small" href="/console">${t('Console')}</a>`}</div>
${p.done !== undefined && html`<p class="done" role="status"><span class="sign" aria-hidden="true">✓</span><span>${t.known(p.done)}</span></p>`}
${appsSection(t, p.apps, p.more)}
<nav class="own-links" aria-label="${t('More about your account')}"><ul>${ownLinks.map(([href, title]) => html`<li><a href="${href}">${t(title)}</a></li>`)}</ul></nav>
${section('applications', t('Apps with access to your account'), applicationRows(t, p), t('Applications that you allowed to act on your behalf.'))}
${section('factors', t('How you sign in'), html`${passwordRow(t, p)}${passkeyRows(t, p)}${authenticatorRows(t, p)}${recoveryRow(t, p)}${identityRows(t, p)}`)}
${section('sessions', t('Where you are signed in'), sessionRows(t, p))}
${p.sessions.length > 1 && html`<div class="after-rows">${buttonForm({ action: '/account/sessions/end-others', token: p.token }, t('Sign out everywhere else'))}</div>`}
${
  p.trustedBrowsers.length > 0 &&
  html`${section('trusted', t('Browsers you trust'), trustedRows(t, p), t('There you sign in without your second factor.'))}
<div class="after-rows">${buttonForm({ action: '/account/trusted-browsers/remove-all', token: p.token }, t('Trust no browser'))}</div>`
}
${section(
  'who',
  t('Profile'),
  html`${row({ title: t('User name'), text: p.person.name })}
${addressRow(t, p)}
${p.person.attributes.map(({ label, value }) => row({ title: t.known(label), text: value }))}
${row({ title: t('ARN'), text: html`<code class="break">${p.person.arn}</code>` })}
${row({ title: t('Groups'), text: p.person.groups.length > 0 ? p.person.groups.join(', ') : t('None') })}`,
)}`,
  )

const addressRow = (t: Translate, { person, canConfirmAddress, canChangeAddress, token }: Overview): Html => {
  const confirm =
    person.email !== undefined &&
    !person.emailVerified &&
    canConfirmAddress &&
    buttonForm({ action: '/account/email/send', token }, t('Confirm it'), 'quiet small')
  const change =
    canChangeAddress &&
    smallLink(
      '/account/email',
      person.email === undefined ? t('Add') : t('Change'),
      t('Change your e-mail address'),
    )
  return html`${
    (person.email !== undefined || change) &&
    row({
      title: t('E-mail address'),
      text:
        person.email === undefined
          ? t('None')
          : person.emailVerified
            ? person.email
            : t('{address} (not confirmed)', { address: person.email }),
      act: (confirm || change) && html`${confirm}${confirm && change && ' '}${change}`,
    })
  }`
}

/** Shown below the display name: the e-mail address, or the user name. */
const secondLine = (person: Person): string | undefined =>
  person.email ?? (person.displayName === undefined ? undefined : person.name)

const passwordRow = (t: Translate, p: Overview): Html =>
  row({
    title: t('Password'),
    text:
      p.passwordChangedAt === undefined
        ? t('Not set')
        : t('Changed {date}', { date: t.date(p.passwordChangedAt) }),
    act: p.passwordChangedAt !== undefined && smallLink('/account/password', t('Change')),
  })

const passkeyUse = (t: Translate, passkey: Overview['passkeys'][number]): Html => {
  if (passkey.copied) return t('Its counter went back, so it may have been copied. Remove it.')
  if (passkey.lastUsed !== undefined) return t('last used {date}', { date: t.date(passkey.lastUsed) })
  return t('added {date}, not used yet', { date: t.date(passkey.since) })
}

const passkeyRows = (t: Translate, p: Overview): Html =>
  html`${p.passkeys.map((passkey) =>
    row({
      title: html`${t('Passkey')}${passkey.copied && html` <span class="badge bad">${t('Blocked')}</span>`}`,
      text: html`${passkey.name} · ${passkeyUse(t, passkey)}`,
      act: html`${smallLink(`/account/passkeys/rename?passkey=${encodeURIComponent(passkey.id)}`, t('Rename'), t('Rename the passkey {name}', { name: passkey.name }))} ${smallLink(
        `/account/passkeys/remove?passkey=${encodeURIComponent(passkey.id)}`,
        t('Remove'),
        t('Remove the passkey {name}', { name: passkey.name }),
      )}`,
    }),
  )}${
    p.passkeysAllowed &&
    row({
      title: p.passkeys.length > 0 ? t('Another passkey') : t('Passkey'),
      text:
        p.passkeys.length > 0
          ? t('For another device, or a security key as a spare.')
          : t('Sign in with your fingerprint, face or device PIN. No password and no code.'),
      act: smallLink(
        '/account/passkeys/add',
        t('Add'),
        t('Add a passkey'),
        p.passkeys.length > 0 ? 'quiet' : 'primary',
      ),
    })
  }`

const authenticatorRows = (t: Translate, p: Overview): Html =>
  html`${p.authenticators.map((device) =>
    row({
      title: t('Authenticator app'),
      text: html`${device.name} · ${t('since {date}', { date: t.date(device.since) })}`,
      act: html`${smallLink(`/account/authenticator/rename?device=${encodeURIComponent(device.id)}`, t('Rename'), t('Rename {name}', { name: device.name }))} ${smallLink(
        `/account/authenticator/remove?device=${encodeURIComponent(device.id)}`,
        t('Remove'),
        t('Remove {name}', { name: device.name }),
      )}`,
    }),
  )}${row({
    title: p.authenticators.length > 0 ? t('Another authenticator app') : t('Authenticator app'),
    text:
      p.authenticators.length > 0
        ? t('For a second phone.')
        : t('A six-digit code from your phone, in addition to your password.'),
    act: smallLink('/account/authenticator/add', t('Add'), t('Add an authenticator app')),
  })}`

const recoveryRow = (t: Translate, p: Overview): Html =>
  html`${
    (p.authenticators.length > 0 || p.passkeys.length > 0) &&
    row({
      title: t('Recovery codes'),
      text:
        p.recoveryCodes === 0
          ? t('None left. Make new ones before you need them.')
          : t('{count} left', { count: p.recoveryCodes }),
      act: smallLink('/account/recovery-codes', t('Make new codes')),
    })
  }`

const identityRows = (t: Translate, p: Overview): Html =>
  html`${p.identities.map((identity) =>
    row({
      title: identity.title,
      text: html`${identity.label} · ${t('last used {date}', { date: t.date(identity.lastUsed) })}`,
      act: buttonForm(
        { action: '/account/identities/disconnect', token: p.token },
        t('Disconnect'),
        'quiet small',
        hidden('identity', identity.key),
      ),
    }),
  )}${p.connectable.map((provider) =>
    row({
      title: provider.title,
      text: t('Use your {provider} account to sign in.', { provider: provider.title }),
      act: buttonForm(
        { action: '/account/identities/connect', token: p.token },
        t('Connect'),
        'quiet small',
        hidden('provider', provider.name),
      ),
    }),
  )}`

const applicationRows = (t: Translate, p: Overview): Html =>
  p.applications.length === 0
    ? html`<li class="row"><p class="note">${t('None yet.')}</p></li>`
    : html`${p.applications.map((app) =>
        row({
          title: html`${monogram(app.name)} ${app.href === undefined ? app.name : html`<a href="${app.href}" rel="noopener noreferrer">${app.name}</a>`}`,
          text: html`${app.scopes.join(', ')} · ${t('since {date}', { date: t.date(app.since) })}`,
          act: buttonForm(
            { action: '/account/applications/withdraw', token: p.token },
            t('Withdraw'),
            'quiet small',
            hidden('application', app.id),
          ),
        }),
      )}`

const sessionRows = (t: Translate, p: Overview): Html =>
  html`${p.sessions.map((session) =>
    row({
      title: html`${session.device || t('Unknown browser')}${session.current && html` <span class="badge">${t('This browser')}</span>`}`,
      text: html`${t('Signed in {date}', { date: t.date(session.since) })} · ${methods(t, session.methods)} · ${t('last used {date}', { date: t.date(session.lastUsed) })} · ${t('ends {date}', { date: t.date(session.until) })}${session.address !== undefined && html` · ${addressIn(session.address, session.place, t.language)}`}${session.applications.length > 0 && html` · ${session.applications.join(', ')}`}`,
      act:
        !session.current &&
        buttonForm(
          { action: '/account/sessions/end', token: p.token },
          t('End'),
          'quiet small',
          hidden('session', session.id),
        ),
    }),
  )}`

const trustedRows = (t: Translate, p: Overview): Html =>
  html`${p.trustedBrowsers.map((browser) =>
    row({
      title: html`${browser.device || t('Unknown browser')}${browser.current && html` <span class="badge">${t('This browser')}</span>`}`,
      text: html`${t('Trusted since {date}', { date: t.date(browser.since) })}${browser.lastUsed !== undefined && html` · ${t('last used {date}', { date: t.date(browser.lastUsed) })}`} · ${t('ends {date}', { date: t.date(browser.until) })}${browser.address !== undefined && html` · ${addressIn(browser.address, browser.place, t.language)}`}`,
      act: buttonForm(
        { action: '/account/trusted-browsers/remove', token: p.token },
        t('Remove'),
        'quiet small',
        hidden('browser', browser.id),
      ),
    }),
  )}`
