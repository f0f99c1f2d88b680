// The consent page, with the descriptions of scopes and claims.
import { buttonForm, type FormTarget, form, submit } from '../form.ts'
import type { Html, Translate } from '../html.ts'
import { html, webLink } from '../html.ts'
import type { Message } from '../languages/message.ts'
import type { Page } from '../layout.ts'
import { monogram } from '../marks.ts'
import { type PermissionView, permissionText } from './permission.ts'

export interface ConsentQuestion {
  readonly allow: FormTarget
  readonly refuse: FormTarget
  readonly user: string
  readonly client: {
    readonly name: string
    readonly uri: string | undefined
    readonly policyUri: string | undefined
    readonly tosUri: string | undefined
    /** The client registered itself, so its name is not verified. */
    readonly registered: boolean
    /** The host of the metadata document that describes the client, if there is one. */
    readonly documentHost: string | undefined
    /** A `data:` URL of an image. */
    readonly logo: string | undefined
    /** ARNs of the roles it may assume with the scope `roles`; undefined for every role that the user may assume. */
    readonly roles: readonly string[] | undefined
  }
  /** Origin of the application, to which the browser returns. */
  readonly returnsTo: string | undefined
  readonly device: boolean
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
  readonly resources: ReadonlyMap<string, readonly string[]>
  /** Session policies. */
  readonly policies: readonly {
    readonly allows: readonly PermissionView[]
    readonly denies: readonly PermissionView[]
  }[]
}

/** Descriptions of the scopes of OIDC Core §5.4 and our own. Other scopes are shown by name. */
const scopeDescriptions: ReadonlyMap<string, Message> = new Map([
  ['openid', 'Know who you are'],
  ['profile', 'See your name and user name'],
  ['email', 'See your e-mail address'],
  ['groups', 'See which groups you belong to'],
  ['phone', 'See your telephone number'],
  ['address', 'See your postal address'],
  ['offline_access', 'Keep access while you are away'],
])

const describe = (t: Translate, scope: string): Html => {
  const text = scopeDescriptions.get(scope)
  return text === undefined ? t('Use {scope}', { scope: html`<code>${scope}</code>` }) : t(text)
}

/** Which roles, and for how long. A session created from a user's access token ends with that token, after at most an hour. */
const describeRoles = (t: Translate, { client, scopes }: ConsentQuestion): Html => {
  const long = scopes.includes('offline_access')
    ? t('for up to 1 hour at a time, also while you are away, until you withdraw this')
    : t('for up to 1 hour at a time, while you are signed in')
  if (client.roles === undefined)
    return html`<strong>${t('Act as you in every role that you may assume')}</strong>, ${long}`
  if (client.roles.length === 0) return t('Act as you in no role')
  return html`<strong>${t('Act as you in these roles:')}</strong> ${client.roles.map((role, i) => html`${i > 0 && ', '}<code>${role.slice(role.lastIndexOf(':') + 1)}</code>`)}, ${long}`
}

export const consentPage = (p: ConsentQuestion): Page => ({
  title: (t) => t('Allow {application}?', { application: p.client.name }),
  kind: 'card',
  body: (
    t,
  ) => html`<div class="who-asks">${p.client.logo === undefined ? monogram(p.client.name) : html`<img src="${p.client.logo}" alt="" width="48" height="48">`}</div>
<h1>${t('Allow {application}?', { application: html`<span class="name">${p.client.name}</span>` })}</h1>
<p class="lead">${t('Signed in as {user}', { user: html`<strong>${p.user}</strong>` })}</p>
${p.client.registered && caution(unverified(t, p))}
${p.device && caution(t('A device is waiting for your answer. Allow this only if you started it yourself.'))}
<p class="note" id="asks">${t('It will be able to:')}</p>
<ul class="grants" aria-labelledby="asks">
${p.scopes.map((scope) => html`<li>${scope === 'roles' ? describeRoles(t, p) : describe(t, scope)}</li>`)}
${p.claims.map((claim) => html`<li>${t('See your {claim}', { claim: html`<code>${claim}</code>` })}</li>`)}
${[...p.resources].map(([resource, scopes]) => html`<li>${t('On {resource}:', { resource: html`<code>${resource}</code>` })} ${scopes.map((scope, i) => html`${i > 0 && ', '}<code>${scope}</code>`)}</li>`)}
${p.policies.flatMap(({ allows }) => allows).map((one) => html`<li>${permissionText(t, one, 'allow')}</li>`)}
</ul>
${
  p.policies.some(({ denies }) => denies.length > 0) &&
  html`<p class="note" id="never">${t('It will not be able to:')}</p>
<ul class="grants never" aria-labelledby="never">${p.policies.flatMap(({ denies }) => denies).map((one) => html`<li>${permissionText(t, one, 'deny')}</li>`)}</ul>`
}
${p.policies.length > 0 && html`<p class="note">${t('It acts as you and never gets more than you have. You can end this on your account page.')}</p>`}
${form(p.allow, submit(t('Allow')))}
${buttonForm(p.refuse, t('Not now'), 'quiet wide-button')}
${p.returnsTo !== undefined && html`<p class="note center">${t('You will return to {host}', { host: html`<strong class="nowrap">${hostOf(p.returnsTo)}</strong>` })}</p>`}
${links(t, p.client)}`,
})

const caution = (text: Html): Html =>
  html`<p class="caution"><span class="sign" aria-hidden="true">!</span><span>${text}</span></p>`

/** Who says what the application is called, and who gets the answer where that cannot be told from its address. */
const unverified = (t: Translate, { client, returnsTo }: ConsentQuestion): Html => {
  if (client.documentHost === undefined)
    return t('This application registered itself. Its name has not been verified.')
  const local = returnsTo !== undefined && !returnsTo.startsWith('https:')
  return html`${t('This application is described by {host}. Its name has not been verified.', { host: html`<strong class="break">${client.documentHost}</strong>` })}${local && html` ${t('Any program on this device can ask in its name: allow this only if you started it yourself.')}`}`
}

const hostOf = (origin: string): string => URL.parse(origin)?.host || origin

const links = (t: Translate, client: ConsentQuestion['client']): Html => {
  const all = [
    { text: t('Website'), href: webLink(client.uri) },
    { text: t('Privacy'), href: webLink(client.policyUri) },
    { text: t('Terms'), href: webLink(client.tosUri) },
  ].filter((link) => link.href !== undefined)
  return html`${all.length > 0 && html`<p class="note center links">${all.map((link) => html`<a href="${link.href}" rel="noopener noreferrer" target="_blank">${link.text}</a>`)}</p>`}`
}
