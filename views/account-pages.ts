// The account overview: profile, sign-in methods, applications and sessions.
import { buttonForm, hidden } from './form.ts'
import { type Fragment, type Html, html } from './html.ts'
import { ownPage as own, type Page } from './layout.ts'
import { monogram } from './marks.ts'

export interface Person {
  /** User name. */
  readonly name: string
  readonly displayName: string | undefined
  readonly email: string | undefined
  readonly attributes: readonly { readonly label: string; readonly value: string }[]
  readonly arn: string
  readonly groups: readonly string[]
}

export interface Overview {
  readonly token: string
  /** Message about the change just made. */
  readonly done: string | undefined
  readonly person: Person
  /** Epoch seconds. */
  readonly passwordChangedAt: number | undefined
  readonly authenticators: readonly { readonly id: string; readonly name: string; readonly since: number }[]
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
    readonly scopes: readonly string[]
    readonly since: number
  }[]
  readonly sessions: readonly {
    readonly id: string
    readonly current: boolean
    readonly since: number
    readonly until: number
    readonly methods: readonly string[]
    readonly applications: readonly string[]
  }[]
}

/** A date as `1 Jan 2026, 12:00 UTC`; the `datetime` attribute has the exact time. */
const when = (seconds: number): Html => {
  const at = new Date(seconds * 1000)
  const text = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(at)
  return html`<time datetime="${at.toISOString()}">${text} UTC</time>`
}

/** Display names of authentication methods (RFC 8176). */
const methodNames: ReadonlyMap<string, string> = new Map([
  ['pwd', 'password'],
  ['otp', 'authenticator code'],
  ['kba', 'recovery code'],
  ['hwk', 'passkey'],
  ['fed', 'another identity provider'],
])

const methods = (amr: readonly string[]): string =>
  amr.flatMap((name) => methodNames.get(name) ?? []).join(' and ') || 'unknown'

const row = (p: { readonly title: Fragment; readonly text: Fragment; readonly act?: Fragment }): Html =>
  html`<li class="row"><div class="row-text"><p class="row-title">${p.title}</p><p class="note">${p.text}</p></div>${p.act !== undefined && html`<div class="row-act">${p.act}</div>`}</li>`

const section = (id: string, title: string, body: Html, lead?: string): Html =>
  html`<section aria-labelledby="${id}"><div class="section-head"><h2 id="${id}">${title}</h2>${lead !== undefined && html`<p class="note">${lead}</p>`}</div><ul class="rows">${body}</ul></section>`

/** `/account`. */
export const accountPage = (p: Overview): Page =>
  own(
    { token: p.token, user: p.person.name },
    'Your account',
    html`<div class="me">${monogram(p.person.displayName ?? p.person.name)}<div><h1>${p.person.displayName ?? p.person.name}</h1>${secondLine(p.person) !== undefined && html`<p class="lead">${secondLine(p.person)}</p>`}</div></div>
${p.done !== undefined && html`<p class="done" role="status"><span class="sign" aria-hidden="true">✓</span><span>${p.done}</span></p>`}
${section(
  'who',
  'Profile',
  html`${row({ title: 'User name', text: p.person.name })}
${p.person.attributes.map(({ label, value }) => row({ title: label, text: value }))}
${row({ title: 'ARN', text: html`<code class="break">${p.person.arn}</code>` })}
${row({ title: 'Groups', text: p.person.groups.length > 0 ? p.person.groups.join(', ') : 'None' })}`,
)}
${section('factors', 'How you sign in', html`${passwordRow(p)}${authenticatorRows(p)}${recoveryRow(p)}${identityRows(p)}`)}
${section('applications', 'Applications', applicationRows(p), 'Applications that you allowed to act on your behalf.')}
${section('sessions', 'Where you are signed in', sessionRows(p))}
${p.sessions.length > 1 && html`<div class="after-rows">${buttonForm({ action: '/account/sessions/end-others', token: p.token }, 'Sign out everywhere else')}</div>`}`,
  )

/** Shown below the display name: the e-mail address, or the user name. */
const secondLine = (person: Person): string | undefined =>
  person.email ?? (person.displayName === undefined ? undefined : person.name)

const passwordRow = (p: Overview): Html =>
  row({
    title: 'Password',
    text: p.passwordChangedAt === undefined ? 'Not set' : html`Changed ${when(p.passwordChangedAt)}`,
    act:
      p.passwordChangedAt !== undefined &&
      html`<a class="button quiet small" href="/account/password">Change</a>`,
  })

const authenticatorRows = (p: Overview): Html =>
  html`${p.authenticators.map((device) =>
    row({
      title: 'Authenticator app',
      text: html`${device.name} · since ${when(device.since)}`,
      act: html`<a class="button quiet small" href="/account/authenticator/remove?device=${encodeURIComponent(device.id)}" aria-label="Remove ${device.name}">Remove</a>`,
    }),
  )}${row({
    title: p.authenticators.length > 0 ? 'Another authenticator app' : 'Authenticator app',
    text:
      p.authenticators.length > 0
        ? 'For a second phone.'
        : 'A six-digit code from your phone, in addition to your password.',
    act: html`<a class="button ${p.authenticators.length > 0 ? 'quiet' : 'primary'} small" href="/account/authenticator/add" aria-label="Add an authenticator app">Add</a>`,
  })}`

const recoveryRow = (p: Overview): Html =>
  html`${
    p.authenticators.length > 0 &&
    row({
      title: 'Recovery codes',
      text:
        p.recoveryCodes === 0 ? 'None left. Make new ones before you need them.' : `${p.recoveryCodes} left`,
      act: html`<a class="button quiet small" href="/account/recovery-codes">Make new codes</a>`,
    })
  }`

const identityRows = (p: Overview): Html =>
  html`${p.identities.map((identity) =>
    row({
      title: identity.title,
      text: html`${identity.label} · last used ${when(identity.lastUsed)}`,
      act: buttonForm(
        { action: '/account/identities/disconnect', token: p.token },
        'Disconnect',
        'quiet small',
        hidden('identity', identity.key),
      ),
    }),
  )}${p.connectable.map((provider) =>
    row({
      title: provider.title,
      text: `Use your ${provider.title} account to sign in.`,
      act: buttonForm(
        { action: '/account/identities/connect', token: p.token },
        'Connect',
        'quiet small',
        hidden('provider', provider.name),
      ),
    }),
  )}`

const nothing = (text: string): Html => html`<li class="row"><p class="note">${text}</p></li>`

const applicationRows = (p: Overview): Html =>
  p.applications.length === 0
    ? nothing('None yet.')
    : html`${p.applications.map((app) =>
        row({
          title: app.name,
          text: html`${app.scopes.join(', ')} · since ${when(app.since)}`,
          act: buttonForm(
            { action: '/account/applications/withdraw', token: p.token },
            'Withdraw',
            'quiet small',
            hidden('application', app.id),
          ),
        }),
      )}`

const sessionRows = (p: Overview): Html =>
  html`${p.sessions.map((session) =>
    row({
      title: html`Signed in ${when(session.since)}${session.current && html` <span class="badge">This browser</span>`}`,
      text: html`By ${methods(session.methods)} · ends ${when(session.until)}${session.applications.length > 0 && html` · ${session.applications.join(', ')}`}`,
      act:
        !session.current &&
        buttonForm(
          { action: '/account/sessions/end', token: p.token },
          'End',
          'quiet small',
          hidden('session', session.id),
        ),
    }),
  )}`
